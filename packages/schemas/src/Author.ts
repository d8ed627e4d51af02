/**
 * Who writes a message, or does something in a conversation.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import { BrandId } from "./Ids.ts"
import { codePoints } from "./internal/codePoints.ts"
import { entries } from "./internal/entries.ts"
import { isUri } from "./internal/isUri.ts"
import { omittable } from "./internal/omittable.ts"
import { openStruct } from "./internal/openStruct.ts"
import { openText } from "./internal/openText.ts"
import type { OpenText } from "./Unrecognized.ts"

/**
 * The author of a message or of an activity to send: the business, or a user in whose name it is sent.
 *
 * @see OpenAPI 17.12.1, `author`
 * @category models
 * @since 0.1.0
 */
export interface AuthorInput {
  readonly type: "business" | "user"
  /** `["AI"]` for what a machine wrote: the vendor tells the user so, in what is delivered. */
  readonly subtypes?: ReadonlyArray<"AI"> | undefined
  /** Of an author of type `user`. */
  readonly userId?: string | undefined
  /** Of an author of type `user`, in place of `userId`. */
  readonly userExternalId?: string | undefined
  /** Beside the `userExternalId` of a brand-separated user, 1 to 24 characters. */
  readonly brandId?: string | null | undefined
  readonly displayName?: string | undefined
  /** An absolute URI of 1 to 2048 characters: a JPG, PNG or GIF. */
  readonly avatarUrl?: string | undefined
}

/**
 * Schema of {@link AuthorInput}.
 *
 * @category schemas
 * @since 0.1.0
 */
export const AuthorInput: Schema.Codec<AuthorInput> = Schema.Struct({
  type: Schema.Literals(["business", "user"]),
  subtypes: omittable(Schema.Array(Schema.Literals(["AI"])).check(entries(1, 1))),
  userId: omittable(Schema.String),
  userExternalId: omittable(Schema.String),
  brandId: omittable(Schema.NullOr(BrandId)),
  displayName: omittable(Schema.String),
  avatarUrl: omittable(Schema.String.check(codePoints(1, 2048), isUri))
}).annotate({ identifier: "AuthorInput" })

/**
 * The author of a message, as answers carry it.
 *
 * @see OpenAPI 17.12.1, `author`
 * @category models
 * @since 0.1.0
 */
export interface Author {
  readonly type: OpenText<"business" | "user">
  readonly subtypes?: ReadonlyArray<OpenText<"AI" | "activity" | "agent" | "bot">>
  /** Of an author of type `user`. */
  readonly userId?: string
  readonly displayName?: string
  /** It has been seen empty. */
  readonly avatarUrl?: string
}

/**
 * Schema of {@link Author}; unknown fields are kept.
 *
 * @category schemas
 * @since 0.1.0
 */
export const Author: Schema.Codec<Author> = openStruct({
  type: openText<"business" | "user">(),
  subtypes: Schema.optionalKey(Schema.Array(openText<"AI" | "activity" | "agent" | "bot">())),
  userId: Schema.optionalKey(Schema.String),
  displayName: Schema.optionalKey(Schema.String),
  avatarUrl: Schema.optionalKey(Schema.String)
}).annotate({ identifier: "Author" })
