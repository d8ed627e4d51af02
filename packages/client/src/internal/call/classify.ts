import { isBeforeSending, isPermanent } from "../transport/notSent.ts"
import type { Outcome } from "../transport/wire.ts"

/**
 * - `unapplied`: the write certainly did not happen
 * - `answered`: a whole answer that settles it
 * - `ambiguous`: nobody knows
 *
 * @internal
 */
export type Ending = "unapplied" | "answered" | "ambiguous"

/**
 * By what happened, not by the tag that a transport gives it: a cut body arrives from `HttpClient` as a decode error.
 *
 * @internal
 */
export const ending = (outcome: Outcome): Ending => {
  const ended = endingOfLast(outcome)
  // The transport tried again by itself, and what became of its earlier tries it does not say.
  return ended === "unapplied" && outcome.sent === "again" ? "ambiguous" : ended
}

const endingOfLast = (outcome: Outcome): Ending => {
  if (outcome._tag === "Answer") return endingOfStatus(outcome.status)
  // The status line of a 401 or a 429 says all that is needed, whatever became of the body.
  if (outcome.response !== undefined) {
    return endingOfStatus(outcome.response.status) === "unapplied" ? "unapplied" : "ambiguous"
  }
  const wasSent = outcome.sent === undefined
    ? outcome._tag === "OutOfTime" || !isBeforeSending(outcome.cause)
    : outcome.sent !== "never"
  return wasSent ? "ambiguous" : "unapplied"
}

const endingOfStatus = (status: number): Ending =>
  status === 401 || status === 429
    ? "unapplied"
    // 0 is what a fetch that was stubbed or blocked may say: no status at all.
    : status === 408 || status >= 500 || status === 0
    ? "ambiguous"
    : "answered"

/**
 * Whether an attempt that did not settle the call is worth another one.
 *
 * @internal
 */
export const isTransient = (outcome: Outcome): boolean => {
  if (outcome._tag === "Answer") return outcome.status !== 401
  if (outcome.response !== undefined) return outcome.response.status !== 401
  return outcome._tag === "OutOfTime" || ending(outcome) === "ambiguous" || !isPermanent(outcome.cause)
}
