/// <reference lib="esnext.disposable" preserve="true" />
/**
 * A receiver for AWS Lambda, behind an API Gateway of either version, a function URL or a load balancer.
 *
 * @since 0.1.0
 */
import type * as Layer from "effect/Layer"
import { makeLambdaHandler } from "./internal/lambdaHandler.ts"
import type { Closing } from "./internal/runner.ts"
import type { WebhookReceiver } from "./WebhookReceiver.ts"

/**
 * As much of such an event as is needed.
 *
 * @category models
 * @since 0.1.0
 */
export interface LambdaEvent {
  readonly headers?: { readonly [name: string]: string | undefined } | null | undefined
  readonly multiValueHeaders?: { readonly [name: string]: ReadonlyArray<string> | undefined } | null | undefined
  readonly body?: string | null | undefined
  readonly isBase64Encoded?: boolean | undefined
  /** Of version 1, and of a load balancer. */
  readonly httpMethod?: string | undefined
  readonly requestContext?: {
    /** Of version 2, and of a function URL. */
    readonly http?: { readonly method?: string | undefined } | undefined
    // Not asked for: without them the types of the other events would have nothing in common with this one.
    /** Of version 1. */
    readonly httpMethod?: string | undefined
    /** Of a load balancer. */
    readonly elb?: unknown
  } | undefined
}

/**
 * What goes back.
 *
 * @category models
 * @since 0.1.0
 */
export interface LambdaResult {
  readonly statusCode: number
  readonly headers: { readonly [name: string]: string }
  readonly body: string
}

/**
 * Answers events. It never rejects.
 *
 * @category models
 * @since 0.1.0
 */
export interface LambdaHandler extends Closing {
  (event: LambdaEvent): Promise<LambdaResult>
}

/**
 * Makes the handler of a receiver, with the layer of what that needs.
 *
 * **Gotchas**
 *
 * A function is frozen once it has answered, and there are as many of them as there are deliveries at once: `Deduplication.layerMemory`
 * knows nothing of the others. The function needs more time than `answerWithin`; the default of Lambda is 3 seconds.
 *
 * **Example** (A function)
 *
 * ```ts
 * import { Deduplication, Secrets, WebhookReceiver } from "@sunco/webhooks"
 * import * as LambdaHandler from "@sunco/webhooks/LambdaHandler"
 * import * as Testing from "@sunco/webhooks/Testing"
 * import * as Effect from "effect/Effect"
 * import * as Layer from "effect/Layer"
 * import * as Redacted from "effect/Redacted"
 *
 * const receiver = WebhookReceiver.make({
 *   "user:remove": ({ payload }) => Effect.sync(() => console.log(`${payload.user.externalId} is gone`))
 * })
 *
 * export const handler = LambdaHandler.make(
 *   receiver,
 *   Layer.merge(Secrets.layer(Redacted.make("s3cret")), Deduplication.layerMemory())
 * )
 *
 * const { statusCode } = await handler({
 *   headers: { "x-api-key": "s3cret" },
 *   requestContext: { http: { method: "POST" } },
 *   body: JSON.stringify(Testing.delivery(Testing.event("user:remove", { user: { externalId: "ada" } })))
 * })
 * console.log(statusCode)
 * // ada is gone
 * // 200
 * ```
 *
 * @category constructors
 * @since 0.1.0
 */
export const make: <R, E>(receiver: WebhookReceiver<R>, layer: Layer.Layer<R, E>) => LambdaHandler = makeLambdaHandler
