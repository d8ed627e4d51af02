/**
 * The five operations of the Apps API, each declared once.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import { App } from "./App.ts"
import { CreateApp, UpdateApp } from "./AppPayloads.ts"
import { EmptyResponse } from "./EmptyResponse.ts"
import { isNotEmpty } from "./internal/isNotEmpty.ts"
import { isWellFormed } from "./internal/isWellFormed.ts"
import { openStruct } from "./internal/openStruct.ts"
import { accountScope, appParams, appScope } from "./internal/operationParts.ts"
import { oneCursor, paged, pageLimits, sizedPageFields } from "./internal/paging.ts"
import type { Operations } from "./Operation.ts"
import type { Links, Meta } from "./Page.ts"

/**
 * One app.
 *
 * @category models
 * @since 0.1.0
 */
export interface AppResponse {
  readonly app: App
}

/**
 * Schema of {@link AppResponse}.
 *
 * @category schemas
 * @since 0.1.0
 */
export const AppResponse: Schema.Codec<AppResponse> = openStruct({
  app: App
}).annotate({ identifier: "AppResponse" })

/**
 * One page of the apps that a key reaches.
 *
 * @category models
 * @since 0.1.0
 */
export interface AppListResponse {
  readonly apps: ReadonlyArray<App>
  readonly meta?: Meta
  readonly links?: Links
}

/**
 * Schema of {@link AppListResponse}.
 *
 * @category schemas
 * @since 0.1.0
 */
export const AppListResponse: Schema.Codec<AppListResponse> = openStruct({
  apps: Schema.Array(App),
  ...paged
}).annotate({ identifier: "AppListResponse" })

/**
 * The operations by the names of their methods. None is inside of an app, and an app that is not there is no outcome of its own.
 *
 * @category operations
 * @since 0.1.0
 */
export const AppsOperations = {
  create: {
    operationId: "CreateApp",
    method: "POST",
    path: "/v2/apps",
    params: {},
    payload: CreateApp,
    scopes: accountScope,
    success: { status: 201, schema: AppResponse },
    failures: { AppPlanExceeded: { status: 402 } },
    statuses: [400, 402]
  },
  /** A service account that is not the caller's is refused with 403. */
  list: {
    operationId: "ListApps",
    method: "GET",
    path: "/v2/apps",
    params: {},
    query: Schema.Struct({
      "filter[serviceAccountId]": Schema.optionalKey(
        Schema.String.check(isNotEmpty("a service account's id"), isWellFormed)
      ),
      ...sizedPageFields
    }).check(oneCursor),
    scopes: accountScope,
    success: { status: 200, schema: AppListResponse },
    statuses: [400, 403],
    limits: pageLimits
  },
  get: {
    operationId: "GetApp",
    method: "GET",
    path: "/v2/apps/:appId",
    params: appParams,
    scopes: appScope,
    success: { status: 200, schema: AppResponse },
    statuses: [404]
  },
  update: {
    operationId: "UpdateApp",
    method: "PATCH",
    path: "/v2/apps/:appId",
    params: appParams,
    payload: UpdateApp,
    scopes: appScope,
    success: { status: 200, schema: AppResponse },
    statuses: [400, 404]
  },
  delete: {
    operationId: "DeleteApp",
    method: "DELETE",
    path: "/v2/apps/:appId",
    params: appParams,
    scopes: accountScope,
    success: { status: 200, schema: EmptyResponse },
    statuses: [404]
  }
} as const satisfies Operations
