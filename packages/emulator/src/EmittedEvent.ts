/**
 * What the emulator would tell of, for assertions: nothing of it is delivered yet.
 *
 * @since 0.1.0
 */
import type * as Schema from "effect/Schema"

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
