/// <reference lib="esnext.disposable" preserve="true" />
/**
 * A receiver for whatever takes a `Request` and gives a `Response`: Hono, routes of Next.js, Deno, Bun, workers at the edge.
 *
 * @since 0.1.0
 */
import type * as Layer from "effect/Layer"
import type { Closing } from "./internal/runner.ts"
import { makeWebHandler } from "./internal/webHandler.ts"
import type { WebhookReceiver } from "./WebhookReceiver.ts"

/**
 * Answers requests. It never rejects.
 *
 * @category models
 * @since 0.1.0
 */
export interface WebHandler extends Closing {
  (request: Request): Promise<Response>
}

/**
 * Makes the handler of a receiver, with the layer of what that needs.
 *
 * **Gotchas**
 *
 * A `Request` can be read once: one whose body something else has read is answered 500. In Hono that is `context.req.raw`.
 *
 * **Example** (The route of a framework)
 *
 * ```ts
 * import { Deduplication, Secrets, WebhookReceiver } from "@sunco/webhooks"
 * import * as Testing from "@sunco/webhooks/Testing"
 * import * as WebHandler from "@sunco/webhooks/WebHandler"
 * import * as Effect from "effect/Effect"
 * import * as Layer from "effect/Layer"
 * import * as Redacted from "effect/Redacted"
 *
 * const gone: Array<string> = []
 * const receiver = WebhookReceiver.make({
 *   "user:remove": ({ payload }) => Effect.sync(() => gone.push(payload.user.id))
 * })
 *
 * export const POST = WebHandler.make(
 *   receiver,
 *   Layer.merge(Secrets.layer(Redacted.make("s3cret")), Deduplication.layerMemory())
 * )
 *
 * const { status } = await POST(Testing.request("s3cret", Testing.delivery(Testing.event("user:remove"))))
 * console.log(status, gone)
 * // 200 [ '7494535bff5cef41a15be74d' ]
 * ```
 *
 * @category constructors
 * @since 0.1.0
 */
export const make: <R, E>(receiver: WebhookReceiver<R>, layer: Layer.Layer<R, E>) => WebHandler = makeWebHandler
