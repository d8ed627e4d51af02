/**
 * The contracts of the events of conversations, but for those of messages. What is asked of a delivery is said in
 * `UserEventContracts`.
 *
 * @since 0.1.0
 */
import { Activities } from "@sunco/client/Activities"
import { Conversations } from "@sunco/client/Conversations"
import { Participants } from "@sunco/client/Participants"
import * as EventContract from "./EventContract.ts"
import {
  about,
  apiSource,
  authorOf,
  authorOfApi,
  group,
  groupOfNobody,
  metadata,
  ofNothing,
  participants,
  personal,
  somebody,
  source,
  sources,
  switchboard,
  truncatedConversation,
  truncatedGroup,
  truncatedUser,
  user,
  whole,
  wholeAuthor,
  wholeUser
} from "./internal/events.ts"
import { brandId } from "./internal/users.ts"
import { conversationId } from "./internal/wire.ts"
import { ProviderStates } from "./ProviderStates.ts"

const { given } = ProviderStates

const business = {
  type: "business",
  subtypes: ["AI"],
  displayName: "Tess",
  avatarUrl: "https://example.org/tess.png"
} as const

/** Nobody was offered it yet. */
const { pendingSwitchboardIntegration: _, ...created } = truncatedConversation

const referral = { code: "summer", details: { source: "ADS", type: "OPEN-THREAD", adId: "4216212847577" } } as const

const postback = { payload: "TACOS", metadata }

/**
 * `conversation:create`.
 *
 * @category contracts
 * @since 0.1.0
 */
export const create: ReadonlyArray<EventContract.EventContract> = [
  EventContract.make({
    type: "conversation:create",
    description: "a personal conversation was created",
    states: [switchboard, user],
    cause: () =>
      Conversations.use((conversations) => conversations.create({ type: "personal", participants, metadata })),
    payload: { conversation: created, creationReason: "none", source: apiSource, user: truncatedUser }
  }),
  EventContract.make({
    type: "conversation:create",
    description: "a group was created",
    states: [given("an app exists")],
    cause: () => Conversations.use((conversations) => conversations.create({ type: "sdkGroup" })),
    payload: { conversation: { id: conversationId, type: "sdkGroup" }, creationReason: "none", source: apiSource }
  }),
  EventContract.make({
    type: "conversation:create",
    description: "a user has begun a conversation after a referral",
    states: [user],
    happens: (ids) => ({ ...about(ids), creationReason: "startConversation", source, referral }),
    payload: {
      conversation: truncatedConversation,
      creationReason: "startConversation",
      source,
      user: somebody,
      referral
    }
  }),
  ...sources.map(([how, source]) =>
    EventContract.make({
      type: "conversation:create",
      description: `a user has begun a conversation ${how}, told to whoever wants all of the user and the source`,
      states: [user],
      webhook: whole,
      happens: (ids) => ({ ...about(ids), creationReason: "startConversation", source }),
      payload: {
        conversation: truncatedConversation,
        creationReason: "startConversation",
        source,
        user: { ...wholeUser, brandId }
      }
    })
  ),
  EventContract.make({
    type: "conversation:create",
    description: "a conversation was begun, with null wherever the API gives it",
    states: [user],
    webhook: { includeFullSource: true },
    happens: (ids) => ({
      conversation: about(ids).conversation,
      creationReason: "message",
      source: ofNothing,
      user: null,
      referral: null
    }),
    payload: {
      conversation: truncatedConversation,
      creationReason: "message",
      source: ofNothing,
      user: null,
      referral: null
    }
  })
]

/**
 * `conversation:join`.
 *
 * @category contracts
 * @since 0.1.0
 */
export const join: ReadonlyArray<EventContract.EventContract> = [
  EventContract.make({
    type: "conversation:join",
    description: "a user has joined a group",
    states: [switchboard, user, groupOfNobody],
    cause: ({ conversationId, userId }) =>
      Participants.use((participants) => participants.join(conversationId, { userId, subscribeSDKClient: false })),
    payload: { conversation: truncatedGroup, user: truncatedUser }
  })
]

/**
 * `conversation:leave`.
 *
 * @category contracts
 * @since 0.1.0
 */
export const leave: ReadonlyArray<EventContract.EventContract> = [
  EventContract.make({
    type: "conversation:leave",
    description: "a user has left a group",
    states: [switchboard, user, group],
    cause: ({ conversationId, userId }) =>
      Participants.use((participants) => participants.leave(conversationId, { userId })),
    payload: { conversation: truncatedGroup, user: truncatedUser }
  })
]

/**
 * `conversation:postback`.
 *
 * @category contracts
 * @since 0.1.0
 */
export const postBack: ReadonlyArray<EventContract.EventContract> = [
  EventContract.make({
    type: "conversation:postback",
    description: "a user has pressed a button for a postback",
    states: [switchboard, user, personal],
    happens: (ids) => ({ ...about(ids), postback, source }),
    payload: { conversation: truncatedConversation, user: somebody, postback, source }
  }),
  ...sources.map(([how, source]) =>
    EventContract.make({
      type: "conversation:postback",
      description: `a user has pressed a button ${how}, told to whoever wants all of the user and the source`,
      states: [switchboard, user, personal],
      webhook: whole,
      happens: (ids) => ({ ...about(ids), postback, source }),
      payload: { conversation: truncatedConversation, user: { ...wholeUser, brandId }, postback, source }
    })
  ),
  EventContract.make({
    type: "conversation:postback",
    description: "a user has pressed a button for a postback, with null wherever the API gives it",
    states: [switchboard, user, personal],
    webhook: { includeFullSource: true },
    happens: (ids) => ({ ...about(ids), postback: { metadata: null }, source: ofNothing }),
    payload: {
      conversation: truncatedConversation,
      user: somebody,
      postback: { payload: "TACOS", metadata: null },
      source: ofNothing
    }
  })
]

