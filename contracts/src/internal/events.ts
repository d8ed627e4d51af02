/** What the contracts of events share: who is in them, what their webhooks ask for, where they come from. */
import { ProviderStates } from "../ProviderStates.ts"
import * as clients from "./clients.ts"
import * as devices from "./devices.ts"
import { complete, externalId } from "./users.ts"
import {
  clientId,
  conversationId,
  deviceId,
  type Ids,
  integrationId,
  lastSwitchboardIntegrationId,
  switchboardIntegrationId,
  userId
} from "./wire.ts"

const { given } = ProviderStates

// Who takes part in a conversation cannot be named by a state with a brand; what happens on a channel can be of one.
const { brandId, ...ofNoBrand } = complete

export const user = given("a user exists", ofNoBrand)

/** As events have a user unless the webhook asks for more. */
export const truncatedUser = { id: userId, externalId, zendeskId: complete.zendeskId, authenticated: true } as const

/** The same of a brand. */
export const somebody = { ...truncatedUser, brandId } as const

export const wholeUser = { id: userId, ...ofNoBrand } as const

export const metadata = { lang: "en-ca", visits: 7, beta: false }

export const participants = [{ userExternalId: externalId }]

const ofBot = { name: "bot", integrationId, integrationType: "custom" }

const ofHuman = { name: "human", integrationId: "5ef21b86e933b7355c11c607", integrationType: "zd:agentWorkspace" }

/** The webhook is that of the bot, which is told of everything. */
export const switchboard = given("a switchboard exists", {
  enabled: true,
  switchboardIntegrations: [{ ...ofBot, deliverStandbyEvents: true }, ofHuman]
})

/** Who is in control, and to whom it is offered, as conversations show it. */
export const bot = { id: switchboardIntegrationId, ...ofBot }

export const human = { id: lastSwitchboardIntegrationId, ...ofHuman }

/** The bot is in control, and has offered it to the human. */
const offered = {
  activeSwitchboardIntegration: { name: "bot" },
  pendingSwitchboardIntegration: { name: "human" }
}

export const personal = given("a conversation exists", { type: "personal", participants, metadata, ...offered })

export const group = given("a conversation exists", { type: "sdkGroup", participants, metadata, ...offered })

export const groupOfNobody = given("a conversation exists", { type: "sdkGroup", metadata, ...offered })

/** As events have a conversation, whatever the webhook asks for. */
export const truncatedConversation = {
  id: conversationId,
  type: "personal",
  metadata,
  activeSwitchboardIntegration: bot,
  pendingSwitchboardIntegration: human
} as const

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

/** Where a user can do something. */
export const sources = [["over a channel", sourceWithClient], ["with an SDK", sourceWithDevice]] as const

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
  user: { ...somebody, id: given.userId }
})

/** Who is the author of what no call brings about. */
export const authorOf = (given: Ids) => ({ ...authorOfApi, userId: given.userId, user: about(given).user })

/** The same for whoever wants all of the user. */
export const wholeAuthor = { ...authorOfApi, user: { ...wholeUser, brandId } } as const
