/**
 * The contracts of the Integrations API: its five operations with every documented status, and every kind of integration.
 *
 * Requests are exact; of a response is asked what the client reads, as in `UsersContracts`. What can be sent of each kind is shown by
 * the requests of a create, and what answers may have by the list.
 *
 * @since 0.1.0
 */
import { Integrations } from "@sunco/client/Integrations"
import { Sunshine } from "@sunco/client/Sunshine"
import { EmptyResponse } from "@sunco/schemas/EmptyResponse"
import { Integration } from "@sunco/schemas/Integration"
import type { CreateIntegration, IntegrationType, UpdateIntegration } from "@sunco/schemas/IntegrationPayloads"
import { IntegrationListResponse, IntegrationResponse } from "@sunco/schemas/IntegrationsOperations"
import * as Matcher from "effect-pact/Matcher"
import * as Record from "effect/Record"
import * as Contract from "./Contract.ts"
import { secretsIn } from "./internal/secretsIn.ts"
import {
  basic,
  type Exact,
  exactly,
  failure,
  idOf,
  integrationId,
  integrationNotFound,
  path,
  response,
  type Values,
  varying,
  webhookId
} from "./internal/wire.ts"
import { ProviderStates } from "./ProviderStates.ts"

const { given } = ProviderStates

const app = given("an app exists")

const noIntegration = given("no integration exists", { integrationId })

const answering = {
  displayName: "My integration",
  defaultResponderId: "5ef21b86e933b7355c11c604",
  showAIDisclaimer: false
}

const sdk = { canUserSeeConversationList: false, canUserCreateMoreConversations: true }

const webhook = {
  target: "https://example.com/callback",
  triggers: ["conversation:read", "conversation:message"],
  includeFullUser: true,
  includeFullSource: true
}

const prechatCapture = {
  avatarUrl: "https://domain.com/images/avatar.png",
  enabled: true,
  enableEmailLinking: true,
  fields: [{ type: "email", name: "email", label: "Email", placeholder: "your@email.com" }]
} as const

/** All that can be sent of each kind; secrets are text here. */
const sent = {
  android: {
    type: "android",
    ...answering,
    projectId: "<project-id>",
    clientEmail: "<client-email>",
    privateKey: "<private-key>",
    serverKey: "<server-key>",
    senderId: "<sender-id>",
    ...sdk
  },
  apple: {
    type: "apple",
    ...answering,
    businessId: "2740f141-89c1-515f-07eb-1128dd73491",
    apiSecret: "your_api_secret",
    mspId: "e7e495d5-bf78-531d-baf6-7f419f7fb592",
    authenticationMessageSecret: "s".repeat(88)
  },
  custom: { type: "custom", displayName: "My integration", webhooks: [webhook] },
  instagram: {
    type: "instagram",
    ...answering,
    pageAccessToken: "your_page_access_token",
    appId: "your_facebook_app_id",
    appSecret: "your_facebook_app_secret",
    storyRepliesEnabled: false,
    storyMentionsEnabled: false
  },
  ios: {
    type: "ios",
    ...answering,
    certificate: "your_APN_certificate",
    password: "your_APN_password",
    production: true,
    autoUpdateBadge: true,
    ...sdk
  },
  line: {
    type: "line",
    ...answering,
    channelId: "1286564967",
    channelSecret: "your_line_channel_secret",
    channelAccessToken: "your_line_channel_token",
    serviceCode: "your_line_service_code",
    switcherSecret: "your_line_switcher_secret",
    qrCodeUrl: "https://qr-official.line.me/M/1O4fb8.png"
  },
  mailgun: {
    type: "mailgun",
    ...answering,
    apiKey: "your_mailgun_key",
    signingKey: "your_mailgun_signing_key",
    domain: "sandbox123.mailgun.org",
    incomingAddress: "mytestemail@sandbox123.mailgun.org",
    hideUnsubscribeLink: true,
    fromAddress: "test@sandbox123.mailgun.org"
  },
  messagebird: {
    type: "messagebird",
    ...answering,
    accessKey: "your_access_key",
    signingKey: "your_signing_key",
    originator: "12262121021"
  },
  messenger: {
    type: "messenger",
    ...answering,
    pageAccessToken: "your_access_token",
    appId: "your_facebook_app_id",
    appSecret: "your_facebook_app_secret",
    pageId: 123212323432123,
    pageName: "An Awesome Page"
  },
  telegram: { type: "telegram", ...answering, token: "your_telegram_token" },
  twilio: {
    type: "twilio",
    ...answering,
    accountSid: "ACa1b4c65ee0722712fab89867cb14eac7",
    authToken: "your_auth_token",
    phoneNumberSid: "PN0674df0ecee0c9819bca0ff0bc0a159e",
    messagingServiceSid: "MG0674df0ecee0c9819bca0ff0bc0a159e"
  },
  twitter: {
    type: "twitter",
    ...answering,
    tier: "enterprise",
    consumerKey: "your_consumer_key",
    consumerSecret: "your_consumer_secret",
    accessTokenKey: "your_access_token_key",
    accessTokenSecret: "your_access_token_secret"
  },
  unity: { type: "unity", ...answering, ...sdk },
  viber: { type: "viber", ...answering, token: "your_viber_token" },
  web: {
    type: "web",
    ...answering,
    brandColor: "123abc",
    conversationColor: "fedcba",
    actionColor: "09f",
    fixedIntroPane: true,
    displayStyle: "tab",
    buttonIconUrl: "https://domain.com/images/avatar.png",
    buttonWidth: "60",
    buttonHeight: "60",
    integrationOrder: ["59fc8466260f48003505228b", "59d79780481d34002b7d3617"],
    businessName: "Kent Shop",
    businessIconUrl: "https://www.gravatar.com/image.jpg",
    backgroundImageUrl: "https://a-beautiful-tile.png",
    originWhitelist: ["https://yourdomain.com"],
    prechatCapture,
    ...sdk
  },
  whatsapp: {
    type: "whatsapp",
    ...answering,
    hsmFallbackLanguage: "en_GB",
    accountId: "your_whatsApp_account_id",
    accountManagementAccessToken: "your_access_token"
  }
} as const satisfies { readonly [Type in IntegrationType]: CreateIntegration<string> & { readonly type: Type } }

