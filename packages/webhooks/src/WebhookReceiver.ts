/**
 * Receives the deliveries of the vendor's webhooks: calls a handler for each event, and answers so that nothing is lost.
 *
 * @since 0.1.0
 */
import type { EventOf, EventType, UnrecognizedEvent } from "@sunco/schemas/Event"
import type { Path } from "@sunco/schemas/Reading"
import type * as Duration from "effect/Duration"
import type * as Effect from "effect/Effect"
import type { Deduplication } from "./Deduplication.ts"
import { callEffect, makeReceiver } from "./internal/receiver.ts"
import type { Secrets } from "./Secrets.ts"

/**
 * What came with an event.
 *
 * @category models
 * @since 0.1.0
 */
export interface Arrival {
  readonly appId: string
  readonly webhookId: string
  /** Which attempt of ours this is, from 1 on, where it is known: of a `Durable` receiver. The vendor does not say which of its this is. */
  readonly attempt?: number
}

/**
 * Something of a delivery that is no event as the vendor documents it, or no event at all.
 *
 * @category models
 * @since 0.1.0
 */
export interface Undecodable {
  /** As it came. */
  readonly event: unknown
  /** What of it is missing, or is something else. */
  readonly path: Path
}

/**
 * What is done with an event. A failure, and a defect, asks for the same event again, unless the error says
 * {@link discard}.
 *
 * @category models
 * @since 0.1.0
 */
export type Handler<Event, E = unknown, R = unknown> = (event: Event, arrival: Arrival) => Effect.Effect<unknown, E, R>

/**
 * The handlers by the types of their events.
 *
 * **Details**
 *
 * - `unknown` gets the events that no other handler is for: of types of tomorrow, and of known ones. Without it they count as
 *   handled.
 * - `undecodable` gets what is of a known type and lacks what that type is about, and what has no id. Without it these are
 *   answered 500: the vendor repeats them, they are logged as errors, and nothing is silently lost.
 *
 * @category models
 * @since 0.1.0
 */
export type Handlers =
  & { readonly [Type in EventType]?: Handler<EventOf<Type>> }
  & {
    readonly unknown?: Handler<EventOf<EventType> | UnrecognizedEvent>
    readonly undecodable?: Handler<Undecodable>
  }

/**
 * Handlers of which none has a mistyped name: a record of functions takes any name otherwise.
 *
 * @category models
 * @since 0.1.0
 */
export type Exactly<H> = H & { readonly [Name in Exclude<keyof H, keyof Handlers>]: never }

/**
 * What handlers give when they are called.
 *
 * @category models
 * @since 0.1.0
 */
export type ResultsOf<H> = {
  readonly [Name in keyof H]: H[Name] extends (...args: never) => infer Result ? Result : never
}[
  keyof H
]

/**
 * What handlers need.
 *
 * @category models
 * @since 0.1.0
 */
export type ServicesOf<H> = [ResultsOf<H>] extends [never] ? never
  : ResultsOf<H> extends Effect.Effect<unknown, unknown, infer R> ? R
  : never

/**
 * How a receiver works.
 *
 * @category options
 * @since 0.1.0
 */
export interface Options {
  /**
   * How long a delivery may take from its arrival on: its secret, its body and the handlers of all its events together; 15 seconds when
   * absent, and less than 20: then the vendor takes it for lost. Handlers are interrupted then, and the delivery comes again.
   */
  readonly answerWithin?: Duration.Input | undefined
  /** How long a body may be, in bytes; 5 MiB when absent. What is longer is lost, so it should be longer than any. */
  readonly maxBodyBytes?: number | undefined
}

/**
 * What a server has got: the header `X-API-Key`, and the body as text, as bytes or parsed already. An effect that reads the body is
 * run once the key is known.
 *
 * @category models
 * @since 0.1.0
 */
export interface Incoming<R = never> {
  readonly apiKey: string | undefined
  readonly body: unknown | Effect.Effect<unknown, BodyProblem, R>
}

/**
 * Why there is no body: it is longer than it may be, something else has read it, or the connection ended.
 *
 * @category models
 * @since 0.1.0
 */
export type BodyProblem = "too large" | "consumed" | "cut"

