import * as Context from "effect/Context"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import type * as CircuitBreaker from "effect/persistence/CircuitBreaker"
import * as Random from "effect/Random"
import * as Redacted from "effect/Redacted"
import type { CallOptions } from "../../CallOptions.ts"
import type { Authorization } from "../../Credentials.ts"
import type { Admission, Limiter } from "../../Limiter.ts"
import type { ResponseInfo } from "../../ResponseInfo.ts"
import * as RetryPolicy from "../../RetryPolicy.ts"
import {
  type Applied,
  CircuitOpen,
  type CredentialsUnavailable,
  InvalidInput,
  type LimiterUnavailable,
  type RetryStopped,
  SunshineError,
  type SunshineErrorReason,
  Timeout
} from "../../SunshineError.ts"
import { attempt } from "./attempt.ts"
import { CallLog } from "../telemetry/callLog.ts"
import { ending, isTransient } from "./classify.ts"
import { anonymous, type Core } from "./core.ts"
import { isCut } from "../transport/cutBody.ts"
import { decide } from "./decide.ts"
import { reasonOf, unexpected } from "./lift.ts"
import { withoutFrames } from "../errors/outcome.ts"
import { startLog } from "../telemetry/log.ts"
import type { Method } from "./method.ts"
import { countRequest, countRetry, countWait } from "../telemetry/metrics.ts"
import type { Plan, Unfinished } from "./plan.ts"
import { tellPutAside } from "./putAside.ts"
import { ResponseObserver } from "./responseObserver.ts"
import { retryAfterMillis } from "./retryAfter.ts"
import { endingName, startAttemptSpan } from "../telemetry/spans.ts"
import type { Answer, Outcome, TimeLimit } from "../transport/wire.ts"

/**
 * One call of an operation: attempts until one settles it, or until the policy or the deadline says stop.
 *
 * @internal
 */
export const call = <A, E>(
  core: Core,
  method: Method,
  plan: Plan<A, E>,
  options: CallOptions | undefined
): Effect.Effect<A, E | SunshineError> => {
  const now = method.clock.currentTimeMillisUnsafe()
  method.log = startLog(method, core.listeners)
  const call = new Call(core, method, plan, options, now)
  const { log } = call
  return log === undefined
    ? call.next(now)
    : Effect.onInterrupt(call.next(now), () => Effect.sync(() => log.interrupted()))
}

/** The state of a call. A class rather than a generator because every call of every client goes through it. */
class Call<A, E> {
  private readonly core: Core
  private readonly method: Method
  private readonly policy: RetryPolicy.RetryPolicy
  private readonly attemptTimeoutMillis: number
  private readonly deadlineMillis: number
  private readonly startedAt: number
  private readonly deadline: number
  readonly log: CallLog | undefined

  private plan: Plan<A, E>
  /** Sent so far, look-ups and the attempt with a fresh token included. */
  private attempts = 0
  /** Of its writes so far whose answer was lost: `"yes"` where the status line of one was still there and said so. */
  private applied: Applied = "no"
  private renewed = false
  private authorization: SomeAuthorization | undefined
  private admission: Admission | undefined

  constructor(
    core: Core,
    method: Method,
    plan: Plan<A, E>,
    options: CallOptions | undefined,
    now: number
  ) {
    this.core = core
    this.method = method
    this.plan = plan
    this.policy = options?.retry === undefined ? core.policy : RetryPolicy.override(core.policy, options.retry)
    const { limits } = plan.request
    this.attemptTimeoutMillis = millisOf(
      options?.attemptTimeout,
      limits?.attemptMillis === "none" ? Infinity : limits?.attemptMillis ?? core.attemptTimeoutMillis
    )
    this.deadlineMillis = millisOf(options?.deadline, limits?.deadlineMillis ?? core.deadlineMillis)
    this.startedAt = now
    this.deadline = now + this.deadlineMillis
    this.log = method.log === undefined ? undefined : new CallLog(method, method.log)
  }

  /** The next attempt, with the credentials of this moment: whatever was waited for, they may have rotated. */
  next(now: number): Effect.Effect<A, E | SunshineError> {
    const { authorization, limiter } = this.core
    if (limiter !== undefined) return this.send(undefined, now)
    return this.send(this.sendsCredentials() ? authorization(now) : anonymous, now)
  }

  private sendsCredentials(): boolean {
    return this.plan.request.auth !== "none"
  }

