/**
 * The outcomes of the domain, which a program usually handles, a class for each.
 *
 * @since 0.1.0
 */
import * as Data from "effect/Data"
import type * as Redacted from "effect/Redacted"
import { toClient } from "./internal/toClient.ts"
import type { ResponseInfo } from "./ResponseInfo.ts"

interface Fields {
  /** The method that was called, such as `Users.get`. */
  readonly operation: string
  /** How many requests were sent, look-ups included. */
  readonly attempts: number
  /** Status and headers of the answer. */
  readonly response: Redacted.Redacted<ResponseInfo>
}

/**
 * There is no user of that id or externalId (404 `user_not_found`); from `get`, `update`, `delete`,
 * `deletePersonalInformation` and `sync`.
 *
 * @category errors
 * @since 0.1.0
 */
export class UserNotFound extends Data.TaggedError("UserNotFound")<Fields> {
  override get message(): string {
    return toClient(this).message
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
export class UserAlreadyExists extends Data.TaggedError("UserAlreadyExists")<
  Fields & { readonly applied?: "unknown" }
> {
  override get message(): string {
    return toClient(this).message
  }
}
