import { Store } from "../store.ts"

/** @internal */
export interface KeptAttachment {
  /** The path that it is served at. */
  readonly id: string
  /** Where somebody else put it; at the emulator's own origin when absent. */
  readonly mediaUrl?: string | undefined
  readonly name: string
  readonly mediaType: string
  readonly bytes: Uint8Array
  readonly conversationId?: string | undefined
  readonly for?: "message" | undefined
}

/**
 * The files of one app, who are found by their URL, too, whatever the origin by which the emulator was reached.
 *
 * @internal
 */
export class AttachmentStore extends Store<KeptAttachment> {
  /** Of all files together. */
  bytes = 0

  override find(pathOrUrl: string): KeptAttachment | undefined {
    return super.find(pathOrUrl) ?? super.find(pathOf(pathOrUrl))
  }

  override put(attachment: KeptAttachment): KeptAttachment {
    this.bytes += attachment.bytes.length - (super.find(attachment.id)?.bytes.length ?? 0)
    return super.put(attachment)
  }

  override remove(id: string): KeptAttachment | undefined {
    const removed = super.remove(id)
    this.bytes -= removed?.bytes.length ?? 0
    return removed
  }
}

/**
 * The path and query of a URL, and nothing where there is none.
 *
 * @internal
 */
export const pathOf = (url: string): string => {
  if (!URL.canParse(url)) return ""
  const { pathname, search } = new URL(url)
  return pathname + search
}
