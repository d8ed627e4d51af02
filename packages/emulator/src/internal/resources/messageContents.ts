import { type AuthorInput } from "@sunco/schemas/Author"
import { type MessageContent, type MessageContentInput } from "@sunco/schemas/MessageContent"
import { type MessageItemInput } from "@sunco/schemas/MessageItem"
import { badRequest, type Refusal } from "../refusal.ts"
import { type AttachmentsState, mediaOf } from "./attachments.ts"
import { htmlOfMarkdown, textOfHtml } from "./markup.ts"
import { partsOf, type ShorthandAction } from "./shorthand.ts"

/** Of HTML, too, that is made of Markdown (OpenAPI 17.12.1, `textMessage`). */
const maximumHtml = 4096

/**
 * What becomes of a content that is sent: one message as a rule, several where the shorthand of its text splits it.
 *
 * @internal
 */
export const contentsOf = (
  app: AttachmentsState,
  sent: MessageContentInput,
  author: AuthorInput
): ReadonlyArray<MessageContent> | Refusal => {
  const contents = sent.type === "text"
    // A user's words are what they are.
    ? author.type === "business" ? expanded(sent) : [formatted(sent, asItStands)]
    : sent.type === "image" || sent.type === "file"
    ? [formatted(sent, asItStands)]
    : [sent]
  return contents.some(isTooLong) ? htmlTooLong : contents.map((content) => completed(app, content))
}

const htmlTooLong = badRequest(`content.markdownText: Expected HTML of at most ${maximumHtml} characters`)

const isTooLong = (content: MessageContentInput): boolean =>
  "htmlText" in content && content.htmlText !== undefined && content.htmlText.length > maximumHtml

type TextInput = Extract<MessageContentInput, { readonly type: "text" }>

interface Buttoned {
  readonly text: string
  readonly actions: ReadonlyArray<ShorthandAction>
}

const asItStands = (text: string): Buttoned => ({ text, actions: [] })

/** Takes the buttons out. A text with more than these in it is left alone, as HTML has pictures of its own. */
const withoutButtons = (text: string): Buttoned => {
  const parts = partsOf(text)
  const texts = parts.flatMap((part) => part._tag === "Text" ? [part] : [])
  return texts.length === 1 && parts.length === 1 ? texts[0]! : asItStands(text)
}

/** Markdown becomes HTML, and HTML the text of channels that have none; a text without either stays what it is. */
const formatted = (
  sent: TextInput | Extract<MessageContentInput, { readonly type: "image" | "file" }>,
  take: (text: string) => Buttoned
): MessageContentInput => {
  const { htmlText, markdownText, ...content } = sent
  const rich = markdownText ?? htmlText
  if (rich === undefined) return content
  const { actions, text } = take(rich)
  const html = markdownText === undefined ? text : htmlOfMarkdown(text)
  const formats = { text: content.text === undefined ? textOfHtml(html) : take(content.text).text, htmlText: html }
  return content.type === "text" ? withActions({ ...content, ...formats }, actions) : { ...content, ...formats }
}

const withActions = (content: TextInput, actions: ReadonlyArray<ShorthandAction>): TextInput =>
  actions.length === 0 ? content : { ...content, actions: [...content.actions ?? [], ...actions] }

/** The buttons of the shorthand are those of the content, its pictures and templates messages of their own. */
const expanded = (sent: TextInput): ReadonlyArray<MessageContentInput> => {
  if (sent.text === undefined || (sent.htmlText ?? sent.markdownText) !== undefined) {
    return [formatted(sent, withoutButtons)]
  }
  const { actions: given, text, ...content } = sent
  const parts = partsOf(text)
  const last = parts.findLastIndex(({ _tag }) => _tag === "Text")
  const ofAll = given === undefined ? content : { ...content, actions: given }
  const contents = parts.map((part, index): MessageContentInput => {
    switch (part._tag) {
      case "Text": {
        const whole = index === last ? ofAll : content
        return withActions(
          part.text === "" && part.actions.length > 0 ? whole : { ...whole, text: part.text },
          part.actions
        )
      }
      case "Image":
        return { type: "image", mediaUrl: part.mediaUrl }
      case "Template":
        return { type: "template", template: part.template }
    }
  })
  // The buttons that were sent beside a text of which nothing is left.
  return last === -1 && given !== undefined ? [...contents, ofAll] : contents
}

/** What the vendor adds to a content, by its type. */
const completed = (app: AttachmentsState, content: MessageContentInput): MessageContent => {
  switch (content.type) {
    case "image":
    case "file":
      return asAnswered({
        ...content,
        ...mediaOf(app, content.mediaUrl) ?? guessedMedia(content.mediaUrl),
        altText: content.altText ?? nameOf(content.mediaUrl)
      })
    case "carousel":
    case "list":
      return asAnswered({ ...content, text: textOfItems(content.items), items: content.items.map(itemAsAnswered) })
    case "location":
      return asAnswered({
        ...content,
        text: `Location shared:\nhttps://maps.google.com/maps?q=${content.coordinates.lat},${content.coordinates.long}`
      })
    case "form":
      return asAnswered({ ...content, submitted: false })
    case "text":
    case "template":
      return asAnswered(content)
  }
}

/** Everything that can be sent is answered but what was taken out above, and nothing in JSON is undefined. */
const asAnswered = (content: object) => content as MessageContent

const textOfItems = (items: ReadonlyArray<MessageItemInput>): string =>
  items.map(({ actions, description, title }, index) =>
    [
      `${index + 1}. ${title}`,
      ...(description === undefined ? [] : [description]),
      ...actions.flatMap((action) => "uri" in action ? [`${action.text}: ${action.uri}`] : [])
    ].join("\n")
  ).join("\n\n")

// An empty `uri` is in every example of the vendor, named nowhere in its document: a client has to live with it.
const itemAsAnswered = (item: MessageItemInput): object => ({
  ...item,
  actions: item.actions.map((action) => action.type === "postback" ? { ...action, uri: "" } : action)
})

const mediaTypes: { readonly [extension: string]: string } = {
  gif: "image/gif",
  jpeg: "image/jpeg",
  jpg: "image/jpeg",
  mp3: "audio/mpeg",
  mp4: "video/mp4",
  pdf: "application/pdf",
  png: "image/png",
  txt: "text/plain",
  webp: "image/webp"
}

/** What is elsewhere is not fetched, so nobody knows its size. */
const guessedMedia = (mediaUrl: string): { readonly mediaType: string } => ({
  mediaType: mediaTypes[nameOf(mediaUrl).split(".").at(-1)?.toLowerCase() ?? ""] ?? "application/octet-stream"
})

const nameOf = (mediaUrl: string): string => {
  const name = URL.canParse(mediaUrl) ? new URL(mediaUrl).pathname.split("/").at(-1) ?? "" : ""
  try {
    return decodeURIComponent(name).slice(0, 128)
  } catch {
    // A percent sign of its own.
    return name.slice(0, 128)
  }
}
