/**
 * What a test puts in place before it starts, and no call of the API could.
 *
 * @since 0.1.0
 */
import { partial } from "@sunco/schemas/Partial"
import { User } from "@sunco/schemas/User"
import type * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { type InvalidInput } from "./InvalidInput.ts"
import { checked } from "./internal/checked.ts"

/**
 * A messaging user with any field that a response can have, documented or not. Without an `id` it gets one;
 * `signedUpAt` is now, and `profile`, `metadata` and `identities` are empty unless given.
 *
 * @category models
 * @since 0.1.0
 */
export interface SeedUser extends Partial<User> {}

/**
 * Schema of {@link SeedUser}; fields that it does not name are kept.
 *
 * @category schemas
 * @since 0.1.0
 */
export const SeedUser: Schema.Codec<SeedUser> = partial(User).annotate({
  identifier: "SeedUser",
  description: "A messaging user to put in place."
})

/**
 * A core (Support) user, from which `Users.sync` copies. Fields that are absent here are left as they are there.
 *
 * @category models
 * @since 0.1.0
 */
export interface ZendeskUser {
  readonly id: string
  readonly givenName?: string
  readonly surname?: string
  readonly externalId?: string
  /** The primary e-mail address. */
  readonly email?: string
}

/**
 * Schema of {@link ZendeskUser}.
 *
 * @category schemas
 * @since 0.1.0
 */
export const ZendeskUser: Schema.Codec<ZendeskUser> = Schema.Struct({
  id: Schema.String,
  givenName: Schema.optionalKey(Schema.String),
  surname: Schema.optionalKey(Schema.String),
  externalId: Schema.optionalKey(Schema.String),
  email: Schema.optionalKey(Schema.String)
}).annotate({ identifier: "ZendeskUser", description: "A core (Support) user, from which a sync copies." })

/**
 * Messaging users and core users to put in place. Whoever is there already with the same id, or with the same
 * externalId in the same brand, is replaced.
 *
 * @category models
 * @since 0.1.0
 */
export interface Seed {
  readonly users?: ReadonlyArray<SeedUser>
  readonly zendeskUsers?: ReadonlyArray<ZendeskUser>
}

/**
 * Schema of {@link Seed}.
 *
 * @category schemas
 * @since 0.1.0
 */
export const Seed: Schema.Codec<Seed> = Schema.Struct({
  users: Schema.optionalKey(Schema.Array(SeedUser)),
  zendeskUsers: Schema.optionalKey(Schema.Array(ZendeskUser))
}).annotate({ identifier: "Seed", description: "Messaging users and core users to put in place." })

/**
 * Reads a seed, such as of a file of JSON, and refuses keys that it does not know; a user may have any.
 *
 * **Example** (A seed of a file)
 *
 * ```ts
 * import { decodeSeed } from "@sunco/emulator/Seed"
 * import * as Effect from "effect/Effect"
 *
 * const text = `{ "users": [{ "externalId": "ada", "profile": { "givenName": "Ada" } }] }`
 *
 * Effect.runPromise(decodeSeed(JSON.parse(text))).then(({ users }) => {
 *   console.log(users?.length)
 *   // 1
 * })
 * ```
 *
 * @category constructors
 * @since 0.1.0
 */
export const decodeSeed: (input: unknown) => Effect.Effect<Seed, InvalidInput> = checked("seed", Seed)

/**
 * What a seed has put in place, as it is kept now.
 *
 * @category models
 * @since 0.1.0
 */
export interface Seeded {
  readonly users: ReadonlyArray<User>
  readonly zendeskUsers: ReadonlyArray<ZendeskUser>
}

/**
 * Schema of {@link Seeded}.
 *
 * @category schemas
 * @since 0.1.0
 */
export const Seeded: Schema.Codec<Seeded> = Schema.Struct({
  users: Schema.Array(User),
  zendeskUsers: Schema.Array(ZendeskUser)
}).annotate({ identifier: "Seeded", description: "What a seed has put in place." })
