/**
 * What the operation of the Activities API sends.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import { AuthorInput } from "./Author.ts"

/**
 * Something that happens in a conversation without a message. A user can only read.
 *
 * @see OpenAPI 17.12.1, `activityPost`
 * @category models
 * @since 0.1.0
 */
export interface PostActivity {
  readonly author: AuthorInput
  readonly type: "conversation:read" | "typing:start" | "typing:stop"
}

const usersOnlyRead = Schema.makeFilter<PostActivity>(
  ({ author, type }) => author.type !== "user" || type === "conversation:read",
  { expected: "the type conversation:read where the author is a user", toJsonSchema: () => ({}) }
)

/**
 * Schema of {@link PostActivity}.
 *
 * @category schemas
 * @since 0.1.0
 */
export const PostActivity: Schema.Codec<PostActivity> = Schema.Struct({
  author: AuthorInput,
  type: Schema.Literals(["conversation:read", "typing:start", "typing:stop"])
}).check(usersOnlyRead).annotate({
  identifier: "PostActivity"
})
