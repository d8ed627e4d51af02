/**
 * The contracts of the Messages API: its four operations with every documented status, and every kind of content and of action.
 *
 * Requests are exact; of a response is asked what the client reads, as in `UsersContracts`. What a message may consist of is shown
 * by the list, and what can be sent by the requests of a post.
 *
 * @since 0.1.0
 */
import { Messages } from "@sunco/client/Messages"
import { EmptyResponse } from "@sunco/schemas/EmptyResponse"
import { FormField } from "@sunco/schemas/FormField"
import { Message } from "@sunco/schemas/Message"
import { MessageAction } from "@sunco/schemas/MessageAction"
import type { MessageContent, MessageContentInput } from "@sunco/schemas/MessageContent"
import { MessageItem } from "@sunco/schemas/MessageItem"
import { MessageListResponse, MessagesResponse } from "@sunco/schemas/MessagesOperations"
import * as Matcher from "effect-pact/Matcher"
import * as Contract from "./Contract.ts"
import {
  age,
  buy,
  email,
  fullName,
  leastBuy,
  leastLink,
  leastLocationRequest,
  leastPostback,
  leastReply,
  leastWebview,
  link,
  locationRequest,
  meal,
  metadata,
  postback,
  ramen,
  reply,
  sent,
  tacos,
  uri,
  webview
} from "./internal/messageContents.ts"
import {
  basic,
  conversationId,
  conversationNotFound,
  exactly,
  failure,
  idOf,
  lastMessageId,
  messageId,
  path,
  response,
  userId,
  type Values,
  varying
} from "./internal/wire.ts"
import { ProviderStates } from "./ProviderStates.ts"

const { given } = ProviderStates

const externalId = "your-own-id"

const user = given("a user exists", { externalId })

const participants = [{ userExternalId: externalId }]

const personal = given("a conversation exists", { type: "personal", participants })

const noConversation = given("no conversation exists", { conversationId })

const received = "2025-02-03T18:33:47.466Z"

/** A request to post a content of a kind, which comes back as it was sent. */
const posts = <Content extends MessageContentInput & MessageContent & Values>(
  description: string,
  content: Content
): Contract.Contract =>
  Contract.make({
    interaction: {
      description,
      states: [user, personal],
      request: {
        method: "POST",
        path: path("/conversations/${conversationId}/messages"),
        headers: basic,
        body: { author: { type: "business" }, content }
      },
      response: response(201, MessagesResponse, {
        messages: [{
          id: messageId,
          received,
          author: exactly({ type: "business" }),
          content: exactly(content),
          source: exactly({ type: "api:conversations" })
        }]
      })
    },
    call: Messages.use((messages) => messages.post(conversationId, { author: { type: "business" }, content })),
    gives: [{
      id: messageId,
      received,
      author: { type: "business" },
      content,
      source: { type: "api:conversations" }
    }]
  })

const author = {
  type: "business",
  subtypes: ["AI"],
  displayName: "Tess",
  avatarUrl: "https://example.org/tess.png"
} as const

const override = {
  apple: { payload: { text: "Hello, Apple!" }, withCapabilities: ["LIST", "TIME", "FORM", "QUICK", "AUTH2"] },
  line: { payload: { text: "Hello, LINE!" } },
  messenger: { payload: { text: "Hello, Messenger!" } },
  whatsapp: { payload: { text: "Hello, WhatsApp!" } }
} as const

const hello = { type: "text", text: "Hello!" } as const

/**
 * `PostMessage`: 201, 423.
 *
 * @category contracts
 * @since 0.1.0
 */
