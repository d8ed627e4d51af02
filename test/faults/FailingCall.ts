/**
 * One call of one operation that meets one failure, on a server in a known state.
 */
import type { Users } from "@sunco/client"
import { Emulator } from "@sunco/emulator"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as EmulatedUsers from "./EmulatedUsers.ts"
import type { Failure } from "./Failures.ts"
import * as NotingClock from "./NotingClock.ts"
import type { Operation } from "./RetryKinds.ts"
import { eventually } from "./Waiting.ts"

/** The failure hits the first request of the call, or all of them. */
export type Times = "once" | "always"

/** How the call ends, and the milliseconds of its waits, which take no time. */
export const run = Effect.fnUntraced(function*(
  users: Users["Service"],
  operation: Pick<Operation, "call">,
  failure: Failure,
  times: Times
) {
  const emulator = yield* Emulator
  yield* emulator.reset
  yield* times === "once" ? emulator.faults.next(failure.fault) : emulator.faults.add(failure.fault)
  const { clock, waits } = NotingClock.make((passed) =>
    failure.outlastsAttempt === true && (times === "always" || passed === 0)
      ? eventually(Effect.map(emulator.requests, (requests) => requests.length > passed))
      : Effect.never
  )
  const exit = yield* operation.call(users).pipe(
    EmulatedUsers.drawing(1),
    Effect.provideService(Clock.Clock, clock),
    Effect.exit
  )
  return { exit, waits }
})
