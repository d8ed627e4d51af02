/// <reference lib="esnext.disposable" preserve="true" />
/**
 * A receiver for `node:http`, Express, Connect and whatever else hands on Node's requests and responses.
 *
 * @since 0.1.0
 */
import type * as Layer from "effect/Layer"
import { makeNodeHandler } from "./internal/nodeHandler.ts"
import type { Closing } from "./internal/runner.ts"
import type { WebhookReceiver } from "./WebhookReceiver.ts"

/**
 * As much of Node's `IncomingMessage` as is needed. `body` is what a parser has made of it, where there was one before.
 *
 * @category models
 * @since 0.1.0
 */
export interface NodeRequest {
  readonly method?: string | undefined
  readonly headers: { readonly [name: string]: string | ReadonlyArray<string> | undefined }
  readonly body?: unknown
  readonly readableEnded: boolean
  readonly destroyed: boolean
}

/**
 * As much of Node's `ServerResponse` as is needed.
 *
 * @category models
 * @since 0.1.0
 */
export interface NodeResponse {
  writeHead(status: number, headers: Record<string, string>): unknown
  end(body?: string): unknown
}

/**
 * Answers requests. It never rejects, and calls nothing that comes after it.
 *
 * @category models
 * @since 0.1.0
 */
export interface NodeHandler extends Closing {
  (request: NodeRequest, response: NodeResponse): Promise<void>
}

/**
 * Makes the handler of a receiver, with the layer of what that needs.
 *
 * **Details**
 *
 * Nothing is signed, so a body that `express.json()` has parsed before is as good as any. One that was read by something that
 * does not hand it on is answered 500, and the log says so.
 *
 * **Gotchas**
 *
 * `express.json()` refuses what is longer than 100 kB, which a delivery may be: give it a higher `limit`, or mount the handler before
 * it.
 *
 * **Example** (Express)
 *
 * ```ts
 * import { Deduplication, Secrets, WebhookReceiver } from "@sunco/webhooks"
 * import * as NodeHandler from "@sunco/webhooks/NodeHandler"
 * import * as Effect from "effect/Effect"
 * import * as Layer from "effect/Layer"
 * import express from "express"
 *
 * const receiver = WebhookReceiver.make({
 *   "conversation:message": ({ payload }) => Effect.logInfo(`message ${payload.message.id}`)
 * })
 *
 * const handler = NodeHandler.make(receiver, Layer.merge(Secrets.layerFromConfig, Deduplication.layerMemory()))
 *
 * export const app = express().use("/webhooks", handler)
 * ```
 *
 * @category constructors
 * @since 0.1.0
 */
export const make: <R, E>(receiver: WebhookReceiver<R>, layer: Layer.Layer<R, E>) => NodeHandler = makeNodeHandler
