/**
 * The contracts of the Conversations API: its seven operations with every documented status.
 *
 * Requests are exact; of a response is asked what the client reads, as in `UsersContracts`.
 *
 * @since 0.1.0
 */
import { Conversations } from "@sunco/client/Conversations"
import {
  ConversationListResponse,
  ConversationResponse,
  ConversionEventsResponse,
  MessageRefResponse
} from "@sunco/schemas/ConversationsOperations"
import { EmptyResponse } from "@sunco/schemas/EmptyResponse"
import * as Matcher from "effect-pact/Matcher"
import * as Contract from "./Contract.ts"
import {
  basic,
  conversationId,
  conversationNotFound,
  exactly,
  failure,
  idOf,
  path,
  response,
  userId,
  userNotFound
} from "./internal/wire.ts"
import { ProviderStates } from "./ProviderStates.ts"

const { given } = ProviderStates

const externalId = "your-own-id"

const user = given("a user exists", { externalId })

const nobody = given("no user exists", { idOrExternalId: externalId })

const participants = [{ userExternalId: externalId }]

const noConversation = given("no conversation exists", { conversationId })

/** What a create or an update may set, all of it. */
const settings = {
  displayName: "Order 5963",
  description: "A parcel that has not arrived",
  iconUrl: "https://example.org/parcel.png",
  metadata: { lang: "en-ca", visits: 7, beta: false }
}

const nulls = { displayName: null, description: null, iconUrl: null, metadata: null }

const switchboardIntegration = {
  id: "5ef21b86e933b7355c11c604",
  name: "bot",
  integrationId: "5ef21b86e933b7355c11c605",
  integrationType: "custom"
}

/** A conversation with every field that the document has. */
const complete = {
  type: "personal",
  ...settings,
  activeSwitchboardIntegration: switchboardIntegration,
  pendingSwitchboardIntegration: { ...switchboardIntegration, id: "5ef21b86e933b7355c11c606", name: "agents" },
  isDefault: false,
  businessLastRead: "2025-02-03T16:25:12.308Z",
  lastUpdatedAt: "2025-02-03T16:22:12.308Z",
  createdAt: "2025-02-03T16:21:12.308Z"
} as const

const invalidCursor = failure(400, "bad_request", "Invalid page query parameters")

/**
 * `CreateConversation`: 201, 404.
 *
 * @category contracts
 * @since 0.1.0
 */
export const create: ReadonlyArray<Contract.Contract> = [
  Contract.make({
    interaction: {
      description: "a request to create a conversation of a group with every field",
      states: [user],
      request: {
        method: "POST",
        path: path("/conversations"),
        headers: basic,
        body: {
          type: "sdkGroup",
          participants: [
            { userId: idOf("userId"), subscribeSDKClient: false }
          ],
          ...settings
        }
      },
      response: response(201, ConversationResponse, {
        conversation: {
          id: conversationId,
          ...exactly({ type: "sdkGroup", ...settings, isDefault: false }),
          lastUpdatedAt: complete.lastUpdatedAt,
          createdAt: complete.createdAt
        }
      })
    },
    call: Conversations.use((conversations) =>
      conversations.create({
        type: "sdkGroup",
        participants: [{ userId, subscribeSDKClient: false }],
        ...settings
      })
    ),
    gives: {
      id: conversationId,
      type: "sdkGroup",
      ...settings,
      isDefault: false,
      lastUpdatedAt: complete.lastUpdatedAt,
      createdAt: complete.createdAt
    }
  }),
  Contract.make({
    interaction: {
      description: "a request to create a conversation with a user by externalId",
      comments: ["The first personal conversation of a user is the default one, which cannot be deleted."],
      states: [user],
      request: {
        method: "POST",
        path: path("/conversations"),
        headers: basic,
        body: { type: "personal", participants }
      },
      response: response(201, ConversationResponse, {
        conversation: { id: conversationId, ...exactly({ type: "personal", isDefault: true }) }
      })
    },
    call: Conversations.use((conversations) => conversations.create({ type: "personal", participants })),
    gives: { id: conversationId, type: "personal", isDefault: true }
  }),
  Contract.make({
    interaction: {
      description: "a request to create a conversation of a group without anybody in it",
      states: [given("an app exists")],
      request: { method: "POST", path: path("/conversations"), headers: basic, body: { type: "sdkGroup" } },
      response: response(201, ConversationResponse, {
        conversation: { id: conversationId, ...exactly({ type: "sdkGroup" }) }
      })
    },
    call: Conversations.use((conversations) => conversations.create({ type: "sdkGroup" })),
    gives: { id: conversationId, type: "sdkGroup" }
  }),
  Contract.make({
    interaction: {
      description: "a request to create a conversation with null wherever the API takes it",
      states: [user],
      request: {
        method: "POST",
        path: path("/conversations"),
        headers: basic,
        body: { type: "personal", participants, ...nulls }
      },
      response: response(201, ConversationResponse, { conversation: { id: conversationId } })
    },
    call: Conversations.use((conversations) => conversations.create({ type: "personal", participants, ...nulls })),
    gives: { id: conversationId }
  }),
  Contract.make({
    interaction: {
      description: "a request to create a conversation with a user who does not exist",
      states: [nobody],
      request: {
        method: "POST",
        path: path("/conversations"),
        headers: basic,
        body: { type: "personal", participants }
      },
      response: userNotFound
    },
    call: Conversations.use((conversations) => conversations.create({ type: "personal", participants })),
    failsWith: "UserNotFound"
  })
]

