/**
 * When a failed attempt is repeated, and how long after.
 *
 * @since 0.1.0
 */
import type { AfterAmbiguous } from "@sunco/client/RetryPolicy"
import type * as Duration from "effect/Duration"

export type { AfterAmbiguous }

/**
 * What a client or a call may say about retries: a preset, or the parts that differ from what is there.
 *
 * - `"never"`: one attempt
 * - `"unapplied-only"`: only after attempts that certainly changed nothing
 *
 * **Details**
 *
 * The wait before attempt n + 1 is drawn evenly from zero to `baseDelay * 2^(n - 1)`, at most `maxDelay` (full jitter). A
 * `Retry-After` of the vendor is a floor under it, up to `maxRetryAfter`; a longer one ends the call at once. `budget` is a
 * token bucket shared by the calls of one client: `retries` at hand, one more for every `callsPerRetry` calls that succeed.
 * It belongs to the client: a call cannot change it.
 *
 * @category models
 * @since 0.1.0
 */
export type RetryOptions = "never" | "unapplied-only" | {
  /** Requests per call at the most, the first and look-ups included; 4 when absent. */
  readonly attempts?: number | undefined
  /** 200 ms when absent. */
  readonly baseDelay?: Duration.DurationInput | undefined
  /** 8 seconds when absent. */
  readonly maxDelay?: Duration.DurationInput | undefined
  /** 30 seconds when absent. */
  readonly maxRetryAfter?: Duration.DurationInput | undefined
  readonly afterAmbiguous?: AfterAmbiguous | undefined
  /** 10 retries, and one more for every 10 calls that succeed, when absent. */
  readonly budget?: { readonly retries: number; readonly callsPerRetry: number } | "unlimited" | undefined
}
