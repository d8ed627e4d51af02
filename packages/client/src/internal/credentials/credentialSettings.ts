import type * as Config from "effect/Config"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import type { Credentials, JwtOptions } from "../../Credentials.ts"
import type { SettingsProblem } from "../../SettingsError.ts"
import { CredentialsUnavailable } from "../../SunshineError.ts"
import * as Environment from "../settings/environment.ts"
import { isHeaderValue } from "../settings/headerValue.ts"
import {
  type Check,
  findingsOf,
  first,
  must,
  object,
  oneOf,
  text,
  textThat,
  tokenLifetime,
  wait
} from "../settings/optionChecks.ts"
import { bothSet, problemsIn, withProblems } from "../settings/settingsProblems.ts"

const secretThat = (check: Check): Check => (value, path) => check(plain(value), path)

/** One that was wiped is as one that is not there. */
const plain = (value: unknown): unknown => {
  try {
    return Redacted.isRedacted(value) ? Redacted.value(value) : value
  } catch {
    return undefined
  }
}

const keyId = textThat("without blanks", (keyId) => !/\s/.test(keyId))

const secret = secretThat(text)

const token = secretThat(
  first(
    textThat("text that a header can carry", isHeaderValue),
    must("without \"Bearer\"", (token) => !/^bearer\s/i.test(String(token)))
  )
)

/** @internal */
export const tokenFindings = (value: unknown) => findingsOf(token, value, ["token"])

const basicKey = object({
  keyId: first(keyId, must("without a colon, which Basic cannot carry", (keyId) => !String(keyId).includes(":"))),
  secret
}, ["keyId", "secret"])

const jwtKey = object({
  // A JSON string can carry a colon.
  keyId,
  secret,
  scope: oneOf<JwtOptions["scope"]>("app", "integration", "account"),
  lifetime: tokenLifetime
}, ["keyId", "secret", "scope"])

const renewal = object({ timeToLive: wait })

/**
 * The name of a setting of credentials where the caller wrote it.
 *
 * @internal
 */
export type NameOf = (setting: string) => string

const optionName: NameOf = (setting) => setting === "" ? "credentials" : setting

const problemsOf = (check: Check) => (value: unknown, nameOf: NameOf = optionName) =>
  problemsIn(findingsOf(check, value), nameOf)

/** @internal */
export const keyProblems = problemsOf(basicKey)

/** @internal */
export const jwtProblems = problemsOf(jwtKey)

/** @internal */
export const tokenProblems = (token: unknown, nameOf: NameOf = optionName) => problemsIn(tokenFindings(token), nameOf)

/** @internal */
export const renewalProblems = (options: unknown, nameOf?: NameOf) =>
  options === undefined ? [] : problemsOf(renewal)(options, nameOf)

/**
 * Stands in for credentials whose settings mean nothing: the client that is made with it says what is wrong with them.
 *
 * @internal
 */
export const unusable = (problems: ReadonlyArray<SettingsProblem>): Credentials["Service"] => {
  const failure = Effect.fail(
    new CredentialsUnavailable({ cause: Redacted.make("unusable settings") })
  )
  return withProblems({ current: failure, renewed: () => failure }, problems)
}

/** @internal */
export type CredentialSettings =
  | { readonly problems: ReadonlyArray<SettingsProblem> }
  | { readonly token: Redacted.Redacted }
  | { readonly keyId: string; readonly secret: Redacted.Redacted }

const names: { readonly [setting: string]: string } = {
  keyId: "SUNCO_KEY_ID",
  secret: "SUNCO_KEY_SECRET",
  token: "SUNCO_TOKEN"
}

/** @internal */
export const environmentName: NameOf = (setting) => names[setting] ?? setting

/**
 * What the environment says, or what is wrong with it.
 *
 * @internal
 */
export const fromConfig: Effect.Effect<CredentialSettings, Config.ConfigError> = Effect
  .gen(function*() {
    const keyId = yield* Environment.text("SUNCO_KEY_ID")
    const secret = yield* Environment.secret("SUNCO_KEY_SECRET")
    const token = yield* Environment.secret("SUNCO_TOKEN")
    const wrong = (setting: string, problem: string) => ({ problems: [{ setting, problem }] })
    const part = keyId !== undefined ? "SUNCO_KEY_ID" : secret !== undefined ? "SUNCO_KEY_SECRET" : undefined
    if (token !== undefined) return part === undefined ? { token } : wrong("SUNCO_TOKEN", bothSet(part))
    if (part === undefined) return wrong("SUNCO_KEY_ID", "and SUNCO_KEY_SECRET, or SUNCO_TOKEN, must be set")
    if (keyId === undefined || secret === undefined) {
      return wrong(keyId === undefined ? "SUNCO_KEY_ID" : "SUNCO_KEY_SECRET", `is not set, and ${part} is`)
    }
    return { keyId, secret }
  })
