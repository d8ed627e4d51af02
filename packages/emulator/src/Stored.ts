/**
 * What the emulator keeps, for assertions.
 *
 * @since 0.1.0
 */
import { App } from "@sunco/schemas/App"
import { type AppKey } from "@sunco/schemas/AppKey"
import { type Attachment } from "@sunco/schemas/Attachment"
import { Client } from "@sunco/schemas/Client"
import { Conversation } from "@sunco/schemas/Conversation"
import { Device } from "@sunco/schemas/Device"
import { IntegrationKey } from "@sunco/schemas/IntegrationKey"
import { Message } from "@sunco/schemas/Message"
import { partial } from "@sunco/schemas/Partial"
import { Participant } from "@sunco/schemas/Participant"
import { Switchboard } from "@sunco/schemas/Switchboard"
import { SwitchboardIntegration } from "@sunco/schemas/SwitchboardIntegration"
import { User } from "@sunco/schemas/User"
import { Webhook } from "@sunco/schemas/Webhook"
import * as Schema from "effect/Schema"

/**
 * A participant, and the conversation that it takes part in.
 *
 * @category models
 * @since 0.1.0
 */
export interface StoredParticipant extends Participant {
  readonly conversationId: string
}

/**
 * A message, and the conversation that it is of.
 *
 * @category models
 * @since 0.1.0
 */
export interface StoredMessage extends Message {
  readonly conversationId: string
}

/**
 * A client, and the user whose it is.
 *
 * @category models
 * @since 0.1.0
 */
export interface StoredClient extends Client {
  readonly userId: string
}

/**
 * A device, and the user whose it is.
 *
 * @category models
 * @since 0.1.0
 */
export interface StoredDevice extends Device {
  readonly userId: string
}

/**
 * A file without its bytes, which are at its `mediaUrl`.
 *
 * @category models
 * @since 0.1.0
 */
export interface StoredAttachment extends Attachment {
  readonly name: string
  /** In bytes. */
  readonly size: number
  readonly conversationId?: string
  readonly for?: "message"
}

/**
 * An integration with all that it was made with; secrets are text here.
 *
 * @category models
 * @since 0.1.0
 */
export interface StoredIntegration {
  readonly id: string
  readonly type: string
  readonly status?: string
  readonly displayName?: string | null
  /** One of an SDK that was configured in Admin Center cannot be deleted. */
  readonly isOfAdminCenter?: boolean
  readonly webhooks?: ReadonlyArray<Webhook<string>>
  readonly [field: string]: unknown
}

/**
 * A webhook, and the integration whose it is; the secret is text here.
 *
 * @category models
 * @since 0.1.0
 */
export interface StoredWebhook extends Webhook<string> {
  readonly integrationId: string
}

/**
 * A key of an integration, and the integration whose it is; the secret is text here.
 *
 * @category models
 * @since 0.1.0
 */
export interface StoredIntegrationKey extends IntegrationKey<string> {
  readonly integrationId: string
}

/**
 * A key of the app, with its secret as text.
 *
 * @category models
 * @since 0.1.0
 */
export interface StoredAppKey extends AppKey<string> {}

/**
 * What an app keeps, by resource and in the order of arrival; participants and messages conversation by conversation. An
 * activity is not kept: it leaves its mark on a conversation or a participant, and who is in control on a conversation.
 *
 * @category models
 * @since 0.1.0
 */
export interface Stored {
  readonly Users: ReadonlyArray<User>
  readonly Conversations: ReadonlyArray<Conversation>
  readonly Participants: ReadonlyArray<StoredParticipant>
  readonly Messages: ReadonlyArray<StoredMessage>
  readonly Clients: ReadonlyArray<StoredClient>
  readonly Devices: ReadonlyArray<StoredDevice>
  readonly Attachments: ReadonlyArray<StoredAttachment>
  readonly Integrations: ReadonlyArray<StoredIntegration>
  readonly Webhooks: ReadonlyArray<StoredWebhook>
  readonly IntegrationKeys: ReadonlyArray<StoredIntegrationKey>
  /** What is said of the app itself. */
  readonly Apps: ReadonlyArray<App>
  readonly AppKeys: ReadonlyArray<StoredAppKey>
  readonly Switchboards: ReadonlyArray<Switchboard>
  readonly SwitchboardIntegrations: ReadonlyArray<SwitchboardIntegration>
}

/** Those of any record that belongs to a conversation. */
const kept = { id: Schema.String, conversationId: Schema.String }

const rest = [Schema.Record(Schema.String, Schema.Unknown)] as const

/**
 * Schema of {@link StoredParticipant}.
 *
 * @category schemas
 * @since 0.1.0
 */
export const StoredParticipant: Schema.Codec<StoredParticipant> = Schema.StructWithRest(
  Schema.Struct({ ...partial(Participant).fields, ...kept }),
  rest
).annotate({
  identifier: "StoredParticipant",
  description: "A participant, and the conversation that it takes part in."
})

