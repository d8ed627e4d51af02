import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as HttpClient from "effect/http/HttpClient"
import * as HttpClientError from "effect/http/HttpClientError"
import type * as HttpClientRequest from "effect/http/HttpClientRequest"
import * as HttpClientResponse from "effect/http/HttpClientResponse"
import * as Stream from "effect/Stream"
import { type Emulation } from "./emulation.ts"
import { memoryExchange } from "./memoryExchange.ts"

/**
 * An `HttpClient` that hands its requests to the emulator in the calling fiber.
 *
 * @internal
 */
export const memoryClient = (emulation: Pick<Emulation, "bodyLimit" | "handle">): HttpClient.HttpClient =>
  HttpClient.make((request, { origin, pathname, search }, signal, fiber) =>
    Effect.flatMap(bodyOf(request), ({ bytes, contentType }) => {
      const now = fiber.getRef(Clock.Clock).currentTimeMillisUnsafe()
      const headers = contentType === undefined ? request.headers : { "content-type": contentType, ...request.headers }
      const head = { method: request.method, url: pathname + search, headers, origin }
      const readable = (stream: Stream.Stream<Uint8Array, unknown>) =>
        Stream.toReadableStreamWith(stream, fiber.context, { signal })
      return memoryExchange(emulation, head, bytes, now, readable).pipe(
        Effect.mapBoth({
          onSuccess: (response) => HttpClientResponse.fromWeb(request, response),
          onFailure: (cause) => transportError(request, cause)
        })
      )
    })
  )

const transportError = (request: HttpClientRequest.HttpClientRequest, cause: unknown) =>
  new HttpClientError.HttpClientError({ reason: new HttpClientError.TransportError({ request, cause }) })

interface SentBody {
  readonly bytes: Uint8Array | undefined
  /** As the platform names it, where nobody else does: of a form it holds what is between the parts. */
  readonly contentType?: string | undefined
}

const bodyOf = (
  request: HttpClientRequest.HttpClientRequest
): Effect.Effect<SentBody, HttpClientError.HttpClientError> => {
  const { body } = request
  switch (body._tag) {
    case "Empty":
      return Effect.succeed({ bytes: undefined })
    case "Uint8Array":
      return Effect.succeed({ bytes: body.body })
    case "Stream":
      return Stream.mkUint8Array(body.stream).pipe(
        Effect.mapBoth({ onSuccess: (bytes) => ({ bytes }), onFailure: (cause) => transportError(request, cause) })
      )
    // The platform knows how to send whatever else a body can be.
    case "Raw":
    case "FormData":
      return Effect.tryPromise({
        try: async () => {
          const sent = new Response(body._tag === "Raw" ? body.body as BodyInit : body.formData)
          return { bytes: await sent.bytes(), contentType: sent.headers.get("content-type") ?? undefined }
        },
        catch: (cause) => transportError(request, cause)
      })
  }
}
