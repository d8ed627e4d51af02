/**
 * Where a durable receiver keeps the events that it has taken and not handled yet.
 *
 * Events of one conversation (or, where there is none, of one user) are given out one at a time, in the order in which they came,
 * to however many workers; one that failed holds back those behind it until it is handled or has failed for good.
 *
 * @since 0.1.0
 */
import * as Context from "effect/Context"
import type * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { Redis } from "effect/persistence/Redis"
import * as Schema from "effect/Schema"
import { SqlClient } from "effect/sql/SqlClient"
import { storeInMemory } from "./internal/storeInMemory.ts"
import { storeInRedis } from "./internal/storeInRedis.ts"
import { storeInSql } from "./internal/storeInSql.ts"

/**
 * The store cannot be reached. A delivery is answered 503, which the vendor repeats; workers ask again, and do not handle again what they
 * could not note.
 *
 * @category errors
 * @since 0.1.0
 */
export class DurableStoreUnavailable
  extends /* @__PURE__ */ Schema.TaggedError<DurableStoreUnavailable>()("DurableStoreUnavailable", {
    cause: Schema.Redacted(Schema.Unknown)
  })
{
  override get message(): string {
    return "the store of the events cannot be reached"
  }
}

/**
 * An event to keep.
 *
 * @category models
 * @since 0.1.0
 */
export interface Entry {
  /** Of the app and the event: one that was offered before is not taken again. */
  readonly id: string
  /** Of the conversation or the user whose events are in order. */
  readonly order: string
  /** The event as it came and whose it is, as JSON. */
  readonly body: string
}

/**
 * An event that a worker has, until its lease is over.
 *
 * @category models
 * @since 0.1.0
 */
export interface Taken extends Entry {
  /** How often it was taken, this time included. */
  readonly attempts: number
  /** Whether it is still this worker's, with another lease. */
  readonly renew: Effect.Effect<boolean, DurableStoreUnavailable>
  readonly done: Effect.Effect<void, DurableStoreUnavailable>
  /** It is to be taken again, not before so many milliseconds. */
  readonly retry: (millis: number) => Effect.Effect<void, DurableStoreUnavailable>
  /** It failed for good, by an error of that name. */
  readonly fail: (error: string) => Effect.Effect<void, DurableStoreUnavailable>
}

/**
 * An event that failed for good.
 *
 * @category models
 * @since 0.1.0
 */
export interface Failed extends Entry {
  readonly attempts: number
  /** The name of the error of the last attempt. */
  readonly error: string
}

/**
 * The store.
 *
 * @category services
 * @since 0.1.0
 */
export class DurableStore extends /* @__PURE__ */ Context.Service<DurableStore, {
  /** Keeps all of these that it does not know, or none of them; gives how many it did not know. */
  readonly offer: (entries: ReadonlyArray<Entry>) => Effect.Effect<number, DurableStoreUnavailable>
  /** The next event that may be handled now, if there is one. */
  readonly take: Effect.Effect<Taken | undefined, DurableStoreUnavailable>
  /** Those that failed for good, the oldest first. */
  readonly failed: Effect.Effect<ReadonlyArray<Failed>, DurableStoreUnavailable>
  /** Lets one that failed for good be taken again, behind all others of its order; `false` where there is none of that id. */
  readonly putBack: (id: string) => Effect.Effect<boolean, DurableStoreUnavailable>
  readonly leaseMillis: number
}>()("@sunco/webhooks/DurableStore") {}

/**
 * How long things are kept. A layer dies of a lease that is over at once or never, and of a negative time to remember: with a
 * `SettingsError`.
 *
 * @category options
 * @since 0.1.0
 */
export interface Options {
  /** How long a worker that was killed keeps others from an event; 30 seconds when absent. Workers renew it while they handle one. */
  readonly lease?: Duration.Input | undefined
  /** How long the id of an event is known that was handled; 7 days when absent. */
  readonly remember?: Duration.Input | undefined
}

/**
 * In memory, for tests: what was taken and not handled is lost with the process.
 *
 * @category layers
 * @since 0.1.0
 */
export const layerMemory = (options?: Options): Layer.Layer<DurableStore> =>
  Layer.sync(DurableStore, () => storeInMemory(options))

/**
 * In Redis, which has to keep what it is told (`appendonly yes`): as much as Redis keeps is kept.
 *
 * @category layers
 * @since 0.1.0
 */
export const layerRedis = (
  options?: Options & {
    /** Before each key; `{sunco:webhooks}:` when absent: in braces, so that a cluster keeps all of them in one place. */
    readonly prefix?: string | undefined
  }
): Layer.Layer<DurableStore, never, Redis> =>
  Layer.effect(DurableStore, Effect.map(Redis, (redis) => storeInRedis(redis, options)))

/**
 * In a table of SQLite or PostgreSQL, which is made where it is not there.
 *
 * @category layers
 * @since 0.1.0
 */
export const layerSql = (
  options?: Options & {
    /** `sunco_webhook_events` when absent. */
    readonly table?: string | undefined
  }
): Layer.Layer<DurableStore, DurableStoreUnavailable, SqlClient> =>
  Layer.effect(DurableStore, Effect.flatMap(SqlClient, (sql) => storeInSql(sql, options)))