export const post: ReadonlyArray<Contract.Contract> = [
  posts("a request to post a text", hello),
  posts("a request to post a text with every field", sent.text),
  posts("a request to post an image with every field", sent.image),
  posts("a request to post a file with every field", sent.file),
  posts("a request to post a carousel with every field", sent.carousel),
  posts("a request to post a list with every field", sent.list),
  posts("a request to post a form with every field", sent.form),
  posts("a request to post a location with every field", sent.location),
  Contract.make({
    interaction: {
      description: "a request to post a template of WhatsApp",
      states: [user, personal],
      request: {
        method: "POST",
        path: path("/conversations/${conversationId}/messages"),
        headers: basic,
        body: { author: { type: "business" }, schema: "whatsapp", content: sent.template }
      },
      response: response(201, MessagesResponse, {
        messages: [{ id: messageId, content: exactly(sent.template) }]
      })
    },
    call: Messages.use((messages) =>
      messages.post(conversationId, { author: { type: "business" }, schema: "whatsapp", content: sent.template })
    ),
    gives: [{ id: messageId, content: sent.template }]
  }),
  Contract.make({
    interaction: {
      description: "a request to post a message with everything beside its content",
      comments: ["The destination `none` is no channel at all: nobody is told."],
      states: [user, personal],
      request: {
        method: "POST",
        path: path("/conversations/${conversationId}/messages"),
        headers: basic,
        body: { author, content: hello, destination: { integrationType: "none" }, metadata, override }
      },
      response: response(201, MessagesResponse, {
        messages: [{ id: messageId, author: exactly(author), content: exactly(hello), metadata: exactly(metadata) }]
      })
    },
    call: Messages.use((messages) =>
      messages.post(conversationId, {
        author,
        content: hello,
        destination: { integrationType: "none" },
        metadata,
        override
      })
    ),
    gives: [{ id: messageId, author, content: hello, metadata }]
  }),
  Contract.make({
    interaction: {
      description: "a request to post the message of a user",
      states: [user, personal],
      request: {
        method: "POST",
        path: path("/conversations/${conversationId}/messages"),
        headers: basic,
        body: { author: { type: "user", userId: idOf("userId") }, content: hello }
      },
      response: response(201, MessagesResponse, {
        messages: [{ id: messageId, author: { type: Matcher.equal("user"), userId }, content: exactly(hello) }]
      })
    },
    call: Messages.use((messages) =>
      messages.post(conversationId, { author: { type: "user", userId }, content: hello })
    ),
    gives: [{ id: messageId, author: { type: "user", userId }, content: hello }]
  }),
  Contract.make({
    interaction: {
      description: "a request to post the message of a user by externalId, with null wherever the API takes it",
      states: [user, personal],
      request: {
        method: "POST",
        path: path("/conversations/${conversationId}/messages"),
        headers: basic,
        body: {
          author: { type: "user", userExternalId: externalId, brandId: null },
          content: hello,
          metadata: null
        }
      },
      response: response(201, MessagesResponse, {
        messages: [{ id: messageId, author: { type: Matcher.equal("user"), userId } }]
      })
    },
    call: Messages.use((messages) =>
      messages.post(conversationId, {
        author: { type: "user", userExternalId: externalId, brandId: null },
        content: hello,
        metadata: null
      })
    ),
    gives: [{ id: messageId, author: { type: "user", userId } }]
  }),
  Contract.make({
    interaction: {
      description: "a request to post Markdown",
      comments: ["The vendor makes HTML of it."],
      states: [user, personal],
      request: {
        method: "POST",
        path: path("/conversations/${conversationId}/messages"),
        headers: basic,
        body: { author: { type: "business" }, content: { type: "text", markdownText: "Hello!" } }
      },
      response: response(201, MessagesResponse, {
        messages: [{ id: messageId, content: { type: "text", htmlText: "<p>Hello!</p>" } }]
      })
    },
    call: Messages.use((messages) =>
      messages.post(conversationId, {
        author: { type: "business" },
        content: { type: "text", markdownText: "Hello!" }
      })
    ),
    gives: [{ id: messageId, content: { type: "text", htmlText: "<p>Hello!</p>" } }]
  }),
  Contract.make({
    interaction: {
      description: "a request to post one message more than a conversation can have",
      states: [given("a conversation with as many messages as it can have exists")],
      request: {
        method: "POST",
        path: path("/conversations/${conversationId}/messages"),
        headers: basic,
        body: { author: { type: "business" }, content: hello }
      },
      response: failure(423, "locked", "Message limit of 30000 per conversation reached.")
    },
    call: Messages.use((messages) => messages.post(conversationId, { author: { type: "business" }, content: hello })),
    failsWith: "MessageLimitReached"
  })
]

const nothing = { metadata: null, extraChannelOptions: { messenger: {} } }

const actions = [
  buy,
  link,
  locationRequest,
  postback,
  reply,
  webview,
  leastBuy,
  { ...leastLink, extraChannelOptions: {} },
  leastLink,
  leastLocationRequest,
  leastPostback,
  leastReply,
  { ...leastWebview, extraChannelOptions: {} },
  leastWebview,
  { ...leastBuy, metadata: null },
  { ...leastLink, ...nothing },
  { ...leastLocationRequest, metadata: null },
  { ...leastPostback, metadata: null },
  { ...leastReply, metadata: null },
  { ...leastWebview, ...nothing }
] as const

/** What an item has; there are three at most of each. */
const items = [
  tacos,
  ramen,
  { title: "Burger", actions: [leastBuy, leastLink, leastPostback] },
  { title: "Soup", actions: [leastWebview], metadata: null }
] as const

const itemActions = [buy, link, postback, webview, leastBuy, leastLink, leastPostback, leastWebview] as const

const fields = [fullName, age, email, meal, { ...meal, name: "nothing", select: [], options: [] }] as const

