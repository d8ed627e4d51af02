/**
 * The contracts of the events of users.
 *
 * Of a delivery is asked what a handler reads: any value of the type where the type is all that counts, exactly the value that
 * tells what has happened. A webhook that asks for all that it can gets users as a whole, and all of where an event came from.
 *
 * @since 0.1.0
 */
import { Users } from "@sunco/client/Users"
import * as EventContract from "./EventContract.ts"
import * as clients from "./internal/clients.ts"
import {
  metadata,
  somebody,
  source,
  sources,
  truncatedConversation,
  truncatedUser,
  user,
  whole,
  wholeUser
} from "./internal/events.ts"
import { brandId, complete, externalId, zendeskId } from "./internal/users.ts"
import { clientId, lastClientId, userId } from "./internal/wire.ts"
import { ProviderStates } from "./ProviderStates.ts"

const { given } = ProviderStates

/** Who was not known to be anybody until then. */
const anonymous = { id: "67a11490f0305f4a391e9f8b", authenticated: false }

const gone = { ...wholeUser, brandId, id: anonymous.id }

const mergedClients = {
  surviving: { id: clientId, ...clients.complete },
  discarded: { id: lastClientId, ...clients.complete, status: "pending" }
} as const

const nothing = { mergedConversations: null, mergedClients: null, discardedMetadata: null }

/**
 * `user:merge`.
 *
 * @category contracts
 * @since 0.1.0
 */
export const merge: ReadonlyArray<EventContract.EventContract> = [
  EventContract.make({
    type: "user:merge",
    description: "two users were merged by a sync",
    states: [
      given("a core Zendesk user exists", { id: zendeskId, externalId }),
      given("a user exists", { externalId }),
      given("a user exists", { zendeskId })
    ],
    cause: () => Users.use((users) => users.sync(zendeskId)),
    payload: {
      mergedUsers: {
        surviving: { id: userId, zendeskId, authenticated: false },
        discarded: { id: anonymous.id, externalId, authenticated: true }
      },
      reason: "api"
    }
  }),
  EventContract.make({
    type: "user:merge",
    description: "two users were merged when a channel was linked, with their conversations and clients",
    states: [user],
    happens: ({ userId }) => ({
      mergedUsers: { surviving: { ...truncatedUser, id: userId }, discarded: anonymous },
      mergedConversations: {
        surviving: truncatedConversation,
        discarded: { ...truncatedConversation, id: "67a0ecf8f0305f4a391e9db2" }
      },
      mergedClients,
      discardedMetadata: metadata
    }),
    payload: {
      mergedUsers: { surviving: truncatedUser, discarded: anonymous },
      mergedConversations: {
        surviving: truncatedConversation,
        discarded: { ...truncatedConversation, id: "67a0ecf8f0305f4a391e9db2" }
      },
      mergedClients,
      discardedMetadata: metadata,
      reason: "channelLinking"
    }
  }),
  EventContract.make({
    type: "user:merge",
    description: "two users were merged, told to whoever wants all of them",
    states: [user],
    webhook: whole,
    // Who is gone is told of as it was.
    happens: ({ userId }) => ({ mergedUsers: { surviving: { ...somebody, id: userId }, discarded: gone } }),
    payload: { mergedUsers: { surviving: { ...wholeUser, brandId }, discarded: gone }, reason: "channelLinking" }
  }),
  EventContract.make({
    type: "user:merge",
    description: "two users were merged who had nothing, with null wherever the API gives it",
    states: [user],
    happens: ({ userId }) => ({ mergedUsers: { surviving: { id: userId }, discarded: anonymous }, ...nothing }),
    payload: { mergedUsers: { surviving: { id: userId }, discarded: anonymous }, ...nothing, reason: "channelLinking" }
  })
]

/**
 * `user:remove`.
 *
 * @category contracts
 * @since 0.1.0
 */
export const remove: ReadonlyArray<EventContract.EventContract> = [
  EventContract.make({
    type: "user:remove",
    description: "a user was removed",
    states: [given("a user exists", complete)],
    cause: ({ userId }) => Users.use((users) => users.delete(userId)),
    payload: { user: { ...truncatedUser, brandId } }
  }),
  EventContract.make({
    type: "user:remove",
    description: "a user about whom nothing was known was removed",
    states: [given("a user exists", {})],
    cause: ({ userId }) => Users.use((users) => users.delete(userId)),
    payload: { user: { id: userId, authenticated: false } }
  })
]

/**
 * `user:update`.
 *
 * @category contracts
 * @since 0.1.0
 */
export const update: ReadonlyArray<EventContract.EventContract> = [
  EventContract.make({
    type: "user:update",
    description: "a user has logged in",
    states: [user],
    happens: ({ userId }) => ({ user: { ...truncatedUser, id: userId }, source }),
    payload: { user: truncatedUser, reason: "authentication", source }
  }),
  ...sources.map(([how, source]) =>
    EventContract.make({
      type: "user:update",
      description: `a user has logged in ${how}, told to whoever wants all of the user and the source`,
      states: [user],
      webhook: whole,
      happens: ({ userId }) => ({ user: { ...somebody, id: userId }, source }),
      payload: { user: { ...wholeUser, brandId }, reason: "authentication", source }
    })
  )
]
