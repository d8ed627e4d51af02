/**
 * What can be done with files: the text of `Attachments`, for every face of the client.
 *
 * @since 0.1.0
 */
import type { Attachment } from "@sunco/schemas/Attachment"
import type { FilePart } from "@sunco/schemas/FilePart"
import type { Call, Face, Many } from "./Face.ts"

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
 * How much of a file is read.
 *
 * @category models
 * @since 0.1.0
 */
export interface DownloadOptions {
  /** A file that is larger fails with `UnexpectedResponse`: 52,428,800 (50 MiB) when absent. */
  readonly maxBytes?: number | undefined
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

  /**
   * Downloads a file from the `mediaUrl` of an attachment, or of a message of whatever origin: its bytes while they come, no more of
   * them at a time than a connection hands over.
   *
   * The client's credentials go to the exact origin of its base URL, and nowhere else, nor anywhere after a redirect; redirects
   * are followed, five at most. `http:` (but for loopback), credentials within the URL, and hosts that are private (by their
   * address, or as `localhost` and `*.internal`; loopback is one unless the client's own base URL is on it) are `InvalidInput`,
   * and nothing is sent there. What a public name leads to is not looked at.
   *
   * It is asked for again until the first bytes were there; from then on what goes wrong ends the stream with `SunshineError`.
   * It ends, too, when nothing has come for 30 seconds, and after 10 minutes (`deadline`), in which the time counts that
   * reading takes. Whoever leaves the stream closes the request.
   *
   * With a transport that reads answers whole (one that was wrapped around `UndiciTransport` or `FetchTransport`, or any of Effect 3)
   * up to `maxBytes` are in memory at a time.
   *
   * The address of a file that belongs to no conversation is a secret: it is in no span, log line or error.
   */
  readonly download: (
    mediaUrl: string,
    options?: F["options"] & DownloadOptions
  ) => Many<F, Uint8Array, "AttachmentNotFound">
}