/** As a form is answered. */
const answered = [
  { type: "text", name: "full_name", label: "Your name?", text: "Jane" },
  { type: "text", name: "age", label: "Your age?", text: "37", format: "integer" },
  { type: "email", name: "email_address", label: "Your email?", email: "jane.doe@gmail.com" },
  { type: "select", name: "meal", label: "Your meal?", select: [{ name: "tacos", label: "Tacos" }] },
  { type: "select", name: "nothing", label: "Your drink?", select: [] }
] as const

const mediaType = "image/jpeg"

const mediaSize = 627328

/** A message of each kind of content, with every field that the document has for it. */
const complete = [
  {
    received,
    author: { ...author, userId: "67a11490f0305f4a391e9f8b" },
    activity: { type: "ticket:closed", data: {} },
    content: { ...sent.text, actions },
    source: {
      type: "api:conversations",
      integrationId: "5ef21b86e933b7355c11c605",
      originalMessageId: "5f40256af057d0000dda9bd7",
      originalMessageTimestamp: "2025-02-03T18:33:46.720Z"
    },
    quotedMessage: { type: "message", message: { id: messageId, content: hello } },
    metadata,
    deleted: false,
    references: [{ uri, title: "A page", description: "What is said of it" }]
  },
  {
    content: { ...sent.image, mediaType, mediaSize, actions },
    quotedMessage: { type: "externalMessageId", externalMessageId: "wamid.HBgLMTY1MDM4Nzk0MzkVAgARGBI" }
  },
  { content: { ...sent.file, mediaType: "application/pdf", mediaSize } },
  { content: { ...sent.carousel, items, text: "1. Tacos" } },
  { content: { ...sent.list, items, actions: itemActions } },
  { content: { ...sent.form, fields, submitted: false } },
  { content: { type: "formResponse", fields: answered, textFallback: "Your name?: Jane" } },
  { content: { ...sent.location, text: "Location shared" } },
  { content: sent.template }
] as const

/** The same with what each cannot be without, and with null wherever the API gives it. */
const least = [
  {
    author: { type: "user", subtypes: [] },
    content: { type: "text" },
    source: { type: "ios", integrationId: null, originalMessageId: null, originalMessageTimestamp: null },
    quotedMessage: null,
    metadata: null,
    deleted: null,
    references: null
  },
  {
    author: { type: "user" },
    activity: { type: "conversation:endedByUser" },
    content: { type: "image", mediaUrl: "https://example.org/image.jpg", actions: [] },
    source: { type: "ios" },
    quotedMessage: { type: "message" },
    references: [{ uri }]
  },
  {
    activity: { type: "ticket:transfer:email", data: {} },
    content: { type: "file", mediaUrl: "https://example.org/FAQ.pdf" },
    quotedMessage: { type: "externalMessageId" }
  },
  { content: { type: "carousel", items: [ramen], displaySettings: {} } },
  { content: { type: "carousel", items: [ramen] } },
  { content: { type: "list", items: [ramen] } },
  { content: { type: "form", fields: [age] } },
  { content: { type: "formResponse", fields: [age] } },
  { content: { type: "location", coordinates: { lat: 45.5261583, long: -73.595346 }, location: {} } },
  { content: { type: "location", coordinates: { lat: 45.5261583, long: -73.595346 } } },
  { content: { type: "template", template: {} } }
] as const

/** In these lists may be several kinds, each of which has to be found. */
const kinds = { messages: Message, actions: MessageAction, items: MessageItem, fields: FormField }

const withId = <A extends object>(message: A) => ({ id: messageId, ...message })

/**
 * `ListMessages`: 200, 404.
 *
 * @category contracts
 * @since 0.1.0
 */
