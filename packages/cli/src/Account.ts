/**
 * Which account a command speaks to: all of its settings come from one source, and none of another.
 *
 * Were they merged, a variable that names another server would send the key of a profile there.
 */
import { Sunshine } from "@sunco/client/Sunshine"
import type { SettingsError } from "@sunco/client/SettingsError"
import * as UndiciTransport from "@sunco/client/UndiciTransport"
import type * as Config from "effect/Config"
import * as ConfigProvider from "effect/ConfigProvider"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Stream from "effect/Stream"
import * as ChildProcess from "effect/process/ChildProcess"
import { type ClientFailure, Failure, fromClient } from "./Failure.ts"
import * as GlobalFlags from "./GlobalFlags.ts"
import { environment } from "./internal/streams.ts"
import { remember } from "./internal/usedSecrets.ts"
import * as Output from "./Output.ts"
import * as Profiles from "./Profiles.ts"
import { exemptFor } from "./Proxy.ts"
import { Version } from "./Version.ts"

/** The variables of an account: one that is set makes the environment the source. */
export const variables = [
  "SUNCO_APP_ID",
  "SUNCO_SUBDOMAIN",
  "SUNCO_BASE_URL",
  "SUNCO_KEY_ID",
  "SUNCO_KEY_SECRET",
  "SUNCO_TOKEN"
] as const

export type Variable = typeof variables[number]

/** What a profile calls the variables. */
export const fieldOf = {
  SUNCO_APP_ID: "appId",
  SUNCO_SUBDOMAIN: "subdomain",
  SUNCO_BASE_URL: "baseUrl",
  SUNCO_KEY_ID: "keyId",
  SUNCO_KEY_SECRET: "secret",
  SUNCO_TOKEN: "token"
} as const satisfies Record<Variable, keyof Profiles.Profile>

/** Settings, and where they are from. */
export interface Account {
  readonly source:
    | { readonly _tag: "Environment"; readonly names: ReadonlyArray<Variable> }
    | { readonly _tag: "Profile"; readonly name: string; readonly file: string; readonly profile: Profiles.Profile }
  readonly values: { readonly [name in Variable]?: string | undefined }
}

/** The settings of the one source that counts: the profile that is named, else the environment, else the default profile. */
export const find = Effect.gen(function*() {
  const named = Option.getOrUndefined(yield* GlobalFlags.Profile)
  const env = environment()
  const names = variables.filter((name) => (env[name] ?? "") !== "")
  if (named === undefined && names.length > 0) {
    return fromEnvironment(Object.fromEntries(names.map((name) => [name, env[name]])), names)
  }
  const { default: chosen, profiles } = yield* Profiles.read
  const name = named ?? chosen
  if (name === undefined) {
    return yield* new Failure({
      kind: "credentials",
      message: "there are no settings of an account",
      hint: "`sunco login` makes a profile, and SUNCO_APP_ID and others may say them"
    })
  }
  const profile = Object.hasOwn(profiles, name) ? profiles[name] : undefined
  if (profile === undefined) {
    return yield* new Failure({
      kind: "credentials",
      message: `there is no profile ${name}`,
      hint: `\`sunco login --profile ${name}\` makes it`
    })
  }
  return fromProfile(name, yield* Profiles.file, profile)
})

const fromEnvironment = (values: Account["values"], names: ReadonlyArray<Variable>): Account => ({
  source: { _tag: "Environment", names },
  values
})

/** The account that a profile is of. */
export const fromProfile = (name: string, file: string, profile: Profiles.Profile): Account => ({
  source: { _tag: "Profile", name, file, profile },
  values: Object.fromEntries(variables.map((variable) => [variable, profile[fieldOf[variable]]]))
})

/** Nothing that is printed from here on repeats its secrets. */
const remembered = (account: Account): Account => {
  const { SUNCO_KEY_ID, SUNCO_KEY_SECRET, SUNCO_TOKEN } = account.values
  if (SUNCO_KEY_SECRET !== undefined) remember(SUNCO_KEY_SECRET, SUNCO_KEY_ID)
  if (SUNCO_TOKEN !== undefined) remember(SUNCO_TOKEN)
  return account
}

/** What a shell ends with that was interrupted. */
const interruptedCode = 130

