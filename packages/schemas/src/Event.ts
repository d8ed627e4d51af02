/**
 * The events of the vendor's webhooks, and the deliveries that bring them.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import { EventPayloads } from "./EventPayloads.ts"
import { eventUnion } from "./internal/eventUnion.ts"
import { openStruct } from "./internal/openStruct.ts"
import type { Unrecognized } from "./Unrecognized.ts"

/**
 * The types of events, which are the triggers of a webhook. They are case-sensitive.
 *
 * @see OpenAPI 17.12.1, the triggers of a webhook
 * @category models
 * @since 0.1.0
 */
export type EventType = keyof EventPayloads

/**
 * An event of one type, or of one of several.
 *
 * @category models
 * @since 0.1.0
 */
export type EventOf<Type extends EventType> = {
  readonly [T in Type]: {
    /** The same when the event is delivered again. */
    readonly id: string
    readonly type: T
    /** ISO 8601 with milliseconds. */
    readonly createdAt?: string
    readonly payload: EventPayloads[T]
  }
}[Type]

/**
 * An event of a type that this release does not know, or whose payload lacks what it is about; its `type` is empty then.
 * `UnknownFields.toJson` gives it as it came.
 *
 * @category models
 * @since 0.1.0
 */
export interface UnrecognizedEvent extends Unrecognized {
  readonly id: string
  readonly createdAt?: string
  readonly payload?: { readonly [name: string]: unknown }
}

/**
 * Something that happened; it narrows by its `type`.
 *
 * **Details**
 *
 * The vendor promises no order: a message may come before the conversation that it is in, and an event may come again, under
 * the same `id`. Conversations and users are cut down to what tells them apart unless the webhook asks for more.
 *
 * **Example** (The text of a message)
 *
 * ```ts
 * import { Event } from "@sunco/schemas/Event"
 * import * as Schema from "effect/Schema"
 *
 * const event = Schema.decodeUnknownSync(Event)({
 *   id: "0ca7d56ba7b2e081e479fe9e",
 *   type: "conversation:message",
 *   payload: {
 *     conversation: { id: "c93bb9c14dde8ffb94564eae" },
 *     message: { id: "5e552ef595e5206375bb835d", content: { type: "text", text: "Hello" } }
 *   }
 * })
 *
 * if (event.type === "conversation:message" && event.payload.message.content?.type === "text") {
 *   console.log(event.payload.message.content.text)
 *   // Hello
 * }
 * ```
 *
 * @see OpenAPI 17.12.1, `eventSubSchema`
 * @category models
 * @since 0.1.0
 */
export type Event = EventOf<EventType> | UnrecognizedEvent

/**
 * Schema of {@link Event}; unknown fields are kept.
 *
 * @category schemas
 * @since 0.1.0
 */
export const Event: Schema.Codec<Event> = eventUnion(EventPayloads).annotate({
  identifier: "Event",
  description: "Something that happened."
})

/**
 * What comes with one request of the vendor to a webhook: one event or several, of whatever conversations and users.
 *
 * @see OpenAPI 17.12.1, the section on webhooks
 * @category models
 * @since 0.1.0
 */
export interface Delivery {
  readonly app: { readonly id: string }
  readonly webhook: {
    readonly id: string
    /** Of the API that the webhook was made with: `v2`. */
    readonly version?: string
  }
  readonly events: ReadonlyArray<Event>
}

/**
 * Schema of {@link Delivery}; unknown fields are kept.
 *
 * @category schemas
 * @since 0.1.0
 */
export const Delivery: Schema.Codec<Delivery> = openStruct({
  app: openStruct({ id: Schema.String }),
  webhook: openStruct({ id: Schema.String, version: Schema.optionalKey(Schema.String) }),
  events: Schema.Array(Event)
}).annotate({ identifier: "Delivery", description: "What comes with one request to a webhook." })
