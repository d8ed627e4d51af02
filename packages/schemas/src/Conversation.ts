/**
 * The Conversation of the Sunshine Conversations API, as answers carry it.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import { openStruct } from "./internal/openStruct.ts"
import { openText } from "./internal/openText.ts"
import { nullableText, text } from "./internal/optionalFields.ts"
import { Metadata } from "./Metadata.ts"
import type { OpenText } from "./Unrecognized.ts"

/**
 * A switchboard integration that is in control of a conversation, or was offered it.
 *
 * @see OpenAPI 17.12.1, `switchboardIntegrationWebhook`
 * @category models
 * @since 0.1.0
 */
export interface ConversationSwitchboardIntegration {
  /** Of the switchboard integration, which control is passed to; not that of the integration behind it. */
  readonly id?: string
  readonly name?: string
  readonly integrationId?: string
  readonly integrationType?: string
}

/**
 * A conversation.
 *
 * **Details**
 *
 * Only `id` is sure to be there. Times are ISO 8601 with milliseconds.
 *
 * @see OpenAPI 17.12.1, `conversation` and `conversationTruncated`
 * @category models
 * @since 0.1.0
 */
export interface Conversation {
  readonly id: string
  readonly type?: OpenText<"personal" | "sdkGroup">
  readonly metadata?: Metadata | null
  /** Who is in control; absent when nobody is. */
  readonly activeSwitchboardIntegration?: ConversationSwitchboardIntegration | null
  /** Who was offered control; absent when nobody was. */
  readonly pendingSwitchboardIntegration?: ConversationSwitchboardIntegration | null
  /** Whether it is its user's first personal conversation, which cannot be deleted. */
  readonly isDefault?: boolean
  readonly displayName?: string | null
  readonly description?: string | null
  readonly iconUrl?: string | null
  /** When the business last marked it as read. */
  readonly businessLastRead?: string | null
  /** When its last message was received; when it was made as long as there is none. */
  readonly lastUpdatedAt?: string | null
  readonly createdAt?: string
}

const ConversationSwitchboardIntegration: Schema.Codec<ConversationSwitchboardIntegration> = openStruct({
  id: text,
  name: text,
  integrationId: text,
  integrationType: text
}).annotate({ identifier: "ConversationSwitchboardIntegration" })

const switchboardIntegration = Schema.optionalKey(Schema.NullOr(ConversationSwitchboardIntegration))

/**
 * Schema of {@link Conversation}; unknown fields are kept.
 *
 * @category schemas
 * @since 0.1.0
 */
export const Conversation: Schema.Codec<Conversation> = openStruct({
  id: Schema.String,
  type: Schema.optionalKey(openText<"personal" | "sdkGroup">()),
  metadata: Schema.optionalKey(Schema.NullOr(Metadata)),
  activeSwitchboardIntegration: switchboardIntegration,
  pendingSwitchboardIntegration: switchboardIntegration,
  isDefault: Schema.optionalKey(Schema.Boolean),
  displayName: nullableText,
  description: nullableText,
  iconUrl: nullableText,
  businessLastRead: nullableText,
  lastUpdatedAt: nullableText,
  createdAt: text
}).annotate({ identifier: "Conversation" })
