import type * as Clock4 from "effect-4/Clock"
import * as Duration4 from "effect-4/Duration"
import * as Effect4 from "effect-4/Effect"
import type * as Clock from "effect/Clock"
import * as Duration from "effect/Duration"
import { runEffect3 } from "./runEffect3.ts"

/**
 * The application's clock for the client, so that its `TestClock` drives retries, time limits and tokens.
 *
 * @internal
 */
export const clockOf = (clock: Clock.Clock): Clock4.Clock => {
  const currentTimeMillisUnsafe = () => clock.unsafeCurrentTimeMillis()
  const currentTimeNanosUnsafe = () => clock.unsafeCurrentTimeNanos()
  const currentTimeNanos = Effect4.sync(currentTimeNanosUnsafe)
  return {
    currentTimeMillisUnsafe,
    currentTimeMillis: Effect4.sync(currentTimeMillisUnsafe),
    currentTimeNanosUnsafe,
    currentTimeNanos,
    // Effect 3 has one clock for both.
    monotonicTimeNanosUnsafe: currentTimeNanosUnsafe,
    monotonicTimeNanos: currentTimeNanos,
    sleep: (duration) => runEffect3(clock.sleep(Duration.millis(Duration4.toMillis(duration))))
  }
}
