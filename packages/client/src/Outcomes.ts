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
export class UserNotFound extends /* @__PURE__ */ Outcome<UserNotFound>()("UserNotFound", "the user does not exist") {}

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
export class UserAlreadyExists extends /* @__PURE__ */ Outcome<UserAlreadyExists>()(
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

/**
 * The user has no client of that id (404 `client_not_found`).
 *
 * @category errors
 * @since 0.1.0
 */
export class ClientNotFound
  extends /* @__PURE__ */ Outcome<ClientNotFound>()("ClientNotFound", "the client does not exist")
{}

/**
 * The user has no device of that id (404 `device_not_found`).
 *
 * @category errors
 * @since 0.1.0
 */
export class DeviceNotFound
  extends /* @__PURE__ */ Outcome<DeviceNotFound>()("DeviceNotFound", "the device does not exist")
{}

/**
 * There is no conversation of that id (404 `conversation_not_found`, of a list of messages `not_found` too).
 *
 * @category errors
 * @since 0.1.0
 */
export class ConversationNotFound
  extends /* @__PURE__ */ Outcome<ConversationNotFound>()("ConversationNotFound", "the conversation does not exist")
{}

/**
 * The user does not take part in the conversation (404 `not_found` of a leave).
 *
 * @category errors
 * @since 0.1.0
 */
export class ParticipantNotFound extends /* @__PURE__ */ Outcome<ParticipantNotFound>()(
  "ParticipantNotFound",
  "the user does not take part in the conversation"
) {}

/**
 * The conversation has no message of that id (404 `message_not_found`, which the vendor documents nowhere).
 *
 * @category errors
 * @since 0.1.0
 */
export class MessageNotFound
  extends /* @__PURE__ */ Outcome<MessageNotFound>()("MessageNotFound", "the message does not exist")
{}

/**
 * The conversation has as many messages as it can have, 30,000 (423 `locked`). Some must be deleted before it takes another.
 *
 * @category errors
 * @since 0.1.0
 */
export class MessageLimitReached extends /* @__PURE__ */ Outcome<MessageLimitReached>()(
  "MessageLimitReached",
  "the conversation has as many messages as it can have"
) {}

/**
 * There is no file of that address (404 `not_found` of a deletion).
 *
 * @category errors
 * @since 0.1.0
 */
export class AttachmentNotFound
  extends /* @__PURE__ */ Outcome<AttachmentNotFound>()("AttachmentNotFound", "the file does not exist")
{}

/**
 * The plan of the account allows no other app (402 `payment_required`).
 *
 * @category errors
 * @since 0.1.0
 */
export class AppPlanExceeded extends /* @__PURE__ */ Outcome<AppPlanExceeded>()(
  "AppPlanExceeded",
  "the plan of the account allows no other app"
) {}

/**
 * The app has no key of that id (404 `not_found` of a read).
 *
 * @category errors
 * @since 0.1.0
 */
export class AppKeyNotFound
  extends /* @__PURE__ */ Outcome<AppKeyNotFound>()("AppKeyNotFound", "the key does not exist")
{}

/**
 * There is no integration of that id (404 `integration_not_found`).
 *
 * @category errors
 * @since 0.1.0
 */
export class IntegrationNotFound
  extends /* @__PURE__ */ Outcome<IntegrationNotFound>()("IntegrationNotFound", "the integration does not exist")
{}

/**
 * There is no webhook of that id, or no integration of that one: the vendor says the same of both (404 `not_found`).
 *
 * @category errors
 * @since 0.1.0
 */
export class WebhookNotFound
  extends /* @__PURE__ */ Outcome<WebhookNotFound>()("WebhookNotFound", "the webhook does not exist")
{}

/**
 * The integration has no key of that id (404 `key_not_found`, which the vendor documents nowhere).
 *
 * @category errors
 * @since 0.1.0
 */
export class IntegrationKeyNotFound
  extends /* @__PURE__ */ Outcome<IntegrationKeyNotFound>()("IntegrationKeyNotFound", "the key does not exist")
{}

/**
 * There is no switchboard of that id (404 `switchboard_not_found`).
 *
 * @category errors
 * @since 0.1.0
 */
export class SwitchboardNotFound extends /* @__PURE__ */ Outcome<SwitchboardNotFound>()(
  "SwitchboardNotFound",
  "the switchboard does not exist"
) {}

/**
 * The switchboard has no integration of that id (404 `switchboard_integration_not_found`): in the path, or where a payload names one.
 *
 * @category errors
 * @since 0.1.0
 */
export class SwitchboardIntegrationNotFound extends /* @__PURE__ */ Outcome<SwitchboardIntegrationNotFound>()(
  "SwitchboardIntegrationNotFound",
  "the switchboard integration does not exist"
) {}

/**
 * The switchboard has as many integrations as it can have, 10 (400 `too_many_switchboard_integrations`).
 *
 * @category errors
 * @since 0.1.0
 */
export class SwitchboardIntegrationLimitReached extends /* @__PURE__ */ Outcome<SwitchboardIntegrationLimitReached>()(
  "SwitchboardIntegrationLimitReached",
  "the switchboard has as many integrations as it can have"
) {}
