/**
 * Calls back when its time is up, unless it is cancelled before.
 *
 * @internal
 */
export interface Timer {
  readonly cancel: () => void
}

/**
 * Timers of one length. They end in the order in which they started, so one timer of the platform serves them all: one for
 * each would be a tenth of what a call costs.
 *
 * @internal
 */
export class TimerList {
  readonly millis: number
  private first: ListedTimer | undefined
  private last: ListedTimer | undefined
  private platformTimer: ReturnType<typeof setTimeout> | undefined

  constructor(millis: number) {
    this.millis = millis
  }

  start(onTime: () => void): Timer {
    const timer = new ListedTimer(this, onTime, performance.now() + this.millis, this.last)
    if (this.last === undefined) this.first = timer
    else this.last.next = timer
    this.last = timer
    this.platformTimer ??= setTimeout(this.expire, this.millis)
    return timer
  }

  remove({ next, previous }: ListedTimer): void {
    if (previous === undefined) this.first = next
    else previous.next = next
    if (next === undefined) this.last = previous
    else next.previous = previous
    if (this.first !== undefined) return
    clearTimeout(this.platformTimer)
    this.platformTimer = undefined
  }

  private readonly expire = (): void => {
    const now = performance.now()
    const ended: Array<ListedTimer> = []
    while (this.first !== undefined && this.first.endsAt <= now) {
      ended.push(this.first)
      this.first.cancel()
    }
    this.platformTimer = this.first && setTimeout(this.expire, this.first.endsAt - now)
    for (const { onTime } of ended) onTime()
  }
}

class ListedTimer implements Timer {
  readonly onTime: () => void
  readonly endsAt: number
  previous: ListedTimer | undefined
  next: ListedTimer | undefined
  private list: TimerList | undefined

  constructor(list: TimerList, onTime: () => void, endsAt: number, previous: ListedTimer | undefined) {
    this.list = list
    this.onTime = onTime
    this.endsAt = endsAt
    this.previous = previous
  }

  cancel(): void {
    this.list?.remove(this)
    // Nothing is held on to: one that has grown old would keep all that came after it.
    this.list = this.previous = this.next = undefined
  }
}
