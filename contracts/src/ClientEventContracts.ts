/**
 * The contracts of the events of clients. What is asked of a delivery is said in `UserEventContracts`.
 *
 * @since 0.1.0
 */
import { Clients } from "@sunco/client/Clients"
import * as Effect from "effect/Effect"
import * as EventContract from "./EventContract.ts"
import { complete } from "./internal/clients.ts"
import {
  apiSource,
  ofNothing,
  personal,
  somebody,
  source,
  sources,
  switchboard,
  truncatedConversation,
  truncatedUser,
  user,
  whole
} from "./internal/events.ts"
import { externalId } from "./internal/users.ts"
import { clientId, userId } from "./internal/wire.ts"
import { ProviderStates } from "./ProviderStates.ts"

const { given } = ProviderStates

const integrationId = "5e4af71a81966cfff3ef6551"

/** As long as the channel has not answered. */
const pending = { id: clientId, type: "whatsapp", status: "pending", integrationId } as const

const sdk = { id: clientId, type: "sdk", status: "active", lastSeen: complete.lastSeen } as const

/** What the channel tells of the person. */
const told = {
  displayName: complete.displayName,
  avatarUrl: complete.avatarUrl,
  info: complete.info,
  raw: complete.raw
}

const known = { ...pending, externalId: complete.externalId, ...told } as const

const inConversation = { conversation: truncatedConversation, user: truncatedUser } as const

const link = ({ conversationId, userId }: EventContract.Ids) =>
  Clients.use((clients) =>
    clients.create(userId, {
      matchCriteria: { type: "whatsapp", integrationId, phoneNumber: "+1 212-555-2368" },
      confirmation: { type: "immediate" },
      target: { conversationId }
    })
  )

const error = { code: "wrong_number", message: "The number is of nobody" }

const nulls = { conversation: null }

/**
 * `client:add`.
 *
 * @category contracts
 * @since 0.1.0
 */
export const add: ReadonlyArray<EventContract.EventContract> = [
  EventContract.make({
    type: "client:add",
    description: "a channel is being linked to a conversation",
    states: [switchboard, user, personal],
    cause: link,
    payload: { ...inConversation, client: pending, reason: "channelLinking", source: apiSource }
  }),
  EventContract.make({
    type: "client:add",
    description: "somebody has logged in with an SDK",
    states: [user],
    happens: ({ userId }) => ({ user: { ...somebody, id: userId }, client: sdk, reason: "sdkLogin", source }),
    payload: { user: somebody, client: sdk, reason: "sdkLogin", source }
  }),
  ...sources.map(([how, source]) =>
    EventContract.make({
      type: "client:add",
      description: `a client was added ${how}, told to whoever wants all of the source`,
      states: [user],
      webhook: whole,
      happens: ({ userId }) => ({
        user: { ...somebody, id: userId },
        client: { id: clientId, ...complete },
        reason: "authCode",
        source
      }),
      payload: { user: somebody, client: { id: clientId, ...complete }, reason: "authCode", source }
    })
  ),
  EventContract.make({
    type: "client:add",
    description: "somebody has logged in with an SDK, with null wherever the API gives it",
    states: [user],
    webhook: { includeFullSource: true },
    happens: ({ userId }) => ({ user: { id: userId }, client: sdk, ...nulls, reason: "sdkLogin", source: ofNothing }),
    payload: { user: { id: userId }, client: sdk, ...nulls, reason: "sdkLogin", source: ofNothing }
  })
]

/**
 * `client:remove`.
 *
 * @category contracts
 * @since 0.1.0
 */
export const remove: ReadonlyArray<EventContract.EventContract> = [
  EventContract.make({
    type: "client:remove",
    description: "a client was removed",
    states: [given("clients exist", { user: { externalId }, clients: [complete] })],
    cause: ({ clientId, userId }) => Clients.use((clients) => clients.remove(userId, clientId)),
    payload: {
      user: { id: userId, externalId, authenticated: true },
      client: { id: clientId, ...complete },
      reason: "api",
      source: apiSource
    }
  }),
  EventContract.make({
    type: "client:remove",
    description: "a channel could not be linked",
    states: [switchboard, user, personal],
    cause: (ids) =>
      Effect.flatMap(
        link(ids),
        ({ id }) => EventContract.Channels.use(({ answerLink }) => answerLink(id, { answer: "failed", error }))
      ),
    payload: { ...inConversation, client: pending, reason: "linkFailed", error }
  }),
  ...sources.map(([how, source]) =>
    EventContract.make({
      type: "client:remove",
      description: `a client has left ${how}, told to whoever wants all of the source`,
      states: [user],
      webhook: whole,
      happens: ({ userId }) => ({ user: { ...somebody, id: userId }, client: known, reason: "sdk", source }),
      payload: { user: somebody, client: known, reason: "sdk", source }
    })
  ),
  EventContract.make({
    type: "client:remove",
    description: "a client went over to another user, with null wherever the API gives it",
    states: [user],
    happens: ({ userId }) => ({ user: { id: userId }, client: known, ...nulls, error: null, reason: "theft" }),
    payload: { user: { id: userId }, client: known, ...nulls, error: null, reason: "theft" }
  })
]

/**
 * `client:update`.
 *
 * @category contracts
 * @since 0.1.0
 */
export const update: ReadonlyArray<EventContract.EventContract> = [
  EventContract.make({
    type: "client:update",
    description: "a channel has found whom it is to be linked with",
    states: [switchboard, user, personal],
    cause: (ids) =>
      Effect.flatMap(
        link(ids),
        ({ id }) => EventContract.Channels.use(({ answerLink }) => answerLink(id, { answer: "matched", client: told }))
      ),
    payload: { ...inConversation, client: known, reason: "matched" }
  }),
  EventContract.make({
    type: "client:update",
    description: "a channel was linked to a conversation",
    states: [switchboard, user, personal],
    cause: (ids) =>
      Effect.flatMap(
        link(ids),
        ({ id }) =>
          EventContract.Channels.use(({ answerLink }) => answerLink(id, { answer: "confirmed", client: told }))
      ),
    payload: {
      ...inConversation,
      client: { ...known, status: "active", linkedAt: complete.linkedAt, lastSeen: complete.lastSeen },
      reason: "confirmed"
    }
  }),
  EventContract.make({
    type: "client:update",
    description: "a client was blocked, with null wherever the API gives it",
    states: [user],
    happens: ({ userId }) => ({
      user: { ...somebody, id: userId },
      client: { ...known, status: "blocked" },
      ...nulls,
      reason: "blocked"
    }),
    payload: { user: somebody, client: { ...known, status: "blocked" }, ...nulls, reason: "blocked" }
  })
]
