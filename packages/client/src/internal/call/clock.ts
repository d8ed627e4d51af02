import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import type * as Fiber from "effect/Fiber"

/** @internal */
export const liveClock: Clock.Clock = Context.get(Context.empty(), Clock.Clock)

/**
 * The clock of a fiber. Looked up like this because the default of a reference costs far more than a value that is there, and
 * every call asks.
 *
 * @internal
 */
export const clockOf = (fiber: Fiber.Fiber<unknown, unknown>): Clock.Clock =>
  Context.getOrUndefined(fiber.context, Clock.Clock) ?? liveClock
