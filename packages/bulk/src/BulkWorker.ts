/**
 * Works on the chunks of jobs, on every machine that has this layer.
 *
 * @since 0.1.0
 */
import type { Sunshine } from "@sunco/client/Sunshine"
import type * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type { SqlClient } from "effect/sql/SqlClient"
import type { InvalidOptions, StoreUnavailable } from "./BulkError.ts"
import { startWorker } from "./internal/work/worker.ts"

/**
 * How much at once.
 *
 * @category options
 * @since 0.1.0
 */
export interface Options {
  /** Chunks of this process at the same time; 4 when absent. */
  readonly chunks?: number | undefined
  /** Requests of this process at the same time, over all chunks; 64 when absent. */
  readonly inFlight?: number | undefined
  /**
   * How long a chunk stays with a worker that is not heard of; 30 seconds when absent, and 2 at least. A worker that stood still
   * for so long sends nothing more of it.
   */
  readonly lease?: Duration.Input | undefined
  /** How often it is asked for chunks; 1 second when absent, and more than zero. */
  readonly pollInterval?: Duration.Input | undefined
  /** How long rows wait that did not go through, before another round; 30 seconds when absent, twice as long each time. */
  readonly retryDelay?: Duration.Input | undefined
}

/**
 * A worker: takes chunks of the jobs of its app from the database, as long as its scope lasts.
 *
 * **Details**
 *
 * When the scope closes, the requests in flight may end (15 seconds at most), what became of them is written, and the rest is free
 * for other workers at once.
 *
 * Where a `RateLimiter` of Effect's is provided (`RateLimiter.layer` over `RateLimiter.layerStoreRedis`), it holds the rate of a
 * job over all machines. Without one each worker takes its part of the rate, by the workers that were seen in the last 15
 * seconds.
 *
 * Fails with `StoreUnavailable` where the tables cannot be made, and with `InvalidOptions`.
 *
 * @category layers
 * @since 0.1.0
 */
export const layer = (
  options?: Options
): Layer.Layer<never, InvalidOptions | StoreUnavailable, SqlClient | Sunshine> =>
  Layer.effectDiscard(Effect.suspend(() => startWorker(options)))
