/**
 * The contracts of the Participants API: its three operations with every documented status.
 *
 * Requests are exact; of a response is asked what the client reads, as in `UsersContracts`.
 *
 * @since 0.1.0
 */
import { Participants } from "@sunco/client/Participants"
import { EmptyResponse } from "@sunco/schemas/EmptyResponse"
import { Participant } from "@sunco/schemas/Participant"
import { ParticipantListResponse, ParticipantResponse } from "@sunco/schemas/ParticipantsOperations"
import * as Matcher from "effect-pact/Matcher"
import * as Contract from "./Contract.ts"
import {
  basic,
  conversationId,
  conversationNotFound,
  exactly,
  failure,
  idOf,
  participantId,
  path,
  response,
  userId,
  varying
} from "./internal/wire.ts"
import { ProviderStates } from "./ProviderStates.ts"

const { given } = ProviderStates

const externalId = "your-own-id"

const user = given("a user exists", { externalId })

const noConversation = given("no conversation exists", { conversationId })

/** A group with nobody in it. */
const group = given("a conversation exists", { type: "sdkGroup" })

const taking = given("a conversation exists", {
  type: "sdkGroup",
  participants: [{ userExternalId: externalId }]
})

/** A participant with every field that the document has, but for the ids. */
const complete = {
  userExternalId: externalId,
  unreadCount: 2,
  clientAssociations: [{ type: "sdk", clientId: "67a0ee38f0305f4a391e9def" }],
  lastRead: "2025-02-03T16:25:12.308Z"
}

/**
 * `JoinConversation`: 201, 400, 404.
 *
 * @category contracts
 * @since 0.1.0
 */
export const join: ReadonlyArray<Contract.Contract> = [
  Contract.make({
    interaction: {
      description: "a request to join a conversation, and to follow it with the SDK",
      states: [user, group],
      request: {
        method: "POST",
        path: path("/conversations/${conversationId}/join"),
        headers: basic,
        body: { userId: idOf("userId"), subscribeSDKClient: true }
      },
      response: response(201, ParticipantResponse, {
        participant: {
          id: participantId,
          userId,
          ...exactly({ userExternalId: externalId, unreadCount: 0 }),
          clientAssociations: [{ type: Matcher.equal("sdk"), clientId: "67a0ee38f0305f4a391e9def" }]
        }
      })
    },
    call: Participants.use((participants) => participants.join(conversationId, { userId, subscribeSDKClient: true })),
    gives: {
      id: participantId,
      userId,
      userExternalId: externalId,
      unreadCount: 0,
      clientAssociations: complete.clientAssociations
    }
  }),
  Contract.make({
    interaction: {
      description: "a request to join a conversation by externalId",
      states: [user, group],
      request: {
        method: "POST",
        path: path("/conversations/${conversationId}/join"),
        headers: basic,
        body: { userExternalId: externalId, subscribeSDKClient: false }
      },
      response: response(201, ParticipantResponse, {
        participant: { id: participantId, ...exactly({ userExternalId: externalId }) }
      })
    },
    call: Participants.use((participants) =>
      participants.join(conversationId, { userExternalId: externalId, subscribeSDKClient: false })
    ),
    gives: { id: participantId, userExternalId: externalId }
  }),
  Contract.make({
    interaction: {
      description: "a request to join a conversation that nobody can join any more",
      states: [given("a conversation with as many participants as it can have exists"), user],
      request: {
        method: "POST",
        path: path("/conversations/${conversationId}/join"),
        headers: basic,
        body: { userExternalId: externalId, subscribeSDKClient: false }
      },
      response: failure(400, "bad_request", "Too many participants")
    },
    call: Participants.use((participants) =>
      participants.join(conversationId, { userExternalId: externalId, subscribeSDKClient: false })
    ),
    failsWith: "SunshineError"
  }),
  Contract.make({
    interaction: {
      description: "a request to join a conversation that does not exist",
      states: [user, noConversation],
      request: {
        method: "POST",
        path: path(`/conversations/${conversationId}/join`),
        headers: basic,
        body: { userExternalId: externalId, subscribeSDKClient: false }
      },
      response: conversationNotFound
    },
    call: Participants.use((participants) =>
      participants.join(conversationId, { userExternalId: externalId, subscribeSDKClient: false })
    ),
    failsWith: "ConversationNotFound"
  })
]

/**
 * `ListParticipants`: 200, 400, 404.
 *
 * @category contracts
 * @since 0.1.0
 */
