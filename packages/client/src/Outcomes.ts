/**
 * The outcomes of the domain, which a program usually handles, a class for each.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import { Outcome } from "./internal/errors/outcome.ts"

/**
 * There is no user of that id or externalId (404 `user_not_found`); from `get`, `update`, `delete`,
 * `deletePersonalInformation` and `sync`.
 *
 * @category errors
 * @since 0.1.0
 */
export class UserNotFound extends Outcome<UserNotFound>()("UserNotFound", "the user does not exist") {}

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
export class UserAlreadyExists extends Outcome<UserAlreadyExists>()(
  "UserAlreadyExists",
  "another user has the externalId",
  { applied: Schema.optionalKey(Schema.Literal("unknown")) }
) {
  override get message(): string {
    return this.applied === undefined
      ? `${this.operation}: another user has the externalId`
      : `${this.operation}: a user has the externalId, who may be the one of this call, stored in another form`
  }
}
