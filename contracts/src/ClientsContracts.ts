/**
 * The contracts of the Clients API: its three operations with every documented status.
 *
 * @since 0.1.0
 */
import { Clients } from "@sunco/client/Clients"
import type { CreateClient } from "@sunco/schemas/ClientPayloads"
import { ClientListResponse, ClientResponse } from "@sunco/schemas/ClientsOperations"
import { EmptyResponse } from "@sunco/schemas/EmptyResponse"
import * as Matcher from "effect-pact/Matcher"
import * as Contract from "./Contract.ts"
import { complete } from "./internal/clients.ts"
import {
  basic,
  clientId,
  conversationId,
  exactly,
  failure,
  idOf,
  integrationId,
  lastClientId,
  path,
  response,
  userId
} from "./internal/wire.ts"
import { ProviderStates } from "./ProviderStates.ts"

const { given } = ProviderStates

const externalId = "your-own-id"
const brandId = "9477922990333"

const user = given("a user exists", { externalId })

/** What a client is linked for: a conversation of the user. */
const conversation = given("a conversation exists", {
  type: "personal",
  participants: [{ userExternalId: externalId }]
})

/** What is asked on a channel, and how: as it is sent, but for the conversation, whose id is the provider's to give. */
type Linked = Omit<CreateClient, "target"> & Matcher.PatternObject

/** As long as the channel has not answered, no more of a client is known. */
const pending = ({ matchCriteria: { integrationId, type } }: Linked) =>
  ({ type, status: "pending", integrationId }) as const

const linking = <L extends Linked>(description: string, linked: L): Contract.Contract =>
  Contract.make({
    interaction: {
      description,
      states: [user, conversation],
      request: {
        method: "POST",
        path: path("/users/${userId}/clients"),
        headers: basic,
        body: { ...linked, target: { conversationId: idOf("conversationId") } }
      },
      response: response(201, ClientResponse, { client: { id: clientId, ...exactly(pending(linked)) } })
    },
    call: Clients.use((clients) => clients.create(userId, { ...linked, target: { conversationId } })),
    gives: { id: clientId, ...pending(linked) }
  })

const phoneNumber = "+1 212-555-2368"

/** The least that a link takes; of brand-separated users that is found by its externalId. */
const least = {
  matchCriteria: { type: "whatsapp", integrationId, phoneNumber },
  confirmation: { type: "immediate" }
} as const

/**
 * `CreateClient`: 201.
 *
 * @category contracts
 * @since 0.1.0
 */
export const create: ReadonlyArray<Contract.Contract> = [
  linking("a request to link an e-mail address, with every field and a text to confirm", {
    matchCriteria: {
      type: "mailgun",
      integrationId,
      address: "steveb@channel5.com",
      subject: "New message from {appName}",
      primary: true
    },
    confirmation: {
      type: "prompt",
      message: {
        author: {
          type: "business",
          subtypes: ["AI"],
          displayName: "Steve",
          avatarUrl: "https://www.gravatar.com/image.jpg"
        },
        content: {
          type: "text",
          text: "Is this you?",
          actions: [{
            type: "link",
            text: "More info",
            uri: "https://example.org",
            default: true,
            metadata: { beta: false },
            extraChannelOptions: { messenger: { messenger_extensions: false, webview_share_button: "hide" } }
          }]
        },
        destination: { integrationId },
        metadata: { lang: "en-ca", visits: 7, beta: false },
        override: { whatsapp: { payload: { preview_url: true } } },
        schema: "whatsapp"
      }
    }
  }),
  linking("a request to link a telephone number of messagebird, with an image to confirm", {
    matchCriteria: { type: "messagebird", integrationId, phoneNumber, primary: true },
    confirmation: {
      type: "prompt",
      message: {
        author: { type: "business" },
        content: {
          type: "image",
          mediaUrl: "https://s3.amazonaws.com/image.jpg",
          altText: "An image",
          text: "Is this you?",
          actions: [{ type: "link", text: "More info", uri: "https://example.org" }]
        }
      }
    }
  }),
  linking("a request to link a telephone number of twilio when the user next writes", {
    matchCriteria: { type: "twilio", integrationId, phoneNumber, primary: false },
    confirmation: { type: "userActivity" }
  }),
  linking("a request to link a telephone number of whatsapp, with every field", {
    matchCriteria: { type: "whatsapp", integrationId, phoneNumber, primary: true },
    confirmation: { type: "immediate" }
  }),
  linking("a request to link a client with no more than it takes", least),
  Contract.make({
    interaction: {
      description: "a request to link a client to a brand-separated user by externalId",
      states: [
        given("a user exists", { externalId, brandId }),
        given("a conversation exists", { type: "sdkGroup" })
      ],
      request: {
        method: "POST",
        path: path("/users/your-own-id/clients"),
        query: { brandId },
        headers: basic,
        body: { ...least, target: { conversationId: idOf("conversationId") } }
      },
      response: response(201, ClientResponse, { client: { id: clientId, ...exactly(pending(least)) } })
    },
    call: Clients.use((clients) => clients.create(externalId, { ...least, target: { conversationId } }, { brandId })),
    gives: { id: clientId, ...pending(least) }
  })
]

/** A client as the SDK is one, with null wherever the API gives it. */
const nulls = {
  type: "sdk",
  status: "active",
  integrationId: null,
  externalId: null,
  lastSeen: null,
  linkedAt: null,
  displayName: null,
  avatarUrl: null,
  info: null,
  raw: null
} as const

/**
 * `ListClients`: 200, 400.
 *
 * @category contracts
 * @since 0.1.0
 */
