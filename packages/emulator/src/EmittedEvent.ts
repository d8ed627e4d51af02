/**
 * What happens in the emulator, for assertions. What of it goes to webhooks is a `WebhookDelivery`.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"

/**
 * An event as the vendor's webhooks carry it, with the app in which it happened.
 *
 * @category models
 * @since 0.1.0
 */
export interface EmittedEvent {
  readonly id: string
  /** Such as `user:remove`. */
  readonly type: string
  /** Absent when it happened outside of any app. */
  readonly appId?: string
  /** ISO 8601 with milliseconds, by the Clock of the emulator. */
  readonly createdAt: string
  readonly payload: Schema.JsonObject
}

/**
 * Schema of {@link EmittedEvent}.
 *
 * @category schemas
 * @since 0.1.0
 */
export const EmittedEvent: Schema.Codec<EmittedEvent> = Schema.Struct({
  id: Schema.String,
  type: Schema.String,
  appId: Schema.optionalKey(Schema.String),
  createdAt: Schema.String,
  payload: Schema.JsonObject
}).annotate({ identifier: "EmittedEvent", description: "An event as webhooks carry it." })
