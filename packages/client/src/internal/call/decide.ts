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
  /** What the operation's row of the retry-safety table says about an ambiguous ending. */
  readonly repeatable: boolean
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
  if (situation.ending === "ambiguous" && !mayRepeat(situation)) return stop("unsafe")
  if (attempts >= policy.attempts) return stop("attempts")
  const jitter = fullJitter(policy, attempts, situation.random)
  if (retryAfterMillis !== undefined) {
    const delayMillis = retryAfterMillis + jitter
    return retryAfterMillis > Duration.toMillis(policy.maxRetryAfter) || delayMillis >= timeLeftMillis
      ? stop("retry-after")
      : { _tag: "Repeat", delayMillis }
  }
  return jitter >= timeLeftMillis ? stop("deadline") : { _tag: "Repeat", delayMillis: jitter }
}

const stop = (why: RetryStopped): Decision => ({ _tag: "Stop", why })

const mayRepeat = ({ policy, repeatable }: Situation): boolean =>
  policy.afterAmbiguous === "by-operation" ? repeatable : policy.afterAmbiguous === "always"

/**
 * Evenly from zero to the exponential bound, so that clients which failed together do not come back together.
 *
 * @internal
 */
export const fullJitter = (policy: RetryPolicy, attempts: number, random: number): number =>
  random * Math.min(Duration.toMillis(policy.maxDelay), Duration.toMillis(policy.baseDelay) * 2 ** (attempts - 1))
