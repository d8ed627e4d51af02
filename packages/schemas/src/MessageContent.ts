/**
 * What messages consist of: what can be sent, and what answers carry.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import { FormField, FormFieldInput } from "./FormField.ts"
import { codePoints } from "./internal/codePoints.ts"
import { entries } from "./internal/entries.ts"
import { isUri } from "./internal/isUri.ts"
import { omittable } from "./internal/omittable.ts"
import { text } from "./internal/omittableFields.ts"
import { openStruct } from "./internal/openStruct.ts"
import { openUnion } from "./internal/openUnion.ts"
import { relaxed } from "./internal/relaxed.ts"
import { ItemActionInput, LinkActionInput, MessageAction, MessageActionInput } from "./MessageAction.ts"
import { MessageItem, MessageItemInput } from "./MessageItem.ts"
import type { Received } from "./Received.ts"
import type { OpenText, Unrecognized } from "./Unrecognized.ts"

interface Blocking {
  /** Whether the user can write nothing while it is the last message, where the channel knows how. */
  readonly blockChatInput?: boolean | undefined
}

interface Media extends Blocking {
  readonly mediaUrl: string
  /** What is in it, at most 128 characters; the name of the file where nothing is said. */
  readonly altText?: string | undefined
  readonly text?: string | undefined
  /** At most 4096 characters. */
  readonly htmlText?: string | undefined
  /** At most 4096 characters; not beside `htmlText`. */
  readonly markdownText?: string | undefined
  /** The vendor's own. */
  readonly attachmentId?: string | undefined
}

/**
 * Text to send, formatted or not. One of `text`, `htmlText`, `markdownText` and `actions` has to be there, and of the formatted
 * ones only one.
 *
 * **Gotchas**
 *
 * The vendor reads shorthand in it (`%[Yes](reply:yes)` becomes a button), and may make several messages of one: text that users
 * wrote should not be sent on as it is.
 *
 * @see OpenAPI 17.12.1, `textMessage`
 * @category models
 * @since 0.1.0
 */
export interface TextContentInput<Action = MessageActionInput> extends Blocking {
  readonly type: "text"
  /** At most 4096 characters. */
  readonly text?: string | undefined
  /** At most 4096 characters; the vendor makes the `text` of it that channels without HTML get. */
  readonly htmlText?: string | undefined
  /** At most 4096 characters, of Markdown here and of the HTML that the vendor makes of it. */
  readonly markdownText?: string | undefined
  readonly actions?: ReadonlyArray<Action> | undefined
  /** That of the reply button which the text answers with. */
  readonly payload?: string | undefined
}

/**
 * An image to send, which the vendor fetches.
 *
 * @see OpenAPI 17.12.1, `imageMessage`
 * @category models
 * @since 0.1.0
 */
export interface ImageContentInput<Action = MessageActionInput> extends Media {
  readonly type: "image"
  readonly actions?: ReadonlyArray<Action> | undefined
}

/**
 * A file to send, which the vendor fetches. It has no buttons.
 *
 * @see OpenAPI 17.12.1, `fileMessage`
 * @category models
 * @since 0.1.0
 */
export interface FileContentInput extends Media {
  readonly type: "file"
}

/**
 * Items side by side, to send; text on channels that have no such thing.
 *
 * @see OpenAPI 17.12.1, `carouselMessage`
 * @category models
 * @since 0.1.0
 */
export interface CarouselContentInput extends Blocking {
  readonly type: "carousel"
  /** 1 to 10. */
  readonly items: ReadonlyArray<MessageItemInput>
  readonly displaySettings?: {
    /** `horizontal` where nothing is said. */
    readonly imageAspectRatio?: OpenText<"horizontal" | "square"> | undefined
  } | undefined
}

/**
 * Items one below the other, to send; text on channels that have no such thing.
 *
 * @see OpenAPI 17.12.1, `listMessage`
 * @category models
 * @since 0.1.0
 */
export interface ListContentInput extends Blocking {
  readonly type: "list"
  /** 1 to 10. */
  readonly items: ReadonlyArray<MessageItemInput>
  /** 1 to 10. */
  readonly actions?: ReadonlyArray<ItemActionInput> | undefined
}

