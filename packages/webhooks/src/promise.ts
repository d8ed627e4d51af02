/// <reference lib="esnext.disposable" preserve="true" />
/**
 * Receiving webhooks without Effect: the same receiver, whose handlers are async functions.
 *
 * @since 0.1.0
 */
import type { EventOf, EventType, UnrecognizedEvent } from "@sunco/schemas/Event"
import type * as Layer from "effect/Layer"
import type { Redacted } from "effect/Redacted"
import type { Deduplication } from "./Deduplication.ts"
import type * as EffectfulDurable from "./Durable.ts"
import type { FailedEvent, WorkerOptions } from "./Durable.ts"
import type { DurableStore } from "./DurableStore.ts"
import type { FastifyLike } from "./FastifyPlugin.ts"
import * as internal from "./internal/promiseFace.ts"
import type { Closing } from "./internal/runner.ts"
import type { LambdaHandler } from "./LambdaHandler.ts"
import type { NodeHandler } from "./NodeHandler.ts"
import type { WebHandler } from "./WebHandler.ts"
import type * as Effectful from "./WebhookReceiver.ts"

export { SettingsError } from "./SettingsError.ts"
export type { FailedEvent, FastifyLike, LambdaHandler, NodeHandler, WebHandler, WorkerOptions }

/**
 * What came with an event, and how a handler is told to stop.
 *
 * @category models
 * @since 0.1.0
 */
export interface Arrival extends Effectful.Arrival {
  /**
   * Aborted when the time of the delivery is over. A handler that goes on all the same keeps its event until it has ended: what
   * it comes to then counts.
   */
  readonly signal: AbortSignal
}

/**
 * What is done with an event. What it throws, or rejects with, asks for the same event again.
 *
 * @category models
 * @since 0.1.0
 */
export type Handler<Event> = (event: Event, arrival: Arrival) => unknown

/**
 * The handlers by the types of their events. What has none goes to `unknown`, or counts as handled; what is not what its type says goes
 * to `undecodable`, or is answered 500.
 *
 * @category models
 * @since 0.1.0
 */
export type Handlers =
  & { readonly [Type in EventType]?: Handler<EventOf<Type>> }
  & {
    readonly unknown?: Handler<EventOf<EventType> | UnrecognizedEvent>
    readonly undecodable?: Handler<Effectful.Undecodable>
  }

/**
 * A secret of a webhook, alone or with the app or the webhook whose it is.
 *
 * @category models
 * @since 0.1.0
 */
export type Secret = string | Redacted | {
  readonly secret: string | Redacted
  readonly appId?: string | undefined
  readonly webhookId?: string | undefined
}

/**
 * How a receiver works, beside the secrets.
 *
 * @category options
 * @since 0.1.0
 */
export interface OptionsBesideSecrets extends Effectful.Options {
  /** What was handled already; in the memory of this process when absent. */
  readonly deduplication?: Layer.Layer<Deduplication> | undefined
  /** Layers of Effect for the inside: a logger, a tracer. */
  readonly layers?: ReadonlyArray<Layer.Layer<never>> | undefined
}

/**
 * Who may call, and how a receiver works.
 *
 * @category options
 * @since 0.1.0
 */
export interface Options extends OptionsBesideSecrets {
  /** One or several, or a function that gives them, which is asked again before a key is refused that is not known. */
  readonly secrets: Secret | ReadonlyArray<Secret> | (() => Promise<ReadonlyArray<Secret>>)
}

/**
 * A receiver, with a handler of requests for each kind of server.
 *
 * @category models
 * @since 0.1.0
 */
export interface WebhookReceiver extends Closing {
  /** The types that have a handler: what the vendor has to be asked for. */
  readonly triggers: ReadonlyArray<EventType>
  /** For `node:http`, Express and Connect. */
  readonly node: NodeHandler
  /** From a `Request` to a `Response`: for Hono, Next.js and the edge. */
  readonly web: WebHandler
  /** For AWS Lambda. */
  readonly lambda: LambdaHandler
  /** A plugin of Fastify, with one route. What it builds, a memory of its own among it, is closed with the application. */
  readonly fastify: (url: string) => (fastify: FastifyLike) => Promise<void>
  /** For any other: takes the header `X-API-Key` and the body, and says what to answer. */
  readonly receive: (
    incoming: { readonly apiKey: string | undefined; readonly body: unknown }
  ) => Promise<Effectful.Receipt>
}

