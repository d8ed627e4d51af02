import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import type { CallOptions } from "../../CallOptions.ts"

/**
 * One deadline over all calls of a method that makes several: what is left of it is the next call's.
 *
 * @internal
 */
export const sharedDeadline = (
  options: CallOptions | undefined,
  deadlineMillis: number
): Effect.Effect<() => CallOptions> =>
  Effect.clockWith((clock) => {
    const total = options?.deadline === undefined
      ? deadlineMillis
      : Duration.toMillis(Duration.fromInputUnsafe(options.deadline))
    const end = clock.currentTimeMillisUnsafe() + total
    return Effect.succeed(() => ({
      ...options,
      deadline: Duration.millis(Math.max(0, end - clock.currentTimeMillisUnsafe()))
    }))
  })
