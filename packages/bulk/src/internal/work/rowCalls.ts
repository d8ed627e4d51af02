/**
 * The calls of one row. Each request waits for its turn, and before each the worker knows that it still has the chunk: the client
 * itself repeats nothing.
 */
import type { CallOptions } from "@sunco/client/CallOptions"
import type { SunshineError } from "@sunco/client/SunshineError"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Random from "effect/Random"
import type { BlockReason } from "../../BulkError.ts"
import type { Outcome, OutcomeName } from "../../Outcome.ts"

/** The row was not begun, or is not to go on: it is left for another round. */
export class Stopped {
  readonly _tag = "Stopped"
}

const stopped = Effect.fail(new Stopped())

/** No more calls: they failed for good, or as often as they may in one round. */
export class GaveUp {
  readonly _tag = "GaveUp"
  readonly reason: string
  readonly isTransient: boolean
  constructor(reason: string, isTransient: boolean) {
    this.reason = reason
    this.isTransient = isTransient
  }
}

/** What became of a row in this round. */
export interface Ended {
  readonly outcome: OutcomeName
  readonly reason?: string | undefined
  /** It may be done better in another round. */
  readonly isTransient?: boolean | undefined
}

/** What a row asks of the worker. */
export interface Turns {
  /** Waits until a request may be sent; fails where the chunk is not this worker's any more, or the job has stopped. */
  readonly turn: Effect.Effect<void, Stopped>
  /** Waits, but not longer than the chunk is worked on. */
  readonly wait: (millis: number) => Effect.Effect<void, Stopped>
  /** The vendor said 429: nobody sends anything for a while. */
  readonly slowDown: (retryAfterMillis: number | undefined) => Effect.Effect<void>
  /** Nothing of the job can be done until somebody has seen to it. */
  readonly block: (reason: BlockReason) => Effect.Effect<void>
}

/** Requests of one call, waits for a turn apart. */
const triesAtMost = 4

/** A token is renewed by the client at a refusal, for the next call. */
const refusalsAtMost = 2

/** Of the waits between them, as the client has them: drawn evenly from zero to twice as much each time. */
const baseMillis = 200
const longestMillis = 8000

const unavailableMillis = 1000

/** A limiter of the client may let a call wait for so long; what was not sent then waits again. */
const callOptions: CallOptions = { retry: "never", deadline: Duration.minutes(10) }

/** @internal */
export class RowCalls {
  /** Requests that were sent, of earlier rounds too. */
  attempts: number
  /** Whether one of them may have written something. */
  applied: Outcome["applied"]
  /** A request is under way: whoever stops here knows nothing of it. */
  private isPending = false
  private readonly turns: Turns
  /** An attempt of which nobody knows whether it was applied is not repeated. */
  private readonly strict: boolean

  constructor(
    turns: Turns,
    sent: { readonly attempts: number; readonly applied: Outcome["applied"] },
    strict: boolean
  ) {
    this.attempts = sent.attempts
    this.applied = sent.applied
    this.turns = turns
    this.strict = strict
  }

  /** Requests of one call until one settles it. */
  send<A, E extends { readonly attempts: number }>(
    call: (options: CallOptions) => Effect.Effect<A, E | SunshineError>
  ): Effect.Effect<A, Exclude<E, SunshineError> | GaveUp | Stopped> {
    let tries = 0
    let refusals = 0
    const again = (): Effect.Effect<A, Exclude<E, SunshineError> | GaveUp | Stopped> =>
      Effect.flatMap(this.turns.turn, () => {
        this.isPending = true
        return Effect.matchEffect(call(callOptions), { onSuccess: succeeded, onFailure: failed })
      })
    const succeeded = (value: A): Effect.Effect<A> => {
      this.isPending = false
      this.attempts++
      return Effect.succeed(value)
    }
    const failed = (error: E | SunshineError): Effect.Effect<A, Exclude<E, SunshineError> | GaveUp | Stopped> => {
      this.isPending = false
      this.attempts += error.attempts
      if (!isSunshineError(error)) return Effect.fail(error as Exclude<E, SunshineError>)
      if (error.applied !== "no" && this.applied !== "yes") this.applied = error.applied
      const { reason } = error
      switch (reason._tag) {
        // None of these is the row's doing, and nothing was done: it waits, however long.
        case "RateLimited": {
          const { retryAfter } = reason
          const millis = retryAfter === undefined ? undefined : Duration.toMillis(retryAfter)
          return Effect.flatMap(this.turns.slowDown(millis), again)
        }
        case "CircuitOpen":
          return Effect.flatMap(this.turns.wait(Math.max(100, Duration.toMillis(reason.retryAfter))), again)
        case "LimiterUnavailable":
          return Effect.flatMap(this.turns.wait(unavailableMillis), again)
        case "Unauthorized":
          return ++refusals >= refusalsAtMost ? this.blocked("Unauthorized") : again()
        case "AppNotFound":
          return this.blocked("AppNotFound")
        case "Forbidden":
          // A firewall may have something against this row alone.
          return reason.snippet === undefined ? this.blocked("Forbidden") : giveUp("Forbidden", false)
        case "CredentialsUnavailable":
          return ++refusals >= triesAtMost ? this.blocked("CredentialsUnavailable") : this.afterWhile(refusals, again)
        case "Timeout":
          if (error.attempts === 0) return again()
      }
      if (!isWorthAnother(error)) return giveUp(reason._tag, false)
      if (this.strict && error.applied !== "no") return giveUp(reason._tag, false)
      if (++tries >= triesAtMost) return giveUp(reason._tag, true)
      return this.afterWhile(tries, again)
    }
    return again()
  }

  /** What was sent for it so far, where it has no end yet. */
  get sent(): { readonly attempts: number; readonly applied: Outcome["applied"] } {
    const { applied, attempts } = this
    return this.isPending
      ? { attempts: attempts + 1, applied: applied === "yes" ? "yes" : "unknown" }
      : { attempts, applied }
  }

  /** What a row that gave up is: `unknown` where one of its requests may have done something. */
  ended(gaveUp: GaveUp): Ended {
    const { isTransient, reason } = gaveUp
    // Of such a row nothing can have been sent at any time.
    if (reason === "InvalidInput") return { outcome: "refused", reason }
    return { outcome: this.applied === "no" ? "failed" : "unknown", reason, isTransient }
  }

  private blocked(reason: BlockReason): Effect.Effect<never, Stopped> {
    return Effect.andThen(this.turns.block(reason), stopped)
  }

  private afterWhile<A, E>(tries: number, next: () => Effect.Effect<A, E>): Effect.Effect<A, E | Stopped> {
    const most = Math.min(longestMillis, baseMillis * 2 ** (tries - 1))
    return Effect.flatMap(Effect.flatMap(Random.next, (random) => this.turns.wait(random * most)), next)
  }
}

const giveUp = (reason: string, isTransient: boolean) => Effect.fail(new GaveUp(reason, isTransient))

const isSunshineError = (error: unknown): error is SunshineError =>
  (error as { readonly _tag?: unknown })._tag === "SunshineError"

/** A whole answer that could not be read says that something was done: the same request tells whether it was this. */
const isWorthAnother = ({ applied, isRetryable, reason }: SunshineError): boolean =>
  isRetryable || (reason._tag === "UnexpectedResponse" && applied !== "no")
