/**
 * The buttons of messages and of their items.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import { isUri } from "./internal/isUri.ts"
import { omittable } from "./internal/omittable.ts"
import { flag, metadata } from "./internal/omittableFields.ts"
import { openUnion } from "./internal/openUnion.ts"
import { relaxed } from "./internal/relaxed.ts"
import type { Metadata } from "./Metadata.ts"
import type { Received } from "./Received.ts"
import type { OpenText, Unrecognized } from "./Unrecognized.ts"

/**
 * What a channel itself may be told of a button.
 *
 * @see OpenAPI 17.12.1, `extraChannelOptions`
 * @category models
 * @since 0.1.0
 */
export interface ExtraChannelOptions {
  readonly messenger?: {
    /** Whether a webview is loaded with Messenger's extensions; not so unless it is said. */
    readonly messenger_extensions?: boolean | undefined
    /** Whether the webview hides its button for sharing. */
    readonly webview_share_button?: OpenText<"hide"> | undefined
  } | undefined
}

interface Labelled {
  readonly text: string
  /** At most 4096 bytes as compact UTF-8 JSON. */
  readonly metadata?: Metadata | null | undefined
}

interface Opening extends Labelled {
  readonly uri: string
  /** Whether a tap on the item does the same, in Facebook Messenger. */
  readonly default?: boolean | undefined
  readonly extraChannelOptions?: ExtraChannelOptions | undefined
}

/**
 * A button that asks for a payment, to send.
 *
 * @see OpenAPI 17.12.1, `buy`
 * @category models
 * @since 0.1.0
 */
export interface BuyActionInput extends Labelled {
  readonly type: "buy"
  /** In the smallest unit, a whole number: 999 is 9.99. */
  readonly amount: number
  /** A code of ISO 4217, in small letters. */
  readonly currency?: string | undefined
}

/**
 * A button that opens a URI, to send.
 *
 * @see OpenAPI 17.12.1, `link`
 * @category models
 * @since 0.1.0
 */
export interface LinkActionInput extends Opening {
  readonly type: "link"
}

/**
 * A button with which the user shares where they are, to send.
 *
 * @see OpenAPI 17.12.1, `locationRequest`
 * @category models
 * @since 0.1.0
 */
export interface LocationRequestActionInput extends Labelled {
  readonly type: "locationRequest"
}

/**
 * A button that sends its payload to webhooks and shows nothing in the conversation, to send.
 *
 * @see OpenAPI 17.12.1, `postback`
 * @category models
 * @since 0.1.0
 */
export interface PostbackActionInput extends Labelled {
  readonly type: "postback"
  readonly payload: string
}

/**
 * A button that the user answers with, to send: pressing it posts a message with its text and its payload. It stands beside no
 * button of another type.
 *
 * @see OpenAPI 17.12.1, `reply`
 * @category models
 * @since 0.1.0
 */
export interface ReplyActionInput extends Labelled {
  readonly type: "reply"
  /** Channels cut it: Messenger behind 20 characters, the SDKs behind 40. */
  readonly text: string
  readonly payload: string
  readonly iconUrl?: string | undefined
}

/**
 * A button that opens a URI inside the channel's app, to send.
 *
 * @see OpenAPI 17.12.1, `webview`
 * @category models
 * @since 0.1.0
 */
export interface WebviewActionInput extends Opening {
  readonly type: "webview"
  /** The URI for channels that have no webview. */
  readonly fallback: string
  readonly size?: OpenText<"compact" | "tall" | "full"> | undefined
  /** Opens by itself when it is received; one button of a message at most. */
  readonly openOnReceive?: boolean | undefined
}

/**
 * A button to send with a message.
 *
 * @see OpenAPI 17.12.1, `action`
 * @category models
 * @since 0.1.0
 */
export type MessageActionInput =
  | BuyActionInput
  | LinkActionInput
  | LocationRequestActionInput
  | PostbackActionInput
  | ReplyActionInput
  | WebviewActionInput

/**
 * A button to send with an item, or with a list of items: neither a reply nor a request for a location.
 *
 * @see OpenAPI 17.12.1, `actionSubset`
 * @category models
 * @since 0.1.0
 */
export type ItemActionInput = BuyActionInput | LinkActionInput | PostbackActionInput | WebviewActionInput

/**
 * A button that asks for a payment.
 *
 * @see OpenAPI 17.12.1, `buy`
 * @category models
 * @since 0.1.0
 */
export interface BuyAction extends Received<BuyActionInput> {}

/**
 * A button that opens a URI.
 *
 * @see OpenAPI 17.12.1, `link`
 * @category models
 * @since 0.1.0
 */
export interface LinkAction extends Received<LinkActionInput> {}

/**
 * A button with which the user shares where they are.
 *
 * @see OpenAPI 17.12.1, `locationRequest`
 * @category models
 * @since 0.1.0
 */
export interface LocationRequestAction extends Received<LocationRequestActionInput> {}

