/**
 * The messages of a conversation.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import { Author } from "./Author.ts"
import { openStruct } from "./internal/openStruct.ts"
import { openText } from "./internal/openText.ts"
import { openUnion } from "./internal/openUnion.ts"
import { MessageContent } from "./MessageContent.ts"
import { Metadata } from "./Metadata.ts"
import { Source } from "./Source.ts"
import type { OpenText, Unrecognized } from "./Unrecognized.ts"

/**
 * What happened, in a message that the system wrote.
 *
 * @see OpenAPI 17.12.1, `activityMessage`
 * @category models
 * @since 0.1.0
 */
export interface MessageActivity {
  readonly type: OpenText<"ticket:closed" | "ticket:transfer:email" | "conversation:endedByUser">
  /** Empty at the time of writing. */
  readonly data?: { readonly [name: string]: unknown } | null
}

/**
 * Something outside that a message refers to, such as what an AI agent has read.
 *
 * @see OpenAPI 17.12.1, `reference`
 * @category models
 * @since 0.1.0
 */
export interface MessageReference {
  readonly uri?: string
  readonly title?: string | null
  readonly description?: string | null
}

/**
 * A quoted message that the vendor has.
 *
 * @see OpenAPI 17.12.1, `quotedMessageMessage`
 * @category models
 * @since 0.1.0
 */
export interface QuotedMessageMessage {
  readonly type: "message"
  readonly message?: Message
}

/**
 * A quoted message that only the channel has.
 *
 * @see OpenAPI 17.12.1, `quotedMessageExternalMessageId`
 * @category models
 * @since 0.1.0
 */
export interface QuotedExternalMessage {
  readonly type: "externalMessageId"
  readonly externalMessageId?: string
}

/**
 * The message that another one quotes; it narrows by its `type`.
 *
 * @see OpenAPI 17.12.1, `quotedMessage`
 * @category models
 * @since 0.1.0
 */
export type QuotedMessage = QuotedMessageMessage | QuotedExternalMessage | Unrecognized

/**
 * A message of a conversation.
 *
 * **Details**
 *
 * Only `id` is sure to be there. `content` narrows by its `type`, one that this release does not know among them.
 *
 * @see OpenAPI 17.12.1, `message`
 * @category models
 * @since 0.1.0
 */
export interface Message {
  /** The id that the vendor gave it. */
  readonly id: string
  /** When the vendor got it, ISO 8601 with milliseconds. */
  readonly received?: string
  readonly author?: Author
  /** Set on messages that the system wrote. */
  readonly activity?: MessageActivity | null
  readonly content?: MessageContent
  readonly source?: Source
  readonly quotedMessage?: QuotedMessage | null
  readonly metadata?: Metadata | null
  /** Whether it stands in for one that was deleted. */
  readonly deleted?: boolean | null
  readonly references?: ReadonlyArray<MessageReference> | null
}

const MessageActivity: Schema.Codec<MessageActivity> = openStruct({
  type: openText<"ticket:closed" | "ticket:transfer:email" | "conversation:endedByUser">(),
  data: Schema.optionalKey(Schema.NullOr(Schema.Record(Schema.String, Schema.Unknown)))
}).annotate({ identifier: "MessageActivity" })

const MessageReference: Schema.Codec<MessageReference> = openStruct({
  uri: Schema.optionalKey(Schema.String),
  title: Schema.optionalKey(Schema.NullOr(Schema.String)),
  description: Schema.optionalKey(Schema.NullOr(Schema.String))
}).annotate({ identifier: "MessageReference" })

const QuotedMessage: Schema.Codec<QuotedMessage> = openUnion({
  message: openStruct({
    type: Schema.Literal("message"),
    message: Schema.optionalKey(Schema.suspend((): Schema.Codec<Message> => Message))
  }),
  externalMessageId: openStruct({
    type: Schema.Literal("externalMessageId"),
    externalMessageId: Schema.optionalKey(Schema.String)
  })
}).annotate({ identifier: "QuotedMessage" })

/**
 * Schema of {@link Message}; unknown fields are kept.
 *
 * **Example** (What a message says)
 *
 * ```ts
 * import { Message } from "@sunco/schemas/Message"
 * import * as Schema from "effect/Schema"
 *
 * const { content } = Schema.decodeUnknownSync(Message)({
 *   id: "5f40256af057d0000dda9bd7",
 *   content: { type: "text", text: "Hello" }
 * })
 *
 * console.log(content?.type === "text" ? content.text : undefined)
 * // Hello
 * ```
 *
 * @category schemas
 * @since 0.1.0
 */
export const Message: Schema.Codec<Message> = openStruct({
  id: Schema.String,
  received: Schema.optionalKey(Schema.String),
  author: Schema.optionalKey(Author),
  activity: Schema.optionalKey(Schema.NullOr(MessageActivity)),
  content: Schema.optionalKey(MessageContent),
  source: Schema.optionalKey(Source),
  quotedMessage: Schema.optionalKey(Schema.NullOr(QuotedMessage)),
  metadata: Schema.optionalKey(Schema.NullOr(Metadata)),
  deleted: Schema.optionalKey(Schema.NullOr(Schema.Boolean)),
  references: Schema.optionalKey(Schema.NullOr(Schema.Array(MessageReference)))
}).annotate({ identifier: "Message" })
