import * as Effect4 from "effect-4/Effect"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Runtime from "effect/Runtime"
import { CallerRuntime } from "./callerRuntime.ts"
import { exitToEffect4, fiberId } from "./cause.ts"

/**
 * An effect of the application inside one of the client: in a fiber of its own with what the caller has. Its interruption
 * ends when that fiber has ended.
 *
 * @internal
 */
export const runEffect3 = <A, E>(effect: Effect.Effect<A, E>): Effect4.Effect<A, E> =>
  Effect4.withFiber((caller) =>
    Effect4.callback((resume) => {
      // As a value: the failure of a fiber would be logged at debug level, and one of the transport names the whole URL.
      const fiber = Runtime.runFork(caller.getRef(CallerRuntime), Effect.exit(effect))
      fiber.addObserver((exit) => resume(exitToEffect4(Exit.flatten(exit))))
      return Effect4.callback<void>((done) => {
        fiber.addObserver(() => done(Effect4.void))
        fiber.unsafeInterruptAsFork(fiberId(caller.id))
      })
    })
  )
