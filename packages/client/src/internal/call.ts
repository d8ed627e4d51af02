import * as Clock from "effect/Clock"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import type * as Fiber from "effect/Fiber"
import * as Random from "effect/Random"
import * as Redacted from "effect/Redacted"
import type * as Tracer from "effect/Tracer"
import type { CallOptions } from "../CallOptions.ts"
import type { Authorization } from "../Credentials.ts"
import type { ResponseInfo } from "../ResponseInfo.ts"
import * as RetryPolicy from "../RetryPolicy.ts"
import {
  type Applied,
  type CredentialsUnavailable,
  type RetryStopped,
  SunshineError,
  type SunshineErrorReason,
  Timeout
} from "../SunshineError.ts"
import { attempt, type TimeLimit } from "./attempt.ts"
import { ending, isTransient } from "./classify.ts"
import type { Core } from "./core.ts"
import { decide } from "./decide.ts"
import { reasonOf, unexpected } from "./lift.ts"
import type { Plan, Settled } from "./plan.ts"
import { ResponseObserver } from "./responseObserver.ts"
import { retryAfterMillis } from "./retryAfter.ts"
import { withAttemptSpan } from "./spans.ts"
import type { Outcome } from "./wire.ts"

/**
 * One call of an operation: attempts until one settles it, or until the policy or the deadline says stop.
 *
 * @internal
 */