/**
 * A form to send.
 *
 * @see OpenAPI 17.12.1, `formMessage`
 * @category models
 * @since 0.1.0
 */
export interface FormContentInput extends Blocking {
  readonly type: "form"
  /** 1 to 20, each with a name of its own. */
  readonly fields: ReadonlyArray<FormFieldInput>
  /** What stands above the link to the form on social channels. */
  readonly text?: string | undefined
}

/**
 * A place to send.
 *
 * @see OpenAPI 17.12.1, `locationMessage`
 * @category models
 * @since 0.1.0
 */
export interface LocationContentInput extends Blocking {
  readonly type: "location"
  readonly coordinates: { readonly lat: number; readonly long: number }
  readonly location?: { readonly address?: string | undefined; readonly name?: string | undefined } | undefined
}

/**
 * A template of WhatsApp to send, in that channel's own shape, in a message whose `schema` is `"whatsapp"`.
 *
 * @see OpenAPI 17.12.1, `templateMessage`
 * @category models
 * @since 0.1.0
 */
export interface TemplateContentInput extends Blocking {
  readonly type: "template"
  readonly template: { readonly [name: string]: unknown }
}

/**
 * What a message to send can consist of. What is newer than this release goes through `Sunshine.request`.
 *
 * @see OpenAPI 17.12.1, `content`
 * @category models
 * @since 0.1.0
 */
export type MessageContentInput =
  | TextContentInput
  | ImageContentInput
  | FileContentInput
  | CarouselContentInput
  | ListContentInput
  | FormContentInput
  | LocationContentInput
  | TemplateContentInput

/**
 * Text.
 *
 * @see OpenAPI 17.12.1, `textMessage`
 * @category models
 * @since 0.1.0
 */
export interface TextContent extends Received<Omit<TextContentInput, "actions" | "markdownText">> {
  readonly actions?: ReadonlyArray<MessageAction>
}

/**
 * An image.
 *
 * @see OpenAPI 17.12.1, `imageMessage`
 * @category models
 * @since 0.1.0
 */
export interface ImageContent extends Received<Omit<ImageContentInput, "actions" | "markdownText">> {
  /** Its MIME type, which is not to be relied on. */
  readonly mediaType?: string
  /** In bytes. */
  readonly mediaSize?: number
  readonly actions?: ReadonlyArray<MessageAction>
}

/**
 * A file.
 *
 * @see OpenAPI 17.12.1, `fileMessage`
 * @category models
 * @since 0.1.0
 */
export interface FileContent extends Received<Omit<FileContentInput, "markdownText">> {
  /** Its MIME type. */
  readonly mediaType?: string
  /** In bytes. */
  readonly mediaSize?: number
}

/**
 * Items side by side. They have been seen empty.
 *
 * @see OpenAPI 17.12.1, `carouselMessage`
 * @category models
 * @since 0.1.0
 */
export interface CarouselContent extends Received<Omit<CarouselContentInput, "items">> {
  readonly items?: ReadonlyArray<MessageItem>
  /** What channels without carousels get. */
  readonly text?: string
}

/**
 * Items one below the other.
 *
 * @see OpenAPI 17.12.1, `listMessage`
 * @category models
 * @since 0.1.0
 */
export interface ListContent extends Received<Omit<ListContentInput, "items" | "actions">> {
  readonly items?: ReadonlyArray<MessageItem>
  readonly actions?: ReadonlyArray<MessageAction>
}

/**
 * A form.
 *
 * @see OpenAPI 17.12.1, `formMessage`
 * @category models
 * @since 0.1.0
 */
export interface FormContent extends Received<Omit<FormContentInput, "fields">> {
  readonly fields?: ReadonlyArray<FormField>
  /** Whether the user has answered it. */
  readonly submitted?: boolean
}

/**
 * What the user filled into a form. It cannot be sent.
 *
 * @see OpenAPI 17.12.1, `formResponseMessage`
 * @category models
 * @since 0.1.0
 */
export interface FormResponseContent {
  readonly type: "formResponse"
  readonly fields?: ReadonlyArray<FormField>
  /** All fields in one text, a label and a value each. */
  readonly textFallback?: string
}

