/**
 * The seven operations of the Users API, each declared once.
 *
 * Statuses that the vendor mentions only in prose (400, 401, 403, 413, 429, 5xx, a 404 of sync) are declared nowhere: they
 * can come from any operation.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import { EmptyResponse } from "./EmptyResponse.ts"
import { AppId, ZendeskId } from "./Ids.ts"
import { isNotEmpty } from "./internal/isNotEmpty.ts"
import { isWellFormed } from "./internal/isWellFormed.ts"
import { openStruct } from "./internal/openStruct.ts"
import { appParams, brandQuery, everyScope, userNotFound, userParams } from "./internal/operationParts.ts"
import type { Operations } from "./Operation.ts"
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
  identifier: "UserResponse"
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
  identifier: "UserListResponse"
})

const EmailIdentity = Schema.String.check(
  isNotEmpty("an e-mail address"),
  isWellFormed
)

/**
 * The operations by the names of their methods.
 *
 * @category operations
 * @since 0.1.0
 */
export const UsersOperations = {
  create: {
    operationId: "CreateUser",
    method: "POST",
    path: "/v2/apps/:appId/users",
    params: appParams,
    payload: CreateUser,
    scopes: everyScope,
    success: { status: 201, schema: UserResponse },
    // `conflict`: the externalId is taken.
    failures: { UserAlreadyExists: { status: 409 } },
    statuses: [409]
  },
  /** The users who have the e-mail address among their identities; no failure is documented. */
  listByEmail: {
    operationId: "ListUsers",
    method: "GET",
    path: "/v2/apps/:appId/users",
    params: appParams,
    query: Schema.Struct({ "filter[identities.email]": EmailIdentity, ...brandQuery.fields }),
    scopes: everyScope,
    success: { status: 200, schema: UserListResponse }
  },
  get: {
    operationId: "GetUser",
    method: "GET",
    path: "/v2/apps/:appId/users/:userIdOrExternalId",
    params: userParams,
    query: brandQuery,
    scopes: everyScope,
    success: { status: 200, schema: UserResponse },
    failures: userNotFound,
    statuses: [404]
  },
  update: {
    operationId: "UpdateUser",
    method: "PATCH",
    path: "/v2/apps/:appId/users/:userIdOrExternalId",
    params: userParams,
    query: brandQuery,
    payload: UpdateUser,
    scopes: everyScope,
    success: { status: 200, schema: UserResponse },
    failures: userNotFound,
    statuses: [404]
  },
  delete: {
    operationId: "DeleteUser",
    method: "DELETE",
    path: "/v2/apps/:appId/users/:userIdOrExternalId",
    params: userParams,
    query: brandQuery,
    scopes: everyScope,
    success: { status: 200, schema: EmptyResponse },
    failures: userNotFound,
    statuses: [404]
  },
  /** Gives what is left of the user. */
  deletePersonalInformation: {
    operationId: "DeleteUserPersonalInformation",
    method: "DELETE",
    path: "/v2/apps/:appId/users/:userIdOrExternalId/personalinformation",
    params: userParams,
    query: brandQuery,
    scopes: everyScope,
    success: { status: 200, schema: UserResponse },
    failures: userNotFound,
    statuses: [404]
  },
  /** No failure is documented, and a 404 is understood. This client sends `{}` where there is nothing to say. */
  sync: {
    operationId: "SyncUser",
    method: "POST",
    path: "/v2/apps/:appId/users/:zendeskId/sync",
    params: { appId: AppId, zendeskId: ZendeskId },
    payload: SyncUser,
    bodyOptional: true,
    scopes: everyScope,
    success: { status: 200, schema: UserResponse },
    failures: userNotFound
  }
} as const satisfies Operations