export const call = Effect.fnUntraced(function*<A, E>(
  core: Core,
  operation: string,
  first: Plan<A, E>,
  options: CallOptions | undefined,
  operationSpan: Tracer.Span | undefined
): Effect.fn.Return<A, E | SunshineError> {
  const fiber = yield* currentFiber
  const clock = fiber.getRef(Clock.Clock)
  const policy = options?.retry === undefined ? core.policy : RetryPolicy.override(core.policy, options.retry)
  const attemptTimeout = millisOf(options?.attemptTimeout, core.attemptTimeoutMillis)
  const deadlineMillis = millisOf(options?.deadline, core.deadlineMillis)
  const deadline = clock.currentTimeMillisUnsafe() + deadlineMillis
  const timeLeft = () => deadline - clock.currentTimeMillisUnsafe()

  let plan = first
  let attempts = 0
  /** A write of this call may have been applied, and its answer is not known. */
  let ambiguous = false
  let authorization: Authorization | undefined
  let renewed = false

  const fail = (
    reason: SunshineErrorReason,
    retryStopped: RetryStopped | undefined,
    applied: Applied,
    response: ResponseInfo | undefined
  ): SunshineError =>
    new SunshineError({
      operation,
      reason,
      attempts,
      ...(retryStopped === undefined ? undefined : { retryStopped }),
      applied,
      ...(response === undefined ? undefined : { response: redacted(response) })
    })
  /** Credentials that take time take it from the deadline; they are never part of an attempt. */
  const inTime = (
    authorize: Effect.Effect<Authorization, CredentialsUnavailable>
  ): Effect.Effect<Authorization, SunshineError> =>
    // An effect that is a success already, as of a fixed key, needs no clock; the guard forgets of what.
    Exit.isExit(authorize) && Exit.isSuccess(authorize) ? (authorize as Exit.Exit<Authorization>) : authorize.pipe(
      Effect.mapError((reason) => fail(reason, undefined, ambiguous ? "unknown" : "no", undefined)),
      Effect.timeoutOrElse({
        duration: Duration.millis(Math.max(0, timeLeft())),
        orElse: () =>
          Effect.fail(fail(
            new Timeout({ limit: "deadline", after: Duration.millis(deadlineMillis) }),
            "deadline",
            ambiguous ? "unknown" : "no",
            undefined
          ))
      })
    )

  while (true) {
    authorization ??= yield* inTime(core.credentials.current)
    const { request } = plan
    const headers = core.headers(authorization)
    const time = timeLimit(attemptTimeout, timeLeft(), deadlineMillis)
    const resendCount = attempts++
    const outcome: Outcome = yield* operationSpan === undefined
      ? attempt(core, request, headers, time, undefined)
      : withAttemptSpan(
        core,
        request,
        resendCount,
        operationSpan,
        (span) => attempt(core, request, headers, time, span)
      )

    const ended = ending(outcome)
    const writes = request.method !== "GET"
    const appliedSoFar: Applied = ambiguous ? "unknown" : "no"
    const response = responseOf(outcome)

    let settled: Settled<A, E> | undefined
    if (ended === "answered" && outcome._tag === "Answer") {
      settled = plan.settle(outcome, ambiguous)
      switch (settled._tag) {
        case "Value": {
          core.budget.succeeded()
          fiber.getRef(ResponseObserver)?.({ status: outcome.status, headers: outcome.headers })
          return settled.value
        }
        case "Failure":
          return yield* Effect.fail(settled.make({ operation, attempts, response: redacted(outcome) }))
        case "Unreadable":
          return yield* fail(unexpected(outcome, "body"), "not-retryable", writes ? "yes" : appliedSoFar, response)
        case "Unknown": {
          // A success of another status than the documented one: something was done.
          const applied = writes && outcome.status >= 200 && outcome.status < 300 ? "yes" : appliedSoFar
          return yield* fail(reasonOf(outcome, undefined), "not-retryable", applied, response)
        }
        case "Continue": {
          plan = settled.plan
          if (settled.when === "now" && attempts < policy.attempts) continue
        }
      }
    }

    if (response?.status === 401 && !renewed && attempts < policy.attempts) {
      const fresh: Authorization = yield* inTime(core.credentials.renewed(authorization))
      renewed = true
      if (fresh !== authorization) {
        authorization = fresh
        continue
      }
    }

    if (ended === "ambiguous" && writes) ambiguous = true
    const retryAfter = response === undefined ? undefined : retryAfterMillis(response, clock.currentTimeMillisUnsafe())
    const decision = decide({
      policy,
      // The policy alone says whether what an answer asked for is still to be done.
      ending: settled === undefined ? ended : "unapplied",
      transient: settled !== undefined || isTransient(outcome),
      repeatable: plan.repeatable,
      attempts,
      retryAfterMillis: retryAfter,
      timeLeftMillis: timeLeft(),
      random: fiber.getRef(Random.Random).nextDoubleUnsafe()
    })
    const stopped: RetryStopped | undefined = decision._tag === "Stop"
      ? outcome._tag === "OutOfTime" && outcome.limit === "deadline" ? "deadline" : decision.why
      : core.budget.take()
      ? undefined
      : "budget"
    if (decision._tag === "Stop" || stopped !== undefined) {
      return yield* fail(reasonOf(outcome, retryAfter), stopped, ambiguous ? "unknown" : "no", response)
    }
    yield* Effect.sleep(Duration.millis(decision.delayMillis))
    // Whatever was waited for, the credentials may have rotated meanwhile.
    authorization = undefined
  }
})

const currentFiber = Effect.withFiber((fiber: Fiber.Fiber<unknown, unknown>) => Effect.succeed(fiber))

const millisOf = (input: Duration.Input | undefined, fallback: number): number =>
  input === undefined ? fallback : Duration.toMillis(Duration.fromInputUnsafe(input))

const timeLimit = (attemptTimeout: number, timeLeft: number, deadlineMillis: number): TimeLimit =>
  timeLeft < attemptTimeout
    // Named by the whole deadline, which is what the caller knows; the timer runs for what is left of it.
    ? { limit: "deadline", millis: Math.max(0, timeLeft), names: deadlineMillis }
    : { limit: "attempt", millis: attemptTimeout, names: attemptTimeout }

const responseOf = (outcome: Outcome): ResponseInfo | undefined =>
  outcome._tag === "Answer" ? outcome : outcome._tag === "Lost" ? outcome.response : undefined

const redacted = ({ headers, status }: ResponseInfo): Redacted.Redacted<ResponseInfo> =>
  Redacted.make({ status, headers }, { label: "ResponseInfo" })
