/**
 * A receiver that answers as soon as the events of a delivery are kept, and handles them afterwards: for handlers that take longer than
 * the vendor waits, for what is down for longer than the vendor repeats, and for events whose order matters.
 *
 * @since 0.1.0
 */
import type * as Duration from "effect/Duration"
import type * as Effect from "effect/Effect"
import type * as Layer from "effect/Layer"
import type { DurableStore, DurableStoreUnavailable, Failed } from "./DurableStore.ts"
import { makeDurable } from "./internal/durable.ts"
import { callEffect } from "./internal/receiver.ts"
import type { Secrets } from "./Secrets.ts"
import type { Exactly, Handlers, ServicesOf, WebhookReceiver } from "./WebhookReceiver.ts"

/**
 * How events are handled.
 *
 * @category options
 * @since 0.1.0
 */
export interface Options {
  /** How long a body may be, in bytes; 5 MiB when absent. */
  readonly maxBodyBytes?: number | undefined
  /** How often an event is tried before it has failed for good; 10 times when absent. */
  readonly maxAttempts?: number | undefined
  /** How long after a failure it is tried again, doubling each time; 1 second when absent. */
  readonly baseDelay?: Duration.Input | undefined
  /** The most that doubling comes to; 5 minutes when absent. */
  readonly maxDelay?: Duration.Input | undefined
}

/**
 * How many work, and how.
 *
 * @category options
 * @since 0.1.0
 */
export interface WorkerOptions {
  /** How many events are handled at once in this process; 4 when absent. */
  readonly workers?: number | undefined
  /** How often the store is asked when nothing has come in this process; every second when absent. */
  readonly pollInterval?: Duration.Input | undefined
}

/**
 * An event that failed for good, as it came.
 *
 * @category models
 * @since 0.1.0
 */
export interface FailedEvent extends Omit<Failed, "body" | "order"> {
  readonly appId: string
  readonly webhookId: string
  readonly event: unknown
}

/**
 * A receiver, those who handle what it has kept, and what they could not handle.
 *
 * @category models
 * @since 0.1.0
 */
export interface Durable<R> {
  /** Keeps the events, and answers. */
  readonly receiver: WebhookReceiver<Secrets | DurableStore>
  /** Handles them, as long as the layer is there: in the process of the receiver, in others, or in both. */
  readonly layerWorkers: (options?: WorkerOptions) => Layer.Layer<never, never, R | DurableStore>
  /** What failed as often as it may, the oldest first. It is kept until it is put back. */
  readonly failed: Effect.Effect<ReadonlyArray<FailedEvent>, DurableStoreUnavailable, DurableStore>
  /** Lets an event be handled after all, with all its attempts; `false` where none failed under that id. */
  readonly putBack: (id: string) => Effect.Effect<boolean, DurableStoreUnavailable, DurableStore>
}

/**
 * Makes a durable receiver of handlers.
 *
 * **Details**
 *
 * Events of one conversation are handled one after the other, in the order in which they came, whichever workers handle them; where an event
 * is of no conversation, those of its user are. One that fails is tried again, and those behind it wait: until it is handled, or has
 * failed for good. All others go on meanwhile.
 *
 * An event is kept as it came, and read when it is handled: what is not understood today may be after the next release. What has neither a
 * handler nor a handler `unknown` is not kept.
 *
 * A worker renews its claim while it handles an event; one that is killed leaves it to others when the lease is over. It is at least once: a
 * worker that ends between the end of a handler and the note of it repeats that event. `attempt` of an `Arrival` says which attempt it is.
 *
 * **Example** (In memory, for a test)
 *
 * ```ts
 * import { Secrets } from "@sunco/webhooks"
 * import * as Durable from "@sunco/webhooks/Durable"
 * import * as DurableStore from "@sunco/webhooks/DurableStore"
 * import * as Testing from "@sunco/webhooks/Testing"
 * import * as Deferred from "effect/Deferred"
 * import * as Effect from "effect/Effect"
 * import * as Layer from "effect/Layer"
 * import * as Redacted from "effect/Redacted"
 *
 * const program = Effect.gen(function*() {
 *   const done = yield* Deferred.make<string>()
 *   const { layerWorkers, receiver } = Durable.make({
 *     "user:remove": ({ payload }) => Deferred.succeed(done, payload.user.id)
 *   })
 *   yield* Layer.build(layerWorkers())
 *   const { status } = yield* receiver.receive({
 *     apiKey: "s3cret",
 *     body: Testing.delivery(Testing.event("user:remove", { user: { id: "ada" } }))
 *   })
 *   console.log(status, yield* Deferred.await(done))
 *   // 200 ada
 * })
 *
 * Effect.runPromise(Effect.scoped(program).pipe(
 *   Effect.provide(Layer.merge(Secrets.layer(Redacted.make("s3cret")), DurableStore.layerMemory()))
 * ))
 * ```
 *
 * @category constructors
 * @since 0.1.0
 */
export const make = <const H extends Handlers>(handlers: Exactly<H>, options?: Options): Durable<ServicesOf<H>> =>
  makeDurable(handlers, options, callEffect)
