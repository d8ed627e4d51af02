/** What `sunco users` does. */
import type { CreateUser, UpdateUser } from "@sunco/schemas/UserPayloads"
import type { User } from "@sunco/schemas/User"
import { Users } from "@sunco/client/Users"
import type * as Command from "effect/cli/Command"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Account from "../Account.ts"
import { confirm } from "../Confirm.ts"
import * as Data from "../Data.ts"
import { Failure } from "../Failure.ts"
import { unchecked } from "../internal/payload.ts"
import * as Output from "../Output.ts"
import type * as Tree from "../tree/users.ts"

type Input<Config extends Command.Command.Config> = Command.Command.Config.Infer<Config>

const useUsers = Account.use(Users.layerNoDeps)

const ofBrand = (brandId: Option.Option<string>) => ({ brandId: Option.getOrUndefined(brandId) })

export const get = ({ brandId, user }: Input<typeof Tree.getInput>) =>
  useUsers(Effect.gen(function*() {
    const users = yield* Users
    yield* Output.thing(yield* users.get(user, ofBrand(brandId)))
  }))

type Fields = Pick<
  Input<typeof Tree.updateInput>,
  | "avatarUrl"
  | "data"
  | "email"
  | "givenName"
  | "locale"
  | "metadata"
  | "signedUpAt"
  | "surname"
  | "toBeRetained"
>

const payloadOf = (fields: Fields, more: { readonly [name: string]: unknown } = {}) =>
  Effect.gen(function*() {
    const metadata = yield* Data.pairs("--metadata", fields.metadata)
    return Data.merged(yield* Data.object(fields.data), {
      ...more,
      signedUpAt: Option.getOrUndefined(fields.signedUpAt),
      toBeRetained: Option.getOrUndefined(fields.toBeRetained),
      profile: Data.group({
        givenName: Data.orClear(fields.givenName),
        surname: Data.orClear(fields.surname),
        email: Data.orClear(fields.email),
        avatarUrl: Data.orClear(fields.avatarUrl),
        locale: Data.orClear(fields.locale)
      }),
      metadata: Data.group(metadata)
    })
  })

const nothingSaid = (what: string) =>
  new Failure({ kind: "usage", message: `nothing is said ${what}`, hint: "nothing was sent" })

export const create = ({ brandId, externalId, ...fields }: Input<typeof Tree.createInput>) =>
  useUsers(Effect.gen(function*() {
    const users = yield* Users
    const payload = yield* payloadOf(fields, {
      externalId: Option.getOrUndefined(externalId),
      brandId: Option.getOrUndefined(brandId)
    })
    if (Object.keys(payload).length === 0) return yield* nothingSaid("of the user: --external-id, or --data")
    yield* Output.thing(yield* Account.write(users.create(unchecked<CreateUser>(payload))))
  }))

export const update = ({ brandId, user, ...fields }: Input<typeof Tree.updateInput>) =>
  useUsers(Effect.gen(function*() {
    const users = yield* Users
    const payload = unchecked<UpdateUser>(yield* payloadOf(fields))
    if (Object.keys(payload).length === 0) {
      return yield* nothingSaid("that changes: `sunco users update --help` has the flags")
    }
    yield* Output.thing(yield* Account.write(users.update(user, payload, ofBrand(brandId))))
  }))

const nameOf = ({ profile }: User): string => [profile?.givenName, profile?.surname].filter((name) => name).join(" ")

/** Whom it is about: enough to see that it is somebody else. */
const described = (user: User): string => {
  const known = [nameOf(user), user.profile?.email, user.externalId && `externalId ${user.externalId}`].filter((one) =>
    one
  )
  return `the user ${user.id}${known.length === 0 ? "" : ` (${known.join(", ")})`}`
}

/** By id, so that it is nobody else who has got the externalId meanwhile. */
const found = ({ brandId, user }: Input<typeof Tree.deleteInput>) =>
  Effect.flatMap(Users, (users) => users.get(user, ofBrand(brandId)))

export const remove = (input: Input<typeof Tree.deleteInput>) =>
  useUsers(Effect.gen(function*() {
    const users = yield* Users
    const user = yield* found(input)
    yield* confirm(`Delete ${described(user)} with all conversations`, input.yes)
    yield* Account.write(users.delete(user.id))
    yield* Output.note(`deleted ${described(user)}`)
    yield* Output.onlyJson(user)
  }))

export const erase = (input: Input<typeof Tree.deleteInput>) =>
  useUsers(Effect.gen(function*() {
    const users = yield* Users
    const user = yield* found(input)
    yield* confirm(`Delete names, e-mail address and metadata of ${described(user)}`, input.yes)
    yield* Output.thing(yield* Account.write(users.deletePersonalInformation(user.id)))
  }))

export const list = ({ brandId, email }: Input<typeof Tree.listInput>) =>
  useUsers(Effect.gen(function*() {
    if (!email.includes("@")) {
      return yield* new Failure({
        kind: "usage",
        message: "EMAIL is no e-mail address",
        hint: "`sunco users get` takes an id or an externalId"
      })
    }
    const users = yield* Users
    yield* Output.list(yield* users.listByEmail(email, ofBrand(brandId)), [
      { name: "id", of: ({ id }) => id },
      { name: "externalId", cut: true, of: ({ externalId }) => externalId },
      { name: "name", cut: true, of: nameOf },
      { name: "signedUpAt", of: ({ signedUpAt }) => signedUpAt }
    ])
  }))

export const sync = ({ survivingZendeskId, zendeskId }: Input<typeof Tree.syncInput>) =>
  useUsers(Effect.gen(function*() {
    const users = yield* Users
    const payload = { survivingZendeskId: Option.getOrUndefined(survivingZendeskId) }
    yield* Output.thing(yield* Account.write(users.sync(zendeskId, payload)))
  }))