/** The account with the secret that a command gives, where it is for a command to give it. */
export const withSecret = (account: Account) =>
  Effect.gen(function*() {
    const { source, values } = account
    if (source._tag === "Environment" || source.profile.credentialsCommand === undefined) return remembered(account)
    const failed = (problem: string) =>
      new Failure({ kind: "credentials", message: `the credentialsCommand of the profile ${source.name} ${problem}` })
    const child = yield* ChildProcess.make(source.profile.credentialsCommand, [], {
      shell: true,
      stdin: "inherit",
      stderr: "inherit",
      // It may ask somebody, who is at the terminal of this process.
      detached: false,
      windowsHide: false
    })
    const text = yield* Stream.mkString(Stream.decodeText(child.stdout))
    const exitCode = yield* Effect.catch(child.exitCode, ({ reason }) =>
      // Ctrl-C reaches it too, and perhaps before it has reached this process.
      String(reason.cause).includes("'SIGINT'") ? Effect.interrupt : failed("was ended by a signal"))
    if (exitCode === interruptedCode) return yield* Effect.interrupt
    if (exitCode !== 0) return yield* failed(`ended with ${exitCode}`)
    const secret = text.replace(/\r?\n$/, "")
    if (secret === "") return yield* failed("printed nothing")
    return remembered({
      ...account,
      values: { ...values, [values.SUNCO_KEY_ID === undefined ? "SUNCO_TOKEN" : "SUNCO_KEY_SECRET"]: secret }
    })
  }).pipe(
    Effect.scoped,
    Effect.catchTag("PlatformError", () =>
      Effect.fail(new Failure({ kind: "credentials", message: "the credentialsCommand cannot be started" })))
  )

/** What the client reads in the place of the environment: of the account its own, and what is said of the machine. */
const providerOf = ({ values }: Account): ConfigProvider.ConfigProvider => {
  const env = environment()
  const ofMachine = Object.entries(env).filter(([name]) => !name.startsWith("SUNCO_") || name === "SUNCO_LOG")
  return ConfigProvider.fromEnv({
    preserveEmptyStrings: true,
    env: Object.fromEntries([
      // A command goes through the proxy of the environment, as `curl` does. Node's own programs have to be told.
      ["NODE_USE_ENV_PROXY", "1"],
      ...ofMachine,
      [
        "no_proxy",
        [env["no_proxy"] ?? env["NO_PROXY"], exemptFor(values.SUNCO_BASE_URL)].filter((hosts) => hosts).join(",")
      ],
      ...Object.entries(values)
    ].flatMap(([name, value]) => name === undefined || value === undefined ? [] : [[name, value]]))
  })
}

/** The client of an account. */
export const clientOf = (
  account: Account
): Layer.Layer<Sunshine, Config.ConfigError | SettingsError> =>
  Layer.unwrap(Effect.map(Version, (version) => Sunshine.layerFromConfig({ userAgent: `sunco-cli/${version}` }))).pipe(
    Layer.provide(UndiciTransport.layer),
    Layer.provide(ConfigProvider.layer(providerOf(account)))
  )

/** Says what is wrong with settings by the names that they have in their source. */
export const settingsFailure = (account: Account, { problems }: SettingsError): Failure => {
  const { source } = account
  if (source._tag === "Environment") {
    return new Failure({
      kind: "credentials",
      message: problems.map(({ problem, setting }) => `${setting} ${problem}`).join("; "),
      hint: `the environment has ${source.names.join(", ")}, so that all settings are from there`
    })
  }
  const named = (text: string) =>
    variables.reduce<string>(
      (said, variable) => said.replaceAll(new RegExp(`\\b${variable}\\b`, "g"), fieldOf[variable]),
      text
    )
  return new Failure({
    kind: "credentials",
    message: `the profile ${source.name}: ${
      problems.map(({ problem, setting }) => named(`${setting} ${problem}`)).join("; ")
    }`,
    hint: `\`sunco login --profile ${source.name}\` asks for all of them`
  })
}

/** Runs a command that speaks to the API, with the resources that it needs. */
export const use =
  <Resources>(resources: Layer.Layer<Resources, never, Sunshine>) =>
  <A, R>(command: Effect.Effect<A, ClientFailure, R>) =>
    Effect.gen(function*() {
      const account = yield* Effect.flatMap(find, withSecret)
      return yield* command.pipe(
        Effect.provide(Layer.provideMerge(resources, clientOf(account))),
        Effect.catchTag("SettingsError", (error) => Effect.fail(settingsFailure(account, error))),
        Effect.mapError(fromClient)
      )
    })

/** A write: whoever ends the command while it is under way is told what that means. */
export const write = <A, E, R>(effect: Effect.Effect<A, E, R>): Effect.Effect<A, E, R> =>
  Effect.onInterrupt(effect, () => Output.note("interrupted: look whether it was done before you repeat it"))
