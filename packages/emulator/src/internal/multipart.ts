import * as Effect from "effect/Effect"
import { headerOf, type IncomingRequest } from "./incomingRequest.ts"
import { badRequest, type Refusal } from "./refusal.ts"

/**
 * A form with files, by the names of its parts; of parts of the same name the last.
 *
 * @internal
 */
export interface Multipart {
  readonly fields: Readonly<Record<string, string>>
  readonly files: Readonly<Record<string, UploadedFile>>
}

interface UploadedFile {
  readonly name: string
  readonly contentType: string
  readonly bytes: Uint8Array
}

/** @internal */
export const readMultipart = (request: IncomingRequest): Effect.Effect<Multipart | Refusal> => {
  const contentType = headerOf(request, "content-type") ?? ""
  if (!/^multipart\/form-data\s*;/iu.test(contentType)) {
    return Effect.succeed(badRequest("content-type: Expected multipart/form-data"))
  }
  return Effect.tryPromise(() => parse(request.body ?? new Uint8Array(), contentType)).pipe(
    Effect.orElseSucceed(() => badRequest("body: Expected multipart/form-data"))
  )
}

/** By the platform, which tells nothing more of a form that is malformed. */
const parse = async (body: Uint8Array, contentType: string): Promise<Multipart> => {
  const form = await new Response(body as BodyInit, { headers: { "content-type": contentType } }).formData()
  const fields: Array<[string, string]> = []
  const files: Array<[string, UploadedFile]> = []
  for (const [name, value] of form) {
    if (typeof value === "string") fields.push([name, value])
    else files.push([name, { name: value.name, contentType: value.type, bytes: await value.bytes() }])
  }
  return { fields: Object.fromEntries(fields), files: Object.fromEntries(files) }
}
