import * as Effect4 from "effect-4/Effect"
import type * as Exit4 from "effect-4/Exit"
import type * as Fiber4 from "effect-4/Fiber"
import * as Cause from "effect/Cause"
import * as Effect from "effect/Effect"
import type * as FiberId from "effect/FiberId"
import { callerContext } from "./callerContext.ts"
import { exitToEffect3 } from "./cause.ts"
import type { FromClient } from "./fromClient.ts"

/**
 * An effect of the client for the application: in a fiber of Effect 4 that lives no longer than the caller waits, with the
 * caller's clock, randomness, tracer and span.
 *
 * @internal
 */
export const runEffect4 = <A, E>(effect: Effect4.Effect<A, E>): Effect.Effect<A, FromClient<E>> =>
  // Nothing can interrupt between the start of the fiber and the watch over it.
  Effect.uninterruptibleMask((restore) =>
    Effect.withFiberRuntime((caller) => {
      const fiber = Effect4.runForkWith(callerContext(caller))(effect)
      const ended = fiber.pollUnsafe()
      if (ended !== undefined) return exitToEffect3(ended)
      const waiting = Effect.async<A, FromClient<E>>((resume) => {
        fiber.addObserver((exit) => resume(exitToEffect3(exit)))
      })
      return Effect.onInterrupt(restore(waiting), () => interrupt(fiber, caller.id()))
    })
  )

/** Ends when the fiber has ended. What it dies of meanwhile is the caller's to know. */
const interrupt = (fiber: Fiber4.Fiber<unknown, unknown>, by: FiberId.Runtime): Effect.Effect<void> =>
  Effect.async((done) => {
    fiber.addObserver((exit) => done(defectsOf(exit)))
    fiber.interruptUnsafe(by.id)
  })

const defectsOf = (exit: Exit4.Exit<unknown, unknown>): Effect.Effect<void> => {
  if (exit._tag === "Success") return Effect.void
  const [first, ...others] = exit.cause.reasons.flatMap((reason) =>
    reason._tag === "Die" ? [Cause.die(reason.defect)] : []
  )
  return first === undefined ? Effect.void : Effect.failCause(others.reduce(Cause.parallel, first))
}
