import { type AttachmentsOperations } from "@sunco/schemas/AttachmentsOperations"
import { type StoredAttachment } from "../../Stored.ts"
import { type Answer, answer } from "../delivery.ts"
import { attachmentNotFound, badRequest, conversationNotFound, tooManyFiles } from "../refusal.ts"
import { type Behaviours, type Kept, type Reached, type Resource, type Seeds } from "../resource.ts"
import { AttachmentStore, type KeptAttachment, pathOf } from "./attachmentStore.ts"
import { type ConversationsState } from "./conversationsState.ts"

/** @internal */
export interface AttachmentsState {
  readonly attachments: AttachmentStore
}

type App = Reached & ConversationsState & AttachmentsState

/** Of all files of an app. Those of a seed may be as large as they are. */
const maximumBytesKept = 256 * 1024 * 1024

/**
 * What the vendor takes is in a list that changes (support article 8435939957914); nothing that runs on Windows is in it, and what it
 * answers then is assumed.
 */
const program = /\.(bat|cmd|com|dll|exe|msi|scr)$/i

const state = ({ conversations, messages }: ConversationsState): AttachmentsState => {
  const attachments = new AttachmentStore()
  messages.onRemove(({ content }) => {
    for (const url of mediaUrlsIn(content)) {
      const attachment = attachments.find(url)
      if (attachment?.for === "message") attachments.remove(attachment.id)
    }
  })
  // Also what no message has used.
  conversations.onRemove(({ id }) => {
    for (const attachment of attachments.all()) {
      if (attachment.for === "message" && attachment.conversationId === id) attachments.remove(attachment.id)
    }
  })
  return { attachments }
}

const seed: Pick<Seeds<App>, "attachments"> = {
  attachments: ({ base64, mediaType, mediaUrl, name = "file", ...rest }, { app }) =>
    shown(
      app,
      app.attachments.put({
        id: mediaUrl === undefined ? newPath(name) : pathOf(mediaUrl),
        mediaUrl,
        name,
        mediaType: mediaType ?? anyType,
        bytes: Buffer.from(base64, "base64"),
        ...rest
      })
    )
}

const stored: Kept<App>["Attachments"] = (app) => app.attachments.all().map((attachment) => shown(app, attachment))

const behaviours: Behaviours<typeof AttachmentsOperations, App> = {
  upload: ({ app, origin, payload: { files: { source } }, query: { conversationId, for: use } }) => {
    if (source === undefined) return badRequest("source: Expected a file with a name")
    if (conversationId !== undefined && app.conversations.find(conversationId) === undefined) {
      return conversationNotFound
    }
    if (program.test(source.name)) return badRequest("source: Expected a type of file that is allowed")
    if (app.attachments.bytes + source.bytes.length > maximumBytesKept) return tooManyFiles(maximumBytesKept)
    const path = newPath(source.name)
    const [mediaUrl, mediaType] = [origin + path, source.contentType || anyType]
    const { bytes, name } = source
    app.attachments.put({ id: path, mediaUrl, name, mediaType, bytes, conversationId, for: use })
    return { attachment: { mediaUrl, mediaType } }
  },

  delete: ({ app, origin, payload: { mediaUrl } }) => {
    const attachment = app.attachments.find(mediaUrl)
    if (attachment !== undefined) {
      app.attachments.remove(attachment.id)
      return {}
    }
    return mediaUrl.startsWith(`${origin}${directory}`) || mediaUrl.startsWith(`${app.origin()}${directory}`)
      ? attachmentNotFound
      : badRequest(`Unsupported media URL for attachment deletion: ${mediaUrl}`)
  }
}

/** @internal */
export const attachments = { state, seed, stored, behaviours } satisfies
  & Resource<typeof AttachmentsOperations, AttachmentsState, Reached & ConversationsState>
  & { readonly seed: unknown; readonly stored: unknown }

/**
 * The answer that is the file at a path, if there is one.
 *
 * @internal
 */
export const fileAt = ({ attachments }: AttachmentsState, path: string): Answer | undefined => {
  const attachment = attachments.find(path)
  return attachment && answer(200, {
    "content-type": attachment.mediaType,
    // A page that somebody uploaded must not act in the emulator's name.
    "content-security-policy": "sandbox; default-src 'none'",
    "x-content-type-options": "nosniff"
  }, attachment.bytes)
}

/**
 * What is known of a file that was uploaded here.
 *
 * @internal
 */
export const mediaOf = (
  { attachments }: AttachmentsState,
  mediaUrl: string
): { readonly mediaType: string; readonly mediaSize: number } | undefined => {
  const kept = attachments.find(mediaUrl)
  return kept === undefined ? undefined : { mediaType: kept.mediaType, mediaSize: kept.bytes.length }
}

const anyType = "application/octet-stream"

const directory = "/media/"

/** Whoever has the address of a file can read it, so that nobody must be able to guess it: no id that is counted. */
const newPath = (name: string): string =>
  `${directory}${crypto.randomUUID().replaceAll("-", "")}/${
    // URL parsers drop such a segment.
    /^\.{0,2}$/.test(name) ? "file" : encodeURIComponent(name.toWellFormed())}`

const alreadyShown = new WeakMap<KeptAttachment, StoredAttachment>()

/** Always the same object for the same file. */
const shown = ({ origin }: Reached, attachment: KeptAttachment): StoredAttachment => {
  const { bytes, conversationId, for: use, id, mediaType, mediaUrl = origin() + id, name } = attachment
  const known = alreadyShown.get(attachment)
  // The emulator learns where it is when it listens, after it was seeded.
  if (known?.mediaUrl === mediaUrl) return known
  const made = {
    mediaUrl,
    mediaType,
    name,
    size: bytes.length,
    ...(conversationId === undefined ? undefined : { conversationId }),
    ...(use === undefined ? undefined : { for: use })
  }
  alreadyShown.set(attachment, made)
  return made
}

/** Wherever in a content files stand. */
const mediaUrlsIn = (part: unknown): ReadonlyArray<string> =>
  typeof part !== "object" || part === null ?
    [] :
    Object.entries(part).flatMap(([name, value]) =>
      name === "mediaUrl" && typeof value === "string" ? [value] : mediaUrlsIn(value)
    )
