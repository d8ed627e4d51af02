/**
 * The User of the Sunshine Conversations API, as responses carry it.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import { Identity } from "./Identity.ts"
import { openStruct } from "./internal/openStruct.ts"
import { Metadata } from "./Metadata.ts"
import { Profile } from "./Profile.ts"

/**
 * A messaging user.
 *
 * **Details**
 *
 * Only `id` is sure to be there. Fields that this type does not name survive a decode and a re-encode, and
 * `UnknownFields.get` reads them; a mistyped name does not compile.
 *
 * @see OpenAPI 17.12.1, `user` and `userTruncated`
 * @category models
 * @since 0.1.0
 */
export interface User {
  /** The id that the vendor gave the user. */
  readonly id: string
  /** Whether the user has logged in by JWT or through the help center; absent from the vendor's REST examples. */
  readonly authenticated?: boolean
  /** Your own id of the user. */
  readonly externalId?: string | null
  /** The id of the core Zendesk user; set once the user has authenticated through the help center. */
  readonly zendeskId?: string | null
  /** Set on brand-separated users only. */
  readonly brandId?: string | null
  /** ISO 8601 with milliseconds; the time of creation unless the create said otherwise. */
  readonly signedUpAt?: string
  /** Whether the user is kept past inactivity expiry. */
  readonly toBeRetained?: boolean
  readonly profile?: Profile
  readonly metadata?: Metadata
  /** Where a list by e-mail looks; read-only. */
  readonly identities?: ReadonlyArray<Identity>
}

/**
 * Schema of {@link User}, checked for types only: a response is never refused for a length, a format or an unknown value.
 *
 * **Example** (A user with a field that is not documented)
 *
 * ```ts
 * import * as UnknownFields from "@sunco/schemas/UnknownFields"
 * import { User } from "@sunco/schemas/User"
 * import * as Schema from "effect/Schema"
 *
 * const user = Schema.decodeUnknownSync(User)({ id: "7494535bff5cef41a15be74d", hasPaymentInfo: false })
 *
 * console.log(UnknownFields.get(user, "hasPaymentInfo"))
 * // false
 * ```
 *
 * @category schemas
 * @since 0.1.0
 */
export const User: Schema.Codec<User> = openStruct({
  id: Schema.String,
  authenticated: Schema.optionalKey(Schema.Boolean),
  externalId: Schema.optionalKey(Schema.NullOr(Schema.String)),
  zendeskId: Schema.optionalKey(Schema.NullOr(Schema.String)),
  brandId: Schema.optionalKey(Schema.NullOr(Schema.String)),
  signedUpAt: Schema.optionalKey(Schema.String),
  toBeRetained: Schema.optionalKey(Schema.Boolean),
  profile: Schema.optionalKey(Profile),
  metadata: Schema.optionalKey(Metadata),
  identities: Schema.optionalKey(Schema.Array(Identity))
}).annotate({ identifier: "User" })