/** What no answer has of what was sent, beside the `defaultResponderId`. */
const writeOnly = {
  android: ["projectId", "clientEmail", "privateKey", "serverKey"],
  apple: ["apiSecret"],
  custom: [],
  instagram: ["pageAccessToken", "appSecret"],
  ios: ["certificate", "password"],
  line: [],
  mailgun: ["apiKey"],
  messagebird: ["accessKey", "signingKey"],
  messenger: ["appSecret"],
  telegram: ["token"],
  twilio: ["authToken"],
  twitter: ["consumerKey", "consumerSecret", "accessTokenKey", "accessTokenSecret"],
  unity: [],
  viber: ["token"],
  web: [],
  whatsapp: []
} satisfies { readonly [Type in IntegrationType]: ReadonlyArray<string> }

/**
 * What comes back of it as it is: a webhook has more then, and a number in the place of an id is its digits to the client, which no
 * matcher says.
 */
const shown = (type: IntegrationType): Values =>
  Record.filter<string, Exact>(
    sent[type],
    (_, name) => ![...writeOnly[type], "defaultResponderId", "pageId", "webhooks"].includes(name)
  )

const status = "active"

const attachmentsEnabled = true

/** What only answers have. */
const received = {
  android: { attachmentsEnabled },
  apple: {},
  custom: { webhooks: [{ ...webhook, id: webhookId, version: "v2", secret: "8564b3e6a8b20a4bdb68b05ce9bc5936" }] },
  instagram: {
    businessName: "instagram_name",
    businessUsername: "instagram_username",
    pageId: "106731941223392",
    businessId: "17841444303043201",
    username: "facebook_username",
    userId: "100885965124932"
  },
  ios: { attachmentsEnabled },
  line: { lineId: "1O4fb8" },
  mailgun: {},
  messagebird: { webhookSecret: "72ade38394d1da51566cede33bd1e67e" },
  messenger: {},
  telegram: { username: "your_bot", botId: "123456789" },
  twilio: {},
  twitter: { envName: "prod" },
  unity: { attachmentsEnabled },
  viber: { uri: "your-account", accountId: "pa:75346594275468546724" },
  web: { attachmentsEnabled },
  whatsapp: { phoneNumber: "15144441919" }
} satisfies { readonly [Type in IntegrationType]: Values }

/** What may be null, beside the `displayName` and the `defaultResponder`. */
const nullable: { readonly [Type in IntegrationType]?: ReadonlyArray<string> } = {
  android: ["senderId"],
  mailgun: ["fromAddress"],
  messenger: ["pageAccessToken"],
  web: ["buttonIconUrl", "integrationOrder", "originWhitelist"],
  whatsapp: ["hsmFallbackLanguage", "accountId", "accountManagementAccessToken", "phoneNumber"]
}

