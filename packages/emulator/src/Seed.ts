/**
 * What a test puts in place before it starts, and no call of the API could.
 *
 * @since 0.1.0
 */
import { App } from "@sunco/schemas/App"
import { type AppKey } from "@sunco/schemas/AppKey"
import { Attachment } from "@sunco/schemas/Attachment"
import { Client } from "@sunco/schemas/Client"
import { Conversation } from "@sunco/schemas/Conversation"
import { Device } from "@sunco/schemas/Device"
import { Integration } from "@sunco/schemas/Integration"
import { IntegrationKey } from "@sunco/schemas/IntegrationKey"
import { Message } from "@sunco/schemas/Message"
import { partial } from "@sunco/schemas/Partial"
import { Participant } from "@sunco/schemas/Participant"
import { Switchboard } from "@sunco/schemas/Switchboard"
import { SwitchboardIntegration } from "@sunco/schemas/SwitchboardIntegration"
import { User } from "@sunco/schemas/User"
import { Webhook } from "@sunco/schemas/Webhook"
import type * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { type InvalidInput } from "./InvalidInput.ts"
import { checked } from "./internal/checked.ts"
import { StoredAppKey, StoredIntegration, StoredIntegrationKey } from "./Stored.ts"

/**
 * A messaging user with any field that a response can have, documented or not. Without an `id` it gets one;
 * `signedUpAt` is now, and `profile`, `metadata` and `identities` are empty unless given.
 *
 * @category models
 * @since 0.1.0
 */
export interface SeedUser extends Partial<User> {}

/**
 * Schema of {@link SeedUser}; fields that it does not name are kept.
 *
 * @category schemas
 * @since 0.1.0
 */
export const SeedUser: Schema.Codec<SeedUser> = partial(User).annotate({
  identifier: "SeedUser",
  description: "A messaging user to put in place."
})

/**
 * A core (Support) user, from which `Users.sync` copies. Fields that are absent here are left as they are there.
 *
 * @category models
 * @since 0.1.0
 */
export interface ZendeskUser {
  readonly id: string
  readonly givenName?: string
  readonly surname?: string
  readonly externalId?: string
  /** The primary e-mail address. */
  readonly email?: string
}

/**
 * Schema of {@link ZendeskUser}.
 *
 * @category schemas
 * @since 0.1.0
 */
export const ZendeskUser: Schema.Codec<ZendeskUser> = Schema.Struct({
  id: Schema.String,
  givenName: Schema.optionalKey(Schema.String),
  surname: Schema.optionalKey(Schema.String),
  externalId: Schema.optionalKey(Schema.String),
  email: Schema.optionalKey(Schema.String)
}).annotate({ identifier: "ZendeskUser", description: "A core (Support) user, from which a sync copies." })

/**
 * A message of a conversation with any field that a response can have. Without an `id` it gets one, and the others come in
 * between, up to now; the business is the author unless it is said, and an author of type `user` without `userId` is the first
 * participant.
 *
 * @category models
 * @since 0.1.0
 */
export interface SeedMessage extends Partial<Message> {}

/**
 * Schema of {@link SeedMessage}; fields that it does not name are kept.
 *
 * @category schemas
 * @since 0.1.0
 */
export const SeedMessage: Schema.Codec<SeedMessage> = partial(Message).annotate({
  identifier: "SeedMessage",
  description: "A message to put in place."
})

/**
 * A participant of a conversation with any field that a response can have, a `userId` or a `userExternalId` among them. The user
 * is made where there is none; `unreadCount` is counted unless given.
 *
 * @category models
 * @since 0.1.0
 */
export interface SeedParticipant extends Partial<Participant> {}

const isSomebody = Schema.makeFilter<Partial<Participant>>(
  ({ userExternalId, userId }) => userId !== undefined || typeof userExternalId === "string",
  { expected: "a userId or a userExternalId", toJsonSchema: () => ({}) }
)

/**
 * Schema of {@link SeedParticipant}; fields that it does not name are kept.
 *
 * @category schemas
 * @since 0.1.0
 */
