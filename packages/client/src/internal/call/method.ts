import type * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import type { CallOptions } from "../../CallOptions.ts"
import { InvalidInput, SunshineError } from "../../SunshineError.ts"
import { clockOf } from "./clock.ts"
import type { Log } from "../telemetry/log.ts"
import { type Check, findingsOf, fine } from "../settings/optionChecks.ts"
import { endSpan, startMethodSpan, type Traced } from "../telemetry/spans.ts"

/**
 * The method of which a call is part: what failures and spans are named after, the fiber that runs it, and how many requests
 * it has sent. A method that makes several calls (`getOrCreate`) is one of these for all of them.
 *
 * @internal
 */
export interface Method extends Traced {
  readonly operation: string
  readonly clock: Clock.Clock
  sent: number
  /** Told of what happens; set by a call, whose client knows who listens. */
  log: Log | undefined
}

/**
 * Runs a method of which the options, where it was given any, are as `check` wants them.
 *
 * @internal
 */
export const method = <A, E>(
  operation: string,
  check: Check,
  options: CallOptions | undefined,
  run: (method: Method) => Effect.Effect<A, E>
): Effect.Effect<A, E | SunshineError> =>
  Effect.withFiber<A, E | SunshineError>((fiber) => {
    const span = startMethodSpan(fiber, operation)
    const issues = options === undefined || options === null ? fine : findingsOf(check, options, ["options"])
    const running: Effect.Effect<A, E | SunshineError> = issues.length > 0
      ? Effect.fail(new SunshineError({ operation, reason: new InvalidInput({ issues }), attempts: 0, applied: "no" }))
      : run({ operation, fiber, clock: clockOf(fiber), span, sent: 0, log: undefined })
    return span === undefined ? running : Effect.onExit(running, (exit) => {
      endSpan(fiber, span, exit)
      return Effect.void
    })
  })
