/**
 * Files that the vendor keeps.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import { FilePart } from "./FilePart.ts"
import { openStruct } from "./internal/openStruct.ts"

/**
 * A file that the vendor keeps.
 *
 * **Gotchas**
 *
 * Whoever has the address of a file that belongs to no conversation can read it in any: treat it as a secret.
 *
 * @see OpenAPI 17.12.1, `attachmentSchema`
 * @category models
 * @since 0.1.0
 */
export interface Attachment {
  /** Where the file is, which a message can name and `delete` takes. Reading it may take the app's credentials. */
  readonly mediaUrl: string
  /** Its MIME type. */
  readonly mediaType?: string
}

/**
 * Schema of {@link Attachment}; unknown fields are kept.
 *
 * @category schemas
 * @since 0.1.0
 */
export const Attachment: Schema.Codec<Attachment> = openStruct({
  mediaUrl: Schema.String,
  mediaType: Schema.optionalKey(Schema.String)
}).annotate({ identifier: "Attachment" })

/**
 * A file to upload.
 *
 * @see OpenAPI 17.12.1, `attachmentUploadBody`
 * @category models
 * @since 0.1.0
 */
export interface UploadAttachment {
  readonly source: FilePart
}

/**
 * Schema of {@link UploadAttachment}.
 *
 * @category schemas
 * @since 0.1.0
 */
export const UploadAttachment: Schema.Codec<UploadAttachment> = Schema.Struct({ source: FilePart }).annotate({
  identifier: "UploadAttachment"
})

/**
 * The file to delete, by its address.
 *
 * @see OpenAPI 17.12.1, `attachmentDeleteBody`
 * @category models
 * @since 0.1.0
 */
export interface DeleteAttachment {
  readonly mediaUrl: string
}

/**
 * Schema of {@link DeleteAttachment}.
 *
 * @category schemas
 * @since 0.1.0
 */
export const DeleteAttachment: Schema.Codec<DeleteAttachment> = Schema.Struct({ mediaUrl: Schema.String }).annotate({
  identifier: "DeleteAttachment"
})
