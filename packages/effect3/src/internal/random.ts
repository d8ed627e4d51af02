import type * as Random4 from "effect-4/Random"
import * as Cause from "effect/Cause"
import type * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import type * as Random from "effect/Random"
import * as Runtime from "effect/Runtime"
import { withoutFailing } from "./runEffect3.ts"

type RandomService = typeof Random.Random.Service

type RandomService4 = typeof Random4.Random.Service

/**
 * The application's randomness for the jitter of the client, so that a seed of its own makes the waits repeatable.
 *
 * @internal
 */
export const randomOf = (random: RandomService, runtime: Runtime.Runtime<never>): RandomService4 => {
  const runSync = Runtime.runSync(runtime)
  const drawn = (effect: Effect.Effect<number>): number =>
    Exit.getOrElse(runSync(withoutFailing(effect)), (cause) => {
      throw Cause.squash(cause)
    })
  return {
    nextDoubleUnsafe: () => drawn(random.next),
    nextIntUnsafe: () => drawn(random.nextInt)
  }
}
