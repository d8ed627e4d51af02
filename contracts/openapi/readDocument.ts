import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import * as FetchHttpClient from "effect/http/FetchHttpClient"
import * as HttpClient from "effect/http/HttpClient"
import * as HttpClientResponse from "effect/http/HttpClientResponse"
import * as Schema from "effect/Schema"
import { OpenApiDocument } from "./OpenApiDocument.ts"
import { parseFile } from "./parseFile.ts"

/** A document that cannot be had. */
class NotAvailable extends Schema.TaggedError<NotAvailable>()("NotAvailable", { message: Schema.String }) {}

/** The vendor's document in a file, or where a URL says that it is. The message of a failure is one line, without a URL's query. */
export const readDocument = Effect.fnUntraced(
  function*(source: string) {
    const files = yield* FileSystem.FileSystem
    const text = yield* isUrl(source) ? download(source) : files.readFileString(source)
    const { decoded } = yield* parseFile("OpenAPI document", OpenApiDocument, text)
    return decoded
  },
  (effect, source) =>
    Effect.mapError(
      effect,
      ({ message }) => new NotAvailable({ message: `${printable(source)}: ${message.replaceAll(/\s*\n\s*/g, " ")}` })
    )
)

const isUrl = (source: string): boolean => /^https?:\/\//i.test(source)

const printable = (source: string): string => {
  const url = isUrl(source) ? URL.parse(source) : null
  return url === null ? source : `${url.origin}${url.pathname}`
}

const isLoopback = /^(localhost|\[::1\]|127(\.\d{1,3}){3})$/

const download = Effect.fnUntraced(function*(source: string) {
  const url = URL.parse(source)
  if (url === null || !(url.protocol === "https:" || isLoopback.test(url.hostname))) {
    return yield* new NotAvailable({ message: "this is no URL of https:// (http:// is for loopback only)" })
  }
  return yield* HttpClient.get(url).pipe(
    Effect.flatMap(HttpClientResponse.filterStatusOk),
    Effect.flatMap((response) => response.text),
    Effect.timeout("30 seconds"),
    Effect.mapError((error) =>
      new NotAvailable({
        message: error._tag === "TimeoutError"
          ? "no answer within 30 seconds"
          : error.response === undefined
          ? "no answer"
          : `an answer of status ${error.response.status}`
      })
    )
  )
}, Effect.provide(FetchHttpClient.layer))
