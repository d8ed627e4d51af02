/**
 * What can be done with files: the text of `Attachments`, for every face of the client.
 *
 * @since 0.1.0
 */
import type { Attachment } from "@sunco/schemas/Attachment"
import type { FilePart } from "@sunco/schemas/FilePart"
import type { Call, Face } from "./Face.ts"

/**
 * The path of a file, whose name is the last part of it unless another one is given. On Node, Bun and Deno alone.
 *
 * @category models
 * @since 0.1.0
 */
export interface FileAtPath {
  readonly path: string | URL
  readonly name?: string | undefined
  /** Such as `image/jpeg`; `application/octet-stream` when absent. */
  readonly contentType?: string | undefined
}

/**
 * What can be uploaded: bytes with a name, a `Blob` or `File` (a `Blob` has no name: it is `file`), or a file by its path. It is read
 * whole, so that it can be sent again.
 *
 * @category models
 * @since 0.1.0
 */
export type UploadedFile = FilePart | Blob | FileAtPath

/**
 * Who may read a file, and how long it is kept.
 *
 * @category models
 * @since 0.1.0
 */
export interface UploadOptions {
  /** Nothing else is documented: whoever has the address can read it, in the conversation or in the whole app. */
  readonly access: "public"
  /** Deletes it with the message, the conversation or the user that it is used in. */
  readonly for?: "message" | undefined
  /** Of one conversation alone; of the whole app when absent. */
  readonly conversationId?: string | undefined
}

/**
 * The methods of `Attachments`, whichever way they are called.
 *
 * @category models
 * @since 0.1.0
 */
export interface AttachmentsMethods<F extends Face> {
  /**
   * Uploads a file (`UploadAttachment`) of at most 50 MiB. It has no time limit for an attempt; it ends when nothing has moved for
   * 30 seconds, where the transport can see that, and after 10 minutes.
   *
   * A file of no message is there until it is deleted, and no list shows it. So it is sent again after a lost answer only with `for` and
   * `conversationId`, where the vendor deletes it with the conversation.
   */
  readonly upload: (
    file: UploadedFile,
    of: UploadOptions,
    options?: F["options"]
  ) => Call<F, Attachment, "ConversationNotFound">

  /**
   * Deletes a file (`DeleteAttachment`); copies of it may be served for another 15 minutes. The address of a file that is somebody
   * else's is refused with 400.
   *
   * A 404 after an attempt whose answer was lost is a success.
   */
  readonly delete: (mediaUrl: string, options?: F["options"]) => Call<F, void, "AttachmentNotFound">
}