export const SeedParticipant: Schema.Codec<SeedParticipant> = partial(Participant).check(isSomebody).annotate({
  identifier: "SeedParticipant",
  description: "A participant to put in place."
})

/**
 * A whole conversation, with any field that a response can have, who takes part and what was said.
 *
 * **Details**
 *
 * Without an `id` it gets one. Without a `type` it is `personal` where one participant is named, and `sdkGroup` otherwise. The
 * first personal conversation of a user is the default, which cannot be deleted, unless `isDefault` is `false`. Who is in control of
 * it, or was offered it, is known by the `id` or the `name` where the app has a switchboard.
 *
 * @category models
 * @since 0.1.0
 */
export interface SeedConversation extends Partial<Conversation> {
  readonly participants?: ReadonlyArray<SeedParticipant>
  /** The oldest first. */
  readonly messages?: ReadonlyArray<SeedMessage>
  /** How many messages there are, up to 100,000: those of `messages` are the last of them, and the others are made up. */
  readonly messageCount?: number
}

const { fields } = partial(Conversation)

/**
 * Schema of {@link SeedConversation}; fields that it does not name are kept.
 *
 * @category schemas
 * @since 0.1.0
 */
export const SeedConversation: Schema.Codec<SeedConversation> = Schema.StructWithRest(
  Schema.Struct({
    ...fields,
    participants: Schema.optionalKey(Schema.Array(SeedParticipant)),
    messages: Schema.optionalKey(Schema.Array(SeedMessage)),
    messageCount: Schema.optionalKey(Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 100_000 })))
  }),
  [Schema.Record(Schema.String, Schema.Unknown)]
).annotate({ identifier: "SeedConversation", description: "A conversation to put in place." })

/**
 * A conversation that a seed has put in place, with who takes part and what was said.
 *
 * @category models
 * @since 0.1.0
 */
export interface SeededConversation {
  readonly conversation: Conversation
  readonly participants: ReadonlyArray<Participant>
  /** The oldest first. */
  readonly messages: ReadonlyArray<Message>
}

/**
 * Schema of {@link SeededConversation}.
 *
 * @category schemas
 * @since 0.1.0
 */
export const SeededConversation: Schema.Codec<SeededConversation> = Schema.Struct({
  conversation: Conversation,
  participants: Schema.Array(Participant),
  messages: Schema.Array(Message)
}).annotate({ identifier: "SeededConversation", description: "A conversation that a seed has put in place." })

/**
 * A client of a user with any field that a response can have, without an `id` it gets one; of type `sdk`, active, and seen now unless it
 * is said. `userId` is the user's id or externalId; who is not there is made.
 *
 * @category models
 * @since 0.1.0
 */
export interface SeedClient extends Partial<Client> {
  readonly userId: string
}

const ofUser = { userId: Schema.String }

const rest = [Schema.Record(Schema.String, Schema.Unknown)] as const

/**
 * Schema of {@link SeedClient}; fields that it does not name are kept.
 *
 * @category schemas
 * @since 0.1.0
 */
export const SeedClient: Schema.Codec<SeedClient> = Schema.StructWithRest(
  Schema.Struct({ ...partial(Client).fields, ...ofUser }),
  rest
).annotate({ identifier: "SeedClient", description: "A client of a user to put in place." })

/**
 * A device of a user with any field that a response can have: without an `id` it gets one; of type `web`, active, and seen now unless it
 * is said. `userId` is the user's id or externalId; who is not there is made.
 *
 * @category models
 * @since 0.1.0
 */
export interface SeedDevice extends Partial<Device> {
  readonly userId: string
}

/**
 * Schema of {@link SeedDevice}; fields that it does not name are kept.
 *
 * @category schemas
 * @since 0.1.0
 */
export const SeedDevice: Schema.Codec<SeedDevice> = Schema.StructWithRest(
  Schema.Struct({ ...partial(Device).fields, ...ofUser }),
  rest
).annotate({ identifier: "SeedDevice", description: "A device of a user to put in place." })

