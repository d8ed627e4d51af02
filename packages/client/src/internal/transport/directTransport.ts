import type * as Effect from "effect/Effect"
import type * as Fiber from "effect/Fiber"
import type * as Headers from "effect/http/Headers"
import type * as HttpClient from "effect/http/HttpClient"
import type * as Tracer from "effect/Tracer"
import type { Answer, Destination, Lost, Progress, WireRequest } from "./wire.ts"

/**
 * The way past Effect's request and response objects that a transport of this package may offer beside `HttpClient`: no
 * fiber of its own, and the answer as it is wanted. A client that somebody wrapped is another object and has no such way.
 *
 * @internal
 */
export const DirectTransport = Symbol.for("@sunco/client/internal/DirectTransport")

/** @internal */
export interface DirectTransport {
  readonly [DirectTransport]: Send
}

/**
 * Sends a request; `onEnd` is called once, and means nothing any more after an abort. `onActivity` is called whenever bytes
 * have moved in either direction; a transport that cannot see that of what it sends begins with the answer. `fiber` is the one
 * that waits, and the span that of the attempt.
 *
 * @internal
 */
export type Send = (
  destination: Destination,
  request: WireRequest,
  headers: Headers.Headers,
  onEnd: (end: Answer | Lost) => void,
  onActivity: (() => void) | undefined,
  fiber: Fiber.Fiber<unknown, unknown>,
  span: Tracer.Span | undefined
) => Sending

/** @internal */
export interface Sending {
  /** How far it has come, for when its time is up. */
  readonly progress: () => Progress
  /** Nobody waits for the answer any more. */
  readonly abort: () => void
  /** What may be waited for after the abort. */
  readonly gone?: Effect.Effect<unknown>
}

/** @internal */
export const directTransport = (httpClient: HttpClient.HttpClient): Send | undefined =>
  DirectTransport in httpClient ? (httpClient as HttpClient.HttpClient & DirectTransport)[DirectTransport] : undefined

const NeverSent = Symbol.for("@sunco/client/internal/NeverSent")

/**
 * Marks the failure of a transport of this package that knows that nothing was sent, for where it arrives through an
 * `HttpClient` that somebody wrapped.
 *
 * @internal
 */
export const markNeverSent = <E extends object>(error: E): E =>
  Object.defineProperty(error, NeverSent, { value: true, enumerable: false })

/** @internal */
export const isMarkedNeverSent = (error: unknown): boolean =>
  typeof error === "object" && error !== null && NeverSent in error
