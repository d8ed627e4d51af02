/**
 * What deliveries bring, type by type: as the vendor documents it with everything that is optional, with as little as can be, and with
 * what was seen of it in deliveries and is documented nowhere. Written down by hand, so that no schema of this repository says it.
 */
import type { EventType } from "@sunco/schemas/Event"

type Json = { readonly [name: string]: unknown }

const conversation: Json = {
  id: "c93bb9c14dde8ffb94564eae",
  type: "personal",
  brandId: "4567",
  isDefault: true,
  activeSwitchboardIntegration: {
    id: "5ef21b86e933b7355c11c604",
    name: "bot",
    integrationId: "5ef21b86e933b7355c11c605",
    integrationType: "zd:answerBot"
  },
  pendingSwitchboardIntegration: {
    id: "5ef21b86e933b7355c11c606",
    name: "agents",
    integrationType: "zd:agentWorkspace"
  },
  metadata: { "zen:ticket_field:360": "vip", "8412": 7, "zen:tags": null, plan: true }
}

const truncatedUser: Json = {
  id: "7494535bff5cef41a15be74d",
  authenticated: true,
  externalId: null,
  zendeskId: null,
  brandId: null
}

const user: Json = {
  ...truncatedUser,
  externalId: "ada",
  signedUpAt: "2020-05-21T15:53:30.197Z",
  toBeRetained: false,
  profile: {
    givenName: "Zoë 👋",
    surname: "‏עברית‏",
    email: "zoe@example.com",
    avatarUrl: "",
    locale: "de",
    localeOrigin: "apiRequest"
  },
  metadata: { plan: "pro", "zen:field": null, "__proto__": "polluted" },
  identities: [{ type: "whatsapp", value: "+15145550100" }, { type: "email", value: "zoe@example.com", primary: true }]
}

const client: Json = {
  id: "5c93cb748f63db54ff3b51dd",
  type: "whatsapp",
  status: "active",
  integrationId: "5e4af71a81966cfff3ef6551",
  externalId: "+15145550100",
  lastSeen: "2020-05-21T15:53:30.197Z",
  linkedAt: null,
  displayName: null,
  avatarUrl: null,
  info: { country: "CA" },
  raw: { from: "+15145550100", profile: { name: "Zoë", nested: [[{ deep: [null] }]] } }
}

const device: Json = {
  id: "5e4af71a81966cfff3ef6552",
  guid: "8c4b2d",
  clientId: "5c93cb748f63db54ff3b51dd",
  type: "web",
  status: "active",
  integrationId: "5e4af71a81966cfff3ef6550",
  lastSeen: "2020-05-21T15:53:30.197Z",
  pushNotificationToken: null,
  info: { vendor: "widget", currentUrl: "https://shop.example/?q=1" },
  appVersion: null
}

const source: Json = {
  type: "whatsapp",
  integrationId: "5e4af71a81966cfff3ef6551",
  client,
  originalMessageId: "wamid.1"
}

const webSource: Json = { type: "web", integrationId: "5e4af71a81966cfff3ef6550", device, entryPoint: "dm" }

const sourceWithCampaign: Json = { ...source, campaign: { id: "de13bee15b51033b34162411" } }

const author: Json = {
  userId: "7494535bff5cef41a15be74d",
  displayName: "Zoë",
  avatarUrl: "",
  type: "user",
  subtypes: ["tomorrow"],
  user
}

const message = (content: unknown, more: Json = {}): Json => ({
  conversation,
  message: {
    id: "5f40256af057d0000dda9bd7",
    received: "2020-08-21T19:54:02.120Z",
    author,
    content,
    source,
    ...more
  }
})

const delivered: Json = {
  user,
  conversation,
  message: { id: "5f40256af057d0000dda9bd7" },
  destination: { type: "whatsapp", integrationId: "5e4af71a81966cfff3ef6551" },
  externalMessages: [{ id: "wamid.1" }, { id: "wamid.2" }],
  isFinalEvent: true
}

const fields = [
  { type: "email", name: "mail", label: "Mail", email: "zoe@example.com" },
  { type: "select", name: "size", label: "Size", select: [{ name: "s", label: "S" }], selectSize: 2, options: [] },
  { type: "of_tomorrow", name: "x", value: {} }
]

const minimal = { conversation: { id: "c93bb9c14dde8ffb94564eae" } }

const control: ReadonlyArray<Json> = [
  minimal,
  { conversation, metadata: { "dataCapture.ticketField.1": "a", n: 1, on: true } },
  { conversation, metadata: null },
  { conversation, metadata: {}, reason: "ticketClosed" },
  { conversation, reason: "of_tomorrow" }
]