const isUrl = Schema.makeFilter((url: string) => URL.canParse(url), { expected: "an absolute URL" })

/**
 * A file, as if somebody had uploaded it.
 *
 * @category models
 * @since 0.1.0
 */
export interface SeedAttachment {
  /** The bytes of the file. */
  readonly base64: string
  /**
   * Its address, one that nobody can guess when absent. Of an address elsewhere the path is served here, too: in memory every host
   * is this one.
   */
  readonly mediaUrl?: string
  /** `application/octet-stream` when absent. */
  readonly mediaType?: string
  readonly name?: string
  readonly conversationId?: string
  readonly for?: "message"
}

/**
 * Schema of {@link SeedAttachment}.
 *
 * @category schemas
 * @since 0.1.0
 */
export const SeedAttachment: Schema.Codec<SeedAttachment> = Schema.Struct({
  base64: Schema.String.check(Schema.isPattern(/^[\w+/]*={0,2}$/, { expected: "base64" })),
  mediaUrl: Schema.optionalKey(Schema.String.check(isUrl)),
  mediaType: Schema.optionalKey(Schema.String),
  name: Schema.optionalKey(Schema.String),
  conversationId: Schema.optionalKey(Schema.String),
  for: Schema.optionalKey(Schema.Literal("message"))
}).annotate({ identifier: "SeedAttachment", description: "A file to put in place." })

/**
 * A webhook of an integration, with any field that a response can have: without an `id` and a `secret` it gets them. The secret is
 * text here.
 *
 * @category models
 * @since 0.1.0
 */
export interface SeedWebhook extends Partial<Webhook<string>> {}

/**
 * Schema of {@link SeedWebhook}; fields that it does not name are kept.
 *
 * @category schemas
 * @since 0.1.0
 */
export const SeedWebhook: Schema.Codec<SeedWebhook> = partial(Schema.toEncoded(Webhook)).annotate({
  identifier: "SeedWebhook",
  description: "A webhook of an integration to put in place."
})

/**
 * An integration of any type, known or not, with any field that a request or a response can have; secrets are text here. Without an
 * `id` it gets one, and it is active unless it is said. One of type `custom` gets a webhook where `webhooks` says nothing.
 *
 * @category models
 * @since 0.1.0
 */
export interface SeedIntegration {
  readonly type: string
  readonly id?: string
  readonly status?: string
  readonly displayName?: string | null
  readonly webhooks?: ReadonlyArray<SeedWebhook>
  /** One of an SDK that was configured in Admin Center cannot be deleted. */
  readonly isOfAdminCenter?: boolean
  readonly [field: string]: unknown
}

const isIntegration = Schema.is(Schema.toEncoded(Integration))

const isReadable = Schema.makeFilter<SeedIntegration>(
  (fields) => isIntegration({ id: "", ...fields, webhooks: [] }),
  { expected: "the fields of its type as a response has them", toJsonSchema: () => ({}) }
)

/**
 * Schema of {@link SeedIntegration}; fields that it does not name are kept.
 *
 * @category schemas
 * @since 0.1.0
 */
export const SeedIntegration: Schema.Codec<SeedIntegration> = Schema.StructWithRest(
  Schema.Struct({
    type: Schema.String,
    id: Schema.optionalKey(Schema.String),
    status: Schema.optionalKey(Schema.String),
    displayName: Schema.optionalKey(Schema.NullOr(Schema.String)),
    webhooks: Schema.optionalKey(Schema.Array(SeedWebhook)),
    isOfAdminCenter: Schema.optionalKey(Schema.Boolean)
  }),
  rest
).check(isReadable).annotate({ identifier: "SeedIntegration", description: "An integration to put in place." })

/**
 * A key of an integration, with any field that a response can have: without an `id` and a `secret` it gets them. The secret is text
 * here. An integration that is not there is made, of type `custom`.
 *
 * @category models
 * @since 0.1.0
 */
export interface SeedIntegrationKey extends Partial<IntegrationKey<string>> {
  readonly integrationId: string
}

