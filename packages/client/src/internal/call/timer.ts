import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import { liveClock } from "./clock.ts"
import type { Method } from "./method.ts"
import type { Timer, TimerList } from "./timerList.ts"

/** `setTimeout` takes no more, and fires at once instead. */
const longest = 2 ** 31 - 1

/**
 * Calls back after a time that the fiber's clock measures.
 *
 * `Effect.timeout` costs a fiber and a race per use; this costs one timer. A clock other than the live one (`TestClock`) is
 * slept on, so that virtual time works.
 *
 * @internal
 */
export const startTimer = (
  { clock, fiber }: Method,
  list: TimerList,
  millis: number,
  onTime: () => void
): Timer => {
  if (millis > longest) return { cancel: () => {} }
  if (clock === liveClock) {
    if (millis === list.millis) return list.start(onTime)
    const timer = setTimeout(onTime, millis)
    return { cancel: () => clearTimeout(timer) }
  }
  return {
    cancel: Effect.runCallbackWith(fiber.context)(clock.sleep(Duration.millis(millis)), {
      onExit: (exit) => {
        if (Exit.isSuccess(exit)) onTime()
      }
    })
  }
}
