/**
 * What the writing operations of the Users API send.
 *
 * In every payload a key that is absent or `undefined` is left out of the request, and `null`, where the vendor takes it,
 * clears what is stored.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import { BrandId, ExternalId, ZendeskId } from "./Ids.ts"
import { omittable } from "./internal/omittable.ts"
import { Metadata } from "./Metadata.ts"
import { ProfileInput } from "./Profile.ts"

/**
 * A user to create; every field may be left out.
 *
 * @see OpenAPI 17.12.1, `userCreateBody`; `externalId` is no longer required since 17.11.0
 * @category models
 * @since 0.1.0
 */
export interface CreateUser {
  /** Your own id, 1 to 1024 characters. With it a create can be retried without making a second user. */
  readonly externalId?: string | undefined
  /** Only to create a brand-separated user; 1 to 24 characters. */
  readonly brandId?: string | null | undefined
  /** ISO 8601, as `Date.prototype.toISOString` writes it; the vendor sets the time of creation when it is absent. */
  readonly signedUpAt?: string | undefined
  /** Keep the user past inactivity expiry. */
  readonly toBeRetained?: boolean | undefined
  readonly profile?: ProfileInput | undefined
  /** At most 4096 bytes as compact UTF-8 JSON. */
  readonly metadata?: Metadata | null | undefined
}

/**
 * Changes to a user. `externalId`, `brandId`, `identities` and `zendeskId` cannot be changed.
 *
 * @see OpenAPI 17.12.1, `userUpdateBody`
 * @category models
 * @since 0.1.0
 */
export interface UpdateUser {
  /** ISO 8601, as `Date.prototype.toISOString` writes it. */
  readonly signedUpAt?: string | undefined
  /** Keep the user past inactivity expiry. */
  readonly toBeRetained?: boolean | undefined
  readonly profile?: ProfileInput | undefined
  /** At most 4096 bytes as compact UTF-8 JSON. */
  readonly metadata?: Metadata | null | undefined
}

/**
 * What a sync may say beside the Zendesk id in its path.
 *
 * @see OpenAPI 17.12.1, `syncUserBody`
 * @category models
 * @since 0.1.0
 */
export interface SyncUser {
  /** Only when two Support users were merged: the surviving one, while the path names the outgoing one. */
  readonly survivingZendeskId?: string | undefined
}

// The document gives a date-time without a `format`; its prose and every example show this form. Whether the month has
// that day is left to the vendor.
const Timestamp = Schema.String.check(
  Schema.isPattern(
    /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-4]):[0-5]\d:([0-5]\d|60)(\.\d+)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/u,
    {
      expected: "an ISO 8601 date and time such as 2026-11-23T09:30:00.000Z",
      arbitraryConstraint: {
        patterns: [{ source: "^20\\d\\d-0[1-9]-1\\dT1\\d:[0-5]\\d:[0-5]\\d\\.\\d{3}Z$", flags: "" }]
      }
    }
  )
)

/**
 * Schema of {@link CreateUser}.
 *
 * **Example** (`undefined` is left out, `null` is sent)
 *
 * ```ts
 * import { CreateUser } from "@sunco/schemas/UserPayloads"
 * import * as Schema from "effect/Schema"
 *
 * const body = Schema.encodeSync(CreateUser)({ externalId: "ada", brandId: undefined, profile: { surname: null } })
 *
 * console.log(JSON.stringify(body))
 * // {"externalId":"ada","profile":{"surname":null}}
 * ```
 *
 * @category schemas
 * @since 0.1.0
 */
export const CreateUser: Schema.Codec<CreateUser> = Schema.Struct({
  externalId: omittable(ExternalId),
  brandId: omittable(Schema.NullOr(BrandId)),
  signedUpAt: omittable(Timestamp),
  toBeRetained: omittable(Schema.Boolean),
  profile: omittable(ProfileInput),
  metadata: omittable(Schema.NullOr(Metadata))
}).annotate({ identifier: "CreateUser" })

/**
 * Schema of {@link UpdateUser}.
 *
 * @category schemas
 * @since 0.1.0
 */
export const UpdateUser: Schema.Codec<UpdateUser> = Schema.Struct({
  signedUpAt: omittable(Timestamp),
  toBeRetained: omittable(Schema.Boolean),
  profile: omittable(ProfileInput),
  metadata: omittable(Schema.NullOr(Metadata))
}).annotate({
  identifier: "UpdateUser"
})

/**
 * Schema of {@link SyncUser}.
 *
 * @category schemas
 * @since 0.1.0
 */
export const SyncUser: Schema.Codec<SyncUser> = Schema.Struct({
  survivingZendeskId: omittable(ZendeskId)
}).annotate({ identifier: "SyncUser" })
