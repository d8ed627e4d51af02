/**
 * The two operations of the Attachments API, each declared once.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import { Attachment, DeleteAttachment, UploadAttachment } from "./Attachment.ts"
import { EmptyResponse } from "./EmptyResponse.ts"
import { ConversationId } from "./Ids.ts"
import { openStruct } from "./internal/openStruct.ts"
import { appParams, conversationNotFound, everyScope } from "./internal/operationParts.ts"
import type { Operations } from "./Operation.ts"

/**
 * One file.
 *
 * @category models
 * @since 0.1.0
 */
export interface AttachmentResponse {
  readonly attachment: Attachment
}

/**
 * Schema of {@link AttachmentResponse}.
 *
 * @category schemas
 * @since 0.1.0
 */
export const AttachmentResponse: Schema.Codec<AttachmentResponse> = openStruct({
  attachment: Attachment
}).annotate({ identifier: "AttachmentResponse" })

/**
 * The operations by the names of their methods.
 *
 * @category operations
 * @since 0.1.0
 */
export const AttachmentsOperations = {
  upload: {
    operationId: "UploadAttachment",
    method: "POST",
    path: "/v2/apps/:appId/attachments",
    params: appParams,
    query: Schema.Struct({
      access: Schema.Literal("public"),
      // The file goes when the message does that names it; without it, only when it is deleted.
      for: Schema.optionalKey(Schema.Literal("message")),
      conversationId: Schema.optionalKey(ConversationId)
    }),
    payload: UploadAttachment,
    body: "multipart",
    scopes: everyScope,
    success: { status: 201, schema: AttachmentResponse },
    failures: conversationNotFound,
    statuses: [400],
    // However long it takes, as long as it goes on: 50 MB are documented, and the vendor says whether of 1000 or of 1024.
    limits: { attemptMillis: "none", idleMillis: 30_000, deadlineMillis: 600_000, requestBytes: 50 * 1024 * 1024 }
  },
  /** The address of a file that is somebody else's is refused with 400. */
  delete: {
    operationId: "DeleteAttachment",
    method: "POST",
    path: "/v2/apps/:appId/attachments/remove",
    params: appParams,
    payload: DeleteAttachment,
    scopes: everyScope,
    success: { status: 200, schema: EmptyResponse },
    failures: { AttachmentNotFound: { status: 404, codes: ["attachment_not_found", "not_found"] } },
    statuses: [400, 404]
  }
} as const satisfies Operations
