import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import type { Authorization, Credentials } from "../../Credentials.ts"
import type { CredentialsUnavailable } from "../../SunshineError.ts"
import { AtHand } from "./authorizationAtHand.ts"

interface Minted {
  readonly authorization: Authorization
  readonly timeToLive: Duration.Duration
}

/**
 * One mint for everybody who waits, however many: `Effect.cachedInvalidateWithTTL` joins callers to the run in flight, and
 * only the first caller whose authorization was refused throws the cached one away.
 *
 * @internal
 */
export const make = (
  mint: Effect.Effect<Minted, CredentialsUnavailable>
): Effect.Effect<Credentials["Service"]> =>
  Effect.gen(function*() {
    let latest: Authorization | undefined
    let goodUntil = 0
    const [cached, invalidate] = yield* Effect.cachedInvalidateWithTTL(
      Effect.flatMap(mint, (minted) =>
        Effect.clockWith((clock) => {
          latest = minted.authorization
          goodUntil = clock.currentTimeMillisUnsafe() + Duration.toMillis(minted.timeToLive)
          return Effect.succeed(minted)
        })),
      (exit: Exit.Exit<Minted, CredentialsUnavailable>) => Exit.isSuccess(exit) ? exit.value.timeToLive : 0
    )
    const current = Effect.map(cached, ({ authorization }) => authorization)
    return {
      [AtHand]: (now: number) => now < goodUntil ? latest : undefined,
      current,
      renewed: (refused) =>
        Effect.suspend(() => {
          if (latest !== refused) return current
          latest = undefined
          return Effect.andThen(invalidate, current)
        })
    }
  })
