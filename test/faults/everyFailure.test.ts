/**
 * Every failure, once and always, over every transport, for an operation of every kind of row: a further operation is of one of these
 * kinds (see `RetryKinds.ts`) and adds nothing here.
 */
import { assert, describe, layer } from "@effect/vitest"
import { SunshineError, Users } from "@sunco/client"
import { Emulator } from "@sunco/emulator"
import * as Fault from "@sunco/emulator/Fault"
import * as Cause from "effect/Cause"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Layer from "effect/Layer"
import * as EmulatedUsers from "./EmulatedUsers.ts"
import * as FailingCall from "./FailingCall.ts"
import { type Failure, failures, maxResponseBytes } from "./Failures.ts"
import { ada, kinds, type Operation, seed } from "./RetryKinds.ts"
import { transports } from "./Transports.ts"

const attempts = 3

/** What the caller is told, and what the server has seen and done. */
const facts = Effect.fnUntraced(function*(operation: Operation, failure: Failure, times: FailingCall.Times) {
  const emulator = yield* Emulator
  const { exit, waits } = yield* FailingCall.run(yield* Users, operation, failure, times)
  const requests = yield* emulator.requests
  return {
    outcome: Exit.isSuccess(exit) ? "success" : told(Cause.squash(exit.cause), failure),
    requests: requests.length,
    applied: requests.filter(({ applied, operation: name }) => applied && name === operation.emulated).length,
    isDone: operation.isDone(yield* emulator.stored("Users")),
    waits
  }
})

const told = (error: unknown, { outlastsAttempt }: Failure) =>
  error instanceof SunshineError
    ? {
      reason: error.reason._tag,
      attempts: error.attempts,
      retryStopped: error.retryStopped,
      // Time passes when the server has the request, so whether a status line was seen by then is a race.
      applied: outlastsAttempt === true && error.applied === "yes" ? "unknown" : error.applied,
      retryAfter: "retryAfter" in error.reason && error.reason.retryAfter !== undefined
        ? Duration.toMillis(error.reason.retryAfter)
        : undefined
    }
    : error

/** What the tables of retries and errors say (README), written out by hand. */
const expected = (operation: Operation, failure: Failure, times: FailingCall.Times) => {
  const { carriedOut, ending, reason, retryAfter, saysApplied, tooLong } = failure
  const waits = [200 + (retryAfter ?? 0), 400 + (retryAfter ?? 0)]
  const timesCarriedOut = carriedOut ? 1 : 0
  const fails = (attempts: number, retryStopped: string, applied: string, timesApplied: number) => ({
    // Whether a read was applied is no question, and it is done at any time.
    outcome: { reason, attempts, retryStopped, applied: operation.writes ? applied : "no", retryAfter },
    requests: attempts,
    applied: timesApplied,
    isDone: !operation.writes || timesApplied > 0,
    waits: waits.slice(0, attempts - 1)
  })

  if (ending === "settled") return fails(1, "not-retryable", "no", 0)
  if (ending === "unreadable") return fails(1, "not-retryable", "yes", 1)
  const applied = ending !== "ambiguous" ? "no" : saysApplied === true ? "yes" : "unknown"
  if (ending === "ambiguous" && operation.afterAmbiguous === "stop") return fails(1, "unsafe", applied, timesCarriedOut)
  if (tooLong === true) return fails(1, "retry-after", applied, timesCarriedOut)
  if (times === "always") {
    return fails(attempts, "attempts", applied, timesCarriedOut * (operation.appliedAgain ? attempts : 1))
  }
  return {
    outcome: "success",
    requests: 2 + timesCarriedOut * operation.lookUps,
    applied: 1 + timesCarriedOut * (operation.appliedAgain ? 1 : 0),
    isDone: true,
    waits: waits.slice(0, 1)
  }
}

describe.each(transports)("over $name", ({ layer: transport }) => {
  const client = EmulatedUsers.layer({ maxResponseBytes, retry: { attempts, budget: "unlimited" } }).pipe(
    Layer.provide(transport),
    Layer.provideMerge(Emulator.layer(seed))
  )
  layer(client, { excludeTestServices: true })((it) => {
    it.effect.each(failures)(
      "an operation of every kind does what the tables say after $name",
      (failure) =>
        Effect.forEach(
          kinds,
          (operation) =>
            Effect.forEach(["once", "always"] as const, (times) =>
              Effect.map(facts(operation, failure, times), (actual) => {
                const name = `${operation.name}, ${times}`
                assert.deepStrictEqual<unknown>(actual, expected(operation, failure, times), name)
              }))
        )
    )

    it.effect("a connection that is closed after each answer fails no call that may be repeated", () =>
      Effect.gen(function*() {
        const emulator = yield* Emulator
        yield* emulator.reset
        yield* emulator.faults.add(Fault.closeAfterAnswer)
        const users = yield* Users
        for (let i = 0; i < 20; i++) {
          const { metadata } = yield* users.update(ada.id, { metadata: { i } }, { retry: { baseDelay: 0 } })
          assert.deepStrictEqual(metadata, { i })
        }
      }))
  })
})
