import * as Clock from "effect/Clock"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import type * as RateLimiter from "effect/persistence/RateLimiter"
import { Stopped } from "./rowCalls.ts"
import type { Run, Watched } from "./run.ts"

const unavailableMillis = 1000

/**
 * Waits until a request of a chunk may be sent. Nothing is between this and the request but the client's own work, so that a
 * worker which stood still meanwhile sends nothing of a chunk that may be another's.
 *
 * @internal
 */
export const turnOf = (
  run: Run,
  appId: string,
  limiter: Option.Option<RateLimiter.RateLimiter>,
  workers: () => number
): Effect.Effect<void, Stopped> => {
  const { perSecond } = run.watched.options
  const clear: Effect.Effect<void, Stopped> = Clock.clockWith((clock) => {
    if (!run.mayGoOn(clock)) return Effect.fail(new Stopped())
    const slow = run.watched.slowUntil - clock.currentTimeMillisUnsafe()
    return slow <= 0 ? Effect.void : Effect.andThen(run.wait(slow), clear)
  })
  if (perSecond === undefined) return clear
  const paced = Option.isSome(limiter)
    ? sharedTurn(run, appId, limiter.value, perSecond)
    : Clock.clockWith((clock) => {
      const now = clock.currentTimeMillisUnsafe()
      const wait = ownTurn(run.watched, perSecond / workers(), now) - now
      return wait <= 0 ? Effect.void : run.wait(wait)
    })
  return clear.pipe(Effect.andThen(paced), Effect.andThen(clear))
}

/** When the next request may be sent: one after the other, evenly. */
const ownTurn = (watched: Watched, perSecond: number, now: number): number => {
  const at = Math.max(now, watched.nextAt)
  watched.nextAt = at + 1000 / perSecond
  return at
}

/** The rate of the job, whoever works on it. A limiter that cannot be asked is asked again: no row fails for it. */
const sharedTurn = (
  run: Run,
  appId: string,
  limiter: RateLimiter.RateLimiter,
  perSecond: number
): Effect.Effect<void, Stopped> => {
  const limit = Math.max(1, Math.floor(perSecond))
  return limiter.consume({
    key: `sunco-bulk:${appId}:${run.watched.id}`,
    limit,
    window: Duration.seconds(limit / perSecond),
    algorithm: "token-bucket",
    onExceeded: "delay"
  }).pipe(
    Effect.timeout("5 seconds"),
    Effect.matchEffect({
      onFailure: () => Effect.andThen(run.wait(unavailableMillis), sharedTurn(run, appId, limiter, perSecond)),
      onSuccess: ({ delay }) => Duration.isZero(delay) ? Effect.void : run.wait(Duration.toMillis(delay))
    })
  )
}