/**
 * A place.
 *
 * @see OpenAPI 17.12.1, `locationMessage`
 * @category models
 * @since 0.1.0
 */
export interface LocationContent extends Received<LocationContentInput> {
  /** What channels without places get. */
  readonly text?: string
}

/**
 * A template of WhatsApp, in that channel's own shape.
 *
 * @see OpenAPI 17.12.1, `templateMessage`
 * @category models
 * @since 0.1.0
 */
export interface TemplateContent extends Received<TemplateContentInput> {}

/**
 * What a message consists of; it narrows by its `type`.
 *
 * @see OpenAPI 17.12.1, `content`
 * @category models
 * @since 0.1.0
 */
export type MessageContent =
  | TextContent
  | ImageContent
  | FileContent
  | CarouselContent
  | ListContent
  | FormContent
  | FormResponseContent
  | LocationContent
  | TemplateContent
  | Unrecognized

const longText = omittable(Schema.String.check(codePoints(0, 4096)))

const description = omittable(Schema.String.check(codePoints(0, 128)))

const blockChatInput = omittable(Schema.Boolean)

interface Texts {
  readonly text?: string | undefined
  readonly htmlText?: string | undefined
  readonly markdownText?: string | undefined
  readonly actions?: ReadonlyArray<unknown> | undefined
}

const oneFormat = Schema.makeFilter<Texts>(
  ({ htmlText, markdownText }) => htmlText === undefined || markdownText === undefined,
  { expected: "one of htmlText and markdownText, not both", toJsonSchema: () => ({}) }
)

const saysSomething = Schema.makeFilter<Texts>(
  ({ actions, htmlText, markdownText, text }) => (text ?? htmlText ?? markdownText ?? actions) !== undefined,
  { expected: "one of text, htmlText, markdownText and actions", toJsonSchema: () => ({}) }
)

const textContent = <Action>(action: Schema.Codec<Action>): Schema.Codec<TextContentInput<Action>> =>
  Schema.Struct({
    type: Schema.Literal("text"),
    text: longText,
    htmlText: longText,
    markdownText: longText,
    actions: omittable(Schema.Array(action)),
    payload: text,
    blockChatInput
  }).check(oneFormat, saysSomething)

const media = {
  mediaUrl: Schema.String.check(isUri),
  altText: description,
  text,
  htmlText: longText,
  markdownText: longText,
  attachmentId: text,
  blockChatInput
}

const imageContent = <Action>(action: Schema.Codec<Action>): Schema.Codec<ImageContentInput<Action>> =>
  Schema.Struct({ type: Schema.Literal("image"), ...media, actions: omittable(Schema.Array(action)) }).check(oneFormat)

const TextContentInput: Schema.Codec<TextContentInput> = textContent(MessageActionInput).annotate({
  identifier: "TextContentInput"
})

const ImageContentInput: Schema.Codec<ImageContentInput> = imageContent(MessageActionInput).annotate({
  identifier: "ImageContentInput"
})

const FileContentInput: Schema.Codec<FileContentInput> = Schema.Struct({ type: Schema.Literal("file"), ...media })
  .check(oneFormat).annotate({ identifier: "FileContentInput" })

const items: Schema.Codec<ReadonlyArray<MessageItemInput>> = Schema.Array(MessageItemInput).check(entries(1, 10))

const CarouselContentInput: Schema.Codec<CarouselContentInput> = Schema.Struct({
  type: Schema.Literal("carousel"),
  items,
  displaySettings: omittable(
    Schema.Struct({ imageAspectRatio: omittable(Schema.Literals(["horizontal", "square"])) })
  ),
  blockChatInput
}).annotate({ identifier: "CarouselContentInput" })

const ListContentInput: Schema.Codec<ListContentInput> = Schema.Struct({
  type: Schema.Literal("list"),
  items,
  actions: omittable(Schema.Array(ItemActionInput).check(entries(1, 10))),
  blockChatInput
}).annotate({ identifier: "ListContentInput" })

const namesAreUnique = Schema.makeFilter<ReadonlyArray<FormFieldInput>>(
  (fields) => new Set(fields.map(({ name }) => name)).size === fields.length,
  {
    expected: "fields with a name of their own each",
    toJsonSchema: () => ({}),
    arbitraryConstraint: { uniqueBy: ({ name }) => name }
  }
)

