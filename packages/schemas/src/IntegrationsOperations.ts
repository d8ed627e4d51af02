/**
 * The five operations of the Integrations API, each declared once.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import { EmptyResponse } from "./EmptyResponse.ts"
import { Integration } from "./Integration.ts"
import { CreateIntegration, UpdateIntegration } from "./IntegrationPayloads.ts"
import { isNotEmpty } from "./internal/isNotEmpty.ts"
import { openStruct } from "./internal/openStruct.ts"
import { appParams, integrationNotFound, integrationParams } from "./internal/operationParts.ts"
import { oneCursor, paged, pageLimits, sizedPageFields } from "./internal/paging.ts"
import type { Operations } from "./Operation.ts"
import type { Links, Meta } from "./Page.ts"

/**
 * One integration.
 *
 * @category models
 * @since 0.1.0
 */
export interface IntegrationResponse {
  readonly integration: Integration
}

/**
 * Schema of {@link IntegrationResponse}.
 *
 * @category schemas
 * @since 0.1.0
 */
export const IntegrationResponse: Schema.Codec<IntegrationResponse, unknown> = openStruct({
  integration: Integration
}).annotate({ identifier: "IntegrationResponse" })

/**
 * One page of the integrations of an app.
 *
 * @category models
 * @since 0.1.0
 */
export interface IntegrationListResponse {
  readonly integrations: ReadonlyArray<Integration>
  readonly meta?: Meta
  readonly links?: Links
}

/**
 * Schema of {@link IntegrationListResponse}.
 *
 * @category schemas
 * @since 0.1.0
 */
export const IntegrationListResponse: Schema.Codec<IntegrationListResponse, unknown> = openStruct({
  integrations: Schema.Array(Integration),
  ...paged
}).annotate({ identifier: "IntegrationListResponse" })

const scopes = ["app", "account"] as const

const types = Schema.optionalKey(Schema.String.check(isNotEmpty("one type of integration, or several")))

/**
 * The operations by the names of their methods.
 *
 * @category operations
 * @since 0.1.0
 */
export const IntegrationsOperations = {
  create: {
    operationId: "CreateIntegration",
    method: "POST",
    path: "/v2/apps/:appId/integrations",
    params: appParams,
    payload: CreateIntegration,
    scopes,
    success: { status: 201, schema: IntegrationResponse },
    statuses: [400]
  },
  /** The types are one text, with commas between them. */
  list: {
    operationId: "ListIntegrations",
    method: "GET",
    path: "/v2/apps/:appId/integrations",
    params: appParams,
    query: Schema.Struct({ "filter[types]": types, ...sizedPageFields }).check(oneCursor),
    scopes,
    success: { status: 200, schema: IntegrationListResponse },
    statuses: [400],
    limits: pageLimits
  },
  get: {
    operationId: "GetIntegration",
    method: "GET",
    path: "/v2/apps/:appId/integrations/:integrationId",
    params: integrationParams,
    scopes,
    success: { status: 200, schema: IntegrationResponse },
    failures: integrationNotFound,
    statuses: [404]
  },
  update: {
    operationId: "UpdateIntegration",
    method: "PATCH",
    path: "/v2/apps/:appId/integrations/:integrationId",
    params: integrationParams,
    payload: UpdateIntegration,
    scopes,
    success: { status: 200, schema: IntegrationResponse },
    failures: integrationNotFound,
    statuses: [404]
  },
  /** An SDK that was configured in Admin Center is refused with 400. */
  delete: {
    operationId: "DeleteIntegration",
    method: "DELETE",
    path: "/v2/apps/:appId/integrations/:integrationId",
    params: integrationParams,
    scopes,
    success: { status: 200, schema: EmptyResponse },
    failures: integrationNotFound,
    statuses: [400, 404]
  }
} as const satisfies Operations