/**
 * Schema of {@link SeedIntegrationKey}; fields that it does not name are kept.
 *
 * @category schemas
 * @since 0.1.0
 */
export const SeedIntegrationKey: Schema.Codec<SeedIntegrationKey> = Schema.StructWithRest(
  Schema.Struct({ ...partial(Schema.toEncoded(IntegrationKey)).fields, integrationId: Schema.String }),
  rest
).annotate({ identifier: "SeedIntegrationKey", description: "A key of an integration to put in place." })

/**
 * An app of the account, with any field that a response can have: what is given changes what is said of it. Without an `id` it is the app
 * that the seed is for, and one that is not there is made, with nothing in it and without a key.
 *
 * @category models
 * @since 0.1.0
 */
export interface SeedApp extends Partial<App> {
  /** The service accounts that may use it, beside those that may already. */
  readonly serviceAccountIds?: ReadonlyArray<string>
}

/**
 * Schema of {@link SeedApp}; fields that it does not name are kept.
 *
 * @category schemas
 * @since 0.1.0
 */
export const SeedApp: Schema.Codec<SeedApp> = Schema.StructWithRest(
  Schema.Struct({ ...partial(App).fields, serviceAccountIds: Schema.optionalKey(Schema.Array(Schema.String)) }),
  rest
).annotate({ identifier: "SeedApp", description: "An app of the account." })

/**
 * What the account pays for, of which the last counts; any number of apps where nothing is said.
 *
 * @category models
 * @since 0.1.0
 */
export interface SeedPlan {
  /** How many apps there can be, those of the options included. One that is there stays. */
  readonly maximumApps: number
}

/**
 * Schema of {@link SeedPlan}.
 *
 * @category schemas
 * @since 0.1.0
 */
export const SeedPlan: Schema.Codec<SeedPlan> = Schema.Struct({
  maximumApps: Schema.Int.check(Schema.isGreaterThanOrEqualTo(0))
}).annotate({ identifier: "SeedPlan", description: "What the account pays for." })

/**
 * A key of the app, which calls it from then on: what is not given is made up. Its secret is text here.
 *
 * @category models
 * @since 0.1.0
 */
export interface SeedAppKey extends Partial<AppKey<string>> {}

/**
 * Schema of {@link SeedAppKey}.
 *
 * @category schemas
 * @since 0.1.0
 */
export const SeedAppKey: Schema.Codec<SeedAppKey> = Schema.Struct({
  id: Schema.optionalKey(Schema.NonEmptyString),
  displayName: Schema.optionalKey(Schema.String),
  secret: Schema.optionalKey(Schema.NonEmptyString)
}).annotate({ identifier: "SeedAppKey", description: "A key of the app to put in place." })

/**
 * An integration of a partner, which may ask to be let into the app by OAuth.
 *
 * @category models
 * @since 0.1.0
 */
export interface SeedOAuthClient {
  readonly client_id: string
  readonly client_secret: string
  /** Where a browser may come back to; the first one where none is asked for. */
  readonly redirect_uris: ReadonlyArray<string>
  /** What somebody who is asked says; `allowed` when absent. */
  readonly answer?: "allowed" | "denied"
  /** A code that somebody has given already; one is made when it is absent. */
  readonly code?: string
}

/**
 * Schema of {@link SeedOAuthClient}.
 *
 * @category schemas
 * @since 0.1.0
 */
export const SeedOAuthClient: Schema.Codec<SeedOAuthClient> = Schema.Struct({
  client_id: Schema.NonEmptyString,
  client_secret: Schema.NonEmptyString,
  redirect_uris: Schema.Array(Schema.String.check(isUrl)).check(Schema.isMinLength(1)),
  answer: Schema.optionalKey(Schema.Literals(["allowed", "denied"])),
  code: Schema.optionalKey(Schema.NonEmptyString)
}).annotate({ identifier: "SeedOAuthClient", description: "An integration that may ask to be let in." })

/**
 * A client of OAuth that a seed has put in place, and a code that it can exchange, as if a browser had brought it.
 *
 * @category models
 * @since 0.1.0
 */
