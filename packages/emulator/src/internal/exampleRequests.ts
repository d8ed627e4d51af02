// Of what the seed's example puts in place.
const conversationId = "67a0ecf8f0305f4a391e9db1"
const messageId = "67a0ecf8f0305f4a391e9db2"
const clientId = "67a0ecf8f0305f4a391e9db3"
const deviceId = "67a0ecf8f0305f4a391e9db4"
const keyId = "app_67a0ecf8f0305f4a391e9db7"
const otherAppId = "67a0ecf8f0305f4a391e9db8"
const integrationId = "67a0ecf8f0305f4a391e9dba"
const webhookId = "67a0ecf8f0305f4a391e9dbb"
const connectedId = "67a0ecf8f0305f4a391e9dbc"
const integrationKeyId = "int_67a0ecf8f0305f4a391e9dbd"
const oauthClient = { client_id: "67a0ecf8f0305f4a391e9db7", client_secret: "the-secret-of-tea-bot" }
const code = "658965"
const switchboardId = "67a0ecf8f0305f4a391e9dc0"
const switchboardIntegrationId = "67a0ecf8f0305f4a391e9dc3"
const mediaUrl = "http://localhost/media/67a0ecf8f0305f4a391e9db5/tea.txt"

/**
 * What an example request has in a parameter that has to be there, by the parameter's name. The user is the one whom the example
 * of `CreateUser` creates, the core user and the conversation are the seed's.
 *
 * @internal
 */
export const parameterExamples: { readonly [name: string]: string } = {
  userIdOrExternalId: "ada",
  zendeskId: "35436",
  "filter[identities.email]": "grace@example.com",
  "filter[userExternalId]": "ada",
  conversationId,
  messageId,
  clientId,
  deviceId,
  keyId,
  integrationId,
  webhookId,
  switchboardId,
  switchboardIntegrationId,
  access: "public"
}

/**
 * Where an operation's example is about somebody else, the parameters that say so, by the id of the operation.
 *
 * @internal
 */
export const parametersOf: { readonly [operationId: string]: { readonly [name: string]: string } } = {
  RemoveClient: { userIdOrExternalId: "grace" },
  GetDevice: { userIdOrExternalId: "grace" },
  DeleteApp: { appId: otherAppId },
  // A custom integration has one webhook already.
  CreateWebhook: { integrationId: connectedId },
  GetCustomIntegrationKey: { keyId: integrationKeyId },
  DeleteCustomIntegrationKey: { keyId: integrationKeyId }
}

/**
 * The body of an example request, by the id of its operation.
 *
 * @internal
 */