export const list: ReadonlyArray<Contract.Contract> = [
  Contract.make({
    interaction: {
      description: "a request to list messages of every kind with every field",
      states: [user, given("a conversation exists", { type: "personal", participants, messages: complete })],
      request: { method: "GET", path: path("/conversations/${conversationId}/messages"), headers: basic },
      response: response(
        200,
        MessageListResponse,
        varying(kinds, { messages: complete.map(withId), meta: { hasMore: false } })
      )
    },
    call: Messages.use((messages) => messages.list(conversationId)),
    gives: { items: complete.map(withId), hasMore: false }
  }),
  Contract.make({
    interaction: {
      description: "a request to list messages of every kind of which hardly anything is known",
      states: [user, given("a conversation exists", { type: "personal", participants, messages: least })],
      request: { method: "GET", path: path("/conversations/${conversationId}/messages"), headers: basic },
      response: response(200, MessageListResponse, varying(kinds, { messages: [...least, {}].map(withId) }))
    },
    call: Messages.use((messages) => messages.list(conversationId)),
    gives: { items: [...least, {}].map(withId), hasMore: false }
  }),
  Contract.make({
    interaction: {
      description: "a request to list the messages of a conversation from one of them on",
      states: [given("a conversation exists", { messages: [{ content: hello }, { content: sent.template }] })],
      request: {
        method: "GET",
        path: path("/conversations/${conversationId}/messages"),
        query: { "page[after]": idOf("messageId") },
        headers: basic
      },
      response: response(200, MessageListResponse, {
        messages: [{ id: lastMessageId, content: { type: Matcher.equal("template") } }],
        meta: { hasMore: Matcher.equal(false), beforeCursor: lastMessageId }
      })
    },
    call: Messages.use((messages) => messages.list(conversationId, { after: messageId })),
    gives: { items: [{ id: lastMessageId, content: { type: "template" } }], hasMore: false, before: lastMessageId }
  }),
  Contract.make({
    interaction: {
      description: "a request to list the messages of a conversation, up to one of them",
      states: [given("a conversation exists", { messages: [{ content: hello }, { content: sent.template }] })],
      request: {
        method: "GET",
        path: path("/conversations/${conversationId}/messages"),
        query: { "page[before]": idOf("lastMessageId") },
        headers: basic
      },
      response: response(200, MessageListResponse, {
        messages: [{ id: messageId, content: { type: Matcher.equal("text") } }],
        meta: { hasMore: Matcher.equal(false), afterCursor: messageId }
      })
    },
    call: Messages.use((messages) => messages.list(conversationId, { before: lastMessageId })),
    gives: { items: [{ id: messageId, content: { type: "text" } }], hasMore: false, after: messageId }
  }),
  Contract.make({
    interaction: {
      description: "a request to list the messages of a conversation without any",
      states: [given("a conversation exists", {})],
      request: { method: "GET", path: path("/conversations/${conversationId}/messages"), headers: basic },
      response: response(200, MessageListResponse, { messages: [] })
    },
    call: Messages.use((messages) => messages.list(conversationId)),
    gives: { items: [], hasMore: false }
  }),
  Contract.make({
    interaction: {
      description: "a request to list the messages of a conversation that does not exist",
      comments: ["The document says `not_found` here, and `conversation_not_found` of every neighbour."],
      states: [noConversation],
      request: { method: "GET", path: path(`/conversations/${conversationId}/messages`), headers: basic },
      response: failure(404, Matcher.regex(/^(conversation_)?not_found$/u, "not_found"), "Resource not found")
    },
    call: Messages.use((messages) => messages.list(conversationId)),
    failsWith: "ConversationNotFound"
  })
]

const deleteMessage: ReadonlyArray<Contract.Contract> = [
  Contract.make({
    interaction: {
      description: "a request to delete a message",
      states: [given("a conversation exists", { messages: [{ content: hello }] })],
      request: {
        method: "DELETE",
        path: path("/conversations/${conversationId}/messages/${messageId}"),
        headers: basic
      },
      response: response(200, EmptyResponse, Matcher.like({}))
    },
    call: Messages.use((messages) => messages.delete(conversationId, messageId)),
    gives: undefined
  }),
  Contract.make({
    interaction: {
      description: "a request to delete a message of a conversation that does not exist",
      states: [noConversation],
      request: {
        method: "DELETE",
        path: path(`/conversations/${conversationId}/messages/${messageId}`),
        headers: basic
      },
      response: conversationNotFound
    },
    call: Messages.use((messages) => messages.delete(conversationId, messageId)),
    failsWith: "ConversationNotFound"
  })
]

export {
  /**
   * `DeleteMessage`: 200, 404.
   *
   * @category contracts
   * @since 0.1.0
   */
  deleteMessage as delete
}

/**
 * `DeleteAllMessages`: 200, 404.
 *
 * @category contracts
 * @since 0.1.0
 */
export const deleteAll: ReadonlyArray<Contract.Contract> = [
  Contract.make({
    interaction: {
      description: "a request to delete all messages of a conversation",
      states: [given("a conversation exists", { messages: [{ content: hello }] })],
      request: { method: "DELETE", path: path("/conversations/${conversationId}/messages"), headers: basic },
      response: response(200, EmptyResponse, Matcher.like({}))
    },
    call: Messages.use((messages) => messages.deleteAll(conversationId)),
    gives: undefined
  }),
  Contract.make({
    interaction: {
      description: "a request to delete all messages of a conversation that does not exist",
      states: [noConversation],
      request: { method: "DELETE", path: path(`/conversations/${conversationId}/messages`), headers: basic },
      response: conversationNotFound
    },
    call: Messages.use((messages) => messages.deleteAll(conversationId)),
    failsWith: "ConversationNotFound"
  })
]
