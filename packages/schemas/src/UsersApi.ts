/**
 * The endpoints of the Users API, made of the operations in `UsersOperations`, from which emulator, OpenAPI document and
 * the list of contracts are derived.
 *
 * @since 0.1.0
 */
import * as HttpApiEndpoint from "effect/http-api/HttpApiEndpoint"
import * as HttpApiGroup from "effect/http-api/HttpApiGroup"
import * as HttpApiSchema from "effect/http-api/HttpApiSchema"
import * as OpenApi from "effect/http-api/OpenApi"
import type * as Schema from "effect/Schema"
import { ErrorEnvelope } from "./ErrorEnvelope.ts"
import * as Operations from "./UsersOperations.ts"

const failure = ({ status }: { readonly status: number }) => ErrorEnvelope.pipe(HttpApiSchema.status(status))

const success = <A>({ schema, status }: { readonly schema: Schema.Codec<A>; readonly status: number }) =>
  schema.pipe(HttpApiSchema.status(status))

/**
 * The endpoint of `UsersOperations.create`.
 *
 * @category endpoints
 * @since 0.1.0
 */
export const create = HttpApiEndpoint.post(Operations.create.name, Operations.create.path, {
  params: Operations.create.params,
  payload: Operations.create.payload,
  success: success(Operations.create.success),
  error: failure(Operations.create.error)
}).annotate(OpenApi.Identifier, Operations.create.operationId)

/**
 * The endpoint of `UsersOperations.listByEmail`.
 *
 * @category endpoints
 * @since 0.1.0
 */
export const listByEmail = HttpApiEndpoint.get(Operations.listByEmail.name, Operations.listByEmail.path, {
  params: Operations.listByEmail.params,
  query: Operations.listByEmail.query,
  success: success(Operations.listByEmail.success)
}).annotate(OpenApi.Identifier, Operations.listByEmail.operationId)

/**
 * The endpoint of `UsersOperations.get`.
 *
 * @category endpoints
 * @since 0.1.0
 */
export const get = HttpApiEndpoint.get(Operations.get.name, Operations.get.path, {
  params: Operations.get.params,
  query: Operations.get.query,
  success: success(Operations.get.success),
  error: failure(Operations.get.error)
}).annotate(OpenApi.Identifier, Operations.get.operationId)

/**
 * The endpoint of `UsersOperations.update`.
 *
 * @category endpoints
 * @since 0.1.0
 */
export const update = HttpApiEndpoint.patch(Operations.update.name, Operations.update.path, {
  params: Operations.update.params,
  query: Operations.update.query,
  payload: Operations.update.payload,
  success: success(Operations.update.success),
  error: failure(Operations.update.error)
}).annotate(OpenApi.Identifier, Operations.update.operationId)

/**
 * The endpoint of `UsersOperations.delete`.
 *
 * @category endpoints
 * @since 0.1.0
 */
const deleteUser = HttpApiEndpoint.delete(Operations.delete.name, Operations.delete.path, {
  params: Operations.delete.params,
  query: Operations.delete.query,
  success: success(Operations.delete.success),
  error: failure(Operations.delete.error)
}).annotate(OpenApi.Identifier, Operations.delete.operationId)

export { deleteUser as delete }

/**
 * The endpoint of `UsersOperations.deletePersonalInformation`.
 *
 * @category endpoints
 * @since 0.1.0
 */
export const deletePersonalInformation = HttpApiEndpoint.delete(
  Operations.deletePersonalInformation.name,
  Operations.deletePersonalInformation.path,
  {
    params: Operations.deletePersonalInformation.params,
    query: Operations.deletePersonalInformation.query,
    success: success(Operations.deletePersonalInformation.success),
    error: failure(Operations.deletePersonalInformation.error)
  }
).annotate(OpenApi.Identifier, Operations.deletePersonalInformation.operationId)

/**
 * The endpoint of `UsersOperations.sync`.
 *
 * @category endpoints
 * @since 0.1.0
 */
export const sync = HttpApiEndpoint.post(Operations.sync.name, Operations.sync.path, {
  params: Operations.sync.params,
  payload: Operations.sync.payload,
  success: success(Operations.sync.success)
}).annotate(OpenApi.Identifier, Operations.sync.operationId)

/**
 * The group `Users` of the API.
 *
 * @category groups
 * @since 0.1.0
 */
export const UsersApi = HttpApiGroup.make("Users").add(
  create,
  listByEmail,
  get,
  update,
  deleteUser,
  deletePersonalInformation,
  sync
)
