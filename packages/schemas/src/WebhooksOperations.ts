/**
 * The five operations of the Webhooks API, each declared once.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import { EmptyResponse } from "./EmptyResponse.ts"
import { WebhookId } from "./Ids.ts"
import { integrationNotFound, integrationParams } from "./internal/operationParts.ts"
import { sealedStruct } from "./internal/sealedStruct.ts"
import type { Operations } from "./Operation.ts"
import { Webhook } from "./Webhook.ts"
import { CreateWebhook, UpdateWebhook } from "./WebhookPayloads.ts"

/**
 * One webhook.
 *
 * @category models
 * @since 0.1.0
 */
export interface WebhookResponse {
  readonly webhook: Webhook
}

/**
 * Schema of {@link WebhookResponse}.
 *
 * @category schemas
 * @since 0.1.0
 */
export const WebhookResponse: Schema.Codec<WebhookResponse, unknown> = sealedStruct({
  webhook: Webhook
}).annotate({ identifier: "WebhookResponse" })

/**
 * Every webhook of an integration; the vendor pages nothing here, because an app has ten at most.
 *
 * @category models
 * @since 0.1.0
 */
export interface WebhookListResponse {
  readonly webhooks: ReadonlyArray<Webhook>
}

/**
 * Schema of {@link WebhookListResponse}.
 *
 * @category schemas
 * @since 0.1.0
 */
export const WebhookListResponse: Schema.Codec<WebhookListResponse, unknown> = sealedStruct({
  webhooks: Schema.Array(Webhook)
}).annotate({ identifier: "WebhookListResponse" })

const webhookParams = { ...integrationParams, webhookId: WebhookId }

/** The introduction of the vendor's document gives an account every operation, the operations themselves do not. */
const scopes = ["integration", "app"] as const

/** `not_found`: no webhook of that id, or no integration of that one: the document tells them apart nowhere. */
const webhookNotFound = {
  ...integrationNotFound,
  WebhookNotFound: { status: 404, codes: ["webhook_not_found", "not_found"] }
} as const

/**
 * The operations by the names of their methods. `me` in the place of the integration's id is the integration of the credentials.
 *
 * @category operations
 * @since 0.1.0
 */
export const WebhooksOperations = {
  create: {
    operationId: "CreateWebhook",
    method: "POST",
    path: "/v2/apps/:appId/integrations/:integrationId/webhooks",
    params: integrationParams,
    payload: CreateWebhook,
    scopes,
    success: { status: 201, schema: WebhookResponse },
    failures: integrationNotFound,
    statuses: [400, 403, 404]
  },
  list: {
    operationId: "ListWebhooks",
    method: "GET",
    path: "/v2/apps/:appId/integrations/:integrationId/webhooks",
    params: integrationParams,
    scopes,
    success: { status: 200, schema: WebhookListResponse },
    failures: integrationNotFound,
    statuses: [403, 404]
  },
  get: {
    operationId: "GetWebhook",
    method: "GET",
    path: "/v2/apps/:appId/integrations/:integrationId/webhooks/:webhookId",
    params: webhookParams,
    scopes,
    success: { status: 200, schema: WebhookResponse },
    failures: webhookNotFound,
    statuses: [404]
  },
  update: {
    operationId: "UpdateWebhook",
    method: "PATCH",
    path: "/v2/apps/:appId/integrations/:integrationId/webhooks/:webhookId",
    params: webhookParams,
    payload: UpdateWebhook,
    scopes,
    success: { status: 200, schema: WebhookResponse },
    failures: webhookNotFound,
    statuses: [400, 404]
  },
  delete: {
    operationId: "DeleteWebhook",
    method: "DELETE",
    path: "/v2/apps/:appId/integrations/:integrationId/webhooks/:webhookId",
    params: webhookParams,
    scopes,
    success: { status: 200, schema: EmptyResponse },
    failures: webhookNotFound,
    statuses: [404]
  }
} as const satisfies Operations
