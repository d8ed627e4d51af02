/** What `sunco login` and `sunco profiles` do. */
import { Users } from "@sunco/client/Users"
import type * as Command from "effect/cli/Command"
import * as Prompt from "effect/cli/Prompt"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Redacted from "effect/Redacted"
import * as Account from "../Account.ts"
import { confirm } from "../Confirm.ts"
import { Failure, fromClient } from "../Failure.ts"
import * as GlobalFlags from "../GlobalFlags.ts"
import { canAsk, environment, isTyped, readInput } from "../internal/streams.ts"
import * as Output from "../Output.ts"
import * as Profiles from "../Profiles.ts"
import type { loginInput, profileInput, removeInput } from "../tree/login.ts"
import { reachesApi, withoutCall } from "./reachesApi.ts"

type Login = Command.Command.Config.Infer<typeof loginInput>
type Profile = Command.Command.Config.Infer<typeof profileInput>
type Removed = Command.Command.Config.Infer<typeof removeInput>

export const login = (input: Login) =>
  Effect.gen(function*() {
    const name = Option.getOrElse(yield* GlobalFlags.Profile, () => "default")
    const profile = yield* profileOf(input)
    const before = yield* Profiles.read
    if (!input.unchecked) {
      const account = Account.fromProfile(name, yield* Profiles.file, profile)
      yield* check(yield* Account.withSecret(account))
    }
    yield* Profiles.change((all) =>
      Effect.succeed({ ...all, default: all.default ?? name, profiles: { ...all.profiles, [name]: profile } })
    )
    yield* Output.note(
      `${input.unchecked ? "" : "the API takes the key; "}the profile ${name} is in ${yield* Profiles.file}` +
        (before.default === undefined || before.default === name
          ? ", and is used where no other is named"
          : `; \`sunco profiles use ${name}\` makes it the one that is used`)
    )
    const set = Account.variables.filter((variable) => (environment()[variable] ?? "") !== "")
    if (set.length > 0) {
      yield* Output.warn(`the environment has ${set.join(", ")}, and goes before it unless --profile names it`)
    }
    yield* Output.onlyJson(shown(name, profile, before.default ?? name))
  })

const profileOf = (input: Login) =>
  Effect.gen(function*() {
    const command = Option.getOrUndefined(input.credentialsCommand)
    const ways = [input.withSecret, input.withToken, command !== undefined].filter((way) => way).length
    if (ways > 1) {
      return yield* usage("--with-secret, --with-token and --credentials-command are each for themselves")
    }
    if (Option.isSome(input.subdomain) && Option.isSome(input.baseUrl)) {
      return yield* usage("--subdomain and --base-url say the same thing")
    }
    const appId = yield* given(input.appId, "--app-id", "The id of the app")
    const server = Option.isSome(input.baseUrl)
      ? { baseUrl: input.baseUrl.value }
      : yield* serverOf(
        yield* given(
          input.subdomain,
          "--subdomain or --base-url",
          "The subdomain (the part before .zendesk.com), or the base URL"
        )
      )
    if (input.withToken) return { appId, ...server, token: yield* secretOf("The token (not shown)") }
    if (command !== undefined) {
      // Without the id of a key, what it prints is a token.
      const key = Option.isSome(input.keyId) ? { keyId: input.keyId.value } : undefined
      return { appId, ...server, ...key, credentialsCommand: command }
    }
    const keyId = yield* given(input.keyId, "--key-id", "The id of the API key")
    if (!input.withSecret && !canAsk) {
      return yield* usage("--with-secret, --with-token or --credentials-command is missing: nobody can be asked here")
    }
    return { appId, ...server, keyId, secret: yield* secretOf("The secret of the key (not shown)") }
  })

const usage = (message: string) =>
  Effect.fail(new Failure({ kind: "usage", message, hint: "`sunco login --help` says more" }))

const isGiven = (text: string) => text.trim() === "" ? Effect.fail("It is needed") : Effect.succeed(text.trim())

const given = (value: Option.Option<string>, flag: string, message: string) =>
  Option.isSome(value)
    ? Effect.succeed(value.value)
    : canAsk
    ? Prompt.String({ message, validate: isGiven })
    : usage(`${flag} is missing: nobody can be asked here`)

