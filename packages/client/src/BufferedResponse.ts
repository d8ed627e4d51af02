/**
 * Answers that were read whole before they are handed on, for transports of one's own.
 *
 * @since 0.1.0
 */
import type * as Context from "effect/Context"
import type * as Effect from "effect/Effect"
import type * as Exit from "effect/Exit"
import type * as Headers from "effect/http/Headers"
import type { HttpClient } from "effect/http/HttpClient"
import type { HttpClientError } from "effect/http/HttpClientError"
import type * as HttpClientRequest from "effect/http/HttpClientRequest"
import type { HttpClientResponse } from "effect/http/HttpClientResponse"
import * as internal from "./internal/transport/bufferedResponse.ts"
import { exchangeTransport } from "./internal/transport/exchangeTransport.ts"

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

/**
 * A request that somebody waits for.
 *
 * @category models
 * @since 0.1.0
 */
export interface Exchange {
  readonly request: HttpClientRequest.HttpClientRequest
  /** How much of the answer's body is to be read. */
  readonly maxBytes: number
  /** Of the fiber that waits; the span in it is that of the attempt, where there is one. */
  readonly context: Context.Context<never>
}

/**
 * Begins an exchange. `onEnd` is told how it ended, once; after an abort nobody listens any more.
 *
 * @category models
 * @since 0.1.0
 */
export type Start = (
  exchange: Exchange,
  onEnd: (exit: Exit.Exit<Received, HttpClientError>) => void
) => Exchanging

/**
 * An exchange that has begun.
 *
 * @category models
 * @since 0.1.0
 */
export interface Exchanging {
  readonly abort: () => void
  /** Ends when nothing of it is left after an abort. */
  readonly gone: Effect.Effect<unknown>
}

/**
 * A transport over anything that reads answers whole.
 *
 * The client of this package begins its exchanges itself: on an `HttpClient` of another kind each of its requests costs a fiber
 * more.
 *
 * **Example** (A transport that always answers the same)
 *
 * ```ts
 * import * as BufferedResponse from "@sunco/client/BufferedResponse"
 * import * as Effect from "effect/Effect"
 * import * as Exit from "effect/Exit"
 * import * as Headers from "effect/http/Headers"
 *
 * const body = new TextEncoder().encode(JSON.stringify({ user: { id: "7494535bff5cef41a15be74d" } }))
 *
 * const transport = BufferedResponse.transport((_, onEnd) => {
 *   onEnd(Exit.succeed({ status: 200, headers: Headers.empty, body, tooLarge: false, unframed: false }))
 *   return { abort: () => {}, gone: Effect.void }
 * })
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
export const transport = (start: Start): HttpClient => exchangeTransport(start)
