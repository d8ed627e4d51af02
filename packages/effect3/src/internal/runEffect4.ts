import * as Effect4 from "effect-4/Effect"
import type * as Exit4 from "effect-4/Exit"
import type * as Fiber4 from "effect-4/Fiber"
import * as Cause from "effect/Cause"
import * as Effect from "effect/Effect"
import type * as Fiber from "effect/Fiber"
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
  runEffect4In(() => effect)

/**
 * {@link runEffect4} of an effect that depends on what the caller has.
 *
 * @internal
 */
export const runEffect4In = <A, E>(
  effectIn: (caller: Fiber.RuntimeFiber<unknown, unknown>) => Effect4.Effect<A, E>
): Effect.Effect<A, FromClient<E>> =>
  // Nothing can interrupt between the start of the fiber and the watch over it.
  Effect.uninterruptibleMask((restore) =>
    Effect.withFiberRuntime((caller) => {
      const fiber = Effect4.runForkWith(callerContext(caller))(effectIn(caller))
      const ended = fiber.pollUnsafe()
      if (ended !== undefined) return exitToEffect3(ended)
      const waiting = Effect.async<A, FromClient<E>>((resume) => {
        fiber.addObserver((exit) => resume(exitToEffect3(exit)))
      })
      // No `onInterrupt`, which is another mask, and work where the call succeeds.
      return Effect.catchAllCause(
        restore(waiting),
        (cause) => Cause.isInterruptedOnly(cause) ? interrupt(fiber, caller.id(), cause) : Effect.failCause(cause)
      )
    })
  )

/** Ends when the fiber has ended. What it dies of meanwhile is the caller's to know. */
const interrupt = <E>(
  fiber: Fiber4.Fiber<unknown, unknown>,
  by: FiberId.Runtime,
  cause: Cause.Cause<E>
): Effect.Effect<never, E> =>
  Effect.async((done) => {
    fiber.addObserver((exit) => {
      const defects = defectsOf(exit)
      done(Effect.failCause(defects === undefined ? cause : Cause.sequential(cause, defects)))
    })
    fiber.interruptUnsafe(by.id)
  })

const defectsOf = (exit: Exit4.Exit<unknown, unknown>): Cause.Cause<never> | undefined => {
  if (exit._tag === "Success") return undefined
  const [first, ...others] = exit.cause.reasons.flatMap((reason) =>
    reason._tag === "Die" ? [Cause.die(reason.defect)] : []
  )
  return first && others.reduce(Cause.parallel, first)
}
