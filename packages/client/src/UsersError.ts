/**
 * The outcomes of the Users API that a program usually handles.
 *
 * @since 0.1.0
 */
import { NodeInspectSymbol } from "effect/Inspectable"
import * as Schema from "effect/Schema"
import { errorJson, type Inspect, inspectError } from "./internal/printedError.ts"
import { ResponseInfo } from "./ResponseInfo.ts"

const fields = {
  /** The method that was called, such as `Users.get`. */
  operation: Schema.String,
  /** How many requests were sent, look-ups included. */
  attempts: Schema.Int,
  /** Status and headers of the answer. */
  response: Schema.Redacted(ResponseInfo)
}

/**
 * There is no user of that id or externalId (404 `user_not_found`); from `get`, `update`, `delete`,
 * `deletePersonalInformation` and `sync`.
 *
 * @category errors
 * @since 0.1.0
 */
export class UserNotFound extends Schema.TaggedError<UserNotFound>()("UserNotFound", fields) {
  override get message(): string {
    return `${this.operation}: the user does not exist`
  }

  override toJSON(): unknown {
    return errorJson(this)
  }

  /** @internal */
  override [NodeInspectSymbol](depth?: number, options?: object, inspect?: Inspect): string {
    return inspectError(this, depth, options, inspect)
  }
}

/**
 * Another user has that externalId (409 `conflict`); from `create`, and from `getOrCreate` and `upsert` when they lose a
 * race as often as they try.
 *
 * `applied` is `"unknown"` where the other user may be the one that this call made itself: the answer of an earlier attempt
 * was lost, and the user who is stored differs from what was sent in its form alone (an e-mail address in lower case, blanks
 * that are gone).
 *
 * @category errors
 * @since 0.1.0
 */
export class UserAlreadyExists extends Schema.TaggedError<UserAlreadyExists>()("UserAlreadyExists", {
  ...fields,
  applied: Schema.optionalKey(Schema.Literal("unknown"))
}) {
  override get message(): string {
    return this.applied === undefined
      ? `${this.operation}: another user has the externalId`
      : `${this.operation}: a user has the externalId, who may be the one of this call, stored in another form`
  }

  override toJSON(): unknown {
    return errorJson(this)
  }

  /** @internal */
  override [NodeInspectSymbol](depth?: number, options?: object, inspect?: Inspect): string {
    return inspectError(this, depth, options, inspect)
  }
}
