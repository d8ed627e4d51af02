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
import { attempt } from "./attempt.ts"
import { ending, isTransient } from "./classify.ts"
import type { Core } from "./core.ts"
import { decide } from "./decide.ts"
import { reasonOf, unexpected } from "./lift.ts"
import type { Plan } from "./plan.ts"
import { ResponseObserver } from "./responseObserver.ts"
import { retryAfterMillis } from "./retryAfter.ts"
import { withAttemptSpan } from "./spans.ts"
import type { Answer, Outcome, TimeLimit } from "./wire.ts"

/**
 * One call of an operation: attempts until one settles it, or until the policy or the deadline says stop.
 *
 * @internal
 */
export const call = <A, E>(
  core: Core,
  operation: string,
  plan: Plan<A, E>,
  options: CallOptions | undefined,
  span: Tracer.Span | undefined
): Effect.Effect<A, E | SunshineError> =>
  Effect.withFiber((fiber) => new Call(fiber, core, operation, plan, options, span).next())

/** The state of a call. A class rather than a generator because every call of every client goes through it. */
class Call<A, E> {
  private readonly fiber: Fiber.Fiber<unknown, unknown>
  private readonly core: Core
  private readonly operation: string
  private readonly span: Tracer.Span | undefined
  private readonly clock: Clock.Clock
  private readonly policy: RetryPolicy.RetryPolicy
  private readonly attemptTimeoutMillis: number
  private readonly deadlineMillis: number
  private readonly deadline: number

  private plan: Plan<A, E>
  /** Sent so far, look-ups and the attempt with a fresh token included. */
  private attempts = 0
  /** A write of this call may have been applied, and its answer is not known. */
  private ambiguous = false
  private renewed = false

  constructor(
    fiber: Fiber.Fiber<unknown, unknown>,
    core: Core,
    operation: string,
    plan: Plan<A, E>,
    options: CallOptions | undefined,
    span: Tracer.Span | undefined
  ) {
    this.fiber = fiber
    this.core = core
    this.operation = operation
    this.plan = plan
    this.span = span
    this.clock = fiber.getRef(Clock.Clock)
    this.policy = options?.retry === undefined ? core.policy : RetryPolicy.override(core.policy, options.retry)
    this.attemptTimeoutMillis = millisOf(options?.attemptTimeout, core.attemptTimeoutMillis)
    this.deadlineMillis = millisOf(options?.deadline, core.deadlineMillis)
    this.deadline = this.clock.currentTimeMillisUnsafe() + this.deadlineMillis
  }

  /** The next attempt, with the credentials of this moment: whatever was waited for, they may have rotated. */
  next(): Effect.Effect<A, E | SunshineError> {
    const { current } = this.core.credentials
    return Exit.isExit(current) && Exit.isSuccess(current)
      // A success already, as of a fixed key; the guard forgets of what.
      ? this.attempt(current.value as Authorization)
      : Effect.flatMap(this.inTime(current), (authorization) => this.attempt(authorization))
  }

  private attempt(authorization: Authorization): Effect.Effect<A, E | SunshineError> {
    const { core, span } = this
    const { request } = this.plan
    const headers = core.headers(authorization)
    const time = this.timeLimit()
    const resendCount = this.attempts++
    return Effect.flatMap(
      span === undefined
        ? attempt(core, request, headers, time, undefined)
        : withAttemptSpan(core, request, resendCount, span, (span) => attempt(core, request, headers, time, span)),
      (outcome) => this.ended(outcome, authorization)
    )
  }

  private ended(outcome: Outcome, authorization: Authorization): Effect.Effect<A, E | SunshineError> {
    if (outcome._tag === "Answer") {
      if (ending(outcome) === "answered") return this.answered(outcome)
      if (outcome.status === 401) return this.refused(outcome, authorization)
    } else if (outcome._tag === "Lost" && outcome.response?.status === 401) {
      return this.refused(outcome, authorization)
    }
    return this.repeat(outcome, false)
  }

  private answered(answer: Answer): Effect.Effect<A, E | SunshineError> {
    const settled = this.plan.settle(answer, this.ambiguous)
    switch (settled._tag) {
      case "Value": {
        this.core.budget.succeeded()
        this.fiber.getRef(ResponseObserver)?.({ status: answer.status, headers: answer.headers })
        return Effect.succeed(settled.value)
      }
      case "Failure":
        return Effect.fail(
          settled.make({ operation: this.operation, attempts: this.attempts, response: redacted(answer) })
        )
      case "Unreadable":
        return this.fail(unexpected(answer, "body"), "not-retryable", this.writes() ? "yes" : "no", answer)
      case "Unknown": {
        // A success of another status than the documented one: something was done.
        const applied = this.writes() && answer.status >= 200 && answer.status < 300 ? "yes" : this.appliedSoFar()
        return this.fail(reasonOf(answer, undefined), "not-retryable", applied, answer)
      }
      case "Continue": {
        this.plan = settled.plan
        return settled.when === "now" && this.attempts < this.policy.attempts ? this.next() : this.repeat(answer, true)
      }
    }
  }

