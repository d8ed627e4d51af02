/**
 * The four operations of the Switchboard Integrations API, each declared once.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import { EmptyResponse } from "./EmptyResponse.ts"
import { SwitchboardIntegrationId } from "./Ids.ts"
import { openStruct } from "./internal/openStruct.ts"
import {
  appScope,
  integrationNotFound,
  switchboardIntegrationNotFound,
  switchboardNotFound,
  switchboardParams
} from "./internal/operationParts.ts"
import type { Operations } from "./Operation.ts"
import { SwitchboardIntegration } from "./SwitchboardIntegration.ts"
import { CreateSwitchboardIntegration, UpdateSwitchboardIntegration } from "./SwitchboardIntegrationPayloads.ts"

/**
 * One switchboard integration.
 *
 * @category models
 * @since 0.1.0
 */
export interface SwitchboardIntegrationResponse {
  readonly switchboardIntegration: SwitchboardIntegration
}

/**
 * Schema of {@link SwitchboardIntegrationResponse}.
 *
 * @category schemas
 * @since 0.1.0
 */
export const SwitchboardIntegrationResponse: Schema.Codec<SwitchboardIntegrationResponse> = openStruct({
  switchboardIntegration: SwitchboardIntegration
}).annotate({ identifier: "SwitchboardIntegrationResponse" })

/**
 * Every integration of a switchboard.
 *
 * @category models
 * @since 0.1.0
 */
export interface SwitchboardIntegrationListResponse {
  readonly switchboardIntegrations: ReadonlyArray<SwitchboardIntegration>
}

/**
 * Schema of {@link SwitchboardIntegrationListResponse}.
 *
 * @category schemas
 * @since 0.1.0
 */
export const SwitchboardIntegrationListResponse: Schema.Codec<SwitchboardIntegrationListResponse> = openStruct({
  switchboardIntegrations: Schema.Array(SwitchboardIntegration)
}).annotate({ identifier: "SwitchboardIntegrationListResponse" })

const switchboardIntegrationParams = { ...switchboardParams, switchboardIntegrationId: SwitchboardIntegrationId }

/**
 * The operations by the names of their methods.
 *
 * @category operations
 * @since 0.1.0
 */
export const SwitchboardIntegrationsOperations = {
  create: {
    operationId: "CreateSwitchboardIntegration",
    method: "POST",
    path: "/v2/apps/:appId/switchboards/:switchboardId/switchboardIntegrations",
    params: switchboardParams,
    payload: CreateSwitchboardIntegration,
    scopes: appScope,
    success: { status: 201, schema: SwitchboardIntegrationResponse },
    failures: {
      SwitchboardIntegrationLimitReached: { status: 400, codes: ["too_many_switchboard_integrations"] },
      ...switchboardNotFound,
      ...switchboardIntegrationNotFound,
      ...integrationNotFound
    },
    statuses: [400, 404]
  },
  list: {
    operationId: "ListSwitchboardIntegrations",
    method: "GET",
    path: "/v2/apps/:appId/switchboards/:switchboardId/switchboardIntegrations",
    params: switchboardParams,
    scopes: appScope,
    success: { status: 200, schema: SwitchboardIntegrationListResponse },
    failures: switchboardNotFound,
    statuses: [404]
  },
  update: {
    operationId: "UpdateSwitchboardIntegration",
    method: "PATCH",
    path: "/v2/apps/:appId/switchboards/:switchboardId/switchboardIntegrations/:switchboardIntegrationId",
    params: switchboardIntegrationParams,
    payload: UpdateSwitchboardIntegration,
    scopes: appScope,
    success: { status: 200, schema: SwitchboardIntegrationResponse },
    failures: { ...switchboardNotFound, ...switchboardIntegrationNotFound, ...integrationNotFound },
    statuses: [404]
  },
  /** The default one, and the next one of another, are refused: with which status is not documented. */
  delete: {
    operationId: "DeleteSwitchboardIntegration",
    method: "DELETE",
    path: "/v2/apps/:appId/switchboards/:switchboardId/switchboardIntegrations/:switchboardIntegrationId",
    params: switchboardIntegrationParams,
    scopes: appScope,
    success: { status: 200, schema: EmptyResponse },
    failures: { ...switchboardNotFound, ...switchboardIntegrationNotFound },
    statuses: [404]
  }
} as const satisfies Operations
