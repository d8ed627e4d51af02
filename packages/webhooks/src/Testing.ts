/**
 * Events and deliveries for tests of handlers, as the vendor sends them.
 *
 * @since 0.1.0
 */
import type { EventOf, EventType } from "@sunco/schemas/Event"
import type { EventPayloads } from "@sunco/schemas/EventPayloads"
import * as internal from "./internal/testing.ts"

/**
 * A part of something, at any depth; of a list all of it.
 *
 * @category models
 * @since 0.1.0
 */
export type DeepPartial<A> = A extends ReadonlyArray<unknown> ? A
  : A extends object ? { readonly [Name in keyof A]?: DeepPartial<A[Name]> | undefined }
  : A

/**
 * An event of a type, whole: what is given is merged into an example of it. Each has an id of its own.
 *
 * **Example** (Somebody writes)
 *
 * ```ts
 * import * as Testing from "@sunco/webhooks/Testing"
 *
 * const { payload, type } = Testing.event("conversation:message", { message: { content: { type: "text", text: "Tea?" } } })
 *
 * console.log(type, payload.message.content, payload.message.author?.type)
 * // conversation:message { type: 'text', text: 'Tea?' } user
 * ```
 *
 * @category constructors
 * @since 0.1.0
 */
export const event: <Type extends EventType>(
  type: Type,
  payload?: DeepPartial<EventPayloads[Type]>,
  event?: { readonly id?: string | undefined; readonly createdAt?: string | undefined }
) => EventOf<Type> = internal.event

/**
 * An event of a type that there is not yet.
 *
 * @category constructors
 * @since 0.1.0
 */
export const unknownEvent = (
  type: string,
  payload: object = {}
): { readonly id: string; readonly type: string; readonly createdAt: string; readonly payload: object } =>
  internal.unknownEvent(type, payload)

/**
 * Whose delivery it is.
 *
 * @category models
 * @since 0.1.0
 */
export interface Sender {
  readonly appId?: string | undefined
  readonly webhookId?: string | undefined
}

/**
 * A delivery as JSON has it.
 *
 * @category models
 * @since 0.1.0
 */
export interface DeliveryJson {
  readonly app: { readonly id: string }
  readonly webhook: { readonly id: string; readonly version: string }
  readonly events: ReadonlyArray<object>
}

/**
 * A delivery of events, as parsed JSON, of the app and the webhook of the vendor's examples.
 *
 * @category constructors
 * @since 0.1.0
 */
export const delivery = (...events: ReadonlyArray<object>): DeliveryJson => internal.delivery({}, events)

/**
 * A delivery of a certain app or webhook.
 *
 * @category constructors
 * @since 0.1.0
 */
export const deliveryOf = (sender: Sender, ...events: ReadonlyArray<object>): DeliveryJson =>
  internal.delivery(sender, events)

/**
 * The request that brings a delivery, for whatever takes a `Request`.
 *
 * @category constructors
 * @since 0.1.0
 */
export const request = (
  secret: string,
  delivery: DeliveryJson,
  url = "http://localhost/webhooks"
): Request =>
  new Request(url, {
    method: "POST",
    headers: { "x-api-key": secret, "content-type": "application/json" },
    body: JSON.stringify(delivery)
  })