const failedControl: ReadonlyArray<Json> = [
  minimal,
  {
    conversation,
    metadata: null,
    error: { code: "switchboard_invalid_action", message: "No", details: [{ a: null }] }
  },
  { conversation, error: {} }
]

const membership: ReadonlyArray<Json> = [
  minimal,
  { conversation: { ...conversation, type: "sdkGroup" }, user: truncatedUser }
]

const inConversation = (name: string, value: Json): ReadonlyArray<Json> => [
  { ...minimal, activity: { type: name } },
  { conversation, activity: { type: name, source: webSource, author } },
  { conversation, activity: { ...value, author: { type: "business", avatarUrl: "https://a.example/a.png" } } }
]

/** Each type with several, of which the first has the least. */
export const payloads: { readonly [Type in EventType]: ReadonlyArray<Json> } = {
  "client:add": [
    { client: { id: "1" } },
    { user: truncatedUser, client, reason: "sdkLogin", source: webSource },
    { conversation, user: truncatedUser, client: { ...client, status: "pending" }, reason: "channelLinking", source }
  ],
  "client:remove": [
    { client: { id: "1" } },
    { user: truncatedUser, client, reason: "theft" },
    { conversation, user, client, reason: "linkFailed", error: { code: "x", message: "m", more: { a: [] } }, source },
    { conversation: null, user: truncatedUser, client, reason: "linkCancelled", error: null }
  ],
  "client:update": [
    { client: { id: "1" } },
    { conversation, user: truncatedUser, client: { ...client, status: "blocked" }, reason: "unblocked" },
    { conversation, user: truncatedUser, client, reason: "of_tomorrow" }
  ],
  "conversation:create": [
    minimal,
    { conversation, creationReason: "none", source: { type: "api:conversations" } },
    { conversation, creationReason: "prechatCapture", source: webSource, user, referral: null },
    {
      conversation,
      creationReason: "proactiveMessaging",
      source: sourceWithCampaign,
      user: null,
      referral: { code: "c", details: { source: "ADS", type: "OPEN_THREAD", adId: null, ad_id: "421" } }
    }
  ],
  "conversation:join": membership,
  "conversation:leave": membership,
  "conversation:message": [
    { ...minimal, message: { id: "5f40256af057d0000dda9bd7" } },
    message({ type: "text", text: "Hello" }),
    message({ type: "text", text: "Yes", payload: "yes" }, { metadata: null, deleted: null, quotedMessage: null }),
    message({ type: "text", text: "", actions: [{ type: "reply", text: "Y" }, { type: "postback", text: "P" }] }, {
      author: { type: "business", avatarUrl: "https://a.example/a.png" },
      source: { type: "api:conversations" }
    }),
    message({ type: "text", htmlText: "<b>x</b>", text: "x" }, {
      author: { type: "business", displayName: "Bot", subtypes: ["AI", "bot"] },
      source: { type: "zd:agentWorkspace" },
      metadata: { "__zendesk_msg.id": 7, "__zendesk_msg.source_type": "zd:agentWorkspace" },
      references: [{ uri: "https://help.example/1", title: null }]
    }),
    message({ type: "carousel", items: [], text: "" }),
    message({
      type: "carousel",
      items: [{
        title: "Tacos",
        mediaUrl: "no uri",
        actions: [{ type: "buy", text: "Buy", amount: 100, currency: "usd", iconUrl: "", state: "offered" }]
      }],
      displaySettings: { imageAspectRatio: "of_tomorrow" }
    }),
    message({ type: "list", items: [{ title: "Tacos" }], actions: [{ type: "of_tomorrow", text: "?" }] }),
    message({
      type: "image",
      mediaUrl: "no uri",
      mediaType: "image/png",
      mediaSize: 0,
      altText: "",
      attachmentId: "1"
    }),
    message({ type: "file", mediaUrl: "https://a.example/%ZZ", mediaType: "", mediaSize: 1e15 }),
    message({ type: "location", coordinates: { lat: 45.5, long: -73.6 }, location: { name: "M" } }, {
      quotedMessage: {
        type: "message",
        message: { id: "1", author, content: { type: "text" }, metadata: { a: null }, source }
      }
    }),
    message({ type: "form", fields, submitted: true, blockChatInput: false }),
    message({ type: "formResponse", fields, textFallback: "Mail: zoe@example.com" }, {
      quotedMessage: { type: "externalMessageId", externalMessageId: "gBGG" }
    }),
    message({ type: "template", template: { name: "t", components: [[]] } }),
    message({ type: "of_tomorrow", text: 7, more: [{}] }, { quotedMessage: { type: "of_tomorrow" } }),
    message(undefined, {
      author: { type: "of_tomorrow" },
      activity: { type: "ticket:closed", data: {} },
      deleted: true
    }),
    message({ type: "text", text: "‮👩‍👩‍👧‍👦\u0000\ud800\u2028".repeat(200) }),
    {
      ...message({ type: "text", text: "x" }),
      recentNotifications: [{ id: "1", content: { type: "text", text: "before" } }, { id: "2" }]
    }
  ],
  "conversation:message:delivery:channel": [{ ...minimal, message: { id: "1" } }, {
    ...delivered,
    isFinalEvent: false
  }],
  "conversation:message:delivery:failure": [
    { ...minimal, message: { id: "1" } },
    {
      ...delivered,
      externalMessages: null,
      error: { code: "bad_request", message: "m", underlyingError: { message: "m", type: "OAuthException", code: 10 } }
    }
  ],
  "conversation:message:delivery:user": [{ ...minimal, message: { id: "1" } }, delivered, {
    ...delivered,
    externalMessages: []
  }],
  "conversation:postback": [
    { ...minimal, postback: {} },
    { conversation, postback: { payload: "p", metadata: { a: 1, b: null } }, user, source: sourceWithCampaign },
    { conversation, postback: { payload: "", metadata: null } }
  ],
  "conversation:read": inConversation("conversation:read", {
    type: "conversation:read",
    source: { type: "zd:agentWorkspace" }
  }),
  "conversation:referral": [
    minimal,
    { conversation, user: { ...user, externalId: 123 }, source: sourceWithCampaign, referral: {} },
    { conversation, referral: { code: "c", details: null } }
  ],
  "conversation:remove": [minimal, { conversation }],
  "conversation:typing": inConversation("typing:start", { type: "typing:of_tomorrow", source }),
  "passthrough:messaging": [{}, { interactiveDataRef: { url: "x", signature: "s" }, list: [null] }],
  "switchboard:acceptControl": control,
  "switchboard:acceptControl:failure": failedControl,
  "switchboard:offerControl": control,
  "switchboard:offerControl:failure": failedControl,
  "switchboard:passControl": control,
  "switchboard:passControl:failure": failedControl,
  "switchboard:releaseControl": control,
  "user:merge": [
    { mergedUsers: { surviving: { id: "1" }, discarded: { id: "2" } } },
    {
      mergedUsers: { surviving: user, discarded: truncatedUser },
      mergedConversations: { surviving: conversation, discarded: conversation },
      mergedClients: { surviving: client, discarded: { ...client, status: "pending" } },
      discardedMetadata: { a: 1, b: null },
      reason: "channelLinking"
    },
    {
      mergedUsers: { surviving: user, discarded: user },
      mergedConversations: null,
      mergedClients: null,
      discardedMetadata: null,
      reason: "of_tomorrow"
    }
  ],
  "user:remove": [{ user: { id: "1" } }, { user: truncatedUser }, { user }],
  "user:update": [
    { user: { id: "1" } },
    { user, reason: "authentication", source: webSource },
    { user, reason: "localeDetection", source }
  ]
}

