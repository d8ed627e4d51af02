/**
 * The three operations of the Clients API, each declared once.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import { Client } from "./Client.ts"
import { CreateClient } from "./ClientPayloads.ts"
import { EmptyResponse } from "./EmptyResponse.ts"
import { ClientId } from "./Ids.ts"
import { openStruct } from "./internal/openStruct.ts"
import {
  brandQuery,
  conversationNotFound,
  everyScope,
  integrationNotFound,
  userNotFound,
  userParams
} from "./internal/operationParts.ts"
import { oneCursor, paged, pageLimits, sizedPageFields } from "./internal/paging.ts"
import type { Operations } from "./Operation.ts"
import type { Links, Meta } from "./Page.ts"

/**
 * One client.
 *
 * @category models
 * @since 0.1.0
 */
export interface ClientResponse {
  readonly client: Client
}

/**
 * Schema of {@link ClientResponse}.
 *
 * @category schemas
 * @since 0.1.0
 */
export const ClientResponse: Schema.Codec<ClientResponse> = openStruct({
  client: Client
}).annotate({ identifier: "ClientResponse" })

/**
 * One page of the clients of a user, pending ones among them.
 *
 * @category models
 * @since 0.1.0
 */
export interface ClientListResponse {
  readonly clients: ReadonlyArray<Client>
  readonly meta?: Meta
  readonly links?: Links
}

/**
 * Schema of {@link ClientListResponse}.
 *
 * @category schemas
 * @since 0.1.0
 */
export const ClientListResponse: Schema.Codec<ClientListResponse> = openStruct({
  clients: Schema.Array(Client),
  ...paged
}).annotate({
  identifier: "ClientListResponse"
})

/**
 * The operations by the names of their methods.
 *
 * @category operations
 * @since 0.1.0
 */
export const ClientsOperations = {
  /** No failure is documented. */
  create: {
    operationId: "CreateClient",
    method: "POST",
    path: "/v2/apps/:appId/users/:userIdOrExternalId/clients",
    params: userParams,
    query: brandQuery,
    payload: CreateClient,
    scopes: everyScope,
    success: { status: 201, schema: ClientResponse },
    failures: { ...userNotFound, ...conversationNotFound, ...integrationNotFound }
  },
  list: {
    operationId: "ListClients",
    method: "GET",
    path: "/v2/apps/:appId/users/:userIdOrExternalId/clients",
    params: userParams,
    query: Schema.Struct({ ...brandQuery.fields, ...sizedPageFields }).check(oneCursor),
    scopes: everyScope,
    success: { status: 200, schema: ClientListResponse },
    failures: userNotFound,
    statuses: [400],
    limits: pageLimits
  },
  /** A client of type `sdk` is refused with 400. */
  remove: {
    operationId: "RemoveClient",
    method: "DELETE",
    path: "/v2/apps/:appId/users/:userIdOrExternalId/clients/:clientId",
    params: { ...userParams, clientId: ClientId },
    query: brandQuery,
    scopes: everyScope,
    success: { status: 200, schema: EmptyResponse },
    failures: { ...userNotFound, ClientNotFound: { status: 404, codes: ["client_not_found"] } },
    statuses: [400, 404]
  }
} as const satisfies Operations