/** Parts of which nothing is known, and lists without entries. */
const parts: { readonly [Type in IntegrationType]?: Values } = {
  custom: { webhooks: [{ id: "5e554d2cac66fb73a3c01872" }] },
  web: { integrationOrder: [], originWhitelist: [], prechatCapture: {} }
}

const defaultResponder = {
  name: "bot",
  integrationId: "5e4af71a81966cfff3ef6550",
  integrationType: "custom",
  deliverStandbyEvents: true,
  nextSwitchboardIntegrationId: "5ef21b86e933b7355c11c605",
  messageHistoryCount: 10,
  inherited: false
}

const types = Record.keys(sent)

type Typed = Values & { readonly type: string }

const isChannel = (type: IntegrationType): boolean => type !== "custom"

/** What the provider gives of its own. */
const ofProvider = (type: IntegrationType): Values => ({
  status,
  ...received[type],
  ...(isChannel(type) && { defaultResponder })
})

/** All that answers have of a kind, but for the id: what was sent, and what the provider gives. */
const whole = (type: IntegrationType): Typed => ({ type, ...shown(type), ...ofProvider(type) })

/** All that an answer may have of a kind: everything, nothing, null and parts of which nothing is known. */
const answers = (type: IntegrationType): ReadonlyArray<Typed> => [
  whole(type),
  { type },
  {
    type,
    displayName: null,
    ...(isChannel(type) && { defaultResponder: null }),
    ...Record.fromIterableWith(nullable[type] ?? [], (name) => [name, null])
  },
  {
    type,
    ...(isChannel(type) && { defaultResponder: { nextSwitchboardIntegrationId: null } }),
    ...parts[type]
  },
  ...(isChannel(type) ? [{ type, defaultResponder: {} }] : [])
]

const listing = (type: IntegrationType): Contract.Contract => {
  const integrations = answers(type)
  const items = integrations.map((integration) => ({ id: integrationId, ...integration }))
  return Contract.make({
    interaction: {
      description: `a request to list the integrations of type ${type}`,
      states: [given("integrations exist", { integrations })],
      request: { method: "GET", path: path("/integrations"), query: { "filter[types]": type }, headers: basic },
      response: response(
        200,
        IntegrationListResponse,
        varying({ integrations: Integration }, { integrations: items, meta: { hasMore: false } })
      )
    },
    call: Integrations.use((integrations) => integrations.list({ types: [type] })),
    gives: { items: secretsIn<ReadonlyArray<Integration>>(items), hasMore: false }
  })
}

/** What the provider gives of a kind as soon as it is made. */
const made: { readonly [Type in IntegrationType]?: Values } = {
  android: received.android,
  custom: received.custom,
  ios: received.ios,
  line: received.line,
  messagebird: received.messagebird,
  unity: received.unity,
  web: received.web
}

/** A webhook as it is made: what was sent is as it was. */
const webhooksOf = (type: IntegrationType) =>
  type === "custom" && { webhooks: [{ ...received.custom.webhooks[0], ...exactly(webhook) }] }

const creating = (type: IntegrationType): Contract.Contract =>
  Contract.make({
    interaction: {
      description: `a request to create an integration of type ${type} with every field`,
      states: [app],
      request: { method: "POST", path: path("/integrations"), headers: basic, body: sent[type] },
      response: response(201, IntegrationResponse, {
        integration: { id: integrationId, status, ...exactly(shown(type)), ...made[type], ...webhooksOf(type) }
      })
    },
    call: Integrations.use((integrations) => integrations.create(secretsIn<CreateIntegration>(sent[type]))),
    gives: secretsIn<Integration>({ id: integrationId, status, ...shown(type), ...made[type] })
  })

/**
 * `CreateIntegration`: 201, 400.
 *
 * @category contracts
 * @since 0.1.0
 */
export const create: ReadonlyArray<Contract.Contract> = [
  ...types.map(creating),
  Contract.make({
    interaction: {
      description: "a request to create an integration of a type that there is not",
      states: [app],
      request: { method: "POST", path: path("/integrations"), headers: basic, body: { type: "fax" } },
      response: failure(400, "bad_request", "Invalid integration type")
    },
    // The method knows that there is no such type.
    call: Sunshine.use((sunshine) =>
      sunshine.request({
        method: "POST",
        path: ["v2", "apps", Contract.appId, "integrations"],
        body: { type: "fax" },
        operation: "Integrations.create"
      })
    ),
    failsWith: "SunshineError"
  })
]

const few = ["web", "ios", "custom"].map((type) => ({ type }))

const cursor = "no cursor, but as long.."

/**
 * `ListIntegrations`: 200, 400.
 *
 * @category contracts
 * @since 0.1.0
 */
