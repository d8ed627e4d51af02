/**
 * The four operations of the Switchboards API, each declared once.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import { EmptyResponse } from "./EmptyResponse.ts"
import { openStruct } from "./internal/openStruct.ts"
import {
  appParams,
  appScope,
  switchboardIntegrationNotFound,
  switchboardNotFound,
  switchboardParams
} from "./internal/operationParts.ts"
import type { Operations } from "./Operation.ts"
import { Switchboard } from "./Switchboard.ts"
import { UpdateSwitchboard } from "./SwitchboardPayloads.ts"

/**
 * One switchboard.
 *
 * @category models
 * @since 0.1.0
 */
export interface SwitchboardResponse {
  readonly switchboard: Switchboard
}

/**
 * Schema of {@link SwitchboardResponse}.
 *
 * @category schemas
 * @since 0.1.0
 */
export const SwitchboardResponse: Schema.Codec<SwitchboardResponse> = openStruct({
  switchboard: Switchboard
}).annotate({ identifier: "SwitchboardResponse" })

/**
 * The switchboard of the app, if it has one.
 *
 * @category models
 * @since 0.1.0
 */
export interface SwitchboardListResponse {
  readonly switchboards: ReadonlyArray<Switchboard>
}

/**
 * Schema of {@link SwitchboardListResponse}.
 *
 * @category schemas
 * @since 0.1.0
 */
export const SwitchboardListResponse: Schema.Codec<SwitchboardListResponse> = openStruct({
  switchboards: Schema.Array(Switchboard)
}).annotate({ identifier: "SwitchboardListResponse" })

/**
 * The operations by the names of their methods.
 *
 * @category operations
 * @since 0.1.0
 */
export const SwitchboardsOperations = {
  /** A second one is refused with 400. */
  create: {
    operationId: "CreateSwitchboard",
    method: "POST",
    path: "/v2/apps/:appId/switchboards",
    params: appParams,
    scopes: appScope,
    success: { status: 201, schema: SwitchboardResponse },
    statuses: [400, 404]
  },
  list: {
    operationId: "ListSwitchboards",
    method: "GET",
    path: "/v2/apps/:appId/switchboards",
    params: appParams,
    scopes: appScope,
    success: { status: 200, schema: SwitchboardListResponse },
    statuses: [404]
  },
  update: {
    operationId: "UpdateSwitchboard",
    method: "PATCH",
    path: "/v2/apps/:appId/switchboards/:switchboardId",
    params: switchboardParams,
    payload: UpdateSwitchboard,
    scopes: appScope,
    success: { status: 200, schema: SwitchboardResponse },
    failures: { ...switchboardNotFound, ...switchboardIntegrationNotFound },
    statuses: [404]
  },
  delete: {
    operationId: "DeleteSwitchboard",
    method: "DELETE",
    path: "/v2/apps/:appId/switchboards/:switchboardId",
    params: switchboardParams,
    scopes: appScope,
    success: { status: 200, schema: EmptyResponse },
    failures: switchboardNotFound,
    statuses: [404]
  }
} as const satisfies Operations
