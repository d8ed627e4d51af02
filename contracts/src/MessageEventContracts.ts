/**
 * The contracts of the events of messages: that there is one, of every kind, and what became of it on a channel. What is asked of a
 * delivery is said in `UserEventContracts`.
 *
 * @since 0.1.0
 */
import { Messages } from "@sunco/client/Messages"
import type { PostMessage } from "@sunco/schemas/MessagePayloads"
import type { MessageContent, MessageContentInput } from "@sunco/schemas/MessageContent"
import * as EventContract from "./EventContract.ts"
import {
  about,
  apiSource,
  authorOf,
  authorOfApi,
  ofNothing,
  personal,
  somebody,
  source,
  sourceWithClient,
  sourceWithDevice,
  switchboard,
  truncatedConversation,
  truncatedUser,
  user,
  whole,
  wholeAuthor,
  wholeUser
} from "./internal/events.ts"
import { fullName, metadata, sent } from "./internal/messageContents.ts"
import { brandId } from "./internal/users.ts"
import { lastMessageId, messageId } from "./internal/wire.ts"

const received = "2025-02-03T18:33:47.466Z"

const hello = { type: "text", text: "Hello!" } as const

const business = {
  type: "business",
  subtypes: ["AI"],
  displayName: "Tess",
  avatarUrl: "https://example.org/tess.png"
} as const

const { placeholder: _, minSize: __, maxSize: ___, ...field } = fullName

const answered = { type: "formResponse", fields: [field], textFallback: "Your name?: Jane" } as const

const image = {
  type: "image",
  mediaUrl: "https://example.org/image.jpg",
  mediaType: "image/jpeg",
  mediaSize: 65_536,
  attachmentId: "01JKEZ6Q7H3V4V2Y8S0M6D1R5T"
} as const

const quoted = { type: "message", message: { id: lastMessageId, received, author: business, content: hello } } as const

const closed = { type: "ticket:closed", data: { ticketId: 42 } } as const

const references = [{ uri: "https://example.org/faq", title: "FAQ", description: "What is asked" }] as const

const nothing = {
  source: ofNothing,
  activity: null,
  quotedMessage: null,
  metadata: null,
  deleted: null,
  references: null
}

const posted = (type: keyof typeof sent) => `a business has sent a message of the kind ${type}, with every field`

/** A content of a kind that a business has sent. */
const sends = (
  content: MessageContentInput & MessageContent,
  options: Pick<PostMessage, "schema"> = {}
): EventContract.EventContract =>
  EventContract.make({
    type: "conversation:message",
    description: posted(content.type),
    states: [switchboard, user, personal],
    cause: ({ conversationId }) =>
      Messages.use((messages) => messages.post(conversationId, { ...options, author: { type: "business" }, content })),
    payload: {
      conversation: truncatedConversation,
      message: { id: messageId, received, author: { type: "business" }, content, source: apiSource }
    }
  })

/**
 * `conversation:message`.
 *
 * @category contracts
 * @since 0.1.0
 */