/**
 * `ListConversations`: 200, 400, 404.
 *
 * @category contracts
 * @since 0.1.0
 */
export const list: ReadonlyArray<Contract.Contract> = [
  Contract.make({
    interaction: {
      description: "a request to list a page of the conversations of a user, up to one of them",
      comments: ["There is one before it, and one behind it."],
      states: [
        user,
        given("a conversation exists", { type: "personal", participants }),
        given("a conversation exists", { ...complete, participants }),
        given("a conversation exists", { type: "personal", participants })
      ],
      request: {
        method: "GET",
        path: path("/conversations"),
        query: { "filter[userId]": idOf("userId"), "page[before]": idOf("conversationId"), "page[size]": "1" },
        headers: basic
      },
      response: response(200, ConversationListResponse, {
        conversations: [{ id: conversationId, ...complete }],
        meta: { hasMore: Matcher.equal(true), afterCursor: conversationId, beforeCursor: conversationId }
      })
    },
    call: Conversations.use((conversations) => conversations.list({ userId }, { before: conversationId, size: 1 })),
    gives: {
      items: [{ id: conversationId, ...complete }],
      hasMore: true,
      after: conversationId,
      before: conversationId
    }
  }),
  Contract.make({
    interaction: {
      description: "a request to list the conversations of a user from one of them on",
      states: [
        user,
        given("a conversation exists", { type: "personal", participants })
      ],
      request: {
        method: "GET",
        path: path("/conversations"),
        query: { "filter[userExternalId]": externalId, "page[after]": idOf("conversationId") },
        headers: basic
      },
      response: response(200, ConversationListResponse, {
        conversations: [],
        meta: { hasMore: Matcher.equal(false) }
      })
    },
    call: Conversations.use((conversations) =>
      conversations.list({ userExternalId: externalId }, { after: conversationId })
    ),
    gives: { items: [], hasMore: false }
  }),
  Contract.make({
    interaction: {
      description: "a request to list the conversations of a user by externalId",
      states: [
        user,
        given("a conversation exists", { type: "personal", participants })
      ],
      request: {
        method: "GET",
        path: path("/conversations"),
        query: { "filter[userExternalId]": externalId },
        headers: basic
      },
      response: response(200, ConversationListResponse, { conversations: [{ id: conversationId }] })
    },
    call: Conversations.use((conversations) => conversations.list({ userExternalId: externalId })),
    gives: { items: [{ id: conversationId }], hasMore: false }
  }),
  Contract.make({
    interaction: {
      description: "a request to list the conversations of a user from what is no cursor on",
      states: [user],
      request: {
        method: "GET",
        path: path("/conversations"),
        query: { "filter[userExternalId]": externalId, "page[after]": "no cursor, but as long.." },
        headers: basic
      },
      response: invalidCursor
    },
    call: Conversations.use((conversations) =>
      conversations.list({ userExternalId: externalId }, { after: "no cursor, but as long.." })
    ),
    failsWith: "SunshineError"
  }),
  Contract.make({
    interaction: {
      description: "a request to list the conversations of a user who does not exist",
      states: [nobody],
      request: {
        method: "GET",
        path: path("/conversations"),
        query: { "filter[userExternalId]": externalId },
        headers: basic
      },
      response: userNotFound
    },
    call: Conversations.use((conversations) => conversations.list({ userExternalId: externalId })),
    failsWith: "UserNotFound"
  })
]