export const list: ReadonlyArray<Contract.Contract> = [
  ...types.map(listing),
  Contract.make({
    interaction: {
      description: "a request to list integrations with lists that are empty",
      states: [
        given("integrations exist", {
          integrations: [{ type: "custom", webhooks: [] }, { type: "web", prechatCapture: { fields: [] } }]
        })
      ],
      request: { method: "GET", path: path("/integrations"), headers: basic },
      response: response(
        200,
        IntegrationListResponse,
        varying({ integrations: Integration }, {
          integrations: [
            { id: integrationId, type: "custom", webhooks: [] },
            { id: integrationId, type: "web", prechatCapture: { fields: [] } }
          ]
        })
      )
    },
    call: Integrations.use((integrations) => integrations.list()),
    gives: {
      items: [
        { id: integrationId, type: "custom", webhooks: [] },
        { id: integrationId, type: "web", prechatCapture: { fields: [] } }
      ],
      hasMore: false
    }
  }),
  Contract.make({
    interaction: {
      description: "a request to list a page of the integrations of two types, from one of them on",
      states: [given("integrations exist", { integrations: [...few, { type: "web" }] })],
      request: {
        method: "GET",
        path: path("/integrations"),
        query: { "filter[types]": "web,custom", "page[after]": idOf("integrationId"), "page[size]": "1" },
        headers: basic
      },
      response: response(200, IntegrationListResponse, {
        integrations: [{ id: integrationId, ...exactly({ type: "custom" }) }],
        meta: { hasMore: Matcher.equal(true), afterCursor: integrationId, beforeCursor: integrationId }
      })
    },
    call: Integrations.use((integrations) =>
      integrations.list({ types: ["web", "custom"] }, { after: integrationId, size: 1 })
    ),
    gives: {
      items: [{ id: integrationId, type: "custom" }],
      hasMore: true,
      after: integrationId,
      before: integrationId
    }
  }),
  Contract.make({
    interaction: {
      description: "a request to list the integrations of a type, up to the first of them",
      states: [given("integrations exist", { integrations: few })],
      request: {
        method: "GET",
        path: path("/integrations"),
        query: { "filter[types]": "web", "page[before]": idOf("integrationId") },
        headers: basic
      },
      response: response(200, IntegrationListResponse, { integrations: [], meta: { hasMore: Matcher.equal(false) } })
    },
    call: Integrations.use((integrations) => integrations.list({ types: ["web"] }, { before: integrationId })),
    gives: { items: [], hasMore: false }
  }),
  Contract.make({
    interaction: {
      description: "a request to list integrations from what is no cursor on",
      states: [app],
      request: { method: "GET", path: path("/integrations"), query: { "page[after]": cursor }, headers: basic },
      response: failure(400, "bad_request", "Invalid query parameters")
    },
    call: Integrations.use((integrations) => integrations.list({}, { after: cursor })),
    failsWith: "SunshineError"
  })
]

const getting = (type: IntegrationType): Contract.Contract =>
  Contract.make({
    interaction: {
      description: `a request to get an integration of type ${type}`,
      states: [given("integrations exist", { integrations: [whole(type)] })],
      request: { method: "GET", path: path("/integrations/${integrationId}"), headers: basic },
      response: response(200, IntegrationResponse, {
        integration: { id: integrationId, ...exactly(shown(type)), ...ofProvider(type) }
      })
    },
    call: Integrations.use((integrations) => integrations.get(integrationId)),
    gives: secretsIn<Integration>({ id: integrationId, ...whole(type) })
  })

/**
 * `GetIntegration`: 200, 404.
 *
 * @category contracts
 * @since 0.1.0
 */
export const get: ReadonlyArray<Contract.Contract> = [
  ...types.map(getting),
  Contract.make({
    interaction: {
      description: "a request to get an integration that does not exist",
      states: [noIntegration],
      request: { method: "GET", path: path(`/integrations/${integrationId}`), headers: basic },
      response: integrationNotFound
    },
    call: Integrations.use((integrations) => integrations.get(integrationId)),
    failsWith: "IntegrationNotFound"
  })
]

const ofEveryChannel = ["displayName", "defaultResponderId", "showAIDisclaimer"]

