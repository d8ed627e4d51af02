/** `sunco login` and `sunco profiles`: their flags, and what their help says. */
import * as Argument from "effect/cli/Argument"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import { ProfileName } from "../GlobalFlags.ts"
import { lazily } from "./lazily.ts"
import { text, toggle, yes } from "./parameters.ts"

const optionalText = (name: string, metavar: string, description: string) =>
  text(name, metavar, description).pipe(Flag.optional)

/** What `login` takes. */
export const loginInput = {
  appId: optionalText("app-id", "id", "The id of the app"),
  subdomain: optionalText("subdomain", "name", "The part before .zendesk.com"),
  baseUrl: optionalText("base-url", "url", "In its place, for accounts that have another"),
  keyId: optionalText("key-id", "id", "The id of the API key, such as app_…"),
  credentialsCommand: optionalText("credentials-command", "command", "Prints the secret, or a token without key id"),
  withSecret: toggle("with-secret", "Read the secret from the standard input"),
  withToken: toggle("with-token", "Read a token from there, in their place"),
  unchecked: toggle("unchecked", "Do not ask the API whether it takes the key")
} as const

const login = Command.make("login", loginInput, lazily(() => import("../commands/login.ts"), (m) => m.login)).pipe(
  Command.withDescription("Make a profile: settings of an account, kept for this user"),
  Command.withExamples([
    { command: "sunco login", description: "Asks for all that is needed" },
    {
      command: "sunco login --app-id $APP --base-url $URL --key-id $KEY --with-secret < key",
      description: "In a script: the secret is never an argument"
    },
    {
      command: "sunco login --app-id $APP --base-url $URL --credentials-command 'cat token'",
      description: "The secret, or a token, stays where it is, such as in a password store"
    }
  ])
)

/** Which profile. */
export const profileInput = {
  name: Argument.String("name").pipe(
    Argument.withSchema(ProfileName),
    Argument.withDescription("The name of the profile")
  )
} as const

const list = Command.make("list", {}, lazily(() => import("../commands/login.ts"), (m) => m.list)).pipe(
  Command.withDescription("The profiles that there are, without their secrets"),
  Command.withExamples([{ command: "sunco profiles list" }])
)

const use = Command.make("use", profileInput, lazily(() => import("../commands/login.ts"), (m) => m.use)).pipe(
  Command.withDescription("Make it the one that is used where none is named"),
  Command.withExamples([{ command: "sunco profiles use work" }])
)

export const removeInput = { ...profileInput, yes } as const

const remove = Command.make("delete", removeInput, lazily(() => import("../commands/login.ts"), (m) => m.remove)).pipe(
  Command.withDescription("Delete a profile with its secret; the account stays as it is"),
  Command.withExamples([{ command: "sunco profiles delete work --yes" }])
)

const profiles = Command.make("profiles").pipe(
  Command.withDescription("Settings of accounts by name"),
  Command.withExamples([{ command: "sunco profiles list" }]),
  Command.withSubcommands([list, use, remove])
)

export const loginCommands = [login, profiles] as const