const conversationId = ["conversation", "conversation.id"]

const clientId = ["client", "client.id"]

const userId = ["user", "user.id"]

const aMessage = [...conversationId, "message", "message.id"]

const anActivity = [...conversationId, "activity", "activity.type"]

/** What an event of a type is about: without it, or with something else in its place, it is none of that type. */
export const about: { readonly [Type in EventType]: ReadonlyArray<string> } = {
  "client:add": clientId,
  "client:remove": clientId,
  "client:update": clientId,
  "conversation:create": conversationId,
  "conversation:join": conversationId,
  "conversation:leave": conversationId,
  "conversation:message": aMessage,
  "conversation:message:delivery:channel": aMessage,
  "conversation:message:delivery:failure": aMessage,
  "conversation:message:delivery:user": aMessage,
  "conversation:postback": [...conversationId, "postback"],
  "conversation:read": anActivity,
  "conversation:referral": conversationId,
  "conversation:remove": conversationId,
  "conversation:typing": anActivity,
  "passthrough:messaging": [],
  "switchboard:acceptControl": conversationId,
  "switchboard:acceptControl:failure": conversationId,
  "switchboard:offerControl": conversationId,
  "switchboard:offerControl:failure": conversationId,
  "switchboard:passControl": conversationId,
  "switchboard:passControl:failure": conversationId,
  "switchboard:releaseControl": conversationId,
  "user:merge": ["surviving", "discarded"].flatMap((side) => [`mergedUsers.${side}`, `mergedUsers.${side}.id`])
    .concat("mergedUsers"),
  "user:remove": userId,
  "user:update": userId
}