/**
 * `conversation:read`.
 *
 * @category contracts
 * @since 0.1.0
 */
export const read: ReadonlyArray<EventContract.EventContract> = [
  EventContract.make({
    type: "conversation:read",
    description: "a user has read a conversation",
    states: [switchboard, user, personal],
    cause: ({ conversationId, userId }) =>
      Activities.use((activities) =>
        activities.post(conversationId, { author: { type: "user", userId }, type: "conversation:read" })
      ),
    payload: {
      conversation: truncatedConversation,
      activity: {
        type: "conversation:read",
        source: apiSource,
        author: { ...authorOfApi, user: truncatedUser }
      }
    }
  }),
  EventContract.make({
    type: "conversation:read",
    description: "a business has read a conversation",
    states: [switchboard, user, personal],
    cause: ({ conversationId }) =>
      Activities.use((activities) => activities.post(conversationId, { author: business, type: "conversation:read" })),
    payload: {
      conversation: truncatedConversation,
      activity: { type: "conversation:read", source: apiSource, author: business }
    }
  }),
  ...sources.map(([how, source]) =>
    EventContract.make({
      type: "conversation:read",
      description: `a user has read a conversation ${how}, told to whoever wants all of the user and the source`,
      states: [switchboard, user, personal],
      webhook: whole,
      happens: (ids) => ({ conversation: about(ids).conversation, activity: { source, author: authorOf(ids) } }),
      payload: {
        conversation: truncatedConversation,
        activity: { type: "conversation:read", source, author: wholeAuthor }
      }
    })
  )
]

/**
 * `conversation:referral`.
 *
 * @category contracts
 * @since 0.1.0
 */
export const refer: ReadonlyArray<EventContract.EventContract> = [
  EventContract.make({
    type: "conversation:referral",
    description: "a user was referred to a conversation that there was",
    states: [switchboard, user, personal],
    happens: (ids) => ({ ...about(ids), source, referral }),
    payload: { conversation: truncatedConversation, user: somebody, source, referral }
  }),
  ...sources.map(([how, source]) =>
    EventContract.make({
      type: "conversation:referral",
      description: `a user was referred to a conversation ${how}, told to whoever wants all of the user and the source`,
      states: [switchboard, user, personal],
      webhook: whole,
      happens: (ids) => ({ ...about(ids), source, referral }),
      payload: { conversation: truncatedConversation, user: { ...wholeUser, brandId }, source, referral }
    })
  ),
  EventContract.make({
    type: "conversation:referral",
    description: "a user was referred to a conversation, with null wherever the API gives it",
    states: [switchboard, user, personal],
    webhook: { includeFullSource: true },
    happens: (ids) => ({ ...about(ids), source: ofNothing, referral: { details: { adId: null } } }),
    payload: {
      conversation: truncatedConversation,
      user: somebody,
      source: ofNothing,
      referral: { ...referral, details: { ...referral.details, adId: null } }
    }
  }),
  EventContract.make({
    type: "conversation:referral",
    description: "a user was referred to a conversation, of which there are no details",
    states: [switchboard, user, personal],
    happens: (ids) => ({ ...about(ids), source, referral: { details: null } }),
    payload: {
      conversation: truncatedConversation,
      user: somebody,
      source,
      referral: { code: "summer", details: null }
    }
  })
]

/**
 * `conversation:remove`.
 *
 * @category contracts
 * @since 0.1.0
 */
export const remove: ReadonlyArray<EventContract.EventContract> = [
  EventContract.make({
    type: "conversation:remove",
    description: "a conversation was removed",
    states: [switchboard, user, group],
    cause: ({ conversationId }) => Conversations.use((conversations) => conversations.delete(conversationId)),
    payload: { conversation: truncatedGroup }
  })
]

/**
 * `conversation:typing`.
 *
 * @category contracts
 * @since 0.1.0
 */
export const typing: ReadonlyArray<EventContract.EventContract> = [
  EventContract.make({
    type: "conversation:typing",
    description: "a user has begun to type",
    states: [switchboard, user, personal],
    happens: (ids) => ({
      conversation: about(ids).conversation,
      activity: { source, author: authorOf(ids) }
    }),
    payload: {
      conversation: truncatedConversation,
      activity: { type: "typing:start", source, author: { ...authorOfApi, user: somebody } }
    }
  }),
  EventContract.make({
    type: "conversation:typing",
    description: "a business has stopped to type",
    states: [switchboard, user, personal],
    cause: ({ conversationId }) =>
      Activities.use((activities) => activities.post(conversationId, { author: business, type: "typing:stop" })),
    payload: {
      conversation: truncatedConversation,
      activity: { type: "typing:stop", source: apiSource, author: business }
    }
  }),
  ...sources.map(([how, source]) =>
    EventContract.make({
      type: "conversation:typing",
      description: `a user has begun to type ${how}, told to whoever wants all of the user and the source`,
      states: [switchboard, user, personal],
      webhook: whole,
      happens: (ids) => ({ conversation: about(ids).conversation, activity: { source, author: authorOf(ids) } }),
      payload: {
        conversation: truncatedConversation,
        activity: { type: "typing:start", source, author: wholeAuthor }
      }
    })
  )
]