/**
 * `GetConversation`: 200, 404.
 *
 * @category contracts
 * @since 0.1.0
 */
export const get: ReadonlyArray<Contract.Contract> = [
  Contract.make({
    interaction: {
      description: "a request to get a conversation",
      states: [user, given("a conversation exists", { ...complete, participants })],
      request: { method: "GET", path: path("/conversations/${conversationId}"), headers: basic },
      response: response(200, ConversationResponse, { conversation: { id: conversationId, ...complete } })
    },
    call: Conversations.use((conversations) => conversations.get(conversationId)),
    gives: { id: conversationId, ...complete }
  }),
  Contract.make({
    interaction: {
      description: "a request to get a conversation of which nothing is known",
      states: [given("a conversation exists", {})],
      request: { method: "GET", path: path("/conversations/${conversationId}"), headers: basic },
      response: response(200, ConversationResponse, { conversation: { id: conversationId } })
    },
    call: Conversations.use((conversations) => conversations.get(conversationId)),
    gives: { id: conversationId }
  }),
  Contract.make({
    interaction: {
      description: "a request to get a conversation with null wherever the API gives it",
      states: [
        given("a conversation exists", {
          type: "sdkGroup",
          ...nulls,
          activeSwitchboardIntegration: null,
          pendingSwitchboardIntegration: null,
          businessLastRead: null,
          lastUpdatedAt: null
        })
      ],
      request: { method: "GET", path: path("/conversations/${conversationId}"), headers: basic },
      response: response(200, ConversationResponse, {
        conversation: {
          id: conversationId,
          ...nulls,
          activeSwitchboardIntegration: null,
          pendingSwitchboardIntegration: null,
          businessLastRead: null,
          lastUpdatedAt: null
        }
      })
    },
    call: Conversations.use((conversations) => conversations.get(conversationId)),
    gives: {
      id: conversationId,
      ...nulls,
      activeSwitchboardIntegration: null,
      pendingSwitchboardIntegration: null,
      businessLastRead: null,
      lastUpdatedAt: null
    }
  }),
  Contract.make({
    interaction: {
      description: "a request to get a conversation whose control nobody is known to have",
      states: [
        given("a conversation exists", { activeSwitchboardIntegration: {}, pendingSwitchboardIntegration: {} })
      ],
      request: { method: "GET", path: path("/conversations/${conversationId}"), headers: basic },
      response: response(200, ConversationResponse, {
        conversation: { id: conversationId, activeSwitchboardIntegration: {}, pendingSwitchboardIntegration: {} }
      })
    },
    call: Conversations.use((conversations) => conversations.get(conversationId)),
    gives: { id: conversationId, activeSwitchboardIntegration: {}, pendingSwitchboardIntegration: {} }
  }),
  Contract.make({
    interaction: {
      description: "a request to get a conversation that does not exist",
      states: [noConversation],
      request: { method: "GET", path: path(`/conversations/${conversationId}`), headers: basic },
      response: conversationNotFound
    },
    call: Conversations.use((conversations) => conversations.get(conversationId)),
    failsWith: "ConversationNotFound"
  })
]

/**
 * `UpdateConversation`: 200, 404.
 *
 * @category contracts
 * @since 0.1.0
 */
