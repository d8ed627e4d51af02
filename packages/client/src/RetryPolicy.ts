/**
 * When a failed attempt is repeated, and how long after.
 *
 * @since 0.1.0
 */
import * as Duration from "effect/Duration"

/**
 * What may be done after an attempt of which nobody knows whether it was applied (a 5xx, a reset, a time-out, a cut body).
 *
 * - `"by-operation"`: what the operation's row of the retry-safety table says
 * - `"never"`: the call fails, so that a write is never sent twice
 * - `"always"`: the attempt is repeated; a create without an externalId may then make two users
 *
 * @category models
 * @since 0.1.0
 */
export type AfterAmbiguous = "by-operation" | "never" | "always"

/**
 * How calls are retried.
 *
 * **Details**
 *
 * The wait before attempt n + 1 is drawn evenly from zero to `baseDelay * 2^(n - 1)`, at most `maxDelay` (full jitter). A
 * `Retry-After` of the vendor is a floor under it, up to `maxRetryAfter`; a longer one ends the call at once. `budget` is a
 * token bucket shared by the calls of one client: `retries` at hand, one more for every `callsPerRetry` calls that succeed.
 *
 * @category models
 * @since 0.1.0
 */
export interface RetryPolicy {
  /** Requests per call at the most, the first and look-ups included; 1 or more. */
  readonly attempts: number
  readonly baseDelay: Duration.Duration
  readonly maxDelay: Duration.Duration
  readonly maxRetryAfter: Duration.Duration
  readonly afterAmbiguous: AfterAmbiguous
  readonly budget: { readonly retries: number; readonly callsPerRetry: number } | "unlimited"
}

/**
 * What a client or a call may say about retries: a preset, or the parts of {@link RetryPolicy} that differ.
 *
 * - `"never"`: one attempt
 * - `"unapplied-only"`: only after attempts that certainly changed nothing
 *
 * The budget belongs to the client: a call cannot change it.
 *
 * @category models
 * @since 0.1.0
 */
export type RetryOptions = "never" | "unapplied-only" | {
  readonly attempts?: number | undefined
  readonly baseDelay?: Duration.Input | undefined
  readonly maxDelay?: Duration.Input | undefined
  readonly maxRetryAfter?: Duration.Input | undefined
  readonly afterAmbiguous?: AfterAmbiguous | undefined
  readonly budget?: RetryPolicy["budget"] | undefined
}

/**
 * The policy of a client that is told nothing else: 4 attempts, waits up to 200 ms doubling to 8 s, a `Retry-After` of up
 * to 30 s, a budget of 10 retries and one more for every 10 calls that succeed.
 *
 * @category constants
 * @since 0.1.0
 */
export const defaults: RetryPolicy = {
  attempts: 4,
  baseDelay: Duration.millis(200),
  maxDelay: Duration.seconds(8),
  maxRetryAfter: Duration.seconds(30),
  afterAmbiguous: "by-operation",
  budget: { retries: 10, callsPerRetry: 10 }
}

/**
 * A policy with some parts changed. A client that is made with it, or a call, says which part means nothing.
 *
 * **Example** (More patience for a nightly job)
 *
 * ```ts
 * import * as RetryPolicy from "@sunco/client/RetryPolicy"
 *
 * const patient = RetryPolicy.override(RetryPolicy.defaults, { attempts: 8, maxRetryAfter: "2 minutes" })
 *
 * console.log(patient.attempts, patient.afterAmbiguous)
 * // 8 by-operation
 * ```
 *
 * @category combinators
 * @since 0.1.0
 */
export const override = (self: RetryPolicy, options: RetryOptions): RetryPolicy => {
  if (options === "never") return { ...self, attempts: 1 }
  if (options === "unapplied-only") return { ...self, afterAmbiguous: "never" }
  return {
    attempts: options.attempts ?? self.attempts,
    baseDelay: options.baseDelay === undefined ? self.baseDelay : Duration.fromInputUnsafe(options.baseDelay),
    maxDelay: options.maxDelay === undefined ? self.maxDelay : Duration.fromInputUnsafe(options.maxDelay),
    maxRetryAfter: options.maxRetryAfter === undefined
      ? self.maxRetryAfter
      : Duration.fromInputUnsafe(options.maxRetryAfter),
    afterAmbiguous: options.afterAmbiguous ?? self.afterAmbiguous,
    budget: options.budget ?? self.budget
  }
}
