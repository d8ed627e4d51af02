import type { Method } from "./method.ts"
import { startTimer } from "./timer.ts"
import type { Timer, TimerList } from "./timerList.ts"

/**
 * Begins to watch one attempt, for as long as a row allows nothing to move.
 *
 * @internal
 */
export type WatchIdle = (method: Method, timers: TimerList, onIdle: (millis: number) => void) => IdleWatch

/** @internal */
export const idleWatch = (millis: number): WatchIdle => (method, timers, onIdle) =>
  new IdleWatch(method, timers, millis, () => onIdle(millis))

/**
 * Calls back when nothing has been active for a while. It begins with the first sign of activity: what a transport does not
 * tell of, nobody can miss.
 *
 * One timer at a time, which is set anew when it ends too early, because activity is frequent and timers are dear.
 */
class IdleWatch {
  private readonly method: Method
  private readonly timers: TimerList
  private readonly millis: number
  private readonly onIdle: () => void
  private activeAt = 0
  private timer: Timer | undefined

  constructor(method: Method, timers: TimerList, millis: number, onIdle: () => void) {
    this.method = method
    this.timers = timers
    this.millis = millis
    this.onIdle = onIdle
  }

  readonly active = (): void => {
    this.activeAt = this.now()
    this.timer ??= this.start(this.millis)
  }

  cancel(): void {
    this.timer?.cancel()
  }

  private start(millis: number): Timer {
    return startTimer(this.method, this.timers, millis, () => {
      const left = this.activeAt + this.millis - this.now()
      if (left > 0) this.timer = this.start(left)
      else this.onIdle()
    })
  }

  private now(): number {
    return this.method.clock.currentTimeMillisUnsafe()
  }
}
