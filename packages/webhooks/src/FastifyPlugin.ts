/// <reference lib="esnext.disposable" preserve="true" />
/**
 * A receiver as a plugin of Fastify.
 *
 * @since 0.1.0
 */
import type * as Layer from "effect/Layer"
import { makeFastifyPlugin } from "./internal/fastifyPlugin.ts"
import type { NodeRequest, NodeResponse } from "./NodeHandler.ts"
import type { WebhookReceiver } from "./WebhookReceiver.ts"

/**
 * As much of a Fastify instance as is needed.
 *
 * @category models
 * @since 0.1.0
 */
export interface FastifyLike {
  removeAllContentTypeParsers(): unknown
  addContentTypeParser(
    contentType: string,
    parser: (request: never, payload: never, done: (error: Error | null, body?: unknown) => void) => void
  ): unknown
  addHook(name: "onClose", hook: () => Promise<void>): unknown
  addHook(name: "onReady", hook: () => Promise<void>): unknown
  all(url: string, handler: (request: { readonly raw: NodeRequest }, reply: FastifyReplyLike) => void): unknown
}

/**
 * As much of a reply as is needed.
 *
 * @category models
 * @since 0.1.0
 */
export interface FastifyReplyLike {
  readonly raw: NodeResponse
  hijack(): unknown
}

/**
 * Makes the plugin of a receiver, with the layer of what that needs: one route, at `url`.
 *
 * **Details**
 *
 * Bodies are read by the receiver, once it knows who sends them, so that the parsers and the `bodyLimit` of the rest of the application
 * do not matter. The application does not start with settings that are wrong, and what was built is closed with it.
 *
 * **Example** (An application)
 *
 * ```ts
 * import { Deduplication, Secrets, WebhookReceiver } from "@sunco/webhooks"
 * import * as FastifyPlugin from "@sunco/webhooks/FastifyPlugin"
 * import * as Effect from "effect/Effect"
 * import * as Layer from "effect/Layer"
 * import fastify from "fastify"
 *
 * const receiver = WebhookReceiver.make({
 *   "conversation:message": ({ payload }) => Effect.logInfo(`message ${payload.message.id}`)
 * })
 *
 * const ReceiverLayer = Layer.merge(Secrets.layerFromConfig, Deduplication.layerMemory())
 *
 * export const app = fastify()
 * app.register(FastifyPlugin.make("/webhooks", receiver, ReceiverLayer))
 * ```
 *
 * @category constructors
 * @since 0.1.0
 */
export const make: <R, E>(
  url: string,
  receiver: WebhookReceiver<R>,
  layer: Layer.Layer<R, E>
) => (fastify: FastifyLike) => Promise<void> = makeFastifyPlugin
