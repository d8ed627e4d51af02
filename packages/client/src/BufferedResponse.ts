/**
 * Answers that were read whole before they are handed on, for transports of one's own.
 *
 * @since 0.1.0
 */
import type * as Headers from "effect/http/Headers"
import type * as HttpClientRequest from "effect/http/HttpClientRequest"
import type { HttpClientResponse } from "effect/http/HttpClientResponse"
import * as internal from "./internal/transport/bufferedResponse.ts"

/**
 * What came back, up to the limit that the request's fiber has in `HttpIncomingMessage.MaxBodySize`.
 *
 * @category models
 * @since 0.1.0
 */
export interface Received {
  readonly status: number
  readonly headers: Headers.Headers
  readonly body: Uint8Array
  /** The body was larger than the limit, and what is here is its beginning. */
  readonly tooLarge: boolean
  /** Nothing but the end of the connection says where the body ends, so a cut one looks whole. */
  readonly unframed: boolean
}

/**
 * An `HttpClientResponse` of a body that is there already, which the client of this package reads without another stream.
 *
 * **Example** (A transport that always answers the same)
 *
 * ```ts
 * import * as BufferedResponse from "@sunco/client/BufferedResponse"
 * import * as Effect from "effect/Effect"
 * import * as Headers from "effect/http/Headers"
 * import * as HttpClient from "effect/http/HttpClient"
 *
 * const body = new TextEncoder().encode(JSON.stringify({ user: { id: "7494535bff5cef41a15be74d" } }))
 *
 * const answer = { status: 200, headers: Headers.empty, body, tooLarge: false, unframed: false }
 *
 * const transport = HttpClient.make((request) => Effect.succeed(BufferedResponse.make(request, answer)))
 *
 * const program = Effect.flatMap(transport.get("http://localhost"), (response) => response.text)
 *
 * console.log(Effect.runSync(program))
 * // {"user":{"id":"7494535bff5cef41a15be74d"}}
 * ```
 *
 * @category constructors
 * @since 0.1.0
 */
export const make = (
  request: HttpClientRequest.HttpClientRequest,
  { body, headers, status, tooLarge, unframed }: Received
): HttpClientResponse => new internal.BufferedResponse(request, status, headers, body, tooLarge, unframed)
