/**
 * A clock on which a wait takes no time: each is noted, and the time goes on by it.
 *
 * A test clock would have to know when sockets are idle before it goes on. This one lets the waits of a call be measured over
 * real sockets, exactly, at once, and on a machine of any speed.
 */
import type * as Clock from "effect/Clock"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"

export interface NotingClock {
  readonly clock: Clock.Clock
  /** Milliseconds, in their order. */
  readonly waits: ReadonlyArray<number>
}

/** Waits of an hour or more are time limits, which pass only when `limit` says so; it knows how many have passed before. */
export const timeLimit = Duration.hours(1)

export const make = (limit: (passed: number) => Effect.Effect<void> = () => Effect.never): NotingClock => {
  const waits: Array<number> = []
  let now = 0
  let passed = 0
  const nanos = () => BigInt(Math.round(now * 1_000_000))
  const sleep = (duration: Duration.Duration): Effect.Effect<void> =>
    Effect.suspend(() => {
      const isLimit = Duration.isGreaterThanOrEqualTo(duration, timeLimit)
      return Effect.map(isLimit ? limit(passed) : Effect.void, () => {
        now += Duration.toMillis(duration)
        if (isLimit) passed++
        else waits.push(Duration.toMillis(duration))
      })
    })
  return {
    waits,
    clock: {
      currentTimeMillisUnsafe: () => now,
      currentTimeMillis: Effect.sync(() => now),
      currentTimeNanosUnsafe: nanos,
      currentTimeNanos: Effect.sync(nanos),
      monotonicTimeNanosUnsafe: nanos,
      monotonicTimeNanos: Effect.sync(nanos),
      sleep
    }
  }
}