/**
 * What came of a delivery, and what to answer.
 *
 * **Details**
 *
 * Of the statuses that the vendor takes for final, 400, 401, 403, 404 and 406, only 401 is ever answered, to who has no key. All
 * others but 200 make the vendor send the delivery again, up to five times in 15 minutes.
 *
 * @see OpenAPI 17.12.1, the section on webhooks
 * @category models
 * @since 0.1.0
 */
export interface Receipt {
  readonly status: 200 | 401 | 413 | 422 | 500 | 503
  readonly reason:
    | "handled"
    | "unknown key"
    | "too large"
    | "no delivery"
    | "failed"
    | "undecodable"
    | "being handled"
    | "out of time"
    | "unavailable"
    | "consumed"
    | "cut"
  /** How many events were handled now. */
  readonly handled: number
  /** How many had been handled before. */
  readonly duplicates: number
  /** How many were refused for good by a handler. */
  readonly discarded: number
  /** How many have to come again. */
  readonly failed: number
}

/**
 * A receiver, which needs the services of its handlers, {@link Secrets} and {@link Deduplication}.
 *
 * @category models
 * @since 0.1.0
 */
export interface WebhookReceiver<R = never> {
  /** The types that have a handler: what `Webhooks.create` of the client wants for `triggers`. */
  readonly triggers: ReadonlyArray<EventType>
  readonly maxBodyBytes: number
  /** Takes one delivery. It never fails: what went wrong is in the answer, and in the log. */
  readonly receive: <R2 = never>(incoming: Incoming<R2>) => Effect.Effect<Receipt, never, R | R2>
}

/**
 * Of an error class whose errors mean that the same event would fail again: `static readonly [discard] = true` on the class, or
 * `readonly [discard] = true` on the error. The event is logged, and counts as handled.
 *
 * **Example** (An order that nobody has)
 *
 * ```ts
 * import { WebhookReceiver } from "@sunco/webhooks"
 * import * as Schema from "effect/Schema"
 *
 * export class NoSuchOrder extends Schema.TaggedError<NoSuchOrder>()("NoSuchOrder", { order: Schema.String }) {
 *   readonly [WebhookReceiver.discard] = true
 * }
 * ```
 *
 * @category constants
 * @since 0.1.0
 */
// A type of its own has only what is made here; `internal/discard.ts` has the same symbol.
export const discard: unique symbol = Symbol.for("@sunco/webhooks/discard")

/**
 * Makes a receiver of handlers.
 *
 * **Details**
 *
 * The events of a delivery are handled one after the other. Each is claimed first, under a key of the app and the event's id, so that one
 * that comes again, or twice at once, is handled once. When one fails the others are handled all the same, and not again when the
 * delivery is repeated.
 *
 * A handler that is told to stop keeps its claim until it has ended, and the event comes again.
 *
 * An option that means nothing is thrown as a `SettingsError`.
 *
 * Delivery is at least once: a process that ends between the end of a handler and the note of it repeats that event.
 *
 * **Example** (Forgetting who was removed)
 *
 * ```ts
 * import { Deduplication, Secrets, WebhookReceiver } from "@sunco/webhooks"
 * import * as Testing from "@sunco/webhooks/Testing"
 * import * as Effect from "effect/Effect"
 * import * as Layer from "effect/Layer"
 * import * as Redacted from "effect/Redacted"
 *
 * const gone: Array<string> = []
 * const receiver = WebhookReceiver.make({
 *   "user:remove": ({ payload }) => Effect.sync(() => gone.push(payload.user.id))
 * })
 *
 * console.log(receiver.triggers)
 * // [ 'user:remove' ]
 *
 * const ReceiverLayer = Layer.merge(Secrets.layer(Redacted.make("s3cret")), Deduplication.layerMemory())
 *
 * const program = Effect.gen(function*() {
 *   const body = Testing.delivery(Testing.event("user:remove", { user: { id: "ada" } }))
 *   const { status } = yield* receiver.receive({ apiKey: "s3cret", body })
 *   const again = yield* receiver.receive({ apiKey: "s3cret", body })
 *   console.log(status, again.duplicates, gone)
 *   // 200 1 [ 'ada' ]
 * })
 *
 * Effect.runPromise(Effect.provide(program, ReceiverLayer))
 * ```
 *
 * @category constructors
 * @since 0.1.0
 */
export const make = <const H extends Handlers>(
  handlers: Exactly<H>,
  options?: Options
): WebhookReceiver<ServicesOf<H> | Secrets | Deduplication> => makeReceiver(handlers, options, callEffect)
