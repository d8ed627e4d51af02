import * as Effect from "effect/Effect"
import * as Headers from "effect/http/Headers"
import * as HttpClientError from "effect/http/HttpClientError"
import type * as HttpClientRequest from "effect/http/HttpClientRequest"
import * as HttpIncomingMessage from "effect/http/HttpIncomingMessage"
import * as Url from "effect/http/Url"
import * as Option from "effect/Option"
import * as Result from "effect/Result"
import { BufferedResponse } from "./bufferedResponse.ts"
import { markNeverSent, type Sending } from "./directTransport.ts"
import type { Answer, Lost } from "./wire.ts"

/**
 * An answer whose bytes are at hand.
 *
 * @internal
 */
export interface WholeAnswer extends Answer {
  readonly headers: Headers.Headers
  readonly bytes: Uint8Array
  readonly unframed: boolean
}

/**
 * Any request of Effect's `HttpClient`, by what reads answers whole.
 *
 * @internal
 */
export const wholeExchange = (
  request: HttpClientRequest.HttpClientRequest,
  start: (url: URL, maxBytes: number, onEnd: (end: WholeAnswer | Lost) => void) => Sending
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
      const sending = start(
        url.success,
        // A branded bigint. Its module would weigh on every bundle for this.
        maxBodySize === undefined ? Infinity : Number(maxBodySize),
        (end) =>
          resume(end._tag === "Answer" ? Effect.succeed(responseOf(request, end)) : Effect.fail(errorOf(request, end)))
      )
      return Effect.sync(() => sending.abort())
    })
  })

const responseOf = (
  request: HttpClientRequest.HttpClientRequest,
  { bytes, headers, status, tooLarge, unframed }: WholeAnswer
): BufferedResponse =>
  // Copied where the caller may keep it: what came in one piece may be a view of a far larger buffer of the socket.
  new BufferedResponse(request, status, headers, new Uint8Array(bytes), tooLarge, unframed)

const errorOf = (request: HttpClientRequest.HttpClientRequest, { cause, response, sent }: Lost) => {
  const error = response === undefined
    ? new HttpClientError.HttpClientError({ reason: new HttpClientError.TransportError({ request, cause }) })
    : new BufferedResponse(
      request,
      response.status,
      Headers.fromInput(response.headers),
      new Uint8Array(),
      false
    ).undecodable(cause)
  return sent === "never" ? markNeverSent(error) : error
}