/** All that can be changed of a kind, where it is more or less than of every channel. */
const changes: { readonly [Type in IntegrationType]?: ReadonlyArray<string> } = {
  android: [
    ...ofEveryChannel,
    "projectId",
    "clientEmail",
    "privateKey",
    "serverKey",
    "senderId",
    "canUserSeeConversationList",
    "canUserCreateMoreConversations"
  ],
  apple: [...ofEveryChannel, "authenticationMessageSecret"],
  custom: ["displayName"],
  instagram: [...ofEveryChannel, "pageAccessToken", "storyRepliesEnabled", "storyMentionsEnabled"],
  ios: [
    ...ofEveryChannel,
    "certificate",
    "password",
    "production",
    "autoUpdateBadge",
    "canUserSeeConversationList",
    "canUserCreateMoreConversations"
  ],
  mailgun: [...ofEveryChannel, "hideUnsubscribeLink", "fromAddress"],
  messenger: [...ofEveryChannel, "pageAccessToken"],
  unity: [...ofEveryChannel, "canUserSeeConversationList", "canUserCreateMoreConversations"],
  web: Record.keys(sent.web).filter((name) => name !== "type"),
  whatsapp: [...ofEveryChannel, "hsmFallbackLanguage", "accountId", "accountManagementAccessToken"]
}

const updating = (type: IntegrationType): Contract.Contract => {
  const names = changes[type] ?? ofEveryChannel
  const patch = Record.filter<string, Exact>(sent[type], (_, name) => names.includes(name))
  const before = Record.filter<string, Exact>(whole(type), (_, name) => !names.includes(name))
  return Contract.make({
    interaction: {
      description: `a request to change an integration of type ${type} in every field that can be changed`,
      states: [given("integrations exist", { integrations: [{ ...before, type }] })],
      request: { method: "PATCH", path: path("/integrations/${integrationId}"), headers: basic, body: patch },
      response: response(200, IntegrationResponse, {
        integration: { id: integrationId, ...exactly(shown(type)), ...ofProvider(type) }
      })
    },
    call: Integrations.use((integrations) => integrations.update(integrationId, secretsIn<UpdateIntegration>(patch))),
    gives: secretsIn<Integration>({ id: integrationId, ...whole(type) })
  })
}

/** All that can be null in a change. */
const cleared = {
  displayName: null,
  defaultResponderId: null,
  buttonIconUrl: null,
  integrationOrder: null,
  originWhitelist: null
}

/**
 * `UpdateIntegration`: 200, 404.
 *
 * @category contracts
 * @since 0.1.0
 */
export const update: ReadonlyArray<Contract.Contract> = [
  ...types.map(updating),
  Contract.make({
    interaction: {
      description: "a request to clear what can be cleared of an integration",
      states: [given("integrations exist", { integrations: [whole("web")] })],
      request: { method: "PATCH", path: path("/integrations/${integrationId}"), headers: basic, body: cleared },
      response: response(200, IntegrationResponse, { integration: { id: integrationId, ...exactly({ type: "web" }) } })
    },
    call: Integrations.use((integrations) => integrations.update(integrationId, cleared)),
    gives: { id: integrationId, type: "web" }
  }),
  Contract.make({
    interaction: {
      description: "a request to change an integration that does not exist",
      states: [noIntegration],
      request: {
        method: "PATCH",
        path: path(`/integrations/${integrationId}`),
        headers: basic,
        body: { displayName: "My Test Integration" }
      },
      response: integrationNotFound
    },
    call: Integrations.use((integrations) =>
      integrations.update(integrationId, { displayName: "My Test Integration" })
    ),
    failsWith: "IntegrationNotFound"
  })
]

/**
 * `DeleteIntegration`: 200, 400, 404.
 *
 * @category contracts
 * @since 0.1.0
 */
export const remove: ReadonlyArray<Contract.Contract> = [
  Contract.make({
    interaction: {
      description: "a request to delete an integration",
      states: [given("integrations exist", { integrations: [whole("custom")] })],
      request: { method: "DELETE", path: path("/integrations/${integrationId}"), headers: basic },
      response: response(200, EmptyResponse, Matcher.like({}))
    },
    call: Integrations.use((integrations) => integrations.delete(integrationId)),
    gives: undefined
  }),
  Contract.make({
    interaction: {
      description: "a request to delete an integration that Admin Center made",
      states: [given("an SDK integration of Admin Center exists")],
      request: { method: "DELETE", path: path("/integrations/${integrationId}"), headers: basic },
      response: failure(400, "bad_request", "SDK integrations configured on Admin Center cannot be deleted")
    },
    call: Integrations.use((integrations) => integrations.delete(integrationId)),
    failsWith: "SunshineError"
  }),
  Contract.make({
    interaction: {
      description: "a request to delete an integration that does not exist",
      states: [noIntegration],
      request: { method: "DELETE", path: path(`/integrations/${integrationId}`), headers: basic },
      response: integrationNotFound
    },
    call: Integrations.use((integrations) => integrations.delete(integrationId)),
    failsWith: "IntegrationNotFound"
  })
]
