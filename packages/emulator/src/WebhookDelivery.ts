/**
 * What the emulator sends to webhooks, and what became of it, for assertions.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"

/**
 * One request to a webhook.
 *
 * @category models
 * @since 0.1.0
 */
export interface DeliveryAttempt {
  /** Milliseconds since 1970 by the Clock of the emulator. */
  readonly sentAt: number
  /** What was answered; absent when nothing was. */
  readonly status?: number
  /** Why nothing was: `timeout` after 20 seconds, `no answer`, or `not allowed` for a host that deliveries may not go to. */
  readonly failure?: "timeout" | "no answer" | "not allowed"
}

/**
 * An event on its way to a webhook.
 *
 * @category models
 * @since 0.1.0
 */
export interface WebhookDelivery {
  readonly id: string
  readonly appId: string
  readonly webhookId: string
  readonly target: string
  /** As it is sent: `app`, `webhook` and `events`. */
  readonly body: Schema.JsonObject
  /** `given up` after an answer that the vendor takes for final (400, 401, 403, 404, 406), or after the last attempt. */
  readonly state: "waiting" | "delivered" | "given up"
  readonly attempts: ReadonlyArray<DeliveryAttempt>
  /** When it is sent next; absent when it is not. */
  readonly dueAt?: number
}

/**
 * Schema of {@link WebhookDelivery}.
 *
 * @category schemas
 * @since 0.1.0
 */
export const WebhookDelivery: Schema.Codec<WebhookDelivery> = Schema.Struct({
  id: Schema.String,
  appId: Schema.String,
  webhookId: Schema.String,
  target: Schema.String,
  body: Schema.JsonObject,
  state: Schema.Literals(["waiting", "delivered", "given up"]),
  attempts: Schema.Array(
    Schema.Struct({
      sentAt: Schema.Finite,
      status: Schema.optionalKey(Schema.Finite),
      failure: Schema.optionalKey(Schema.Literals(["timeout", "no answer", "not allowed"]))
    })
  ),
  dueAt: Schema.optionalKey(Schema.Finite)
}).annotate({ identifier: "WebhookDelivery", description: "An event on its way to a webhook." })

/**
 * What happens to a delivery on its way, as it may at the vendor.
 *
 * - `late`: it is sent so many milliseconds later
 * - `twice`: it is sent a second time although it was answered
 * - `heldBack`: it is sent behind the one that comes after it
 * - `forged`: somebody else sends it, who does not know the secret; it is not sent by the vendor
 *
 * @category models
 * @since 0.1.0
 */
export type DeliveryFault =
  | { readonly _tag: "late"; readonly millis: number }
  | { readonly _tag: "twice" }
  | { readonly _tag: "heldBack" }
  | { readonly _tag: "forged" }

/**
 * Schema of {@link DeliveryFault}.
 *
 * @category schemas
 * @since 0.1.0
 */
export const DeliveryFault: Schema.Codec<DeliveryFault> = Schema.Union([
  Schema.Struct({ _tag: Schema.Literal("late"), millis: Schema.Finite.check(Schema.isGreaterThan(0)) }),
  Schema.Struct({ _tag: Schema.Literal("twice") }),
  Schema.Struct({ _tag: Schema.Literal("heldBack") }),
  Schema.Struct({ _tag: Schema.Literal("forged") })
]).annotate({
  expected: "late with its millis, twice, heldBack or forged for a _tag"
})
