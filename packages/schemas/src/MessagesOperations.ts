/**
 * The four operations of the Messages API, each declared once.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import { EmptyResponse } from "./EmptyResponse.ts"
import { MessageId } from "./Ids.ts"
import { openStruct } from "./internal/openStruct.ts"
import {
  conversationNotFound,
  conversationParams,
  everyScope,
  integrationNotFound,
  userNotFound
} from "./internal/operationParts.ts"
import { oneCursor, paged, pageFields, pageLimits } from "./internal/paging.ts"
import { Message } from "./Message.ts"
import { PostMessage } from "./MessagePayloads.ts"
import type { Operations } from "./Operation.ts"
import type { Links, Meta } from "./Page.ts"

/**
 * What came of a message that was sent.
 *
 * @category models
 * @since 0.1.0
 */
export interface MessagesResponse {
  /** Several where the vendor splits it, such as a template with text before it. */
  readonly messages: ReadonlyArray<Message>
}

/**
 * Schema of {@link MessagesResponse}.
 *
 * @category schemas
 * @since 0.1.0
 */
export const MessagesResponse: Schema.Codec<MessagesResponse> = openStruct({
  messages: Schema.Array(Message)
}).annotate({ identifier: "MessagesResponse" })

/**
 * One page of the messages of a conversation.
 *
 * @category models
 * @since 0.1.0
 */
export interface MessageListResponse {
  readonly messages: ReadonlyArray<Message>
  readonly meta?: Meta
  readonly links?: Links
}

/**
 * Schema of {@link MessageListResponse}.
 *
 * @category schemas
 * @since 0.1.0
 */
export const MessageListResponse: Schema.Codec<MessageListResponse> = openStruct({
  messages: Schema.Array(Message),
  ...paged
}).annotate({ identifier: "MessageListResponse" })

/**
 * The operations by the names of their methods.
 *
 * @category operations
 * @since 0.1.0
 */
export const MessagesOperations = {
  /** A missing conversation, user or integration is documented nowhere, and understood. */
  post: {
    operationId: "PostMessage",
    method: "POST",
    path: "/v2/apps/:appId/conversations/:conversationId/messages",
    params: conversationParams,
    payload: PostMessage,
    scopes: everyScope,
    success: { status: 201, schema: MessagesResponse },
    failures: {
      ...conversationNotFound,
      ...userNotFound,
      ...integrationNotFound,
      // `locked`: 30,000 messages.
      MessageLimitReached: { status: 423 }
    },
    statuses: [423]
  },
  /** The latest page comes first. The vendor ignores a size: a page has 100 messages. */
  list: {
    operationId: "ListMessages",
    method: "GET",
    path: "/v2/apps/:appId/conversations/:conversationId/messages",
    params: conversationParams,
    query: Schema.Struct(pageFields).check(oneCursor),
    scopes: everyScope,
    success: { status: 200, schema: MessageListResponse },
    // It says `not_found` where its neighbours are specific.
    failures: { ConversationNotFound: { status: 404, codes: ["conversation_not_found", "not_found"] } },
    statuses: [404],
    limits: pageLimits
  },
  /** What a missing message gives is documented nowhere. */
  delete: {
    operationId: "DeleteMessage",
    method: "DELETE",
    path: "/v2/apps/:appId/conversations/:conversationId/messages/:messageId",
    params: { ...conversationParams, messageId: MessageId },
    scopes: everyScope,
    success: { status: 200, schema: EmptyResponse },
    failures: { ...conversationNotFound, MessageNotFound: { status: 404, codes: ["message_not_found"] } },
    statuses: [404]
  },
  deleteAll: {
    operationId: "DeleteAllMessages",
    method: "DELETE",
    path: "/v2/apps/:appId/conversations/:conversationId/messages",
    params: conversationParams,
    scopes: everyScope,
    success: { status: 200, schema: EmptyResponse },
    failures: conversationNotFound,
    statuses: [404]
  }
} as const satisfies Operations