export interface SeededOAuthClient {
  readonly client_id: string
  readonly code: string
}

/**
 * Schema of {@link SeededOAuthClient}.
 *
 * @category schemas
 * @since 0.1.0
 */
export const SeededOAuthClient: Schema.Codec<SeededOAuthClient> = Schema.Struct({
  client_id: Schema.String,
  code: Schema.String
}).annotate({ identifier: "SeededOAuthClient", description: "An integration that may ask to be let in, and a code." })

/**
 * A switchboard integration with any field that a response can have. Without an `id` it gets one, and an `integrationId`; its name is
 * made up, it is `custom`, and gets events on standby, unless it is said.
 *
 * @category models
 * @since 0.1.0
 */
export interface SeedSwitchboardIntegration extends Partial<SwitchboardIntegration> {}

/**
 * Schema of {@link SeedSwitchboardIntegration}; fields that it does not name are kept.
 *
 * @category schemas
 * @since 0.1.0
 */
export const SeedSwitchboardIntegration: Schema.Codec<SeedSwitchboardIntegration> = partial(SwitchboardIntegration)
  .annotate({ identifier: "SeedSwitchboardIntegration", description: "A switchboard integration to put in place." })

/**
 * The switchboard of the app, in the place of the one that it has, and who takes turns in it.
 *
 * **Details**
 *
 * Without an `id` it gets one. Where somebody takes turns in it, it is enabled, and the first is its default, unless it is said; one
 * that is not enabled has no default but the one that is said.
 *
 * @category models
 * @since 0.1.0
 */
export interface SeedSwitchboard extends Partial<Switchboard> {
  readonly switchboardIntegrations?: ReadonlyArray<SeedSwitchboardIntegration>
}

/**
 * Schema of {@link SeedSwitchboard}; fields that it does not name are kept.
 *
 * @category schemas
 * @since 0.1.0
 */
export const SeedSwitchboard: Schema.Codec<SeedSwitchboard> = Schema.StructWithRest(
  Schema.Struct({
    ...partial(Switchboard).fields,
    switchboardIntegrations: Schema.optionalKey(Schema.Array(SeedSwitchboardIntegration))
  }),
  rest
).annotate({ identifier: "SeedSwitchboard", description: "The switchboard of the app to put in place." })

/**
 * A switchboard that a seed has put in place, and who takes turns in it.
 *
 * @category models
 * @since 0.1.0
 */
export interface SeededSwitchboard {
  readonly switchboard: Switchboard
  readonly switchboardIntegrations: ReadonlyArray<SwitchboardIntegration>
}

/**
 * Schema of {@link SeededSwitchboard}.
 *
 * @category schemas
 * @since 0.1.0
 */
export const SeededSwitchboard: Schema.Codec<SeededSwitchboard> = Schema.Struct({
  switchboard: Switchboard,
  switchboardIntegrations: Schema.Array(SwitchboardIntegration)
}).annotate({ identifier: "SeededSwitchboard", description: "A switchboard that a seed has put in place." })

/**
 * What to put in place. What is there already with the same id is replaced, and so is a user with the same externalId in the
 * same brand.
 *
 * @category models
 * @since 0.1.0
 */
export interface Seed {
  readonly users?: ReadonlyArray<SeedUser>
  readonly zendeskUsers?: ReadonlyArray<ZendeskUser>
  readonly conversations?: ReadonlyArray<SeedConversation>
  readonly clients?: ReadonlyArray<SeedClient>
  readonly devices?: ReadonlyArray<SeedDevice>
  readonly attachments?: ReadonlyArray<SeedAttachment>
  readonly integrations?: ReadonlyArray<SeedIntegration>
  readonly integrationKeys?: ReadonlyArray<SeedIntegrationKey>
  readonly accountApps?: ReadonlyArray<SeedApp>
  readonly plans?: ReadonlyArray<SeedPlan>
  readonly appKeys?: ReadonlyArray<SeedAppKey>
  readonly oauthClients?: ReadonlyArray<SeedOAuthClient>
  readonly switchboards?: ReadonlyArray<SeedSwitchboard>
}

