import type { Wrap } from "@sunco/schemas/Reading"
import type { ByteSize } from "effect/ByteSize"
import * as Context from "effect/Context"
import type * as Headers from "effect/http/Headers"
import type * as HttpClient from "effect/http/HttpClient"
import * as HttpIncomingMessage from "effect/http/HttpIncomingMessage"
import type { CircuitBreaker } from "effect/persistence/CircuitBreaker"
import type { Authorization, Credentials } from "../../Credentials.ts"
import type { Limiter } from "../../Limiter.ts"
import type { RetryPolicy } from "../../RetryPolicy.ts"
import type { AtHand } from "../credentials/authorizationAtHand.ts"
import type { Send } from "../transport/directTransport.ts"
import type { Listeners } from "../telemetry/log.ts"
import type { RetryBudget } from "./retryBudget.ts"
import type { TimerList } from "./timerList.ts"
import type { Destination } from "../transport/wire.ts"

/**
 * What one client computes once and every call of it uses.
 *
 * @internal
 */
export interface Core extends Destination {
  readonly httpClient: HttpClient.HttpClient
  /** The shorter way, where the transport offers one. */
  readonly direct: Send | undefined
  readonly credentials: Credentials["Service"]
  readonly authorization: AtHand
  readonly headers: (authorization: Authorization | typeof anonymous) => RequestHeaders
  readonly limiter: Limiter | undefined
  readonly circuit: CircuitBreaker | undefined
  /** Names the app to a limiter or a breaker that several clients share. */
  readonly appKey: string
  readonly policy: RetryPolicy
  readonly budget: RetryBudget
  readonly attemptTimeoutMillis: number
  readonly attemptTimers: TimerList
  readonly deadlineMillis: number
  readonly listeners: Listeners | undefined
  readonly propagateTrace: boolean
  readonly strictResponses: boolean
  /** What secrets of answers are put into, where it is not `Redacted` of Effect 4. */
  readonly wrapSecret: Wrap | undefined
  /** Whether metadata above the documented size is refused. */
  readonly metadataLimit: boolean
  /** Whether `maxResponseBytes` was asked for, and is no default. */
  readonly ownMaxResponseBytes: boolean
  /** What the transport must find in its fiber: no tracing of its own, no redirects, the body limit. */
  readonly transportContext: Context.Context<never>
}

/** @internal */
export interface RequestHeaders {
  readonly withoutBody: Headers.Headers
  readonly withJson: Headers.Headers
}

/**
 * In place of an authorization where none is sent.
 *
 * @internal
 */
export const anonymous = Symbol()

/**
 * A branded bigint, made without its module, which would weigh on every bundle for a check that was made of the settings.
 *
 * @internal
 */
export const withMaxBodySize = <R>(context: Context.Context<R>, bytes: number): Context.Context<R> =>
  Context.add(context, HttpIncomingMessage.MaxBodySize, BigInt(bytes) as ByteSize)
