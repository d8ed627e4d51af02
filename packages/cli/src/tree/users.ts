/** `sunco users`: what its commands take, and what their help says. */
import * as Argument from "effect/cli/Argument"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import * as Schema from "effect/Schema"
import { lazily } from "./lazily.ts"
import { brandId, choice, clearable, data, id, metadata, text, userId, yes } from "./parameters.ts"

const load = () => import("../commands/users.ts")

const fields = {
  givenName: clearable("given-name", "The first name"),
  surname: clearable("surname", "The last name"),
  email: clearable("email", "An address for display; lists do not look here"),
  avatarUrl: clearable("avatar-url", "The address of a picture"),
  locale: clearable("locale", "A language, such as fr-CA"),
  signedUpAt: text("signed-up-at", "time", "Such as 2026-11-23T09:30:00.000Z").pipe(Flag.optional),
  toBeRetained: choice("to-be-retained", "Keep the user past inactivity"),
  metadata,
  data
}

export const getInput = { user: userId, brandId } as const

const get = Command.make("get", getInput, lazily(load, (m) => m.get)).pipe(
  Command.withDescription("Read a user"),
  Command.withExamples([
    { command: "sunco users get ada" },
    { command: "sunco users get ada --json > ada.json", description: "All that the API has, in a script" }
  ])
)

export const createInput = {
  externalId: text("external-id", "id", "Your own id; with it nobody is made twice").pipe(Flag.optional),
  brandId,
  ...fields
} as const

const create = Command.make("create", createInput, lazily(load, (m) => m.create)).pipe(
  Command.withDescription("Make a user, and print it"),
  Command.withExamples([
    { command: "sunco users create --external-id grace --given-name Grace -m plan=pro" },
    {
      command: "echo '{\"externalId\":\"alan\",\"metadata\":{\"visits\":3}}' | sunco users create -d -",
      description: "With all that the API takes"
    }
  ])
)

export const updateInput = { user: userId, brandId, ...fields } as const

const update = Command.make("update", updateInput, lazily(load, (m) => m.update)).pipe(
  Command.withDescription("Change a user, and print it; an empty text clears a field"),
  Command.withExamples([{ command: "sunco users update ada --surname King --avatar-url '' -m plan=free" }])
)

export const deleteInput = { user: userId, brandId, yes } as const

const remove = Command.make("delete", deleteInput, lazily(load, (m) => m.remove)).pipe(
  Command.withDescription("Delete a user with all conversations, after asking"),
  Command.withExamples([{ command: "sunco users delete ada --yes" }])
)

const erase = Command.make("erase", deleteInput, lazily(load, (m) => m.erase)).pipe(
  Command.withDescription("Delete names, e-mail address and metadata of a user, after asking"),
  Command.withExamples([{ command: "sunco users erase ada --yes" }])
)

export const listInput = {
  email: Argument.String("email").pipe(
    Argument.withSchema(Schema.NonEmptyString),
    Argument.withDescription("An e-mail address among the identities")
  ),
  brandId
} as const

const list = Command.make("list", listInput, lazily(load, (m) => m.list)).pipe(
  Command.withDescription("Find users by e-mail address; the API lists them no other way"),
  Command.withExamples([{ command: "sunco users list ada@example.com" }])
)

export const syncInput = {
  zendeskId: id("zendesk-id", "Id of the user in Zendesk Support"),
  survivingZendeskId: text("surviving-zendesk-id", "id", "Who is left, where two users were merged").pipe(Flag.optional)
} as const

const sync = Command.make("sync", syncInput, lazily(load, (m) => m.sync)).pipe(
  Command.withDescription("Copy name, externalId and e-mail address from Zendesk Support"),
  Command.withExamples([{ command: "sunco users sync 35436" }])
)

export const users = Command.make("users").pipe(
  Command.withDescription("The users of the app"),
  Command.withExamples([{ command: "sunco users get ada" }]),
  Command.withSubcommands([get, create, update, remove, erase, list, sync])
)