export const list: ReadonlyArray<Contract.Contract> = [
  Contract.make({
    interaction: {
      description: "a request to list the clients of a user",
      states: [given("clients exist", { user: { externalId }, clients: [complete] })],
      request: { method: "GET", path: path("/users/${userId}/clients"), headers: basic },
      response: response(200, ClientListResponse, {
        clients: [{ id: clientId, ...complete }],
        meta: { hasMore: false }
      })
    },
    call: Clients.use((clients) => clients.list(userId)),
    gives: { items: [{ id: clientId, ...complete }], hasMore: false }
  }),
  Contract.make({
    interaction: {
      description: "a request to list the clients of a user with null wherever the API gives it",
      states: [given("clients exist", { user: { externalId }, clients: [nulls] })],
      request: { method: "GET", path: path("/users/${userId}/clients"), headers: basic },
      response: response(200, ClientListResponse, {
        clients: [{ id: clientId, ...nulls }],
        meta: { hasMore: false }
      })
    },
    call: Clients.use((clients) => clients.list(userId)),
    gives: { items: [{ id: clientId, ...nulls }], hasMore: false }
  }),
  Contract.make({
    interaction: {
      description: "a request to list the clients of a user who has none",
      states: [user],
      request: { method: "GET", path: path("/users/${userId}/clients"), headers: basic },
      response: response(200, ClientListResponse, { clients: [], meta: { hasMore: false } })
    },
    call: Clients.use((clients) => clients.list(userId)),
    gives: { items: [], hasMore: false }
  }),
  Contract.make({
    interaction: {
      description: "a request to list one client behind another, of a brand-separated user by externalId",
      states: [
        given("clients exist", { user: { externalId, brandId }, clients: [{}, {}, {}] })
      ],
      request: {
        method: "GET",
        path: path("/users/your-own-id/clients"),
        query: { brandId, "page[after]": idOf("clientId"), "page[size]": "1" },
        headers: basic
      },
      response: response(200, ClientListResponse, {
        clients: [{ id: lastClientId }],
        meta: { hasMore: true, afterCursor: lastClientId, beforeCursor: lastClientId }
      })
    },
    call: Clients.use((clients) => clients.list(externalId, { after: clientId, size: 1 }, { brandId })),
    gives: { items: [{ id: lastClientId }], hasMore: true, before: lastClientId, after: lastClientId }
  }),
  Contract.make({
    interaction: {
      description: "a request to list the clients in front of another",
      states: [given("clients exist", { user: { externalId }, clients: [complete, {}] })],
      request: {
        method: "GET",
        path: path("/users/${userId}/clients"),
        query: { "page[before]": idOf("lastClientId") },
        headers: basic
      },
      response: response(200, ClientListResponse, {
        clients: [{ id: clientId, ...exactly({ externalId: complete.externalId }) }],
        meta: { hasMore: false }
      })
    },
    call: Clients.use((clients) => clients.list(userId, { before: lastClientId })),
    gives: { items: [{ id: clientId, externalId: complete.externalId }], hasMore: false }
  }),
  Contract.make({
    interaction: {
      description: "a request to list clients from what is no cursor on",
      states: [user],
      request: {
        method: "GET",
        path: path("/users/${userId}/clients"),
        query: { "page[after]": "no cursor, but as long.." },
        headers: basic
      },
      response: failure(400, "bad_request", "Invalid page query parameters")
    },
    call: Clients.use((clients) => clients.list(userId, { after: "no cursor, but as long.." })),
    failsWith: "SunshineError"
  })
]

/**
 * `RemoveClient`: 200, 400, 404.
 *
 * @category contracts
 * @since 0.1.0
 */
export const remove: ReadonlyArray<Contract.Contract> = [
  Contract.make({
    interaction: {
      description: "a request to remove a client",
      states: [given("clients exist", { user: { externalId }, clients: [complete] })],
      request: { method: "DELETE", path: path("/users/${userId}/clients/${clientId}"), headers: basic },
      response: response(200, EmptyResponse, Matcher.like({}))
    },
    call: Clients.use((clients) => clients.remove(userId, clientId)),
    gives: undefined
  }),
  Contract.make({
    interaction: {
      description: "a request to remove a client of a brand-separated user by externalId",
      states: [
        given("clients exist", { user: { externalId, brandId }, clients: [complete] })
      ],
      request: {
        method: "DELETE",
        path: path("/users/your-own-id/clients/${clientId}"),
        query: { brandId },
        headers: basic
      },
      response: response(200, EmptyResponse, Matcher.like({}))
    },
    call: Clients.use((clients) => clients.remove(externalId, clientId, { brandId })),
    gives: undefined
  }),
  Contract.make({
    interaction: {
      description: "a request to remove the SDK from the clients of a user",
      states: [given("clients exist", { user: { externalId }, clients: [{ type: "sdk" }] })],
      request: { method: "DELETE", path: path("/users/${userId}/clients/${clientId}"), headers: basic },
      response: failure(400, "bad_request", "Cannot remove a client of type 'sdk'")
    },
    call: Clients.use((clients) => clients.remove(userId, clientId)),
    failsWith: "SunshineError"
  }),
  Contract.make({
    interaction: {
      description: "a request to remove a client that does not exist",
      states: [user, given("no client exists", { clientId })],
      request: { method: "DELETE", path: path(`/users/\${userId}/clients/${clientId}`), headers: basic },
      response: failure(404, Matcher.equal("client_not_found"), "Client not found")
    },
    call: Clients.use((clients) => clients.remove(userId, clientId)),
    failsWith: "ClientNotFound"
  })
]
