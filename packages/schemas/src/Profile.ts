/**
 * A user's profile: as responses carry it, and as a request may change it.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import { codePoints } from "./internal/codePoints.ts"
import { isUri } from "./internal/isUri.ts"
import { omittable } from "./internal/omittable.ts"
import { openStruct } from "./internal/openStruct.ts"
import { nullableText } from "./internal/optionalFields.ts"

/**
 * The profile of a user, `{}` when nothing is known; `null` and absent both mean that a field has no value.
 *
 * @see OpenAPI 17.12.1, `profile`
 * @category models
 * @since 0.1.0
 */
export interface Profile {
  readonly givenName?: string | null
  readonly surname?: string | null
  /** For display only: it does not affect delivery and is not what a list by e-mail searches. */
  readonly email?: string | null
  readonly avatarUrl?: string | null
  /** BCP 47; filled in by the vendor from channels, messages or account settings when not set. */
  readonly locale?: string | null
}

/**
 * Schema of {@link Profile}; unknown fields, such as the undocumented `localeOrigin`, are kept.
 *
 * @category schemas
 * @since 0.1.0
 */
export const Profile: Schema.Codec<Profile> = openStruct({
  givenName: nullableText,
  surname: nullableText,
  email: nullableText,
  avatarUrl: nullableText,
  locale: nullableText
}).annotate({ identifier: "Profile" })

/**
 * Profile fields to set in a create or an update.
 *
 * **Details**
 *
 * A value sets the field, `null` clears it, absent (or `undefined`) keeps what is stored. An empty string is refused: the
 * vendor's minimum length is 1.
 *
 * @see OpenAPI 17.12.1, `profile`
 * @category models
 * @since 0.1.0
 */
export interface ProfileInput {
  /** 1 to 128 characters. */
  readonly givenName?: string | null | undefined
  /** 1 to 128 characters. */
  readonly surname?: string | null | undefined
  /** An e-mail address of at most 128 characters. */
  readonly email?: string | null | undefined
  /** An absolute URI of at most 2048 characters. */
  readonly avatarUrl?: string | null | undefined
  /** A BCP 47 tag, 1 to 64 characters. */
  readonly locale?: string | null | undefined
}

// `format: email` without a dialect: any validator accepts no more than this pattern does. What is generated satisfies every one.
const isEmail = Schema.isPattern(/^.+@.+$/su, {
  expected: "an e-mail address",
  toJsonSchema: () => ({ format: "email" }),
  arbitraryConstraint: {
    patterns: [{ source: "^[a-z]{1,9}(\\.[a-z]{1,9})?@[a-z]{1,9}\\.example$", flags: "" }]
  }
})

/**
 * Schema of {@link ProfileInput}.
 *
 * @category schemas
 * @since 0.1.0
 */
export const ProfileInput: Schema.Codec<ProfileInput> = Schema.Struct({
  givenName: omittable(Schema.NullOr(Schema.String.check(codePoints(1, 128)))),
  surname: omittable(Schema.NullOr(Schema.String.check(codePoints(1, 128)))),
  email: omittable(Schema.NullOr(Schema.String.check(codePoints(1, 128), isEmail))),
  avatarUrl: omittable(Schema.NullOr(Schema.String.check(codePoints(1, 2048), isUri))),
  locale: omittable(Schema.NullOr(Schema.String.check(codePoints(1, 64))))
}).annotate({ identifier: "ProfileInput" })
