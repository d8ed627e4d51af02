/**
 * A limit on how fast one app is called, shared by the clients that are built where it is provided.
 *
 * Off until it is provided, because the vendor publishes no figure. A call waits for its turn within its deadline; a 429 makes
 * everybody wait who shares the limiter. It never repeats a request: that is the retry policy's alone.
 *
 * @since 0.1.0
 */
import * as Context from "effect/Context"
import type * as Duration from "effect/Duration"
import * as Layer from "effect/Layer"
import { inMemory } from "./internal/limiter.ts"

/**
 * How fast, and what to do when the limiter cannot be asked.
 *
 * @category models
 * @since 0.1.0
 */
export interface Options {
  /** How many requests may be sent in one `window`. */
  readonly limit: number
  readonly window: Duration.DurationInput
  /** `"fail"` ends the call as `LimiterUnavailable`, `"unlimited"` sends it all the same; `"fail"` when absent. */
  readonly whenUnavailable?: "fail" | "unlimited" | undefined
  /** How long the store may take to answer before it counts as unavailable; 1 second when absent. */
  readonly timeout?: Duration.DurationInput | undefined
}

/**
 * The limiter of the clients that are built where it is provided; none by default. Only the layers of this module make one.
 *
 * @category references
 * @since 0.1.0
 */
export class Limiter extends Context.Reference<Limiter>()("@sunco/effect3/Limiter", {
  defaultValue: (): unknown => undefined
}) {}

/**
 * A limiter for the clients of this process.
 *
 * @category layers
 * @since 0.1.0
 */
export const layerMemory = (options: Options): Layer.Layer<Limiter> => Layer.scoped(Limiter, inMemory(options))
