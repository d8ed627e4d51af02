/**
 * The four operations of the App Keys API, each declared once.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import { AppKey, CreateAppKey, CreatedAppKey } from "./AppKey.ts"
import { EmptyResponse } from "./EmptyResponse.ts"
import { AppKeyId } from "./Ids.ts"
import { openStruct } from "./internal/openStruct.ts"
import { accountScope, appParams } from "./internal/operationParts.ts"
import type { Operations } from "./Operation.ts"

/**
 * One key.
 *
 * @category models
 * @since 0.1.0
 */
export interface AppKeyResponse {
  readonly key: AppKey
}

/**
 * Schema of {@link AppKeyResponse}.
 *
 * @category schemas
 * @since 0.1.0
 */
export const AppKeyResponse: Schema.Codec<AppKeyResponse, unknown> = openStruct({
  key: AppKey
}).annotate({ identifier: "AppKeyResponse" })

/**
 * The key that was made.
 *
 * @category models
 * @since 0.1.0
 */
export interface CreatedAppKeyResponse {
  readonly key: CreatedAppKey
}

/**
 * Schema of {@link CreatedAppKeyResponse}.
 *
 * @category schemas
 * @since 0.1.0
 */
export const CreatedAppKeyResponse: Schema.Codec<CreatedAppKeyResponse, unknown> = openStruct({
  key: CreatedAppKey
}).annotate({ identifier: "CreatedAppKeyResponse" })

/**
 * Every key of an app; the vendor pages nothing here, because there are ten at most.
 *
 * @category models
 * @since 0.1.0
 */
export interface AppKeyListResponse {
  readonly keys: ReadonlyArray<AppKey>
}

/**
 * Schema of {@link AppKeyListResponse}.
 *
 * @category schemas
 * @since 0.1.0
 */
export const AppKeyListResponse: Schema.Codec<AppKeyListResponse, unknown> = openStruct({
  keys: Schema.Array(AppKey)
}).annotate({ identifier: "AppKeyListResponse" })

const keyParams = { ...appParams, keyId: AppKeyId }

/**
 * The operations by the names of their methods.
 *
 * @category operations
 * @since 0.1.0
 */
export const AppKeysOperations = {
  /** No failure is documented, and neither is what an eleventh key gives. */
  create: {
    operationId: "CreateAppKey",
    method: "POST",
    path: "/v2/apps/:appId/keys",
    params: appParams,
    payload: CreateAppKey,
    scopes: accountScope,
    success: { status: 201, schema: CreatedAppKeyResponse }
  },
  /** No failure is documented. */
  list: {
    operationId: "ListAppKeys",
    method: "GET",
    path: "/v2/apps/:appId/keys",
    params: appParams,
    scopes: accountScope,
    success: { status: 200, schema: AppKeyListResponse }
  },
  get: {
    operationId: "GetAppKey",
    method: "GET",
    path: "/v2/apps/:appId/keys/:keyId",
    params: keyParams,
    scopes: accountScope,
    success: { status: 200, schema: AppKeyResponse },
    failures: { AppKeyNotFound: { status: 404, codes: ["key_not_found", "not_found"] } },
    statuses: [404]
  },
  /** The code of its 404 is `app_not_found`: what a key gives that is not there is not known. */
  delete: {
    operationId: "DeleteAppKey",
    method: "DELETE",
    path: "/v2/apps/:appId/keys/:keyId",
    params: keyParams,
    scopes: accountScope,
    success: { status: 200, schema: EmptyResponse },
    failures: { AppKeyNotFound: { status: 404, codes: ["key_not_found"] } },
    statuses: [404]
  }
} as const satisfies Operations
