/**
 * An operation for each kind of row that there is in the table of retries, with input that is fine, and what it leaves behind on
 * the server. What holds for a kind holds for every operation of it: that each operation is of the kind that its row says, the
 * client's own tests tell (`packages/client/test/retrySafety.test.ts`).
 */
import type { CallOptions, UserAlreadyExists, UserNotFound, Users } from "@sunco/client"
import type { SunshineError } from "@sunco/client/SunshineError"
import type { Operation as EmulatedOperation } from "@sunco/emulator/Operation"
import type { Seed } from "@sunco/emulator/Seed"
import type { User } from "@sunco/schemas/User"
import type * as Effect from "effect/Effect"

/** Whatever is personal or would be recognised in a leak. */
export const ada = {
  id: "7494535bff5cef41a15be74d",
  externalId: "ada-lovelace-1815",
  zendeskId: "35436019001",
  email: "ada@analytical.example",
  givenName: "Augusta",
  plan: "engine-no-2"
}

export const grace = { externalId: "grace-hopper-1906", givenName: "Grace", surname: "Hopper" }

/** Before every call: Ada in messaging and in Support. */
export const seed: Seed = {
  users: [{
    id: ada.id,
    externalId: ada.externalId,
    zendeskId: ada.zendeskId,
    profile: { givenName: "Ada", email: ada.email },
    identities: [{ type: "email", value: ada.email }]
  }],
  zendeskUsers: [{ id: ada.zendeskId, givenName: ada.givenName }]
}

export interface Operation {
  /** The kind of row, and the operation that stands for it. */
  readonly name: string
  readonly call: (
    users: Users["Service"],
    options?: CallOptions
  ) => Effect.Effect<unknown, UserNotFound | UserAlreadyExists | SunshineError>
  readonly emulated: EmulatedOperation
  readonly writes: boolean
  /** What the table of retries has for an attempt of which nobody knows whether it was applied. */
  readonly afterAmbiguous: "repeat" | "stop"
  /** Requests that tell whose success a refused repetition stands for. */
  readonly lookUps: 0 | 1
  /** Whether the server applies the request once more when it has applied it already. */
  readonly appliedAgain: boolean
  /** Whether the server has applied it, seen from all its users. */
  readonly isDone: (users: ReadonlyArray<User>) => boolean
}

const find = (users: ReadonlyArray<User>) => users.find(({ id }) => id === ada.id)

export const kinds: ReadonlyArray<Operation> = [
  {
    name: "read: get",
    call: (users, options) => users.get(ada.id, options),
    emulated: "Users.get",
    writes: false,
    afterAmbiguous: "repeat",
    lookUps: 0,
    appliedAgain: true,
    isDone: (users) => find(users)?.profile?.givenName === "Ada"
  },
  {
    name: "repeat: update",
    call: (users, options) => users.update(ada.externalId, { metadata: { plan: ada.plan } }, options),
    emulated: "Users.update",
    writes: true,
    afterAmbiguous: "repeat",
    lookUps: 0,
    appliedAgain: true,
    isDone: (users) => find(users)?.metadata?.["plan"] === ada.plan
  },
  {
    name: "repeat, missing is done: delete",
    call: (users, options) => users.delete(ada.id, options),
    emulated: "Users.delete",
    writes: true,
    afterAmbiguous: "repeat",
    lookUps: 0,
    appliedAgain: false,
    isDone: (users) => find(users) === undefined
  },
  {
    name: "repeat, then look up: create with externalId",
    call: (users, options) =>
      users.create({ externalId: grace.externalId, profile: { givenName: grace.givenName } }, options),
    emulated: "Users.create",
    writes: true,
    afterAmbiguous: "repeat",
    lookUps: 1,
    appliedAgain: false,
    isDone: (users) => users.filter(({ externalId }) => externalId === grace.externalId).length === 1
  },
  {
    name: "stop: create without externalId",
    call: (users, options) => users.create({ profile: { surname: grace.surname } }, options),
    emulated: "Users.create",
    writes: true,
    afterAmbiguous: "stop",
    lookUps: 0,
    appliedAgain: true,
    isDone: (users) => users.filter(({ profile }) => profile?.surname === grace.surname).length === 1
  }
]
