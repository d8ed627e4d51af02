import type { FilePart } from "@sunco/schemas/FilePart"
import * as Result from "effect/Result"
import { InvalidInput } from "../../SunshineError.ts"
import { idleWatch } from "../call/idleWatch.ts"
import type { FormEncoder } from "./operation.ts"

interface Fields {
  readonly [name: string]: string | FilePart | undefined
}

/**
 * A form with files as bytes, so that every transport can send it, and send it again.
 *
 * @internal
 */
export const multipart: FormEncoder = (request) => {
  // The schema has passed the payload.
  const { bytes, contentType } = encoded(request.sent as Fields)
  const { idleMillis, requestBytes: most = Infinity } = request.limits ?? {}
  return bytes.length > most
    ? Result.fail(new InvalidInput({ issues: [{ path: [], expected: `at most ${most} bytes altogether` }] }))
    : Result.succeed({
      ...request,
      body: bytes,
      contentType,
      watchIdle: idleMillis === undefined ? undefined : idleWatch(idleMillis)
    })
}

const encoded = (fields: Fields) => {
  // The platform's randomness, because it has to occur in no file.
  const boundary = `sunco-${crypto.randomUUID()}`
  const pieces: Array<Uint8Array> = []
  for (const [name, value] of Object.entries(fields)) {
    if (value === undefined) continue
    const disposition = `--${boundary}\r\ncontent-disposition: form-data; name="${quotable(name)}"`
    if (typeof value === "string") pieces.push(utf8.encode(`${disposition}\r\n\r\n${value}\r\n`))
    else {
      const { contentType = "application/octet-stream", data, name: file } = value
      pieces.push(
        utf8.encode(`${disposition}; filename="${quotable(file)}"\r\ncontent-type: ${contentType}\r\n\r\n`),
        data,
        utf8.encode("\r\n")
      )
    }
  }
  pieces.push(utf8.encode(`--${boundary}--\r\n`))
  return { contentType: `multipart/form-data; boundary=${boundary}`, bytes: joined(pieces) }
}

const utf8 = new TextEncoder()

/** As browsers write names into a form (https://html.spec.whatwg.org/#multipart-form-data). */
const quotable = (text: string): string => text.replace(/["\r\n]/g, encodeURIComponent)

const joined = (pieces: ReadonlyArray<Uint8Array>): Uint8Array => {
  const bytes = new Uint8Array(pieces.reduce((length, piece) => length + piece.length, 0))
  let at = 0
  for (const piece of pieces) {
    bytes.set(piece, at)
    at += piece.length
  }
  return bytes
}