export const update: ReadonlyArray<Contract.Contract> = [
  Contract.make({
    interaction: {
      description: "a request to update every field of a conversation that can be changed",
      states: [
        user,
        given("a conversation exists", {
          type: complete.type,
          activeSwitchboardIntegration: complete.activeSwitchboardIntegration,
          pendingSwitchboardIntegration: complete.pendingSwitchboardIntegration,
          isDefault: complete.isDefault,
          businessLastRead: complete.businessLastRead,
          lastUpdatedAt: complete.lastUpdatedAt,
          createdAt: complete.createdAt,
          participants
        })
      ],
      request: { method: "PATCH", path: path("/conversations/${conversationId}"), headers: basic, body: settings },
      response: response(200, ConversationResponse, {
        conversation: { id: conversationId, ...complete, ...exactly(settings) }
      })
    },
    call: Conversations.use((conversations) => conversations.update(conversationId, settings)),
    gives: { id: conversationId, ...complete }
  }),
  Contract.make({
    interaction: {
      description: "a request to update one field of a conversation",
      comments: ["What a patch leaves out stays."],
      states: [given("a conversation exists", { displayName: "Order 5963" })],
      request: {
        method: "PATCH",
        path: path("/conversations/${conversationId}"),
        headers: basic,
        body: { description: "It has arrived" }
      },
      response: response(200, ConversationResponse, {
        conversation: { id: conversationId, ...exactly({ displayName: "Order 5963", description: "It has arrived" }) }
      })
    },
    call: Conversations.use((conversations) => conversations.update(conversationId, { description: "It has arrived" })),
    gives: { id: conversationId, displayName: "Order 5963", description: "It has arrived" }
  }),
  Contract.make({
    interaction: {
      description: "a request to clear every field of a conversation that takes null",
      states: [given("a conversation exists", settings)],
      request: { method: "PATCH", path: path("/conversations/${conversationId}"), headers: basic, body: nulls },
      response: response(200, ConversationResponse, { conversation: { id: conversationId } })
    },
    call: Conversations.use((conversations) => conversations.update(conversationId, nulls)),
    gives: { id: conversationId }
  }),
  Contract.make({
    interaction: {
      description: "a request to update nothing of a conversation",
      states: [given("a conversation exists", {})],
      request: { method: "PATCH", path: path("/conversations/${conversationId}"), headers: basic, body: {} },
      response: response(200, ConversationResponse, { conversation: { id: conversationId } })
    },
    call: Conversations.use((conversations) => conversations.update(conversationId, {})),
    gives: { id: conversationId }
  }),
  Contract.make({
    interaction: {
      description: "a request to update a conversation that does not exist",
      states: [noConversation],
      request: {
        method: "PATCH",
        path: path(`/conversations/${conversationId}`),
        headers: basic,
        body: { displayName: "Order 5963" }
      },
      response: conversationNotFound
    },
    call: Conversations.use((conversations) => conversations.update(conversationId, { displayName: "Order 5963" })),
    failsWith: "ConversationNotFound"
  })
]

const deleteConversation: ReadonlyArray<Contract.Contract> = [
  Contract.make({
    interaction: {
      description: "a request to delete a conversation",
      states: [given("a conversation exists", { type: "sdkGroup" })],
      request: { method: "DELETE", path: path("/conversations/${conversationId}"), headers: basic },
      response: response(200, EmptyResponse, Matcher.like({}))
    },
    call: Conversations.use((conversations) => conversations.delete(conversationId)),
    gives: undefined
  }),
  Contract.make({
    interaction: {
      description: "a request to delete the default conversation of a user",
      states: [user, given("a conversation exists", { type: "personal", isDefault: true, participants })],
      request: { method: "DELETE", path: path("/conversations/${conversationId}"), headers: basic },
      response: failure(
        400,
        "bad_request",
        "Conversation c93bb9c14dde8ffb94564eae cannot be deleted because it is the default."
      )
    },
    call: Conversations.use((conversations) => conversations.delete(conversationId)),
    failsWith: "SunshineError"
  }),
  Contract.make({
    interaction: {
      description: "a request to delete a conversation that does not exist",
      states: [noConversation],
      request: { method: "DELETE", path: path(`/conversations/${conversationId}`), headers: basic },
      response: conversationNotFound
    },
    call: Conversations.use((conversations) => conversations.delete(conversationId)),
    failsWith: "ConversationNotFound"
  })
]

export {
  /**
   * `DeleteConversation`: 200, 400, 404.
   *
   * @category contracts
   * @since 0.1.0
   */
  deleteConversation as delete
}