export const list: ReadonlyArray<Contract.Contract> = [
  Contract.make({
    interaction: {
      description: "a request to list a page of the participants of a conversation, from one of them on",
      states: [
        given("a user exists", { externalId: "the-first" }),
        given("a user exists", { externalId: "the-last" }),
        user,
        given("a conversation exists", {
          type: "sdkGroup",
          participants: [
            { userExternalId: "the-first" },
            complete,
            { userExternalId: "the-last" }
          ]
        })
      ],
      request: {
        method: "GET",
        path: path("/conversations/${conversationId}/participants"),
        query: { "page[after]": idOf("participantId"), "page[size]": "1" },
        headers: basic
      },
      response: response(200, ParticipantListResponse, {
        participants: [{ id: participantId, userId, ...complete, userExternalId: Matcher.equal(externalId) }],
        meta: { hasMore: Matcher.equal(true), afterCursor: participantId, beforeCursor: participantId }
      })
    },
    call: Participants.use((participants) => participants.list(conversationId, { after: participantId, size: 1 })),
    gives: {
      items: [{ id: participantId, userId, ...complete }],
      hasMore: true,
      after: participantId,
      before: participantId
    }
  }),
  Contract.make({
    interaction: {
      description: "a request to list the participants of a conversation, up to one of them",
      states: [user, taking],
      request: {
        method: "GET",
        path: path("/conversations/${conversationId}/participants"),
        query: { "page[before]": idOf("participantId") },
        headers: basic
      },
      response: response(200, ParticipantListResponse, {
        participants: [],
        meta: { hasMore: Matcher.equal(false) }
      })
    },
    call: Participants.use((participants) => participants.list(conversationId, { before: participantId })),
    gives: { items: [], hasMore: false }
  }),
  Contract.make({
    interaction: {
      description: "a request to list the participants of a conversation of whom nothing is known",
      states: [user, taking],
      request: { method: "GET", path: path("/conversations/${conversationId}/participants"), headers: basic },
      response: response(200, ParticipantListResponse, { participants: [{ id: participantId }] })
    },
    call: Participants.use((participants) => participants.list(conversationId)),
    gives: { items: [{ id: participantId }], hasMore: false }
  }),
  Contract.make({
    interaction: {
      description:
        "a request to list the participants of a conversation with null and nothing wherever the API gives it",
      states: [
        user,
        given("a conversation exists", {
          type: "sdkGroup",
          participants: [{ userExternalId: externalId, clientAssociations: [], lastRead: null }]
        })
      ],
      request: { method: "GET", path: path("/conversations/${conversationId}/participants"), headers: basic },
      response: response(
        200,
        ParticipantListResponse,
        varying({ participants: Participant }, {
          participants: [{ id: participantId, clientAssociations: [], lastRead: null }]
        })
      )
    },
    call: Participants.use((participants) => participants.list(conversationId)),
    gives: { items: [{ id: participantId, clientAssociations: [], lastRead: null }], hasMore: false }
  }),
  Contract.make({
    interaction: {
      description: "a request to list the participants of a conversation from what is no cursor on",
      states: [group],
      request: {
        method: "GET",
        path: path("/conversations/${conversationId}/participants"),
        query: { "page[after]": "no cursor, but as long.." },
        headers: basic
      },
      response: failure(400, "bad_request", "Invalid page query parameters")
    },
    call: Participants.use((participants) => participants.list(conversationId, { after: "no cursor, but as long.." })),
    failsWith: "SunshineError"
  }),
  Contract.make({
    interaction: {
      description: "a request to list the participants of a conversation that does not exist",
      states: [noConversation],
      request: { method: "GET", path: path(`/conversations/${conversationId}/participants`), headers: basic },
      response: conversationNotFound
    },
    call: Participants.use((participants) => participants.list(conversationId)),
    failsWith: "ConversationNotFound"
  })
]

/**
 * `LeaveConversation`: 200, 404.
 *
 * @category contracts
 * @since 0.1.0
 */
export const leave: ReadonlyArray<Contract.Contract> = [
  Contract.make({
    interaction: {
      description: "a request to leave a conversation by userId",
      states: [user, taking],
      request: {
        method: "POST",
        path: path("/conversations/${conversationId}/leave"),
        headers: basic,
        body: { userId: idOf("userId") }
      },
      response: response(200, EmptyResponse, Matcher.like({}))
    },
    call: Participants.use((participants) => participants.leave(conversationId, { userId })),
    gives: undefined
  }),
  Contract.make({
    interaction: {
      description: "a request to leave a conversation by externalId",
      states: [user, taking],
      request: {
        method: "POST",
        path: path("/conversations/${conversationId}/leave"),
        headers: basic,
        body: { userExternalId: externalId }
      },
      response: response(200, EmptyResponse, Matcher.like({}))
    },
    call: Participants.use((participants) => participants.leave(conversationId, { userExternalId: externalId })),
    gives: undefined
  }),
  Contract.make({
    interaction: {
      description: "a request to leave a conversation by participantId",
      states: [user, taking],
      request: {
        method: "POST",
        path: path("/conversations/${conversationId}/leave"),
        headers: basic,
        body: { participantId: idOf("participantId") }
      },
      response: response(200, EmptyResponse, Matcher.like({}))
    },
    call: Participants.use((participants) => participants.leave(conversationId, { participantId })),
    gives: undefined
  }),
  Contract.make({
    interaction: {
      description: "a request to leave a conversation in which the user does not take part",
      comments: ["The code tells it from a conversation that does not exist, so it is exact."],
      states: [user, group],
      request: {
        method: "POST",
        path: path("/conversations/${conversationId}/leave"),
        headers: basic,
        body: { userExternalId: externalId }
      },
      response: failure(404, Matcher.equal("not_found"), "User is not a member of the conversation")
    },
    call: Participants.use((participants) => participants.leave(conversationId, { userExternalId: externalId })),
    failsWith: "ParticipantNotFound"
  })
]
