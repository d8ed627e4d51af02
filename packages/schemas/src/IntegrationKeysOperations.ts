/**
 * The four operations of the keys of custom integrations, each declared once.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import { EmptyResponse } from "./EmptyResponse.ts"
import { IntegrationKeyId } from "./Ids.ts"
import { CreatedIntegrationKey, CreateIntegrationKey, IntegrationKey } from "./IntegrationKey.ts"
import { integrationNotFound, integrationParams } from "./internal/operationParts.ts"
import { sealedStruct } from "./internal/sealedStruct.ts"
import type { Operations } from "./Operation.ts"

/**
 * One key of an integration.
 *
 * @category models
 * @since 0.1.0
 */
export interface IntegrationKeyResponse {
  readonly key: IntegrationKey
}

/**
 * Schema of {@link IntegrationKeyResponse}.
 *
 * @category schemas
 * @since 0.1.0
 */
export const IntegrationKeyResponse: Schema.Codec<IntegrationKeyResponse, unknown> = sealedStruct({
  key: IntegrationKey
}).annotate({ identifier: "IntegrationKeyResponse" })

/**
 * The key that was made.
 *
 * @category models
 * @since 0.1.0
 */
export interface CreatedIntegrationKeyResponse {
  readonly key: CreatedIntegrationKey
}

/**
 * Schema of {@link CreatedIntegrationKeyResponse}.
 *
 * @category schemas
 * @since 0.1.0
 */
export const CreatedIntegrationKeyResponse: Schema.Codec<CreatedIntegrationKeyResponse, unknown> = sealedStruct({
  key: CreatedIntegrationKey
}).annotate({ identifier: "CreatedIntegrationKeyResponse" })

/**
 * Every key of an integration; the vendor pages nothing here, because there are ten at most.
 *
 * @category models
 * @since 0.1.0
 */
export interface IntegrationKeyListResponse {
  readonly keys: ReadonlyArray<IntegrationKey>
}

/**
 * Schema of {@link IntegrationKeyListResponse}.
 *
 * @category schemas
 * @since 0.1.0
 */
export const IntegrationKeyListResponse: Schema.Codec<IntegrationKeyListResponse, unknown> = sealedStruct({
  keys: Schema.Array(IntegrationKey)
}).annotate({ identifier: "IntegrationKeyListResponse" })

const keyParams = { ...integrationParams, keyId: IntegrationKeyId }

const scopes = ["app", "account"] as const

/**
 * No failure of these operations is documented. `not_found` alone may be the integration as well as the key, so that it is
 * neither.
 */
const integrationKeyNotFound = {
  ...integrationNotFound,
  IntegrationKeyNotFound: { status: 404, codes: ["key_not_found"] }
} as const

/**
 * The operations by the names of their methods.
 *
 * @category operations
 * @since 0.1.0
 */
export const IntegrationKeysOperations = {
  /** What an eleventh key gives is not documented either. */
  create: {
    operationId: "CreateCustomIntegrationKey",
    method: "POST",
    path: "/v2/apps/:appId/integrations/:integrationId/keys",
    params: integrationParams,
    payload: CreateIntegrationKey,
    scopes,
    success: { status: 201, schema: CreatedIntegrationKeyResponse },
    failures: integrationNotFound
  },
  /** Of an integration that is not custom it is refused with 400. */
  list: {
    operationId: "ListCustomIntegrationKeys",
    method: "GET",
    path: "/v2/apps/:appId/integrations/:integrationId/keys",
    params: integrationParams,
    scopes,
    success: { status: 200, schema: IntegrationKeyListResponse },
    failures: integrationNotFound,
    statuses: [400]
  },
  get: {
    operationId: "GetCustomIntegrationKey",
    method: "GET",
    path: "/v2/apps/:appId/integrations/:integrationId/keys/:keyId",
    params: keyParams,
    scopes,
    success: { status: 200, schema: IntegrationKeyResponse },
    failures: integrationKeyNotFound
  },
  delete: {
    operationId: "DeleteCustomIntegrationKey",
    method: "DELETE",
    path: "/v2/apps/:appId/integrations/:integrationId/keys/:keyId",
    params: keyParams,
    scopes,
    success: { status: 200, schema: EmptyResponse },
    failures: integrationKeyNotFound
  }
} as const satisfies Operations
