/**
 * What the writing operations of the Messages API send.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import { AuthorInput } from "./Author.ts"
import { Destination } from "./Destination.ts"
import { omittable } from "./internal/omittable.ts"
import { MessageContentInput } from "./MessageContent.ts"
import { Metadata } from "./Metadata.ts"
import { Override } from "./Override.ts"

/**
 * A message to send.
 *
 * @see OpenAPI 17.12.1, `messagePost`
 * @category models
 * @since 0.1.0
 */
export interface PostMessage {
  readonly author: AuthorInput
  readonly content: MessageContentInput
  /** One channel alone. */
  readonly destination?: Destination | undefined
  /** At most 4096 bytes as compact UTF-8 JSON. It comes back with the message, and in events. */
  readonly metadata?: Metadata | null | undefined
  readonly override?: Override | undefined
  /** `"whatsapp"` where the content is a template of that channel. */
  readonly schema?: string | undefined
}

/**
 * Schema of {@link PostMessage}.
 *
 * **Example** (Text with a button)
 *
 * ```ts
 * import { PostMessage } from "@sunco/schemas/MessagePayloads"
 * import * as Schema from "effect/Schema"
 *
 * const body = Schema.encodeSync(PostMessage)({
 *   author: { type: "business" },
 *   content: { type: "text", text: "Tea?", actions: [{ type: "reply", text: "Yes", payload: "tea" }] }
 * })
 *
 * console.log(JSON.stringify(body.content))
 * // {"type":"text","text":"Tea?","actions":[{"type":"reply","text":"Yes","payload":"tea"}]}
 * ```
 *
 * @category schemas
 * @since 0.1.0
 */
export const PostMessage: Schema.Codec<PostMessage> = Schema.Struct({
  author: AuthorInput,
  content: MessageContentInput,
  destination: omittable(Destination),
  metadata: omittable(Schema.NullOr(Metadata)),
  override: omittable(Override),
  schema: omittable(Schema.String)
}).annotate({ identifier: "PostMessage" })
