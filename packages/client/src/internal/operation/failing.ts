import * as Redacted from "effect/Redacted"
import { type RetryStopped, SunshineError, type SunshineErrorReason } from "../../SunshineError.ts"
import type { Ambiguous, Ended } from "../call/plan.ts"
import type { Answer } from "../transport/wire.ts"

/**
 * The end of a call that a look-up has not settled: what an attempt has left open stays open.
 *
 * @internal
 */
export const failing = (
  reason: SunshineErrorReason,
  { headers, status }: Answer,
  ambiguous: Ambiguous,
  retryStopped: RetryStopped = "not-retryable"
): Ended<never, SunshineError> => ({
  _tag: "Failure",
  tag: "SunshineError",
  make: ({ attempts, operation }) =>
    new SunshineError({
      operation,
      reason,
      attempts,
      retryStopped,
      applied: ambiguous || "no",
      response: Redacted.make({ status, headers: { ...headers } }, { label: "ResponseInfo" })
    })
})