/**
 * Schema of {@link Seed}.
 *
 * @category schemas
 * @since 0.1.0
 */
export const Seed: Schema.Codec<Seed> = Schema.Struct({
  users: Schema.optionalKey(Schema.Array(SeedUser)),
  zendeskUsers: Schema.optionalKey(Schema.Array(ZendeskUser)),
  conversations: Schema.optionalKey(Schema.Array(SeedConversation)),
  clients: Schema.optionalKey(Schema.Array(SeedClient)),
  devices: Schema.optionalKey(Schema.Array(SeedDevice)),
  attachments: Schema.optionalKey(Schema.Array(SeedAttachment)),
  integrations: Schema.optionalKey(Schema.Array(SeedIntegration)),
  integrationKeys: Schema.optionalKey(Schema.Array(SeedIntegrationKey)),
  accountApps: Schema.optionalKey(Schema.Array(SeedApp)),
  plans: Schema.optionalKey(Schema.Array(SeedPlan)),
  appKeys: Schema.optionalKey(Schema.Array(SeedAppKey)),
  oauthClients: Schema.optionalKey(Schema.Array(SeedOAuthClient)),
  switchboards: Schema.optionalKey(Schema.Array(SeedSwitchboard))
}).annotate({ identifier: "Seed", description: "What to put in place." })

/**
 * Reads a seed, such as of a file of JSON, and refuses keys that it does not know; a model of the vendor may have any.
 *
 * **Example** (A seed of a file)
 *
 * ```ts
 * import { decodeSeed } from "@sunco/emulator/Seed"
 * import * as Effect from "effect/Effect"
 *
 * const text = `{ "users": [{ "externalId": "ada", "profile": { "givenName": "Ada" } }] }`
 *
 * Effect.runPromise(decodeSeed(JSON.parse(text))).then(({ users }) => {
 *   console.log(users?.length)
 *   // 1
 * })
 * ```
 *
 * @category constructors
 * @since 0.1.0
 */
export const decodeSeed: (input: unknown) => Effect.Effect<Seed, InvalidInput> = checked("seed", Seed)

/**
 * What a seed has put in place, as it is kept now.
 *
 * @category models
 * @since 0.1.0
 */
export interface Seeded {
  readonly users: ReadonlyArray<User>
  readonly zendeskUsers: ReadonlyArray<ZendeskUser>
  readonly conversations: ReadonlyArray<SeededConversation>
  readonly clients: ReadonlyArray<Client>
  readonly devices: ReadonlyArray<Device>
  readonly attachments: ReadonlyArray<Attachment>
  readonly integrations: ReadonlyArray<StoredIntegration>
  readonly integrationKeys: ReadonlyArray<StoredIntegrationKey>
  readonly accountApps: ReadonlyArray<App>
  readonly plans: ReadonlyArray<SeedPlan>
  readonly appKeys: ReadonlyArray<StoredAppKey>
  readonly oauthClients: ReadonlyArray<SeededOAuthClient>
  readonly switchboards: ReadonlyArray<SeededSwitchboard>
}

/**
 * Schema of {@link Seeded}.
 *
 * @category schemas
 * @since 0.1.0
 */
export const Seeded: Schema.Codec<Seeded> = Schema.Struct({
  users: Schema.Array(User),
  zendeskUsers: Schema.Array(ZendeskUser),
  conversations: Schema.Array(SeededConversation),
  clients: Schema.Array(Client),
  devices: Schema.Array(Device),
  attachments: Schema.Array(Attachment),
  integrations: Schema.Array(StoredIntegration),
  integrationKeys: Schema.Array(StoredIntegrationKey),
  accountApps: Schema.Array(App),
  plans: Schema.Array(SeedPlan),
  appKeys: Schema.Array(StoredAppKey),
  oauthClients: Schema.Array(SeededOAuthClient),
  switchboards: Schema.Array(SeededSwitchboard)
}).annotate({ identifier: "Seeded", description: "What a seed has put in place." })
