import * as Duration from "effect/Duration"
import type { RetryPolicy } from "../../RetryPolicy.ts"
import type { RetryStopped } from "../../SunshineError.ts"
import type { Ending } from "./classify.ts"

/** @internal */
export interface Situation {
  readonly policy: RetryPolicy
  /** How the last attempt ended. */
  readonly ending: Ending
  readonly transient: boolean
  /** What the operation's row of the retry-safety table says about an ambiguous ending: for how long it may still be repeated. */
  readonly repeatableMillis: number
  /** Sent so far. */
  readonly attempts: number
  readonly retryAfterMillis: number | undefined
  readonly timeLeftMillis: number
  /** From 0 to 1, drawn evenly. */
  readonly random: number
}

/** @internal */
export type Decision =
  | { readonly _tag: "Repeat"; readonly delayMillis: number }
  | { readonly _tag: "Stop"; readonly why: RetryStopped }

/**
 * Whether to try again, but for the budget, which is only asked when everything else allows it.
 *
 * @internal
 */
export const decide = (situation: Situation): Decision => {
  const { attempts, policy, retryAfterMillis, timeLeftMillis } = situation
  if (situation.ending === "answered" || !situation.transient) return stop("not-retryable")
  const safeMillis = situation.ending === "ambiguous" ? ambiguousMillis(situation) : Infinity
  if (safeMillis <= 0) return stop("unsafe")
  if (attempts >= policy.attempts) return stop("attempts")
  const jitter = fullJitter(policy, attempts, situation.random)
  const delayMillis = (retryAfterMillis ?? 0) + jitter
  if (retryAfterMillis !== undefined && retryAfterMillis > Duration.toMillis(policy.maxRetryAfter)) {
    return stop("retry-after")
  }
  if (delayMillis >= timeLeftMillis) return stop(retryAfterMillis === undefined ? "deadline" : "retry-after")
  return delayMillis >= safeMillis ? stop("unsafe") : { _tag: "Repeat", delayMillis }
}

const stop = (why: RetryStopped): Decision => ({ _tag: "Stop", why })

const ambiguousMillis = ({ policy, repeatableMillis }: Situation): number =>
  policy.afterAmbiguous === "by-operation" ? repeatableMillis : policy.afterAmbiguous === "always" ? Infinity : 0

/**
 * Evenly from zero to the exponential bound, so that clients which failed together do not come back together.
 *
 * @internal
 */
export const fullJitter = (policy: RetryPolicy, attempts: number, random: number): number =>
  random * Math.min(Duration.toMillis(policy.maxDelay), Duration.toMillis(policy.baseDelay) * 2 ** (attempts - 1))