/**
 * A button that sends its payload to webhooks; it has been seen without one.
 *
 * @see OpenAPI 17.12.1, `postback`
 * @category models
 * @since 0.1.0
 */
export interface PostbackAction extends Received<PostbackActionInput> {}

/**
 * A button that the user answers with; it has been seen without a payload.
 *
 * @see OpenAPI 17.12.1, `reply`
 * @category models
 * @since 0.1.0
 */
export interface ReplyAction extends Received<ReplyActionInput> {}

/**
 * A button that opens a URI inside the channel's app.
 *
 * @see OpenAPI 17.12.1, `webview`
 * @category models
 * @since 0.1.0
 */
export interface WebviewAction extends Received<WebviewActionInput> {}

/**
 * A button of a message or of an item, as answers carry it; it narrows by its `type`.
 *
 * @see OpenAPI 17.12.1, `action`
 * @category models
 * @since 0.1.0
 */
export type MessageAction =
  | BuyAction
  | LinkAction
  | LocationRequestAction
  | PostbackAction
  | ReplyAction
  | WebviewAction
  | Unrecognized

const uri = Schema.String.check(isUri)

const extraChannelOptions = omittable(
  Schema.Struct({
    messenger: omittable(
      Schema.Struct({ messenger_extensions: flag, webview_share_button: omittable(Schema.Literals(["hide"])) })
    )
  })
)

const isWhole = Schema.makeFilter<number>((amount) => Number.isSafeInteger(amount), {
  expected: "a whole number",
  toJsonSchema: () => ({ type: "integer" }),
  arbitraryConstraint: { number: "integer" }
})

const BuyActionInput: Schema.Codec<BuyActionInput> = Schema.Struct({
  type: Schema.Literal("buy"),
  text: Schema.String,
  amount: Schema.Finite.check(isWhole),
  currency: omittable(Schema.String),
  metadata
}).annotate({ identifier: "BuyActionInput" })

/**
 * Schema of {@link LinkActionInput}, the only button of a message that confirms a client.
 *
 * @category schemas
 * @since 0.1.0
 */
export const LinkActionInput: Schema.Codec<LinkActionInput> = Schema.Struct({
  type: Schema.Literal("link"),
  text: Schema.String,
  uri,
  default: flag,
  metadata,
  extraChannelOptions
}).annotate({ identifier: "LinkActionInput" })

const LocationRequestActionInput: Schema.Codec<LocationRequestActionInput> = Schema.Struct({
  type: Schema.Literal("locationRequest"),
  text: Schema.String,
  metadata
}).annotate({ identifier: "LocationRequestActionInput" })

const PostbackActionInput: Schema.Codec<PostbackActionInput> = Schema.Struct({
  type: Schema.Literal("postback"),
  text: Schema.String,
  payload: Schema.String,
  metadata
}).annotate({ identifier: "PostbackActionInput" })

const ReplyActionInput: Schema.Codec<ReplyActionInput> = Schema.Struct({
  type: Schema.Literal("reply"),
  text: Schema.String,
  payload: Schema.String,
  iconUrl: omittable(Schema.String),
  metadata
}).annotate({ identifier: "ReplyActionInput" })

const WebviewActionInput: Schema.Codec<WebviewActionInput> = Schema.Struct({
  type: Schema.Literal("webview"),
  text: Schema.String,
  uri,
  fallback: uri,
  size: omittable(Schema.Literals(["compact", "tall", "full"])),
  openOnReceive: flag,
  default: flag,
  metadata,
  extraChannelOptions
}).annotate({ identifier: "WebviewActionInput" })

/**
 * Schema of {@link MessageActionInput}.
 *
 * @category schemas
 * @since 0.1.0
 */
export const MessageActionInput: Schema.Codec<MessageActionInput> = Schema.Union([
  BuyActionInput,
  LinkActionInput,
  LocationRequestActionInput,
  PostbackActionInput,
  ReplyActionInput,
  WebviewActionInput
]).annotate({
  identifier: "MessageActionInput",
  expected: "an action of type buy, link, locationRequest, postback, reply or webview"
})

/**
 * Schema of {@link ItemActionInput}.
 *
 * @category schemas
 * @since 0.1.0
 */
export const ItemActionInput: Schema.Codec<ItemActionInput> = Schema.Union([
  BuyActionInput,
  LinkActionInput,
  PostbackActionInput,
  WebviewActionInput
]).annotate({
  identifier: "ItemActionInput",
  expected: "an action of type buy, link, postback or webview"
})

/**
 * Schema of {@link MessageAction}; a button of a type that is not known keeps its fields.
 *
 * @category schemas
 * @since 0.1.0
 */
export const MessageAction: Schema.Codec<MessageAction> = openUnion({
  buy: relaxed(BuyActionInput),
  link: relaxed(LinkActionInput),
  locationRequest: relaxed(LocationRequestActionInput),
  postback: relaxed(PostbackActionInput),
  reply: relaxed(ReplyActionInput),
  webview: relaxed(WebviewActionInput)
}).annotate({ identifier: "MessageAction" })
