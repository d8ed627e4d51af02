import type { FilePart } from "@sunco/schemas/FilePart"
import { AttachmentsOperations } from "@sunco/schemas/SunshineOperations"
import * as Effect from "effect/Effect"
import type { AttachmentsMethods, UploadedFile, UploadOptions } from "../../AttachmentsMethods.ts"
import type { CallOptions } from "../../CallOptions.ts"
import type { EffectFace } from "../../EffectFace.ts"
import { AttachmentNotFound, ConversationNotFound } from "../../Outcomes.ts"
import { attachmentsRetrySafety } from "../../RetrySafety.ts"
import type { Sunshine } from "../../Sunshine.ts"
import { InvalidInput } from "../../SunshineError.ts"
import { multipart } from "../operation/multipart.ts"
import { nothing, refuse, resource } from "../operation/resource.ts"
import { makeDownload } from "./download.ts"
import { filePartOf } from "./filePart.ts"

/** @internal */
export const makeAttachments = (sunshine: Sunshine["Service"]): AttachmentsMethods<EffectFace> => {
  const { call, core, method, operation, run } = resource(
    sunshine,
    "Attachments",
    AttachmentsOperations,
    attachmentsRetrySafety,
    { AttachmentNotFound, ConversationNotFound },
    multipart
  )
  const uploading = operation("upload", ({ attachment }) => attachment)

  return {
    upload: (file: UploadedFile, of: UploadOptions, options?: CallOptions) =>
      method("upload", options, (method) =>
        Effect.matchEffect(filePartOf(file), {
          onFailure: (expected) => refuse(method, new InvalidInput({ issues: [{ path: ["file"], expected }] })),
          onSuccess: (source: FilePart) => {
            const input = { params: {}, query: queryOf(of), payload: { source } }
            return run(method, uploading.encode(input), uploading.planOf(input), options)
          }
        })),
    delete: call(
      "delete",
      (mediaUrl: string, _options?: CallOptions) => ({ params: {}, payload: { mediaUrl } }),
      nothing
    ),
    download: makeDownload(core)
  }
}

const queryOf = (of: UploadOptions) => {
  // Not every caller has a compiler that asks for them. What is no option is refused with the query.
  const { access, conversationId, for: use, ...rest }: UploadOptions = Object(of)
  return {
    ...rest,
    access,
    ...(use !== undefined && { for: use }),
    ...(conversationId !== undefined && { conversationId })
  }
}