  private send(authorization: SomeAuthorization | undefined, now: number): Effect.Effect<A, E | SunshineError> {
    const { circuit } = this.core
    if (circuit === undefined) return this.authorized(authorization, now, (outcome) => this.ended(outcome))
    // A breaker that is open makes no attempt, so none may be counted before it is asked.
    const attempt = Effect.suspend(() => this.authorized(authorization, this.now(), Effect.succeed))
    return Effect.flatMap(this.throughCircuit(circuit, attempt), (outcome) => this.ended(outcome))
  }

  /** At once with what is at hand, or after what must be waited for. */
  private authorized<B, E2>(
    authorization: SomeAuthorization | undefined,
    now: number,
    then: (outcome: Outcome) => Effect.Effect<B, E2>
  ): Effect.Effect<B, E2 | SunshineError> {
    const { credentials, limiter } = this.core
    if (limiter === undefined && authorization !== undefined) return this.attempt(authorization, now, then)
    const authorize: Effect.Effect<SomeAuthorization, CredentialsUnavailable> = authorization !== undefined
      ? Effect.succeed(authorization)
      : this.sendsCredentials()
      ? credentials.current
      : Effect.succeed(anonymous)
    return Effect.flatMap(
      this.prepared(limiter, authorize),
      (authorization) => this.attempt(authorization, this.now(), then)
    )
  }

  /** What an attempt waits for takes its time from the deadline: the limiter, then credentials that are still good. */
  private prepared(
    limiter: Limiter | undefined,
    authorize: Effect.Effect<SomeAuthorization, CredentialsUnavailable>
  ): Effect.Effect<SomeAuthorization, SunshineError> {
    if (limiter === undefined) return this.inTime(authorize)
    const from = this.now()
    const admitted = Effect.map(limiter.admit(this.core.appKey), (admission) => {
      this.admission = admission
      const waited = this.now() - from
      this.countWait("limiter", waited)
      if (waited > 0) this.log?.waited(waited, "limiter")
    })
    return this.inTime(Effect.andThen(admitted, authorize))
  }

  private attempt<B, E2>(
    authorization: SomeAuthorization,
    now: number,
    then: (outcome: Outcome) => Effect.Effect<B, E2>
  ): Effect.Effect<B, E2 | SunshineError> {
    const { core, method } = this
    const { request } = this.plan
    const time = this.timeLimit(now)
    // Sent without any time left, it could only become a write of which nobody knows.
    if (time.millis <= 0) return this.outOfTime()
    if (request.auth === "bearer" && !isBearer(authorization)) {
      const issues = [{ path: ["credentials"], expected: "a bearer token" }]
      return this.fail(new InvalidInput({ issues }))
    }
    const span = startAttemptSpan(method, core, request, this.attempts)
    this.attempts++
    method.sent++
    this.log?.sent(request, now)
    this.authorization = authorization
    return attempt(core, method, { request, headers: core.headers(authorization), time, span }, then)
  }

  private throughCircuit(
    circuit: CircuitBreaker.CircuitBreaker,
    attempt: Effect.Effect<Outcome, SunshineError>
  ): Effect.Effect<Outcome, SunshineError> {
    return circuit.execute(attempt, {
      key: this.core.appKey,
      classify: (exit) => Exit.isSuccess(exit) ? circuitOutcome(exit.value, this.now()) : ignored
    }).pipe(
      Effect.catchTag("CircuitBreakerError", ({ reason }) => {
        const retryAfter = reason._tag === "CircuitOpen" ? reason.retryAfter : Duration.zero
        return this.fail(new CircuitOpen({ retryAfter }), "circuit")
      })
    )
  }

  private ended(outcome: Outcome): Effect.Effect<A, E | SunshineError> {
    this.log?.ended(outcome)
    countRequest(this.method.fiber, this.method.operation, endingName(outcome), 1)
    // Tries that the transport made by itself end unseen.
    if (outcome.sent === "again") this.mayBeApplied(undefined)
    if (responseOf(outcome)?.status === 401) return this.refused(outcome)
    return outcome._tag === "Answer" && ending(outcome) === "answered"
      ? this.answered(outcome)
      : this.repeat(outcome)
  }

