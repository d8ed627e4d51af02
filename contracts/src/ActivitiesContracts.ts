/**
 * The contracts of the Activities API: its one operation, for which no failure is documented.
 *
 * Requests are exact; of a response is asked what the client reads, as in `UsersContracts`.
 *
 * @since 0.1.0
 */
import { Activities } from "@sunco/client/Activities"
import { EmptyResponse } from "@sunco/schemas/EmptyResponse"
import * as Matcher from "effect-pact/Matcher"
import * as Contract from "./Contract.ts"
import { basic, conversationId, idOf, path, response, userId } from "./internal/wire.ts"
import { ProviderStates } from "./ProviderStates.ts"

const { given } = ProviderStates

const externalId = "your-own-id"

const states = [
  given("a user exists", { externalId }),
  given("a conversation exists", { type: "personal", participants: [{ userExternalId: externalId }] })
]

const business = {
  type: "business",
  subtypes: ["AI"],
  displayName: "Tess",
  avatarUrl: "https://example.org/tess.png"
} as const

/**
 * `PostActivity`: 200.
 *
 * @category contracts
 * @since 0.1.0
 */
export const post: ReadonlyArray<Contract.Contract> = [
  Contract.make({
    interaction: {
      description: "a request to tell that a user has read a conversation",
      states,
      request: {
        method: "POST",
        path: path("/conversations/${conversationId}/activity"),
        headers: basic,
        body: { author: { type: "user", userId: idOf("userId") }, type: "conversation:read" }
      },
      response: response(200, EmptyResponse, Matcher.like({}))
    },
    call: Activities.use((activities) =>
      activities.post(conversationId, { author: { type: "user", userId }, type: "conversation:read" })
    ),
    gives: undefined
  }),
  Contract.make({
    interaction: {
      description: "a request to tell that a user has read a conversation, by externalId",
      states,
      request: {
        method: "POST",
        path: path("/conversations/${conversationId}/activity"),
        headers: basic,
        body: {
          author: { type: "user", userExternalId: externalId, brandId: null },
          type: "conversation:read"
        }
      },
      response: response(200, EmptyResponse, Matcher.like({}))
    },
    call: Activities.use((activities) =>
      activities.post(conversationId, {
        author: { type: "user", userExternalId: externalId, brandId: null },
        type: "conversation:read"
      })
    ),
    gives: undefined
  }),
  Contract.make({
    interaction: {
      description: "a request to tell that somebody of the business begins to type",
      states,
      request: {
        method: "POST",
        path: path("/conversations/${conversationId}/activity"),
        headers: basic,
        body: { author: business, type: "typing:start" }
      },
      response: response(200, EmptyResponse, Matcher.like({}))
    },
    call: Activities.use((activities) => activities.post(conversationId, { author: business, type: "typing:start" })),
    gives: undefined
  }),
  Contract.make({
    interaction: {
      description: "a request to tell that the business has ceased to type",
      states,
      request: {
        method: "POST",
        path: path("/conversations/${conversationId}/activity"),
        headers: basic,
        body: { author: { type: "business" }, type: "typing:stop" }
      },
      response: response(200, EmptyResponse, Matcher.like({}))
    },
    call: Activities.use((activities) =>
      activities.post(conversationId, { author: { type: "business" }, type: "typing:stop" })
    ),
    gives: undefined
  })
]
