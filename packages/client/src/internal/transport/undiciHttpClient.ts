import * as ByteSize from "effect/ByteSize"
import * as Effect from "effect/Effect"
import * as Headers from "effect/http/Headers"
import * as HttpClientError from "effect/http/HttpClientError"
import type * as HttpClientRequest from "effect/http/HttpClientRequest"
import * as HttpIncomingMessage from "effect/http/HttpIncomingMessage"
import * as Url from "effect/http/Url"
import * as Option from "effect/Option"
import * as Result from "effect/Result"
import * as Stream from "effect/Stream"
import { type Dispatcher, FormData } from "undici"
import { BufferedResponse } from "./bufferedResponse.ts"
import { markNeverSent } from "./directTransport.ts"
import { type Received, UndiciExchange } from "./undiciExchange.ts"
import type { Lost } from "./wire.ts"

/**
 * Any request of Effect's `HttpClient` on a dispatcher.
 *
 * @internal
 */
export const execute = (
  dispatcher: Dispatcher,
  request: HttpClientRequest.HttpClientRequest
): Effect.Effect<BufferedResponse, HttpClientError.HttpClientError> =>
  Effect.withFiber((fiber) => {
    const url = Url.make(request.url, request.urlParams, Option.getOrUndefined(request.hash))
    if (Result.isFailure(url)) {
      return Effect.fail(
        new HttpClientError.HttpClientError({
          reason: new HttpClientError.InvalidUrlError({ request, cause: url.failure })
        })
      )
    }
    const maxBodySize = fiber.getRef(HttpIncomingMessage.MaxBodySize)
    return Effect.callback((resume) => {
      const exchange = new UndiciExchange(
        maxBodySize === undefined ? Infinity : ByteSize.toNumberUnsafe(maxBodySize),
        (end) =>
          resume(end._tag === "Answer" ? Effect.succeed(responseOf(request, end)) : Effect.fail(errorOf(request, end)))
      )
      exchange.start(dispatcher, {
        origin: url.success.origin,
        path: url.success.pathname + url.success.search,
        // undici types the methods that it knows and sends whatever it gets.
        method: request.method as Dispatcher.HttpMethod,
        headers: request.headers,
        body: bodyOf(request),
        // The time limits are the caller's fiber's.
        headersTimeout: 0,
        bodyTimeout: 0
      })
      return Effect.sync(() => exchange.abort())
    })
  })

const responseOf = (
  request: HttpClientRequest.HttpClientRequest,
  { bytes, headers, status, tooLarge, unframed }: Received
): BufferedResponse =>
  // Copied where the caller may keep it: what came in one piece is a view of a far larger buffer of the socket.
  new BufferedResponse(request, status, headers, new Uint8Array(bytes), tooLarge, unframed)

const errorOf = (request: HttpClientRequest.HttpClientRequest, { cause, response, sent }: Lost) => {
  const error = new HttpClientError.HttpClientError({
    reason: response === undefined
      ? new HttpClientError.TransportError({ request, cause })
      : new HttpClientError.DecodeError({
        request,
        response: new BufferedResponse(
          request,
          response.status,
          Headers.fromInput(response.headers),
          new Uint8Array(),
          false
        ),
        cause
      })
  })
  return sent === "never" ? markNeverSent(error) : error
}

type Body = Exclude<Dispatcher.DispatchOptions["body"], undefined>

const bodyOf = ({ body }: HttpClientRequest.HttpClientRequest): Body => {
  switch (body._tag) {
    case "Empty":
      return null
    case "Uint8Array":
      return body.body
    case "FormData": {
      // undici takes no form but its own.
      const form = new FormData()
      body.formData.forEach((value, name) => form.append(name, value))
      return form
    }
    // undici takes any web stream and raw body that fetch takes; its types name fewer.
    case "Raw":
      return body.body as Body
    case "Stream":
      return Stream.toReadableStream(body.stream) as unknown as Body
  }
}
