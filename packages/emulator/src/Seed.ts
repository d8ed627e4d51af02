/**
 * What a test puts in place before it starts, and no call of the API could.
 *
 * @since 0.1.0
 */
import { Identity } from "@sunco/schemas/Identity"
import { Metadata } from "@sunco/schemas/Metadata"
import { Profile } from "@sunco/schemas/Profile"
import * as Schema from "effect/Schema"

/**
 * A messaging user with any field that a response can have, documented or not. Without an `id` it gets one;
 * `signedUpAt` is now, and `profile`, `metadata` and `identities` are empty unless given.
 *
 * @category models
 * @since 0.1.0
 */
export interface SeedUser {
  readonly id?: string
  readonly authenticated?: boolean
  readonly externalId?: string | null
  readonly zendeskId?: string | null
  readonly brandId?: string | null
  readonly signedUpAt?: string
  readonly toBeRetained?: boolean
  readonly profile?: Profile
  readonly metadata?: Metadata
  readonly identities?: ReadonlyArray<Identity>
}

/**
 * Schema of {@link SeedUser}; fields that it does not name are kept.
 *
 * @category schemas
 * @since 0.1.0
 */
export const SeedUser: Schema.Codec<SeedUser> = Schema.StructWithRest(
  Schema.Struct({
    id: Schema.optionalKey(Schema.String),
    authenticated: Schema.optionalKey(Schema.Boolean),
    externalId: Schema.optionalKey(Schema.NullOr(Schema.String)),
    zendeskId: Schema.optionalKey(Schema.NullOr(Schema.String)),
    brandId: Schema.optionalKey(Schema.NullOr(Schema.String)),
    signedUpAt: Schema.optionalKey(Schema.String),
    toBeRetained: Schema.optionalKey(Schema.Boolean),
    profile: Schema.optionalKey(Profile),
    metadata: Schema.optionalKey(Metadata),
    identities: Schema.optionalKey(Schema.Array(Identity))
  }),
  [Schema.Record(Schema.String, Schema.Unknown)]
).annotate({ identifier: "SeedUser", description: "A messaging user to put in place." })

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