export const bodyExamples: { readonly [operationId: string]: unknown } = {
  CreateUser: {
    externalId: "ada",
    profile: { givenName: "Ada", surname: "Lovelace", email: "ada@example.com" },
    metadata: { plan: "pro" }
  },
  UpdateUser: { profile: { givenName: "Augusta", surname: null }, metadata: { seats: 3 } },
  SyncUser: {},
  CreateConversation: {
    type: "personal",
    participants: [{ userExternalId: "ada", subscribeSDKClient: true }],
    displayName: "Tea",
    metadata: { topic: "tea" }
  },
  UpdateConversation: { description: "About tea", metadata: { urgent: true } },
  DownloadMessageRef: {
    userId: "67a0ecf8f0305f4a391e9db0",
    apple: {
      interactiveDataRef: {
        url: "https://example.com/ref",
        bid: "bid",
        key: "key",
        signature: "signature",
        owner: "owner"
      }
    }
  },
  PostConversionEvents: { messenger: { payload: { data: [{ event_name: "Purchase", event_time: 1700000000 }] } } },
  JoinConversation: { userExternalId: "ada", subscribeSDKClient: true },
  LeaveConversation: { userExternalId: "ada" },
  PostMessage: {
    author: { type: "business", displayName: "The tea house" },
    content: { type: "text", text: "Tea? %[Yes](reply:tea) %[Our teas](https://example.com/teas)" },
    metadata: { order: 7 }
  },
  DeleteAttachment: { mediaUrl },
  GetToken: { ...oauthClient, grant_type: "authorization_code", code },
  CreateClient: {
    matchCriteria: { type: "whatsapp", integrationId: "67a0ecf8f0305f4a391e9db6", phoneNumber: "+1 555 010 0000" },
    confirmation: { type: "immediate" },
    target: { conversationId }
  },
  PostActivity: { author: { type: "business" }, type: "typing:start" },
  CreateApp: { displayName: "Tea", settings: { multiConvoEnabled: true }, metadata: { shop: "tea" } },
  UpdateApp: { displayName: "The tea house", metadata: { shop: "tea" } },
  CreateAppKey: { displayName: "Shop" },
  CreateWebhook: {
    target: "https://example.com/callback",
    triggers: ["conversation:message"],
    includeFullUser: true
  },
  UpdateWebhook: { triggers: ["conversation:message", "conversation:read"] },
  CreateCustomIntegrationKey: { displayName: "The tea house" },
  CreateIntegration: {
    type: "custom",
    displayName: "The tea house",
    webhooks: [{ target: "https://example.com/events", triggers: ["conversation:message"] }]
  },
  UpdateIntegration: { displayName: "The other tea house" },
  UpdateSwitchboard: { enabled: true, defaultSwitchboardIntegrationId: "67a0ecf8f0305f4a391e9dc1" },
  CreateSwitchboardIntegration: { name: "night-watch", integrationType: "zd:answerBot", messageHistoryCount: 5 },
  UpdateSwitchboardIntegration: { name: "survey", deliverStandbyEvents: false },
  PassControl: { switchboardIntegration: "bot", metadata: { reason: "no human is there" } },
  OfferControl: { switchboardIntegration: "next" },
  AcceptControl: {},
  ReleaseControl: {},
  "Emulator.seed": {
    accountApps: [{ id: otherAppId, displayName: "Coffee" }],
    appKeys: [{ id: keyId, displayName: "Till" }],
    users: [
      {
        id: "67a0ecf8f0305f4a391e9db0",
        externalId: "grace",
        zendeskId: "35436",
        identities: [{ type: "email", value: "grace@example.com" }]
      }
    ],
    zendeskUsers: [{ id: "35436", givenName: "Grace", surname: "Hopper", email: "grace@example.com" }],
    conversations: [
      {
        id: conversationId,
        type: "sdkGroup",
        participants: [{ userExternalId: "grace" }],
        messages: [{ id: messageId, author: { type: "user" }, content: { type: "text", text: "Hello" } }]
      }
    ],
    clients: [
      { id: clientId, userId: "grace", type: "whatsapp", status: "pending", integrationId: "67a0ecf8f0305f4a391e9db6" }
    ],
    devices: [{ id: deviceId, userId: "grace" }],
    attachments: [{ mediaUrl, mediaType: "text/plain", base64: btoa("Tea") }],
    integrations: [
      { id: integrationId, type: "custom", displayName: "The tea house", webhooks: [{ id: webhookId }] },
      { id: connectedId, type: "tea-inspector", displayName: "Of somebody else's program" },
      { id: "67a0ecf8f0305f4a391e9db6", type: "whatsapp" }
    ],
    integrationKeys: [{ id: integrationKeyId, integrationId, displayName: "The tea house" }],
    oauthClients: [{ ...oauthClient, redirect_uris: ["https://example.com/done"], code }],
    switchboards: [
      {
        id: switchboardId,
        switchboardIntegrations: [
          { id: "67a0ecf8f0305f4a391e9dc1", name: "bot", nextSwitchboardIntegrationId: "67a0ecf8f0305f4a391e9dc2" },
          { id: "67a0ecf8f0305f4a391e9dc2", name: "human", integrationType: "zd:agentWorkspace" },
          { id: switchboardIntegrationId, name: "survey" }
        ]
      }
    ]
  },
  "Emulator.answerLink": { clientId, answer: "confirmed", client: { externalId: "+15550100001" } },
  "Emulator.addFaults": {
    faults: [{ fault: { _tag: "Status", status: 503 }, times: 1, when: { operation: "Users.update" } }]
  },
  "Emulator.trigger": { type: "user:remove", payload: { user: { id: "7494535bff5cef41a15be74d" } } },
  "Emulator.addDeliveryFaults": { faults: [{ _tag: "twice" }] },
  "Emulator.addKey": { keyId: "act_new", keySecret: "of-your-choice" },
  "Emulator.addAccessToken": { accessToken: "as-from-oauth" },
  "Emulator.revoke": { keyId: "app_old" }
}

