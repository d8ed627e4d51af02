/**
 * The seven operations of the Users API, each declared once with the statuses that the vendor documents.
 *
 * Client, emulator and OpenAPI document are derived from these endpoints. Statuses that the vendor mentions only in prose
 * (400, 401, 403, 413, 429, 5xx, a 404 of sync) are declared nowhere here: they can come from any operation.
 *
 * @since 0.1.0
 */
import * as HttpApiEndpoint from "effect/http-api/HttpApiEndpoint"
import * as HttpApiGroup from "effect/http-api/HttpApiGroup"
import * as HttpApiSchema from "effect/http-api/HttpApiSchema"
import * as OpenApi from "effect/http-api/OpenApi"
import * as Schema from "effect/Schema"
import { ErrorEnvelope } from "./ErrorEnvelope.ts"
import { AppId, BrandId, UserIdOrExternalId, ZendeskId } from "./Ids.ts"
import { isWellFormed } from "./internal/isWellFormed.ts"
import { openStruct } from "./internal/openStruct.ts"
import { User } from "./User.ts"
import { CreateUser, SyncUser, UpdateUser } from "./UserPayloads.ts"

/**
 * A response with one user.
 *
 * @category models
 * @since 0.1.0
 */
export interface UserResponse {
  readonly user: User
}

/**
 * Schema of {@link UserResponse}.
 *
 * @category schemas
 * @since 0.1.0
 */
export const UserResponse: Schema.Codec<UserResponse> = openStruct({ user: User }).annotate({
  identifier: "UserResponse",
  description: "One user."
})

/**
 * A response with every user that was found; the vendor pages nothing here.
 *
 * @category models
 * @since 0.1.0
 */
export interface UserListResponse {
  readonly users: ReadonlyArray<User>
}

/**
 * Schema of {@link UserListResponse}.
 *
 * @category schemas
 * @since 0.1.0
 */
export const UserListResponse: Schema.Codec<UserListResponse> = openStruct({ users: Schema.Array(User) }).annotate({
  identifier: "UserListResponse",
  description: "Every user that was found."
})

/**
 * The answer to a delete: `{}`, an empty JSON object and never a 204.
 *
 * @category schemas
 * @since 0.1.0
 */
export const EmptyResponse: Schema.Codec<{ readonly [name: string]: unknown }> = Schema.Record(
  Schema.String,
  Schema.Unknown
).annotate({ identifier: "EmptyResponse", description: "An empty object." })

const UserNotFound = ErrorEnvelope.annotate({ description: "User not found." }).pipe(HttpApiSchema.status(404))

const UserAlreadyExists = ErrorEnvelope.annotate({ description: "User already exists." }).pipe(
  HttpApiSchema.status(409)
)

const appParams = { appId: AppId }

const userParams = { appId: AppId, userIdOrExternalId: UserIdOrExternalId }

const brandQuery = { brandId: Schema.optionalKey(BrandId) }

/**
 * `CreateUser`: 201 with the user, or 409 `conflict` when the externalId is taken.
 *
 * @category endpoints
 * @since 0.1.0
 */
export const create = HttpApiEndpoint.post("create", "/v2/apps/:appId/users", {
  params: appParams,
  payload: CreateUser,
  success: UserResponse.pipe(HttpApiSchema.status(201)),
  error: UserAlreadyExists
}).annotate(OpenApi.Identifier, "CreateUser")

/**
 * `ListUsers`: 200 with the users who have the e-mail address among their identities; no error is documented.
 *
 * @category endpoints
 * @since 0.1.0
 */
export const listByEmail = HttpApiEndpoint.get("listByEmail", "/v2/apps/:appId/users", {
  params: appParams,
  query: {
    "filter[identities.email]": Schema.String.check(
      Schema.isMinLength(1, { expected: "an e-mail address" }),
      isWellFormed
    ),
    ...brandQuery
  },
  success: UserListResponse
}).annotate(OpenApi.Identifier, "ListUsers")

/**
 * `GetUser`: 200 with the user, or 404 `user_not_found`.
 *
 * @category endpoints
 * @since 0.1.0
 */
export const get = HttpApiEndpoint.get("get", "/v2/apps/:appId/users/:userIdOrExternalId", {
  params: userParams,
  query: brandQuery,
  success: UserResponse,
  error: UserNotFound
}).annotate(OpenApi.Identifier, "GetUser")

/**
 * `UpdateUser`: 200 with the changed user, or 404 `user_not_found`.
 *
 * @category endpoints
 * @since 0.1.0
 */
export const update = HttpApiEndpoint.patch("update", "/v2/apps/:appId/users/:userIdOrExternalId", {
  params: userParams,
  query: brandQuery,
  payload: UpdateUser,
  success: UserResponse,
  error: UserNotFound
}).annotate(OpenApi.Identifier, "UpdateUser")

const deleteUser = HttpApiEndpoint.delete("delete", "/v2/apps/:appId/users/:userIdOrExternalId", {
  params: userParams,
  query: brandQuery,
  success: EmptyResponse,
  error: UserNotFound
}).annotate(OpenApi.Identifier, "DeleteUser")

export {
  /**
   * `DeleteUser`: 200 with `{}`, or 404 `user_not_found`.
   *
   * @category endpoints
   * @since 0.1.0
   */
  deleteUser as delete
}

/**
 * `DeleteUserPersonalInformation`: 200 with what is left of the user, or 404 `user_not_found`.
 *
 * @category endpoints
 * @since 0.1.0
 */
export const deletePersonalInformation = HttpApiEndpoint.delete(
  "deletePersonalInformation",
  "/v2/apps/:appId/users/:userIdOrExternalId/personalinformation",
  {
    params: userParams,
    query: brandQuery,
    success: UserResponse,
    error: UserNotFound
  }
).annotate(OpenApi.Identifier, "DeleteUserPersonalInformation")

/**
 * `SyncUser`: 200 with the user; no error is documented. The vendor lets the body be left out; this client sends `{}`.
 *
 * @category endpoints
 * @since 0.1.0
 */
export const sync = HttpApiEndpoint.post("sync", "/v2/apps/:appId/users/:zendeskId/sync", {
  params: { appId: AppId, zendeskId: ZendeskId },
  payload: SyncUser,
  success: UserResponse
}).annotate(OpenApi.Identifier, "SyncUser")

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