  private answered(answer: Answer): Effect.Effect<A, E | SunshineError> {
    if (answer.status >= 300 && isCut(answer)) return this.cut(answer)
    const settled = this.plan.settle(answer, this.applied !== "no" && this.applied)
    switch (settled._tag) {
      case "Value": {
        this.core.budget.succeeded()
        this.log?.succeeded()
        if (settled.putAside.length > 0) tellPutAside(this.method, settled.putAside)
        Context.getOrUndefined(this.method.fiber.context, ResponseObserver)?.({
          status: answer.status,
          headers: answer.headers
        })
        return Effect.succeed(settled.value)
      }
      case "Failure": {
        const { operation, sent } = this.method
        const response = redacted(answer)
        const failure = withoutFrames(() => settled.make({ operation, attempts: sent, response }))
        this.log?.failed(failure)
        return Effect.fail(failure)
      }
      case "Unreadable":
        if (isCut(answer)) return this.cut(answer)
        return this.fail(
          unexpected(answer, "body", settled.path),
          "not-retryable",
          answer,
          this.writes() ? "yes" : this.applied
        )
      case "Unknown": {
        // A success of another status than the documented one: something was done.
        const applied = this.writes() && isSuccess(answer) ? "yes" : this.applied
        return this.fail(reasonOf(answer, undefined, this.core.server), "not-retryable", answer, applied)
      }
      case "Continue": {
        this.plan = settled.plan
        if (settled.when === "later" || this.attempts >= this.policy.attempts || this.timeLeft() <= 0) {
          return this.repeat(answer, settled.unfinished)
        }
        this.log?.continued(settled.plan.request)
        return this.next(this.now())
      }
    }
  }

  private cut(answer: Answer): Effect.Effect<A, E | SunshineError> {
    const { headers, sent, status } = answer
    return this.repeat({
      _tag: "Lost",
      cause: new Error("the body ends amid its JSON"),
      sent,
      response: { status, headers }
    })
  }

  /** Of an attempt that may have been applied, or of one whose answer had at least its status line. */
  private mayBeApplied(response: ResponseInfo | undefined): void {
    if (!this.writes()) return
    if (response !== undefined && isSuccess(response)) this.applied = "yes"
    else if (this.applied === "no") this.applied = "unknown"
  }

  /** A token that was refused is renewed once; where there is no other, the refusal stands. */
  private refused(outcome: Outcome): Effect.Effect<A, E | SunshineError> {
    const { authorization } = this
    if (authorization === undefined || authorization === anonymous || this.renewed) return this.repeat(outcome)
    this.renewed = true
    const renewing = this.inTime(this.core.credentials.renewed(authorization))
    // Not for this call any more, but for the next one.
    if (this.attempts >= this.policy.attempts) {
      return Effect.flatMap(Effect.catch(renewing, () => Effect.void), () => this.repeat(outcome))
    }
    return Effect.flatMap(
      renewing,
      (fresh) => {
        if (fresh === authorization) return this.repeat(outcome)
        this.log?.renewed()
        return this.send(fresh, this.now())
      }
    )
  }

  /**
   * Again after a while, or the end. `unfinished` says that an answer asked for another request, so that the policy alone
   * decides, and what the call leaves open where there is none.
   */
  private repeat(outcome: Outcome, unfinished?: Unfinished): Effect.Effect<A, E | SunshineError> {
    const ended = unfinished === undefined ? ending(outcome) : "unapplied"
    if (ended === "ambiguous") this.mayBeApplied(responseOf(outcome))
    const response = responseOf(outcome)
    const now = this.now()
    const retryAfter = response === undefined ? undefined : retryAfterMillis(response, now)
    const decision = decide({
      policy: this.policy,
      ending: ended,
      transient: unfinished !== undefined || isTransient(outcome),
      repeatableMillis: this.repeatableMillis(now),
      attempts: this.attempts,
      retryAfterMillis: retryAfter,
      timeLeftMillis: this.deadline - now,
      random: this.method.fiber.getRef(Random.Random).nextDoubleUnsafe()
    })
    if (decision._tag === "Repeat" && this.core.budget.take()) {
      if (ended === "ambiguous" && this.plan.lookUp !== undefined) this.plan = this.plan.lookUp
      countRetry(this.method.fiber, this.method.operation, endingName(outcome), 1)
      const waitFor = retryAfter === undefined ? "back-off" : "retry-after"
      this.countWait(waitFor, decision.delayMillis)
      this.log?.repeated(decision.delayMillis, waitFor)
      const again = Effect.flatMap(Effect.sleep(Duration.millis(decision.delayMillis)), () => this.next(this.now()))
      return response?.status === 429 ? Effect.andThen(this.slowDown(retryAfter), again) : again
    }
    const why = decision._tag === "Repeat"
      ? "budget"
      : outcome._tag === "OutOfTime" && outcome.limit === "deadline"
      ? "deadline"
      : decision.why
    const reason = unfinished !== undefined && outcome._tag === "Answer"
      ? unexpected(outcome, unfinished, undefined)
      : reasonOf(outcome, retryAfter, this.core.server)
    const failed = this.fail(reason, why, response)
    return response?.status === 429 ? Effect.andThen(this.slowDown(retryAfter), failed) : failed
  }