/**
 * Schema of {@link StoredMessage}.
 *
 * @category schemas
 * @since 0.1.0
 */
export const StoredMessage: Schema.Codec<StoredMessage> = Schema.StructWithRest(
  Schema.Struct({ ...partial(Message).fields, ...kept }),
  rest
).annotate({ identifier: "StoredMessage", description: "A message, and the conversation that it is of." })

const ofUser = { id: Schema.String, userId: Schema.String }

/**
 * Schema of {@link StoredClient}.
 *
 * @category schemas
 * @since 0.1.0
 */
export const StoredClient: Schema.Codec<StoredClient> = Schema.StructWithRest(
  Schema.Struct({ ...partial(Client).fields, ...ofUser }),
  rest
).annotate({ identifier: "StoredClient", description: "A client, and the user whose it is." })

/**
 * Schema of {@link StoredDevice}.
 *
 * @category schemas
 * @since 0.1.0
 */
export const StoredDevice: Schema.Codec<StoredDevice> = Schema.StructWithRest(
  Schema.Struct({ ...partial(Device).fields, ...ofUser }),
  rest
).annotate({ identifier: "StoredDevice", description: "A device, and the user whose it is." })

/**
 * Schema of {@link StoredAppKey}.
 *
 * @category schemas
 * @since 0.1.0
 */
export const StoredAppKey: Schema.Codec<StoredAppKey> = Schema.Struct({
  id: Schema.String,
  displayName: Schema.optionalKey(Schema.String),
  secret: Schema.optionalKey(Schema.String)
}).annotate({ identifier: "StoredAppKey", description: "A key of the app, with its secret as text." })

/**
 * Schema of {@link StoredAttachment}.
 *
 * @category schemas
 * @since 0.1.0
 */
export const StoredAttachment: Schema.Codec<StoredAttachment> = Schema.Struct({
  mediaUrl: Schema.String,
  mediaType: Schema.optionalKey(Schema.String),
  name: Schema.String,
  size: Schema.Int,
  conversationId: Schema.optionalKey(Schema.String),
  for: Schema.optionalKey(Schema.Literal("message"))
}).annotate({ identifier: "StoredAttachment", description: "A file without its bytes." })

/**
 * Schema of {@link StoredIntegration}.
 *
 * @category schemas
 * @since 0.1.0
 */
export const StoredIntegration: Schema.Codec<StoredIntegration> = Schema.StructWithRest(
  Schema.Struct({
    id: Schema.String,
    type: Schema.String,
    status: Schema.optionalKey(Schema.String),
    displayName: Schema.optionalKey(Schema.NullOr(Schema.String)),
    isOfAdminCenter: Schema.optionalKey(Schema.Boolean),
    webhooks: Schema.optionalKey(Schema.Array(Schema.toEncoded(Webhook)))
  }),
  rest
).annotate({ identifier: "StoredIntegration", description: "An integration with all that it was made with." })

const ofIntegration = { id: Schema.String, integrationId: Schema.String }

/**
 * Schema of {@link StoredWebhook}.
 *
 * @category schemas
 * @since 0.1.0
 */
export const StoredWebhook: Schema.Codec<StoredWebhook> = Schema.StructWithRest(
  Schema.Struct({ ...partial(Schema.toEncoded(Webhook)).fields, ...ofIntegration }),
  rest
).annotate({ identifier: "StoredWebhook", description: "A webhook, and the integration whose it is." })

/**
 * Schema of {@link StoredIntegrationKey}.
 *
 * @category schemas
 * @since 0.1.0
 */
export const StoredIntegrationKey: Schema.Codec<StoredIntegrationKey> = Schema.StructWithRest(
  Schema.Struct({ ...partial(Schema.toEncoded(IntegrationKey)).fields, ...ofIntegration }),
  rest
).annotate({
  identifier: "StoredIntegrationKey",
  description: "A key of an integration, and the integration whose it is."
})

/**
 * Schema of {@link Stored}.
 *
 * @category schemas
 * @since 0.1.0
 */
export const Stored: Schema.Codec<Stored> = Schema.Struct({
  Users: Schema.Array(User),
  Conversations: Schema.Array(Conversation),
  Participants: Schema.Array(StoredParticipant),
  Messages: Schema.Array(StoredMessage),
  Clients: Schema.Array(StoredClient),
  Devices: Schema.Array(StoredDevice),
  Attachments: Schema.Array(StoredAttachment),
  Integrations: Schema.Array(StoredIntegration),
  Webhooks: Schema.Array(StoredWebhook),
  IntegrationKeys: Schema.Array(StoredIntegrationKey),
  Apps: Schema.Array(App),
  AppKeys: Schema.Array(StoredAppKey),
  Switchboards: Schema.Array(Switchboard),
  SwitchboardIntegrations: Schema.Array(SwitchboardIntegration)
}).annotate({
  identifier: "Stored",
  description: "What an app keeps, by resource and in the order of arrival."
})
