/**
 * What was handled already, so that an event that comes again is not handled again.
 *
 * A delivery with several events has one answer, so when one handler fails, all of them come again: this memory is what makes a
 * delivery divisible, and what a redelivery that overtakes a slow handler meets.
 *
 * @since 0.1.0
 */
import * as Context from "effect/Context"
import type * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { KeyValueStore } from "effect/persistence/KeyValueStore"
import { Redis } from "effect/persistence/Redis"
import * as Schema from "effect/Schema"
import { inKeyValueStore } from "./internal/inKeyValueStore.ts"
import { inMemory, none } from "./internal/inMemory.ts"
import { inRedis } from "./internal/inRedis.ts"

/**
 * The memory cannot be asked, or cannot be told. A delivery is answered 503, which the vendor repeats. What was handled by then is known to
 * the process, which does not handle it again, and tells the memory when it is back: for a lease, or when the event comes again.
 *
 * @category errors
 * @since 0.1.0
 */
export class DeduplicationUnavailable extends /* @__PURE__ */ Schema.TaggedError<DeduplicationUnavailable>()(
  "DeduplicationUnavailable",
  { cause: Schema.Redacted(Schema.Unknown) }
) {
  override get message(): string {
    return "the memory of what was handled cannot be reached"
  }
}

/**
 * An event that is ours to handle. It stays so as long as it is renewed within the lease, until it is done or released.
 *
 * @category models
 * @since 0.1.0
 */
export interface Claim {
  readonly renew: Effect.Effect<void, DeduplicationUnavailable>
  /** It was handled, and is never handled again. */
  readonly done: Effect.Effect<void, DeduplicationUnavailable>
  /** It was not handled, and may be by whoever comes next. */
  readonly release: Effect.Effect<void, DeduplicationUnavailable>
}

/**
 * Claims an event by a key before it is handled: one claimant at a time has it (`"busy"` is what others get), and nobody once it
 * is done.
 *
 * @category services
 * @since 0.1.0
 */
export class Deduplication extends /* @__PURE__ */ Context.Service<Deduplication, {
  readonly claim: (key: string) => Effect.Effect<Claim | "busy" | "done", DeduplicationUnavailable>
  /** How long a claim holds that is not renewed, in milliseconds. */
  readonly leaseMillis: number
}>()("@sunco/webhooks/Deduplication") {}

/**
 * How long things are remembered. A layer dies of a lease that is over at once or never, and of a negative time to remember: with a
 * `SettingsError`.
 *
 * @category options
 * @since 0.1.0
 */
export interface Options {
  /**
   * How long a process that was killed keeps others from an event; 1 minute when absent. Longer than a handler may take (`answerWithin`).
   */
  readonly lease?: Duration.Input | undefined
  /** How long what was handled is remembered; 1 day when absent. The vendor repeats for 15 minutes. */
  readonly remember?: Duration.Input | undefined
}

/**
 * In the memory of one process.
 *
 * **Gotchas**
 *
 * Each time the layer is built it is another memory: build it once for all that receives in a process, and take
 * {@link layerRedis} where several processes receive.
 *
 * @category layers
 * @since 0.1.0
 */
export const layerMemory = (
  options?: Options & {
    /** How many events are remembered at most; 100,000 when absent. */
    readonly capacity?: number | undefined
  }
): Layer.Layer<Deduplication> => Layer.sync(Deduplication, () => inMemory(options))

/**
 * In Redis, for any number of processes. A process that is killed amid an event holds it until its lease is over.
 *
 * @category layers
 * @since 0.1.0
 */
export const layerRedis = (
  options?: Options & {
    /** Before each key; `sunco:webhooks:` when absent. Receivers that do different things with an event need different ones. */
    readonly prefix?: string | undefined
  }
): Layer.Layer<Deduplication, never, Redis> =>
  Layer.effect(Deduplication, Effect.map(Redis, (redis) => inRedis(redis, options)))

/**
 * In any `KeyValueStore`: files, SQL. What was handled is shared; who is handling something is known in this process alone, because
 * such a store cannot set a value only where there is none.
 *
 * **Gotchas**
 *
 * Nor does it forget by itself: what is too old counts no more, and stays until somebody clears the store.
 *
 * @category layers
 * @since 0.1.0
 */
export const layerKeyValueStore = (options?: Options): Layer.Layer<Deduplication, never, KeyValueStore> =>
  Layer.effect(Deduplication, Effect.map(KeyValueStore, (store) => inKeyValueStore(store, options)))

/**
 * No memory at all: an event that comes again is handled again, and so are all events of a delivery of which one failed.
 *
 * @category layers
 * @since 0.1.0
 */
export const layerNone: Layer.Layer<Deduplication> = /* @__PURE__ */ Layer.succeed(Deduplication, none)
