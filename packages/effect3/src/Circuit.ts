/**
 * A circuit breaker: after too many failures in a row, calls fail at once for a while instead of waiting for a vendor that is
 * down.
 *
 * @since 0.1.0
 */
import * as Context from "effect/Context"
import type * as Duration from "effect/Duration"
import * as Layer from "effect/Layer"
import { inMemory } from "./internal/circuit.ts"

/**
 * When it opens, and for how long.
 *
 * @category models
 * @since 0.1.0
 */
export interface Options {
  /** Attempts in a row that got no answer, a 408 or a 5xx; 10 when absent. */
  readonly failures?: number | undefined
  /** After that one call may try; 10 seconds when absent. A longer `Retry-After` prolongs it, up to an hour. */
  readonly openDuration?: Duration.DurationInput | undefined
}

/**
 * The breaker of the clients that are built where it is provided; none by default. Only the layer of this module makes one.
 *
 * @category references
 * @since 0.1.0
 */
export class Circuit extends Context.Reference<Circuit>()("@sunco/effect3/Circuit", {
  defaultValue: (): unknown => undefined
}) {}

/**
 * A breaker whose state is kept in this process.
 *
 * @category layers
 * @since 0.1.0
 */
export const layer = (options?: Options): Layer.Layer<Circuit> => Layer.scoped(Circuit, inMemory(options))
