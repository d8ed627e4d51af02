import type * as Fiber from "effect/Fiber"
import type * as Headers from "effect/http/Headers"
import type * as HttpClient from "effect/http/HttpClient"
import type { Core } from "./core.ts"
import type { Outcome, TimeLimit, WireRequest } from "./wire.ts"

/**
 * The way past Effect's request and response objects that a transport of this package may offer beside `HttpClient`: no
 * fiber of its own, and the answer as it is wanted. A client that somebody wrapped is another object and has no such way.
 *
 * @internal
 */
export const DirectTransport = Symbol.for("@sunco/client/internal/DirectTransport")

/** @internal */
export interface DirectTransport {
  readonly [DirectTransport]: DirectAttempt
}

/**
 * Starts an attempt and gives what aborts it; `onEnd` is called once, or never after the abort.
 *
 * @internal
 */
export type DirectAttempt = (
  fiber: Fiber.Fiber<unknown, unknown>,
  core: Core,
  request: WireRequest,
  headers: Headers.Headers,
  time: TimeLimit,
  onEnd: (outcome: Outcome) => void
) => () => void

/** @internal */
export const directAttempt = (httpClient: HttpClient.HttpClient): DirectAttempt | undefined =>
  DirectTransport in httpClient ? (httpClient as HttpClient.HttpClient & DirectTransport)[DirectTransport] : undefined
