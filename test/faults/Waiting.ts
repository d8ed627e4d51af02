/**
 * Waiting for what the platform does in its own time, and letting time pass.
 */
import type * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import { TestClock } from "effect/testing"

/** Lets the platform's sockets, streams and promises go on. */
export const turn: Effect.Effect<void> = Effect.callback((resume) => {
  const immediate = setImmediate(() => resume(Effect.void))
  return Effect.sync(() => clearImmediate(immediate))
})

/** Until it is so; a test that waits in vain ends with its own time limit. */
export const eventually = <E, R>(condition: Effect.Effect<boolean, E, R>): Effect.Effect<void, E, R> =>
  Effect.flatMap(condition, (holds) => holds ? Effect.void : Effect.andThen(turn, eventually(condition)))

/** The same, on the live clock, for what other processes do: they get the time that they need. */
export const patiently = <E, R>(condition: Effect.Effect<boolean, E, R>): Effect.Effect<void, E, R> =>
  Effect.flatMap(
    condition,
    (holds) => holds ? Effect.void : Effect.andThen(Effect.sleep("10 millis"), patiently(condition))
  )

/** Runs an effect to its end while the test clock goes on, step by step. */
export const throughTime =
  (step: Duration.Input) => <A, E, R>(effect: Effect.Effect<A, E, R>): Effect.Effect<A, E, R> =>
    Effect.gen(function*() {
      const fiber = yield* Effect.forkChild(effect)
      yield* turn
      while (fiber.pollUnsafe() === undefined) {
        yield* TestClock.adjust(step)
        yield* turn
      }
      return yield* Fiber.join(fiber)
    })
