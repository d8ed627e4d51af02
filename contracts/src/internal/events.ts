/** What the contracts of events share: who is in them, what their webhooks ask for, where they come from. */
import { ProviderStates } from "../ProviderStates.ts"
import * as clients from "./clients.ts"
import * as devices from "./devices.ts"
import { complete, externalId } from "./users.ts"
import { clientId, conversationId, deviceId, type Ids, userId } from "./wire.ts"

const { given } = ProviderStates

const { brandId: _, ...ofNoBrand } = complete

export const user = given("a user exists", ofNoBrand)

/** As events have a user unless the webhook asks for more. */
export const truncatedUser = { id: userId, externalId, zendeskId: complete.zendeskId, authenticated: true } as const

export const wholeUser = { id: userId, ...ofNoBrand } as const

export const metadata = { lang: "en-ca", visits: 7, beta: false }

export const participants = [{ userExternalId: externalId }]

export const personal = given("a conversation exists", { type: "personal", participants, metadata })

export const group = given("a conversation exists", { type: "sdkGroup", participants, metadata })

/** As events have a conversation, whatever the webhook asks for. */
export const truncatedConversation = { id: conversationId, type: "personal", metadata } as const

export const truncatedGroup = { ...truncatedConversation, type: "sdkGroup" } as const

/** All that a webhook can ask for. */
export const whole = { includeFullUser: true, includeFullSource: true } as const

/** A user as an author, in which the vendor fills in what the profile says; whoever it is comes beside it. */
export const authorOfApi = {
  type: "user",
  userId,
  displayName: "Jane Doe",
  avatarUrl: complete.profile.avatarUrl
} as const

/** Of what was done through the API. */
export const apiSource = { type: "api:conversations" } as const

const channel = { integrationId: clients.complete.integrationId, campaign: { id: "5fb29b20fcd422112c85ff37" } } as const

/** Of what came over a channel. */
export const source = {
  ...channel,
  type: "whatsapp",
  originalMessageId: "wamid.HBgLMTY0NjcwNDM1OTUVAgASGBQzQTdCNTg5RjY1MDA",
  originalMessageTimestamp: "2025-02-03T18:33:46.000Z"
} as const

/** The same where the webhook asks for the whole of it: of channels there is a client, of an SDK a device. */
export const sourceWithClient = { ...source, client: { id: clientId, ...clients.complete } } as const

export const sourceWithDevice = {
  ...channel,
  type: "ios",
  device: { id: deviceId, ...devices.complete }
} as const

/** With null wherever the API gives it. */
export const ofNothing = {
  type: "web",
  integrationId: null,
  originalMessageId: null,
  originalMessageTimestamp: null,
  client: null,
  device: null,
  campaign: null
} as const

/** Whom and what an event is about, where it is no call that brings it about. */
export const about = (given: Ids) => ({
  conversation: { ...truncatedConversation, id: given.conversationId },
  user: { ...truncatedUser, id: given.userId }
})
