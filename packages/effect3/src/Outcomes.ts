/**
 * The outcomes of the domain, which a program usually handles, a class for each.
 *
 * @since 0.1.0
 */
import type * as Redacted from "effect/Redacted"
import { Outcome } from "./internal/outcome.ts"
import type { ResponseInfo } from "./ResponseInfo.ts"

/**
 * What every outcome says of the call that it ended.
 *
 * @category models
 * @since 0.1.0
 */
export interface Facts {
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
export class UserNotFound extends Outcome("UserNotFound")<Facts> {}

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
export class UserAlreadyExists extends Outcome("UserAlreadyExists")<Facts & { readonly applied?: "unknown" }> {}

/**
 * The user has no client of that id (404 `client_not_found`).
 *
 * @category errors
 * @since 0.1.0
 */
export class ClientNotFound extends Outcome("ClientNotFound")<Facts> {}

/**
 * The user has no device of that id (404 `device_not_found`).
 *
 * @category errors
 * @since 0.1.0
 */
export class DeviceNotFound extends Outcome("DeviceNotFound")<Facts> {}

/**
 * There is no conversation of that id (404 `conversation_not_found`, of a list of messages `not_found` too).
 *
 * @category errors
 * @since 0.1.0
 */
export class ConversationNotFound extends Outcome("ConversationNotFound")<Facts> {}

/**
 * The user does not take part in the conversation (404 `not_found` of a leave).
 *
 * @category errors
 * @since 0.1.0
 */
export class ParticipantNotFound extends Outcome("ParticipantNotFound")<Facts> {}

/**
 * The conversation has no message of that id (404 `message_not_found`, which the vendor documents nowhere).
 *
 * @category errors
 * @since 0.1.0
 */
export class MessageNotFound extends Outcome("MessageNotFound")<Facts> {}

/**
 * The conversation has as many messages as it can have, 30,000 (423 `locked`). Some must be deleted before it takes another.
 *
 * @category errors
 * @since 0.1.0
 */
export class MessageLimitReached extends Outcome("MessageLimitReached")<Facts> {}

/**
 * There is no file of that address (404 `not_found` of a deletion).
 *
 * @category errors
 * @since 0.1.0
 */
export class AttachmentNotFound extends Outcome("AttachmentNotFound")<Facts> {}

/**
 * The plan of the account allows no other app (402 `payment_required`).
 *
 * @category errors
 * @since 0.1.0
 */
export class AppPlanExceeded extends Outcome("AppPlanExceeded")<Facts> {}

/**
 * The app has no key of that id (404 `not_found` of a read).
 *
 * @category errors
 * @since 0.1.0
 */
export class AppKeyNotFound extends Outcome("AppKeyNotFound")<Facts> {}

/**
 * There is no integration of that id (404 `integration_not_found`).
 *
 * @category errors
 * @since 0.1.0
 */
export class IntegrationNotFound extends Outcome("IntegrationNotFound")<Facts> {}

/**
 * There is no webhook of that id, or no integration of that one: the vendor says the same of both (404 `not_found`).
 *
 * @category errors
 * @since 0.1.0
 */
export class WebhookNotFound extends Outcome("WebhookNotFound")<Facts> {}

/**
 * The integration has no key of that id (404 `key_not_found`, which the vendor documents nowhere).
 *
 * @category errors
 * @since 0.1.0
 */
export class IntegrationKeyNotFound extends Outcome("IntegrationKeyNotFound")<Facts> {}

/**
 * There is no switchboard of that id (404 `switchboard_not_found`).
 *
 * @category errors
 * @since 0.1.0
 */
export class SwitchboardNotFound extends Outcome("SwitchboardNotFound")<Facts> {}

/**
 * The switchboard has no integration of that id (404 `switchboard_integration_not_found`): in the path, or where a payload names one.
 *
 * @category errors
 * @since 0.1.0
 */
export class SwitchboardIntegrationNotFound extends Outcome("SwitchboardIntegrationNotFound")<Facts> {}

/**
 * The switchboard has as many integrations as it can have, 10 (400 `too_many_switchboard_integrations`).
 *
 * @category errors
 * @since 0.1.0
 */
export class SwitchboardIntegrationLimitReached extends Outcome("SwitchboardIntegrationLimitReached")<Facts> {}