const seeded = (thing: string) => `Needs the ${thing} that the example of \`POST /_emulator/seed\` puts in place.`

const ofAccount = "Needs a key of the account: the one that the example of `POST /_emulator/keys` adds."

const withToken =
  "Needs a bearer token and no key: the access token that the example of `POST /_emulator/access-tokens` adds."

const inConversation =
  "Needs the conversation that the example of `POST /_emulator/seed` puts in place: those that `CreateConversation` makes have ids of their own."

/**
 * What an example needs that no call of the API can put in place, by the id of its operation.
 *
 * @internal
 */
export const notes: { readonly [operationId: string]: string } = {
  SyncUser:
    "Needs a user with this `zendeskId` and a core user of that id: the example of `POST /_emulator/seed` puts both in place.",
  GetConversation: inConversation,
  UpdateConversation: inConversation,
  DeleteConversation: inConversation,
  DownloadMessageRef: inConversation,
  PostConversionEvents: inConversation,
  JoinConversation: inConversation,
  ListParticipants: inConversation,
  LeaveConversation: inConversation,
  PostMessage: inConversation,
  ListMessages: inConversation,
  DeleteMessage: inConversation,
  DeleteAllMessages: inConversation,
  PostActivity: inConversation,
  PassControl: inConversation,
  OfferControl: inConversation,
  AcceptControl: inConversation,
  ReleaseControl: inConversation,
  CreateSwitchboard:
    "An app has one at most: works once `DeleteSwitchboard` has deleted the one of the seed's example.",
  UpdateSwitchboard: seeded("switchboard"),
  DeleteSwitchboard: seeded("switchboard"),
  CreateSwitchboardIntegration: seeded("switchboard"),
  ListSwitchboardIntegrations: seeded("switchboard"),
  UpdateSwitchboardIntegration: seeded("switchboard"),
  DeleteSwitchboardIntegration: seeded("switchboard"),
  CreateClient: inConversation,
  RemoveClient: seeded("client"),
  GetDevice: seeded("device"),
  DeleteAttachment: seeded("file"),
  CreateApp: ofAccount,
  ListApps: ofAccount,
  DeleteApp: `${ofAccount} ${seeded("other app")}`,
  CreateAppKey: ofAccount,
  ListAppKeys: ofAccount,
  GetAppKey: `${ofAccount} ${seeded("key")}`,
  DeleteAppKey: `${ofAccount} ${seeded("key")}`,
  CreateWebhook: seeded("integration"),
  ListWebhooks: seeded("integration"),
  GetWebhook: seeded("webhook"),
  UpdateWebhook: seeded("webhook"),
  DeleteWebhook: seeded("webhook"),
  CreateCustomIntegrationKey: seeded("integration"),
  ListCustomIntegrationKeys: seeded("integration"),
  GetCustomIntegrationKey: seeded("key"),
  DeleteCustomIntegrationKey: seeded("key"),
  GetToken: seeded("code"),
  GetTokenInfo: withToken,
  RevokeAccess: withToken,
  GetIntegration: seeded("integration"),
  UpdateIntegration: seeded("integration"),
  DeleteIntegration: seeded("integration"),
  "Emulator.answerLink": seeded("client")
}

/**
 * What a reader enters to authorise, by the name of the scheme.
 *
 * @internal
 */
export const schemeNotes: { readonly [scheme: string]: string } = {
  basicAuth: "The id of a key as the name, its secret as the password.",
  bearerAuth: "A JWT that is signed with the secret of a key, or an access token."
}
