import type * as Random4 from "effect-4/Random"
import type * as Random from "effect/Random"
import * as Runtime from "effect/Runtime"

type RandomService = typeof Random.Random.Service

type RandomService4 = typeof Random4.Random.Service

/**
 * The application's randomness for the jitter of the client, so that a seed of its own makes the waits repeatable.
 *
 * @internal
 */
export const randomOf = (random: RandomService, runtime: Runtime.Runtime<never>): RandomService4 => {
  const runSync = Runtime.runSync(runtime)
  return {
    nextDoubleUnsafe: () => runSync(random.next),
    nextIntUnsafe: () => runSync(random.nextInt)
  }
}