  /** A token that was refused is renewed once; where there is no other, the refusal stands. */
  private refused(outcome: Outcome, authorization: Authorization): Effect.Effect<A, E | SunshineError> {
    if (this.renewed || this.attempts >= this.policy.attempts) return this.repeat(outcome, false)
    this.renewed = true
    return Effect.flatMap(
      this.inTime(this.core.credentials.renewed(authorization)),
      (fresh) => fresh === authorization ? this.repeat(outcome, false) : this.attempt(fresh)
    )
  }

  /**
   * Again after a while, or the end. `wanted` says that an answer asked for another request, so that the policy alone
   * decides.
   */
  private repeat(outcome: Outcome, wanted: boolean): Effect.Effect<A, E | SunshineError> {
    const ended = wanted ? "unapplied" : ending(outcome)
    if (ended === "ambiguous" && this.writes()) this.ambiguous = true
    const response = outcome._tag === "Answer" ? outcome : outcome._tag === "Lost" ? outcome.response : undefined
    const now = this.clock.currentTimeMillisUnsafe()
    const retryAfter = response === undefined ? undefined : retryAfterMillis(response, now)
    const decision = decide({
      policy: this.policy,
      ending: ended,
      transient: wanted || isTransient(outcome),
      repeatable: this.plan.repeatable,
      attempts: this.attempts,
      retryAfterMillis: retryAfter,
      timeLeftMillis: this.deadline - now,
      random: this.fiber.getRef(Random.Random).nextDoubleUnsafe()
    })
    if (decision._tag === "Repeat" && this.core.budget.take()) {
      return Effect.flatMap(Effect.sleep(Duration.millis(decision.delayMillis)), () => this.next())
    }
    const why = decision._tag === "Repeat"
      ? "budget"
      : outcome._tag === "OutOfTime" && outcome.limit === "deadline"
      ? "deadline"
      : decision.why
    return this.fail(reasonOf(outcome, retryAfter), why, this.appliedSoFar(), response)
  }

  /** Credentials that take time take it from the deadline; they are never part of an attempt. */
  private inTime(
    authorize: Effect.Effect<Authorization, CredentialsUnavailable>
  ): Effect.Effect<Authorization, SunshineError> {
    return authorize.pipe(
      Effect.catch((reason) => this.fail(reason, undefined, this.appliedSoFar(), undefined)),
      Effect.timeoutOrElse({
        duration: Duration.millis(this.timeLeft()),
        orElse: () => {
          const reason = new Timeout({ limit: "deadline", after: Duration.millis(this.deadlineMillis) })
          return this.fail(reason, "deadline", this.appliedSoFar(), undefined)
        }
      })
    )
  }

  private timeLeft(): number {
    return Math.max(0, this.deadline - this.clock.currentTimeMillisUnsafe())
  }

  private timeLimit(): TimeLimit {
    const left = this.timeLeft()
    return left < this.attemptTimeoutMillis
      ? { limit: "deadline", millis: left, names: this.deadlineMillis }
      : { limit: "attempt", millis: this.attemptTimeoutMillis, names: this.attemptTimeoutMillis }
  }

  private writes(): boolean {
    return this.plan.request.method !== "GET"
  }

  private appliedSoFar(): Applied {
    return this.ambiguous ? "unknown" : "no"
  }

  private fail(
    reason: SunshineErrorReason,
    retryStopped: RetryStopped | undefined,
    applied: Applied,
    response: ResponseInfo | undefined
  ): Effect.Effect<never, SunshineError> {
    return Effect.fail(
      new SunshineError({
        operation: this.operation,
        reason,
        attempts: this.attempts,
        ...(retryStopped === undefined ? undefined : { retryStopped }),
        applied,
        ...(response === undefined ? undefined : { response: redacted(response) })
      })
    )
  }
}

const millisOf = (input: Duration.Input | undefined, fallback: number): number =>
  input === undefined ? fallback : Duration.toMillis(Duration.fromInputUnsafe(input))

const redacted = ({ headers, status }: ResponseInfo): Redacted.Redacted<ResponseInfo> =>
  Redacted.make({ status, headers: { ...headers } }, { label: "ResponseInfo" })