export const message: ReadonlyArray<EventContract.EventContract> = [
  EventContract.make({
    type: "conversation:message",
    description: "a user has sent a message",
    states: [switchboard, user, personal],
    cause: ({ conversationId, userId }) =>
      Messages.use((messages) =>
        messages.post(conversationId, { author: { type: "user", userId }, content: hello, metadata })
      ),
    payload: {
      conversation: truncatedConversation,
      message: {
        id: messageId,
        received,
        author: { ...authorOfApi, user: truncatedUser },
        content: hello,
        source: apiSource,
        metadata
      }
    }
  }),
  EventContract.make({
    type: "conversation:message",
    description: "a user has sent a message, told to whoever wants all of the user",
    states: [switchboard, user, personal],
    webhook: { includeFullUser: true },
    cause: ({ conversationId, userId }) =>
      Messages.use((messages) => messages.post(conversationId, { author: { type: "user", userId }, content: hello })),
    payload: {
      conversation: truncatedConversation,
      message: {
        id: messageId,
        received,
        author: { ...authorOfApi, user: wholeUser },
        content: hello,
        source: apiSource
      }
    }
  }),
  EventContract.make({
    type: "conversation:message",
    description: "a user has answered a notification over a channel, and quoted it",
    states: [switchboard, user, personal],
    happens: (ids) => ({
      conversation: about(ids).conversation,
      message: {
        author: authorOf(ids),
        source,
        quotedMessage: { type: "externalMessageId", externalMessageId: source.originalMessageId }
      },
      recentNotifications: [{
        id: lastMessageId,
        received,
        author: business,
        content: hello,
        source: { type: "notification" }
      }]
    }),
    payload: {
      conversation: truncatedConversation,
      message: {
        id: messageId,
        received,
        author: { ...authorOfApi, user: somebody },
        content: hello,
        source,
        quotedMessage: { type: "externalMessageId", externalMessageId: source.originalMessageId }
      },
      recentNotifications: [{
        id: lastMessageId,
        received,
        author: business,
        content: hello,
        source: { type: "notification" }
      }]
    }
  }),
  EventContract.make({
    type: "conversation:message",
    description: "a user has filled in a form over a channel, told to whoever wants all of the user and the source",
    states: [switchboard, user, personal],
    webhook: whole,
    happens: (ids) => ({
      conversation: about(ids).conversation,
      message: {
        author: authorOf(ids),
        source: sourceWithClient,
        content: answered,
        quotedMessage: quoted
      }
    }),
    payload: {
      conversation: truncatedConversation,
      message: {
        id: messageId,
        received,
        author: wholeAuthor,
        content: answered,
        source: sourceWithClient,
        quotedMessage: quoted
      }
    }
  }),
  EventContract.make({
    type: "conversation:message",
    description: "the system says that a ticket was closed",
    states: [switchboard, user, personal],
    happens: (ids) => ({
      conversation: about(ids).conversation,
      message: { author: business, activity: closed, references, deleted: false }
    }),
    payload: {
      conversation: truncatedConversation,
      message: { id: messageId, received, author: business, activity: closed, references, deleted: false }
    }
  }),
  EventContract.make({
    type: "conversation:message",
    description: "a user has sent a message with an SDK, told to whoever wants all of the source",
    states: [switchboard, user, personal],
    webhook: { includeFullSource: true },
    happens: (ids) => ({
      conversation: about(ids).conversation,
      message: { author: authorOf(ids), source: sourceWithDevice }
    }),
    payload: {
      conversation: truncatedConversation,
      message: {
        id: messageId,
        received,
        author: { ...authorOfApi, user: somebody },
        content: hello,
        source: sourceWithDevice
      }
    }
  }),
  EventContract.make({
    type: "conversation:message",
    description: "a user has sent a message, with null wherever the API gives it",
    states: [switchboard, user, personal],
    webhook: { includeFullSource: true },
    happens: (ids) => ({ conversation: about(ids).conversation, message: nothing }),
    payload: {
      conversation: truncatedConversation,
      message: { id: messageId, received, author: { type: "user" }, content: hello, ...nothing }
    }
  }),
  EventContract.make({
    type: "conversation:message",
    description: "a user has sent an image over a channel",
    states: [switchboard, user, personal],
    happens: (ids) => ({
      conversation: about(ids).conversation,
      message: { author: authorOf(ids), source, content: image }
    }),
    payload: {
      conversation: truncatedConversation,
      message: { id: messageId, received, author: { ...authorOfApi, user: somebody }, source, content: image }
    }
  }),
  sends(sent.text),
  sends(sent.image),
  sends(sent.file),
  sends(sent.carousel),
  sends(sent.list),
  sends(sent.form),
  sends(sent.location),
  sends(sent.template, { schema: "whatsapp" })
]

/** What became of a message on the channel, of which only the ids are told. */
const delivered = {
  message: { id: messageId },
  destination: { type: "whatsapp", integrationId: source.integrationId },
  externalMessages: [{ id: source.originalMessageId }]
} as const

const pinned = { conversation: truncatedConversation, user: somebody, ...delivered } as const

const error = { code: "unauthorized", message: "The token has expired" }

/** An event of that type, and the same for whoever wants all of the user. */
const twice = (
  type: `conversation:message:delivery:${"channel" | "failure" | "user"}`,
  description: string,
  rest: { readonly isFinalEvent: boolean; readonly error?: typeof error }
): ReadonlyArray<EventContract.EventContract> => [
  EventContract.make({
    type,
    description,
    states: [switchboard, user, personal],
    happens: (ids) => ({ ...about(ids), ...rest }),
    payload: { ...pinned, ...rest }
  }),
  EventContract.make({
    type,
    description: `${description}, told to whoever wants all of the user`,
    states: [switchboard, user, personal],
    webhook: whole,
    happens: (ids) => ({ ...about(ids), ...rest }),
    payload: { ...pinned, ...rest, user: { ...wholeUser, brandId } }
  })
]

/**
 * `conversation:message:delivery:channel`.
 *
 * @category contracts
 * @since 0.1.0
 */
export const deliveryToChannel: ReadonlyArray<EventContract.EventContract> = [
  ...twice("conversation:message:delivery:channel", "a channel has taken a message", { isFinalEvent: false }),
  EventContract.make({
    type: "conversation:message:delivery:channel",
    description: "a channel has taken a message, with null wherever the API gives it",
    states: [switchboard, user, personal],
    happens: (ids) => ({ ...about(ids), externalMessages: null }),
    payload: { ...pinned, externalMessages: null }
  })
]

/**
 * `conversation:message:delivery:user`.
 *
 * @category contracts
 * @since 0.1.0
 */
export const deliveryToUser: ReadonlyArray<EventContract.EventContract> = twice(
  "conversation:message:delivery:user",
  "a message has reached the user",
  { isFinalEvent: true }
)

/**
 * `conversation:message:delivery:failure`.
 *
 * @category contracts
 * @since 0.1.0
 */
export const deliveryFailure: ReadonlyArray<EventContract.EventContract> = twice(
  "conversation:message:delivery:failure",
  "a message has not reached the user",
  { isFinalEvent: true, error }
)

/**
 * `passthrough:messaging`, of which the vendor documents the name alone.
 *
 * @category contracts
 * @since 0.1.0
 */
export const passthrough: ReadonlyArray<EventContract.EventContract> = [
  EventContract.make({
    type: "passthrough:messaging",
    description: "something was passed through",
    happens: () => ({}),
    payload: {}
  })
]