const interactiveDataRef = {
  url: "https://p61-content.icloud.com/M58C0A1A2EB62B6E899B4F28996E8DA229E1914295299C39944B2F2CA7482AE50.C01USN00",
  bid:
    "com.apple.messages.MSMessageExtensionBalloonPlugin:0000000000:com.apple.icloud.apps.messages.business.extension",
  key: "00c0d1827fdc858fe7b42421de1fb289c2ee0a9463d787ce4f118506f970bd6e38",
  signature: "81a619c81da5a01c6139219a5d20e17430c631e1eb",
  owner: "M58C0A2A1EB62B4E859B4F28996E8DA229E1914295299C39944B2F2CA7482AE50.C01USN00"
}

/**
 * `DownloadMessageRef`: 200.
 *
 * @category contracts
 * @since 0.1.0
 */
export const downloadMessageRef: ReadonlyArray<Contract.Contract> = [
  Contract.make({
    interaction: {
      description: "a request to download what Apple has kept of a message",
      states: [user, given("a conversation exists", { participants })],
      request: {
        method: "POST",
        path: path("/conversations/${conversationId}/download"),
        headers: basic,
        body: { userId: idOf("userId"), apple: { interactiveDataRef } }
      },
      response: response(200, MessageRefResponse, Matcher.like({}))
    },
    call: Conversations.use((conversations) =>
      conversations.downloadMessageRef(conversationId, { userId, apple: { interactiveDataRef } })
    ),
    gives: {}
  }),
  Contract.make({
    interaction: {
      description: "a request to download what a channel has kept of a message, without saying of which",
      comments: ["The document requires no channel."],
      states: [user, given("a conversation exists", { participants })],
      request: {
        method: "POST",
        path: path("/conversations/${conversationId}/download"),
        headers: basic,
        body: { userId: idOf("userId") }
      },
      response: response(200, MessageRefResponse, Matcher.like({}))
    },
    call: Conversations.use((conversations) => conversations.downloadMessageRef(conversationId, { userId })),
    gives: {}
  })
]

const conversions = (channel: string) => ({
  payload: {
    data: [{
      action_source: "business_messaging",
      event_name: "TestEvent",
      event_time: 1752161233,
      messaging_channel: channel
    }]
  }
})

const conversionEvents = { datasetId: "1234567890123456", eventsReceived: 1 }

/**
 * `PostConversionEvents`: 200.
 *
 * @category contracts
 * @since 0.1.0
 */
export const postConversionEvents: ReadonlyArray<Contract.Contract> = [
  Contract.make({
    interaction: {
      description: "a request to post conversion events of Instagram",
      states: [given("a conversation exists", {})],
      request: {
        method: "POST",
        path: path("/conversations/${conversationId}/conversionEvents"),
        headers: basic,
        body: { instagram: conversions("instagram") }
      },
      response: response(200, ConversionEventsResponse, { conversionEvents })
    },
    call: Conversations.use((conversations) =>
      conversations.postConversionEvents(conversationId, { instagram: conversions("instagram") })
    ),
    gives: conversionEvents
  }),
  Contract.make({
    interaction: {
      description: "a request to post conversion events of Messenger",
      states: [given("a conversation exists", {})],
      request: {
        method: "POST",
        path: path("/conversations/${conversationId}/conversionEvents"),
        headers: basic,
        body: { messenger: conversions("messenger") }
      },
      response: response(200, ConversionEventsResponse, { conversionEvents: Matcher.like({}) })
    },
    call: Conversations.use((conversations) =>
      conversations.postConversionEvents(conversationId, { messenger: conversions("messenger") })
    ),
    gives: {}
  }),
  Contract.make({
    interaction: {
      description: "a request to post conversion events of WhatsApp",
      states: [given("a conversation exists", {})],
      request: {
        method: "POST",
        path: path("/conversations/${conversationId}/conversionEvents"),
        headers: basic,
        body: { whatsapp: conversions("whatsapp") }
      },
      response: response(200, ConversionEventsResponse, { conversionEvents })
    },
    call: Conversations.use((conversations) =>
      conversations.postConversionEvents(conversationId, { whatsapp: conversions("whatsapp") })
    ),
    gives: conversionEvents
  })
]
