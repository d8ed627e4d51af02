import type * as Context from "effect/Context"
import * as HttpApi from "effect/http-api/HttpApi"
import * as HttpApiEndpoint from "effect/http-api/HttpApiEndpoint"
import * as HttpApiGroup from "effect/http-api/HttpApiGroup"
import type * as HttpApiMiddleware from "effect/http-api/HttpApiMiddleware"
import * as HttpApiSchema from "effect/http-api/HttpApiSchema"
import * as OpenApi from "effect/http-api/OpenApi"
import { ErrorEnvelope } from "../ErrorEnvelope.ts"
import type { Operation, Operations } from "../Operation.ts"

/** `any`: what a middleware provides is nothing to a declaration. */
type Security = Context.Key<HttpApiMiddleware.AnyId, any>

/**
 * An `HttpApi` of operations, a group for each resource. Its type names no endpoint: whoever needs types has the operations.
 *
 * @internal
 */
export const apiOf = (
  id: string,
  resources: { readonly [name: string]: Operations },
  security: Security
): HttpApi.HttpApi<string, HttpApiGroup.Constraint> =>
  // `any` here and below: the type of an API grows with every group, that of a group with every endpoint.
  Object.entries(resources).reduce<any>(
    (api, [name, operations]) => api.add(groupOf(name, operations, security)),
    HttpApi.make(id)
  )

const groupOf = (name: string, operations: Operations, security: Security): HttpApiGroup.Constraint =>
  Object.entries(operations).reduce<any>(
    (group, [name, operation]) => group.add(endpointOf(name, operation, security)),
    HttpApiGroup.make(name)
  )

const endpointOf = (name: string, operation: Operation, security: Security): HttpApiEndpoint.Constraint => {
  const { body, method, operationId, params, path, payload, query, statuses = [], success } = operation
  const endpoint = HttpApiEndpoint.make(method)(name, path, {
    params,
    ...(query === undefined ? undefined : { query }),
    ...(payload === undefined
      ? undefined
      : { payload: body === "multipart" ? payload.pipe(HttpApiSchema.asMultipart()) : payload }),
    success: success.schema.pipe(HttpApiSchema.status(success.status)),
    error: statuses.map((status) => ErrorEnvelope.pipe(HttpApiSchema.status(status)))
  }).annotate(OpenApi.Identifier, operationId).annotate(OpenApi.Transform, documented(operation))
  return operation.auth === "none" ? endpoint : endpoint.middleware(security)
}

/** What the OpenAPI document can say and an endpoint cannot: who may call it, and that there need not be a body. */
const documented =
  ({ auth, bodyOptional, scopes }: Operation) => (endpoint: Partial<OpenApi.OpenAPISpecOperation>) => ({
    ...endpoint,
    security: endpoint.security?.flatMap((requirement) =>
      Object.keys(requirement)
        .filter((scheme) => auth !== "bearer" || scheme === "bearerAuth")
        .map((scheme) => ({ [scheme]: scopes }))
    ),
    ...(bodyOptional && { requestBody: { ...endpoint.requestBody, required: false } })
  })