  /** Tells everybody who shares the limiter of a 429. That it cannot be told in time is no reason to fail. */
  private slowDown(retryAfterMillis: number | undefined): Effect.Effect<void> {
    const { admission, core, policy } = this
    if (core.limiter === undefined || admission === undefined) return Effect.void
    const wanted = retryAfterMillis ?? Duration.toMillis(policy.baseDelay)
    const retryAfter = Duration.millis(Math.min(wanted, Duration.toMillis(policy.maxRetryAfter)))
    return Effect.timeoutOrElse(
      // Not `ignore`, which can log, and whose loggers would weigh on every bundle.
      Effect.catch(core.limiter.slowDown(core.appKey, admission, retryAfter), () => Effect.void),
      { duration: Duration.millis(this.timeLeft()), orElse: () => Effect.void }
    )
  }

  private countWait(forWhat: "limiter" | "back-off" | "retry-after", millis: number): void {
    if (millis > 0) countWait(this.method.fiber, this.method.operation, forWhat, millis)
  }

  /** What is waited for outside attempts: it fails as a call, and the deadline holds for it too. */
  private inTime<B>(
    waited: Effect.Effect<B, CredentialsUnavailable | LimiterUnavailable>
  ): Effect.Effect<B, SunshineError> {
    return waited.pipe(
      Effect.catch((reason) => this.fail(reason)),
      Effect.timeoutOrElse({
        duration: Duration.millis(this.timeLeft()),
        orElse: () => this.outOfTime()
      })
    )
  }

  private outOfTime(): Effect.Effect<never, SunshineError> {
    const reason = new Timeout({ limit: "deadline", after: Duration.millis(this.deadlineMillis) })
    return this.fail(reason, "deadline")
  }

  private repeatableMillis(now: number): number {
    const { repeatable } = this.plan
    if (typeof repeatable === "boolean") return repeatable ? Infinity : 0
    return this.startedAt + repeatable.withinMillis - now
  }

  private now(): number {
    return this.method.clock.currentTimeMillisUnsafe()
  }

  private timeLeft(): number {
    return Math.max(0, this.deadline - this.now())
  }

  private timeLimit(now: number): TimeLimit {
    const left = this.deadline - now
    return left < this.attemptTimeoutMillis
      ? { limit: "deadline", millis: left, names: this.deadlineMillis }
      : { limit: "attempt", millis: this.attemptTimeoutMillis, names: this.attemptTimeoutMillis }
  }

  private writes(): boolean {
    return this.plan.request.method !== "GET"
  }

  private fail(
    reason: SunshineErrorReason,
    retryStopped?: RetryStopped,
    response?: ResponseInfo,
    applied = this.applied
  ): Effect.Effect<never, SunshineError> {
    this.log?.stopped(reason, retryStopped, applied)
    return Effect.fail(
      new SunshineError({
        operation: this.method.operation,
        reason,
        attempts: this.method.sent,
        ...(retryStopped === undefined ? undefined : { retryStopped }),
        applied,
        ...(response === undefined ? undefined : { response: redacted(response) })
      })
    )
  }
}

type SomeAuthorization = Authorization | typeof anonymous

const isBearer = (authorization: SomeAuthorization): boolean =>
  authorization !== anonymous && /^bearer /i.test(Redacted.value(authorization.header))

/** A vendor that answers at all is up, whatever it answers but for its own failures. */
const circuitOutcome = (outcome: Outcome, now: number): CircuitBreaker.Outcome => {
  const ended = ending(outcome)
  const response = responseOf(outcome)
  if (ended === "ambiguous" || response === undefined) {
    const retryAfter = response === undefined ? undefined : retryAfterMillis(response, now)
    return { _tag: "Failure", retryAfter: retryAfter === undefined ? undefined : Duration.millis(retryAfter) }
  }
  return ended === "answered" ? { _tag: "Success" } : ignored
}

// Not Effect's constant, whose module would weigh on every bundle.
const ignored: CircuitBreaker.Outcome = { _tag: "Ignored" }

const millisOf = (input: Duration.Input | undefined, fallback: number): number =>
  input === undefined ? fallback : Duration.toMillis(Duration.fromInputUnsafe(input))

const responseOf = (outcome: Outcome): ResponseInfo | undefined =>
  outcome._tag === "Answer" ? outcome : outcome.response

const isSuccess = ({ status }: ResponseInfo): boolean => status >= 200 && status < 300

const redacted = ({ headers, status }: ResponseInfo): Redacted.Redacted<ResponseInfo> =>
  Redacted.make({ status, headers: { ...headers } }, { label: "ResponseInfo" })
