/**
 * The seven operations of the Users API, each declared once. `UsersApi` has the endpoints that are made of them.
 *
 * Statuses that the vendor mentions only in prose (400, 401, 403, 413, 429, 5xx, a 404 of sync) are declared nowhere: they
 * can come from any operation.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import { AppId, BrandId, UserIdOrExternalId, ZendeskId } from "./Ids.ts"
import { isWellFormed } from "./internal/isWellFormed.ts"
import { openStruct } from "./internal/openStruct.ts"
import type { Operation } from "./Operation.ts"
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

const EmailIdentity = Schema.String.check(
  Schema.isMinLength(1, { expected: "an e-mail address" }),
  isWellFormed
)

const appParams = { appId: AppId }

const userParams = { appId: AppId, userIdOrExternalId: UserIdOrExternalId }

const brandQuery = { brandId: Schema.optionalKey(BrandId) }

const userNotFound = { status: 404 } as const

/**
 * `CreateUser`: 201 with the user, or 409 `conflict` when the externalId is taken.
 *
 * @category operations
 * @since 0.1.0
 */
export const create = {
  name: "create",
  operationId: "CreateUser",
  method: "POST",
  path: "/v2/apps/:appId/users",
  params: appParams,
  payload: CreateUser,
  success: { status: 201, schema: UserResponse },
  error: { status: 409 }
} as const satisfies Operation

/**
 * `ListUsers`: 200 with the users who have the e-mail address among their identities; no error is documented.
 *
 * @category operations
 * @since 0.1.0
 */
export const listByEmail = {
  name: "listByEmail",
  operationId: "ListUsers",
  method: "GET",
  path: "/v2/apps/:appId/users",
  params: appParams,
  query: { "filter[identities.email]": EmailIdentity, ...brandQuery },
  success: { status: 200, schema: UserListResponse }
} as const satisfies Operation

/**
 * `GetUser`: 200 with the user, or 404 `user_not_found`.
 *
 * @category operations
 * @since 0.1.0
 */
export const get = {
  name: "get",
  operationId: "GetUser",
  method: "GET",
  path: "/v2/apps/:appId/users/:userIdOrExternalId",
  params: userParams,
  query: brandQuery,
  success: { status: 200, schema: UserResponse },
  error: userNotFound
} as const satisfies Operation

/**
 * `UpdateUser`: 200 with the changed user, or 404 `user_not_found`.
 *
 * @category operations
 * @since 0.1.0
 */
export const update = {
  name: "update",
  operationId: "UpdateUser",
  method: "PATCH",
  path: "/v2/apps/:appId/users/:userIdOrExternalId",
  params: userParams,
  query: brandQuery,
  payload: UpdateUser,
  success: { status: 200, schema: UserResponse },
  error: userNotFound
} as const satisfies Operation

/**
 * `DeleteUser`: 200 with `{}`, or 404 `user_not_found`.
 *
 * @category operations
 * @since 0.1.0
 */
const deleteUser = {
  name: "delete",
  operationId: "DeleteUser",
  method: "DELETE",
  path: "/v2/apps/:appId/users/:userIdOrExternalId",
  params: userParams,
  query: brandQuery,
  success: { status: 200, schema: EmptyResponse },
  error: userNotFound
} as const satisfies Operation

export { deleteUser as delete }

/**
 * `DeleteUserPersonalInformation`: 200 with what is left of the user, or 404 `user_not_found`.
 *
 * @category operations
 * @since 0.1.0
 */
export const deletePersonalInformation = {
  name: "deletePersonalInformation",
  operationId: "DeleteUserPersonalInformation",
  method: "DELETE",
  path: "/v2/apps/:appId/users/:userIdOrExternalId/personalinformation",
  params: userParams,
  query: brandQuery,
  success: { status: 200, schema: UserResponse },
  error: userNotFound
} as const satisfies Operation

/**
 * `SyncUser`: 200 with the user; no error is documented. The vendor lets the body be left out; this client sends `{}`.
 *
 * @category operations
 * @since 0.1.0
 */
export const sync = {
  name: "sync",
  operationId: "SyncUser",
  method: "POST",
  path: "/v2/apps/:appId/users/:zendeskId/sync",
  params: { appId: AppId, zendeskId: ZendeskId },
  payload: SyncUser,
  success: { status: 200, schema: UserResponse }
} as const satisfies Operation
