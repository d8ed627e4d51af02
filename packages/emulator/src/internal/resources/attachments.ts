import { type AttachmentsOperations } from "@sunco/schemas/AttachmentsOperations"
import { attachmentNotFound, badRequest } from "../refusal.ts"
import { type Resource } from "../resource.ts"
import { Store } from "../store.ts"

interface KeptAttachment {
  /** Its URL. */
  readonly id: string
  readonly mediaType: string
  readonly bytes: Uint8Array
}

/** @internal */
export interface AttachmentsState {
  readonly attachments: Store<KeptAttachment>
}

/** @internal */
export const attachments: Resource<typeof AttachmentsOperations, AttachmentsState> = {
  state: () => ({ attachments: new Store<KeptAttachment>() }),
  behaviours: {
    upload: ({ app, makeId, payload: { files: { source } } }) => {
      if (source === undefined) return badRequest("source: Missing")
      const mediaUrl = `http://localhost/attachments/${makeId()}/${encodeURIComponent(source.name)}`
      app.attachments.put({ id: mediaUrl, mediaType: source.contentType, bytes: source.bytes })
      return { attachment: { mediaUrl, mediaType: source.contentType } }
    },
    delete: ({ app, payload: { mediaUrl } }) => app.attachments.remove(mediaUrl) === undefined ? attachmentNotFound : {}
  }
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
