import * as Clock from "effect/Clock"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import type * as Fiber from "effect/Fiber"

/** `setTimeout` takes no more, and fires at once instead. */
const longest = 2 ** 31 - 1

/**
 * Calls back after a time that the fiber's clock measures, and gives what cancels it.
 *
 * `Effect.timeout` costs a fiber and a race per use; this costs one timer. A clock other than the live one (`TestClock`) is
 * slept on, so that virtual time works.
 *
 * @internal
 */
export const startTimer = (fiber: Fiber.Fiber<unknown, unknown>, millis: number, onTime: () => void): () => void => {
  if (millis > longest) return () => {}
  // The live clock is a default: the context has an entry only where somebody put another one.
  if (!fiber.context.mapUnsafe.has(Clock.Clock.key)) {
    const timer = setTimeout(onTime, millis)
    return () => clearTimeout(timer)
  }
  return Effect.runCallbackWith(fiber.context)(fiber.getRef(Clock.Clock).sleep(Duration.millis(millis)), {
    onExit: (exit) => {
      if (Exit.isSuccess(exit)) onTime()
    }
  })
}
