/**
 * A receiver as a route of Effect's `HttpRouter`.
 *
 * @since 0.1.0
 */
import type * as HttpRouter from "effect/http/HttpRouter"
import type * as Layer from "effect/Layer"
import { routeLayer } from "./internal/routeLayer.ts"
import type { WebhookReceiver } from "./WebhookReceiver.ts"

/**
 * The route of a receiver, which needs what the receiver needs.
 *
 * **Example** (A server of Effect's)
 *
 * ```ts
 * import { Deduplication, Secrets, WebhookReceiver } from "@sunco/webhooks"
 * import * as Route from "@sunco/webhooks/Route"
 * import * as Effect from "effect/Effect"
 * import * as HttpRouter from "effect/http/HttpRouter"
 * import * as Layer from "effect/Layer"
 *
 * const receiver = WebhookReceiver.make({
 *   "conversation:message": ({ payload }) => Effect.logInfo(`message ${payload.message.id}`)
 * })
 *
 * export const ServerLayer = HttpRouter.serve(
 *   Route.layer("/webhooks", receiver).pipe(
 *     Layer.provide([Secrets.layerFromConfig, Deduplication.layerMemory()])
 *   )
 * )
 * ```
 *
 * @category layers
 * @since 0.1.0
 */
export const layer: <R>(
  path: HttpRouter.PathInput,
  receiver: WebhookReceiver<R>
) => Layer.Layer<never, never, HttpRouter.HttpRouter | R> = routeLayer