/**
 * Makes receivers.
 *
 * **Details**
 *
 * `make` takes the secrets; `fromEnv` reads them from `SUNCO_WEBHOOK_SECRET`, as it is when the receiver is first used. Handlers and
 * options that mean nothing are thrown as a {@link SettingsError}. Secrets that do make `ready` reject with one, and deliveries are
 * answered 503, and come again.
 *
 * **Example** (Express)
 *
 * ```ts
 * import { WebhookReceiver } from "@sunco/webhooks/promise"
 * import express from "express"
 *
 * const receiver = WebhookReceiver.make({
 *   "conversation:message": async ({ payload: { message } }) => {
 *     if (message.author?.type === "user") console.log(`${message.author.displayName} has written`)
 *   }
 * }, { secrets: "the-secret-of-the-webhook" })
 *
 * export const app = express().use("/webhooks", receiver.node)
 * ```
 *
 * @category constructors
 * @since 0.1.0
 */
export const WebhookReceiver: {
  readonly make: <const H extends Handlers>(
    handlers: H & { readonly [Name in Exclude<keyof H, keyof Handlers>]: never },
    options: Options
  ) => WebhookReceiver
  readonly fromEnv: <const H extends Handlers>(
    handlers: H & { readonly [Name in Exclude<keyof H, keyof Handlers>]: never },
    options?: OptionsBesideSecrets
  ) => WebhookReceiver
} = internal.face

/**
 * How a durable receiver works, beside the secrets.
 *
 * @category options
 * @since 0.1.0
 */
export interface DurableOptionsBesideSecrets extends EffectfulDurable.Options {
  /** Where events are kept: a layer of `DurableStore`, over Redis or SQL, or in memory for tests. */
  readonly store: Layer.Layer<DurableStore, unknown>
  /** Layers of Effect for the inside: a logger, a tracer. */
  readonly layers?: ReadonlyArray<Layer.Layer<never>> | undefined
}

/**
 * Who may call, and how a durable receiver works.
 *
 * @category options
 * @since 0.1.0
 */
export interface DurableOptions extends DurableOptionsBesideSecrets, Pick<Options, "secrets"> {}

/**
 * A receiver that keeps events and answers, those who handle them, and what they could not handle.
 *
 * @category models
 * @since 0.1.0
 */
export interface DurableReceiver extends WebhookReceiver {
  /**
   * Handles what is kept, from now on, and gives what ends that: handlers are told to stop, and what they had is taken again. So does
   * `dispose`. Workers may run where nothing is received.
   */
  readonly work: (options?: WorkerOptions) => () => Promise<void>
  /** What failed as often as it may, the oldest first. It is kept until it is put back. */
  readonly failed: () => Promise<ReadonlyArray<FailedEvent>>
  /** Lets an event be handled after all, with all its attempts; `false` where none failed under that id. */
  readonly putBack: (id: string) => Promise<boolean>
}

/**
 * Makes durable receivers: they answer as soon as the events of a delivery are kept, and handle them afterwards, those of one
 * conversation in their order. `attempt` of an `Arrival` says which attempt it is.
 *
 * **Example** (In memory, for a test)
 *
 * ```ts
 * import * as DurableStore from "@sunco/webhooks/DurableStore"
 * import { Durable } from "@sunco/webhooks/promise"
 * import * as Testing from "@sunco/webhooks/Testing"
 *
 * const { promise: gone, resolve } = Promise.withResolvers<string>()
 *
 * const receiver = Durable.make({
 *   "user:remove": async ({ payload }) => resolve(payload.user.id)
 * }, { secrets: "s3cret", store: DurableStore.layerMemory() })
 *
 * receiver.work({ workers: 2 })
 *
 * const body = Testing.delivery(Testing.event("user:remove", { user: { id: "ada" } }))
 * const { status } = await receiver.receive({ apiKey: "s3cret", body })
 * console.log(status, await gone)
 * // 200 ada
 *
 * await receiver.dispose()
 * ```
 *
 * @category constructors
 * @since 0.1.0
 */
export const Durable: {
  readonly make: <const H extends Handlers>(
    handlers: H & { readonly [Name in Exclude<keyof H, keyof Handlers>]: never },
    options: DurableOptions
  ) => DurableReceiver
  readonly fromEnv: <const H extends Handlers>(
    handlers: H & { readonly [Name in Exclude<keyof H, keyof Handlers>]: never },
    options: DurableOptionsBesideSecrets
  ) => DurableReceiver
} = internal.durableFace