const serverOf = (text: string) => Effect.succeed(/^https?:\/\//.test(text) ? { baseUrl: text } : { subdomain: text })

/** Asked for where somebody is there, who would see it otherwise; else all of the standard input, without the end of its line. */
const secretOf = (message: string) =>
  canAsk
    ? Effect.map(Prompt.Password({ message, validate: isGiven }), Redacted.value)
    : isTyped
    // It would stand on the terminal.
    ? usage("nobody can be asked here for what is not to be seen: pipe it into the standard input")
    : Effect.flatMap(readInput, (text) => {
      const secret = text.replace(/\r?\n$/, "")
      return secret === "" ? usage("the standard input is empty") : Effect.succeed(secret)
    })

const check = (account: Account.Account) =>
  reachesApi.pipe(
    Effect.provide(Users.layerNoDeps),
    Effect.provide(Account.clientOf(account)),
    // What was just typed is what is wrong.
    Effect.catchTag("SettingsError", (error) =>
      Effect.fail(new Failure({ kind: "usage", message: Account.settingsFailure(account, error).message }))),
    Effect.mapError(fromClient),
    Effect.mapError(({ hint, kind, message }) =>
      new Failure({
        kind,
        message: withoutCall(message),
        hint: `${hint === undefined ? "" : `${hint}; `}nothing was kept (--unchecked keeps it without asking)`
      })
    )
  )

/** A profile as it is shown: which way its credentials go, and none of them. */
const shown = (name: string, profile: Profiles.Profile, chosen: string | undefined) => ({
  name,
  default: name === chosen,
  appId: profile.appId,
  server: profile.baseUrl ?? profile.subdomain,
  keyId: profile.keyId,
  credentials: profile.credentialsCommand !== undefined
    ? "command"
    : profile.token !== undefined
    ? "token"
    : profile.secret !== undefined
    ? "secret"
    : "none"
})

export const list = () =>
  Effect.gen(function*() {
    const { default: chosen, profiles } = yield* Profiles.read
    yield* Output.list(Object.entries(profiles).map(([name, profile]) => shown(name, profile, chosen)), [
      { name: "name", of: ({ name }) => name },
      { name: "default", of: (profile) => profile.default ? "default" : "" },
      { name: "app", of: ({ appId }) => appId },
      { name: "server", cut: true, of: ({ server }) => server },
      { name: "key", cut: true, of: ({ keyId }) => keyId },
      { name: "credentials", of: ({ credentials }) => credentials }
    ])
  })

const existing = ({ profiles }: Profiles.Profiles, name: string) => {
  const profile = Object.hasOwn(profiles, name) ? profiles[name] : undefined
  return profile === undefined
    ? Effect.fail(
      new Failure({
        kind: "not-found",
        message: `there is no profile ${name}`,
        hint: "`sunco profiles list` has those that there are"
      })
    )
    : Effect.succeed(profile)
}

export const use = ({ name }: Profile) =>
  Effect.gen(function*() {
    const { profiles } = yield* Profiles.change((all) => Effect.as(existing(all, name), { ...all, default: name }))
    const profile = yield* existing({ profiles }, name)
    yield* Output.note(`the profile ${name} is used where no other is named`)
    yield* Output.onlyJson(shown(name, profile, name))
  })

export const remove = ({ name, yes }: Removed) =>
  Effect.gen(function*() {
    const profile = yield* existing(yield* Profiles.read, name)
    yield* confirm(`Delete the profile ${name} of the app ${profile.appId ?? "that it does not name"}`, yes)
    yield* Profiles.change(({ default: chosen, profiles, ...others }) =>
      Effect.as(existing({ profiles }, name), {
        ...others,
        ...(chosen === undefined || chosen === name ? undefined : { default: chosen }),
        profiles: Object.fromEntries(Object.entries(profiles).filter(([other]) => other !== name))
      })
    )
    yield* Output.note(`deleted the profile ${name}`)
    yield* Output.onlyJson(shown(name, profile, undefined))
  })
