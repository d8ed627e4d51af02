import type * as Config from "effect/Config"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import type { Authorization, Credentials, Key } from "../../Credentials.ts"
import { base64 } from "./base64.ts"
import * as Settings from "./credentialSettings.ts"

/** @internal */
export const authorization = (header: string): Authorization => ({
  header: Redacted.make(header, { label: "Authorization" })
})

const constant = (header: string): Credentials["Service"] => {
  const current = Effect.succeed(authorization(header))
  return { current, renewed: () => current }
}

/** @internal */
export const basic = (key: Key, nameOf?: Settings.NameOf): Credentials["Service"] => {
  const problems = Settings.keyProblems(key, nameOf)
  return problems.length > 0
    ? Settings.unusable(problems)
    : constant(`Basic ${base64(`${key.keyId}:${Redacted.value(key.secret)}`)}`)
}

/** @internal */
export const bearer = (token: Redacted.Redacted, nameOf?: Settings.NameOf): Credentials["Service"] => {
  const problems = Settings.tokenProblems(token, nameOf)
  return problems.length > 0 ? Settings.unusable(problems) : constant(`Bearer ${Redacted.value(token)}`)
}

/**
 * The credentials of the environment. What is wrong with them is for the client to say, beside what else is.
 *
 * @internal
 */
export const fromConfig: Effect.Effect<Credentials["Service"], Config.ConfigError> = Effect.map(
  Settings.fromConfig,
  (settings) => {
    if ("problems" in settings) return Settings.unusable(settings.problems)
    return "token" in settings
      ? bearer(settings.token, Settings.environmentName)
      : basic(settings, Settings.environmentName)
  }
)
