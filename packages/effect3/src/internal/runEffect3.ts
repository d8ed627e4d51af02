import * as Effect4 from "effect-4/Effect"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Runtime from "effect/Runtime"
import { CallerRuntime } from "./callerRuntime.ts"
import { exitToEffect4, fiberId } from "./cause.ts"

/**
 * An effect of the application inside one of the client: in a fiber of its own with what the caller has, or with some
 * of its FiberRefs updated. Its interruption ends when that fiber has ended.
 *
 * @internal
 */
export const runEffect3 = <A, E>(
  effect: Effect.Effect<A, E>,
  updateRefs?: Runtime.RunForkOptions["updateRefs"]
): Effect4.Effect<A, E> =>
  Effect4.withFiber((caller) =>
    Effect4.callback((resume) => {
      const fiber = Runtime.runFork(
        caller.getRef(CallerRuntime),
        withoutFailing(effect),
        updateRefs && { updateRefs }
      )
      // An interruption from elsewhere may come before the fiber's first step.
      fiber.addObserver((exit) => resume(exitToEffect4(Exit.flatten(exit))))
      return Effect4.callback<void>((done) => {
        fiber.addObserver(() => done(Effect4.void))
        fiber.unsafeInterruptAsFork(fiberId(caller.id))
      })
    })
  )

/**
 * Whatever becomes of an effect as a value. Effect 3 logs the failure of a fiber as one that nobody handled, observed or not,
 * and that of a transport names the URL, that of a token's effect what it likes.
 *
 * @internal
 */
export const withoutFailing = <A, E, R>(effect: Effect.Effect<A, E, R>): Effect.Effect<Exit.Exit<A, E>, never, R> =>
  // Without the mask, an interruption would end the fiber, and with it whatever dies meanwhile.
  Effect.uninterruptible(Effect.exit(Effect.interruptible(effect)))