const FormContentInput: Schema.Codec<FormContentInput> = Schema.Struct({
  type: Schema.Literal("form"),
  fields: Schema.Array(FormFieldInput).check(entries(1, 20), namesAreUnique),
  text,
  blockChatInput
}).annotate({ identifier: "FormContentInput" })

const LocationContentInput: Schema.Codec<LocationContentInput> = Schema.Struct({
  type: Schema.Literal("location"),
  coordinates: Schema.Struct({ lat: Schema.Finite, long: Schema.Finite }),
  location: omittable(Schema.Struct({ address: text, name: text })),
  blockChatInput
}).annotate({ identifier: "LocationContentInput" })

const TemplateContentInput: Schema.Codec<TemplateContentInput> = Schema.Struct({
  type: Schema.Literal("template"),
  template: Schema.Record(Schema.String, Schema.Unknown),
  blockChatInput
}).annotate({ identifier: "TemplateContentInput" })

/**
 * Schema of {@link MessageContentInput}.
 *
 * **Example** (A carousel)
 *
 * ```ts
 * import { MessageContentInput } from "@sunco/schemas/MessageContent"
 * import * as Schema from "effect/Schema"
 *
 * const isContent = Schema.is(MessageContentInput)
 *
 * const actions = [{ type: "postback", text: "Buy", payload: "teapot" }]
 *
 * console.log(isContent({ type: "carousel", items: [{ title: "Teapot", actions }] }))
 * // true
 * console.log(isContent({ type: "carousel", items: [{ title: "", actions }] }))
 * // false
 * ```
 *
 * @category schemas
 * @since 0.1.0
 */
export const MessageContentInput: Schema.Codec<MessageContentInput> = Schema.Union([
  TextContentInput,
  ImageContentInput,
  FileContentInput,
  CarouselContentInput,
  ListContentInput,
  FormContentInput,
  LocationContentInput,
  TemplateContentInput
]).annotate({
  identifier: "MessageContentInput",
  expected: "content of type text, image, file, carousel, list, form, location or template"
})

/**
 * What a message that confirms a client can consist of: text or an image, with buttons that open a URI.
 *
 * @see OpenAPI 17.12.1, `clientCreate.confirmation.message`
 * @category models
 * @since 0.1.0
 */
export type ConfirmationContentInput = TextContentInput<LinkActionInput> | ImageContentInput<LinkActionInput>

/**
 * Schema of {@link ConfirmationContentInput}.
 *
 * @category schemas
 * @since 0.1.0
 */
export const ConfirmationContentInput: Schema.Codec<ConfirmationContentInput> = Schema.Union([
  textContent(LinkActionInput),
  imageContent(LinkActionInput)
]).annotate({
  identifier: "ConfirmationContentInput",
  expected: "content of type text or image, with actions of type link"
})

const actions: Schema.Codec<ReadonlyArray<MessageAction>> = Schema.Array(MessageAction)

const received = { mediaType: Schema.String, mediaSize: Schema.Finite }

const fields: Schema.Codec<ReadonlyArray<FormField>> = Schema.Array(FormField)

/**
 * Schema of {@link MessageContent}; content of a type that is not known keeps its fields.
 *
 * @category schemas
 * @since 0.1.0
 */
export const MessageContent: Schema.Codec<MessageContent> = openUnion({
  text: relaxed(TextContentInput, { actions }),
  image: relaxed(ImageContentInput, { ...received, actions }),
  file: relaxed(FileContentInput, received),
  carousel: relaxed(CarouselContentInput, { items: Schema.Array(MessageItem), text: Schema.String }),
  list: relaxed(ListContentInput, { items: Schema.Array(MessageItem), actions }),
  form: relaxed(FormContentInput, { fields, submitted: Schema.Boolean }),
  formResponse: openStruct({
    type: Schema.Literal("formResponse"),
    fields: Schema.optionalKey(fields),
    textFallback: Schema.optionalKey(Schema.String)
  }),
  location: relaxed(LocationContentInput, { text: Schema.String }),
  template: relaxed(TemplateContentInput)
}).annotate({ identifier: "MessageContent" })
