/**
 * What must be true of Sunshine Conversations before a request of a contract.
 *
 * @since 0.1.0
 */
import { App } from "@sunco/schemas/App"
import { Client } from "@sunco/schemas/Client"
import { Conversation } from "@sunco/schemas/Conversation"
import { Device } from "@sunco/schemas/Device"
import { IntegrationKey } from "@sunco/schemas/IntegrationKey"
import { Message } from "@sunco/schemas/Message"
import { partial } from "@sunco/schemas/Partial"
import { Participant } from "@sunco/schemas/Participant"
import { User } from "@sunco/schemas/User"
import { Webhook } from "@sunco/schemas/Webhook"
import { make } from "effect-pact/ProviderStates"
import * as Schema from "effect/Schema"
import * as Struct from "effect/Struct"

const inApp = { appId: Schema.String }

/** Whose clients and devices they are; who is not there yet is made. */
const someUser = Schema.Struct({
  externalId: Schema.String,
  brandId: Schema.optionalKey(Schema.String)
})

/** It is of whatever type; secrets are text. */
const SomeIntegration = Schema.StructWithRest(Schema.Struct({ type: Schema.String }), [
  Schema.Record(Schema.String, Schema.Json)
])

/** The participant and the message are the first of those that a state names; another id is that of the last message. */
const inConversation = {
  ...inApp,
  conversationId: Schema.String,
  participantId: Schema.optionalKey(Schema.String),
  messageId: Schema.optionalKey(Schema.String),
  lastMessageId: Schema.optionalKey(Schema.String)
}

/** Its id and its secret are the provider's to give. */
const webhook = Schema.Struct(Struct.omit(partial(Schema.toEncoded(Webhook)).fields, ["id", "secret"]))

const integrationKey = Schema.Struct(Struct.omit(partial(Schema.toEncoded(IntegrationKey)).fields, ["id", "secret"]))

/**
 * The states, each with what an interaction says of it. Their handlers give back the `appId` for the path, and the ids of the
 * user, the conversation and what is in it, where there is one.
 *
 * **Details**
 *
 * A field that a state leaves out may have any value that the provider gives it.
 *
 * **Example** (A user of that externalId)
 *
 * ```ts
 * import { ProviderStates } from "@sunco/contracts/ProviderStates"
 *
 * const state = ProviderStates.given("a user exists", { externalId: "your-own-id" })
 *
 * console.log(state)
 * // { name: 'a user exists', parameters: { externalId: 'your-own-id' } }
 * ```
 *
 * @category provider states
 * @since 0.1.0
 */
export const ProviderStates = make({
  "an app exists": { values: inApp },
  "the access token is of an integration": { parameters: { integrationId: Schema.String } },
  "a user exists": {
    // Its id is the provider's to give.
    parameters: Struct.omit(partial(User).fields, ["id"]),
    values: { ...inApp, userId: Schema.String }
  },
  "no user exists": { parameters: { idOrExternalId: Schema.String }, values: inApp },
  "no user is known by this email address": { parameters: { email: Schema.String }, values: inApp },
  "a core Zendesk user exists": {
    parameters: {
      id: Schema.String,
      givenName: Schema.optionalKey(Schema.String),
      surname: Schema.optionalKey(Schema.String),
      externalId: Schema.optionalKey(Schema.String),
      email: Schema.optionalKey(Schema.String)
    }
  },
  "a conversation exists": {
    // Who takes part is there already, by a state of its own.
    parameters: {
      ...Struct.omit(partial(Conversation).fields, ["id"]),
      participants: Schema.optionalKey(Schema.Array(
        Schema.Struct({
          ...Struct.omit(partial(Participant).fields, ["id", "userId"]),
          userExternalId: Schema.String
        })
      )),
      messages: Schema.optionalKey(Schema.Array(Schema.Struct(Struct.omit(partial(Message).fields, ["id"]))))
    },
    values: inConversation
  },
  "no conversation exists": { parameters: { conversationId: Schema.String }, values: inApp },
  "a conversation with as many participants as it can have exists": { values: inConversation },
  "a conversation with as many messages as it can have exists": { values: inConversation },
  "clients exist": {
    parameters: { user: someUser, clients: Schema.Array(partial(Client)) },
    values: { ...inApp, userId: Schema.String, clientId: Schema.String, lastClientId: Schema.String }
  },
  "no client exists": { parameters: { clientId: Schema.String }, values: inApp },
  "devices exist": {
    parameters: { user: someUser, devices: Schema.Array(partial(Device)) },
    values: { ...inApp, userId: Schema.String, deviceId: Schema.String }
  },
  "no device exists": { parameters: { deviceId: Schema.String }, values: inApp },
  "integrations exist": {
    // With any field that a request or an answer can have, each as it is there.
    parameters: { integrations: Schema.Array(SomeIntegration) },
    values: { ...inApp, integrationId: Schema.String, webhookId: Schema.optionalKey(Schema.String) }
  },
  "an SDK integration of Admin Center exists": { values: { ...inApp, integrationId: Schema.String } },
  "a file exists": { values: { ...inApp, mediaUrl: Schema.String } },
  // The address is one that the provider could have given.
  "no file exists": { values: { ...inApp, mediaUrl: Schema.String } },
  // Its id is the provider's to give.
  "an app with properties exists": { parameters: Struct.omit(partial(App).fields, ["id"]), values: inApp },
  // In the order of a list, behind the app that there is in any case; the first of them has an id here.
  "other apps exist": {
    parameters: {
      apps: Schema.Array(
        Schema.Struct({
          ...Struct.omit(partial(App).fields, ["id"]),
          serviceAccountIds: Schema.optionalKey(Schema.Array(Schema.String))
        })
      )
    },
    values: { ...inApp, otherAppId: Schema.String }
  },
  "no app exists": { parameters: { otherAppId: Schema.String } },
  "the plan of the account allows no other app": { values: inApp },
  "no service account exists": { parameters: { serviceAccountId: Schema.String } },
  "a key of the app exists": {
    parameters: { displayName: Schema.String },
    values: { ...inApp, appKeyId: Schema.String }
  },
  "no key of the app exists": { parameters: { appKeyId: Schema.String }, values: inApp },
  "an integration exists": {
    parameters: {
      // The provider gives one where it is not said.
      id: Schema.optionalKey(Schema.String),
      type: Schema.String,
      webhooks: Schema.optionalKey(Schema.Array(webhook))
    },
    // The webhook is the first of those that the state names.
    values: { ...inApp, integrationId: Schema.String, webhookId: Schema.optionalKey(Schema.String) }
  },
  "no integration exists": { parameters: { integrationId: Schema.String }, values: inApp },
  "no webhook exists": { parameters: { webhookId: Schema.String } },
  "keys of an integration exist": {
    parameters: { keys: Schema.Array(integrationKey) },
    values: { ...inApp, integrationId: Schema.String, integrationKeyId: Schema.optionalKey(Schema.String) }
  },
  // Whoever asked for it has these, and the provider gives a code for them.
  "an integration was let in": {
    parameters: { client_id: Schema.String, client_secret: Schema.String },
    values: { code: Schema.String }
  }
})
