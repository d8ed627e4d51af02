/**
 * What the Users API does, in as few words as it can be said: the model that the client and the emulator are held against.
 */
import type { Profile } from "@sunco/schemas/Profile"
import type { User } from "@sunco/schemas/User"
import { CreateUser, UpdateUser } from "@sunco/schemas/UserPayloads"
import * as Schema from "effect/Schema"

/** A user without what the vendor makes up: the id, and the time of signing up where none was given. */
export type ModelUser = Omit<User, "id">

/** In the order in which they came. */
export type Store = ReadonlyArray<ModelUser>

const brand = { brand: Schema.optionalKey(Schema.Literal("north")) }

// An index into the externalIds of a course of commands.
const externalId = { externalId: Schema.Literals([0, 1, 2]) }

// By externalId, or the id of the nth user who is there.
const Who = Schema.Union([Schema.Struct(externalId), Schema.Struct({ nth: Schema.Literals([0, 1, 2, 3]) })])

const payload = { payload: CreateUser }

export const Command = Schema.Union([
  Schema.TaggedStruct("create", { externalId: Schema.optionalKey(externalId.externalId), ...payload, ...brand }),
  Schema.TaggedStruct("getOrCreate", { ...externalId, ...payload, ...brand }),
  Schema.TaggedStruct("upsert", { ...externalId, ...payload, ...brand }),
  Schema.TaggedStruct("get", { who: Who, ...brand }),
  Schema.TaggedStruct("update", { who: Who, patch: UpdateUser, ...brand }),
  Schema.TaggedStruct("delete", { who: Who, ...brand }),
  Schema.TaggedStruct("deletePersonalInformation", { who: Who, ...brand }),
  Schema.TaggedStruct("listByEmail", { ...brand }),
  Schema.TaggedStruct("sync", { zendeskId: Schema.Literals(["35436", "35437"]) })
])

export type Command = typeof Command.Type

/** What a command does where nothing goes wrong. */
export type Outcome =
  /** The users that it gives, by their place in the store, and whether it made them. */
  | {
    readonly _tag: "Users"
    readonly places: ReadonlyArray<number>
    readonly created?: boolean
    readonly after: Store
  }
  | { readonly _tag: "Nothing"; readonly after: Store }
  | { readonly _tag: "UserNotFound" | "UserAlreadyExists" | "BadRequest" }

/** The core user who is linked to the first messaging user, and what a sync copies. */
export const core = { id: "35436", givenName: "Augusta", email: "ada@example.com" }

export const seed: Store = [{ zendeskId: core.id, identities: [], profile: { surname: "King" }, metadata: {} }]

export const run = (store: Store, externalIds: ReadonlyArray<string>, command: Command): Outcome => {
  const withExternalId = (index: number | undefined, brand: string | undefined) =>
    index === undefined
      ? -1
      : store.findIndex((user) => user.externalId === externalIds[index] && user.brandId === brand)
  const placeOf = (who: typeof Who.Type, brand: string | undefined) =>
    "nth" in who ? (who.nth < store.length ? who.nth : -1) : withExternalId(who.externalId, brand)
  const put = (place: number, user: ModelUser, created?: boolean): Outcome =>
    metadataBytes(user) > 4096
      ? { _tag: "BadRequest" }
      : {
        _tag: "Users",
        places: [place],
        ...(created === undefined ? undefined : { created }),
        after: store.with(place, user)
      }
  const make = (index: number | undefined, payload: CreateUser, brand: string | undefined, created?: true): Outcome => {
    const identity = {
      ...(index === undefined ? undefined : { externalId: externalIds[index]! }),
      ...(brand === undefined ? undefined : { brandId: brand })
    }
    const user = changed({ ...identity, identities: [], profile: {}, metadata: {} }, payload)
    return {
      _tag: "Users",
      places: [store.length],
      ...(created === undefined ? undefined : { created }),
      after: [...store, user]
    }
  }

  switch (command._tag) {
    case "create":
      return withExternalId(command.externalId, command.brand) === -1
        ? make(command.externalId, command.payload, command.brand)
        : { _tag: "UserAlreadyExists" }
    case "getOrCreate":
    case "upsert": {
      const place = withExternalId(command.externalId, command.brand)
      if (place === -1) return make(command.externalId, command.payload, command.brand, true)
      return put(place, command._tag === "upsert" ? changed(store[place]!, command.payload) : store[place]!, false)
    }
    case "listByEmail": {
      const places = store.flatMap((user, place) =>
        user.brandId === command.brand && user.identities?.some(({ value }) => value === core.email) ? [place] : []
      )
      return { _tag: "Users", places, after: store }
    }
    case "sync": {
      const place = store.findIndex(({ zendeskId }) => zendeskId === command.zendeskId)
      if (place === -1) return { _tag: "UserNotFound" }
      const identities = [{ type: "email", value: core.email, verification: "sso" }]
      return put(place, { ...changed(store[place]!, { profile: { givenName: core.givenName } }), identities })
    }
  }
  const place = placeOf(command.who, command.brand)
  if (place === -1) return { _tag: "UserNotFound" }
  const user = store[place]!
  switch (command._tag) {
    case "get":
      return put(place, user)
    case "update":
      return put(place, changed(user, command.patch))
    case "delete":
      return { _tag: "Nothing", after: store.toSpliced(place, 1) }
    case "deletePersonalInformation":
      return put(place, { ...user, profile: {}, metadata: {}, identities: [] })
  }
}

const metadataBytes = ({ metadata }: ModelUser): number => Buffer.byteLength(JSON.stringify(metadata))

/** A value sets a field, null clears it, what is absent or undefined stays as it is. */
const changed = (user: ModelUser, { metadata, profile, signedUpAt, toBeRetained }: UpdateUser): ModelUser => ({
  ...user,
  ...(signedUpAt === undefined ? undefined : { signedUpAt }),
  ...(toBeRetained === undefined ? undefined : { toBeRetained }),
  profile: keep({ ...user.profile, ...keep(profile ?? {}, undefined) }, null),
  metadata: metadata === null ? {} : { ...user.metadata, ...metadata }
})

const keep = (profile: object, without: null | undefined): Profile =>
  Object.fromEntries(Object.entries(profile).filter(([, value]) => value !== without))
