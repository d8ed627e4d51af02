import { type AuthorInput } from "@sunco/schemas/Author"
import { type MessageActionInput } from "@sunco/schemas/MessageAction"
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
  const formatted = "mediaUrl" in sent || sent.type === "text" ? withFormats(sent) : sent
  if ((htmlOf(formatted)?.length ?? 0) > maximumHtml) return htmlTooLong
  // A user's words are what they are.
  const contents = formatted.type === "text" && author.type === "business" ? expanded(formatted) : [formatted]
  return contents.map((content) => completed(app, content))
}

const htmlTooLong = badRequest(`content.markdownText: Expected HTML of at most ${maximumHtml} characters`)

const htmlOf = (content: MessageContentInput) => "htmlText" in content ? content.htmlText : undefined

type Texts = Extract<MessageContentInput, { readonly markdownText?: unknown }>

/** Markdown becomes HTML, and HTML the text of channels that have none. */
const withFormats = ({ htmlText: html, markdownText, text: plain, ...content }: Texts): MessageContentInput => {
  const htmlText = markdownText === undefined ? html : htmlOfMarkdown(markdownText)
  const text = plain ?? (htmlText === undefined ? undefined : textOfHtml(htmlText))
  return {
    ...content,
    ...(text === undefined ? undefined : { text }),
    ...(htmlText === undefined ? undefined : { htmlText })
  }
}

type TextInput = Extract<MessageContentInput, { readonly type: "text" }>

/** The buttons of the shorthand are those of the content, its pictures and templates messages of their own. */
const expanded = ({ actions = [], htmlText, text, ...content }: TextInput): ReadonlyArray<MessageContentInput> => {
  const withTexts = (
    texts: { readonly text?: string; readonly htmlText?: string },
    found: ReadonlyArray<MessageActionInput>
  ): MessageContentInput => ({
    ...content,
    ...texts,
    ...(found.length === 0 ? undefined : { actions: found })
  })
  // HTML stays one message: only its buttons are taken out, and out of the text that goes with it.
  if (htmlText !== undefined) {
    const [html, plain] = [withoutButtons(htmlText), text === undefined ? undefined : withoutButtons(text)]
    return [
      withTexts(
        { ...(plain === undefined ? undefined : { text: plain.text }), htmlText: html.text },
        [...actions, ...html.actions]
      )
    ]
  }
  if (text === undefined) return [withTexts({}, actions)]
  const parts = partsOf(text)
  const last = parts.findLastIndex(({ _tag }) => _tag === "Text")
  const contents = parts.map((part, index): MessageContentInput => {
    switch (part._tag) {
      case "Text":
        return withTexts(
          part.text === "" && part.actions.length > 0 ? {} : { text: part.text },
          index === last ? [...actions, ...part.actions] : part.actions
        )
      case "Image":
        return { type: "image", mediaUrl: part.mediaUrl }
      case "Template":
        return { type: "template", template: part.template }
    }
  })
  // The buttons that were sent beside a text of which nothing is left.
  return last === -1 && actions.length > 0 ? [...contents, withTexts({}, actions)] : contents
}

const withoutButtons = (text: string): { readonly text: string; readonly actions: ReadonlyArray<ShorthandAction> } => {
  const parts = partsOf(text)
  const texts = parts.flatMap((part) => part._tag === "Text" ? [part] : [])
  // A picture is HTML's own affair.
  if (texts.length < parts.length) return { text, actions: [] }
  return { text: texts.map(({ text }) => text).join(" "), actions: texts.flatMap(({ actions }) => actions) }
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
