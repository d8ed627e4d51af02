/**
 * The seven operations of the Conversations API, each declared once.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import { Conversation } from "./Conversation.ts"
import {
  CreateConversation,
  DownloadMessageRef,
  PostConversionEvents,
  UpdateConversation
} from "./ConversationPayloads.ts"
import { EmptyResponse } from "./EmptyResponse.ts"
import { isNotEmpty } from "./internal/isNotEmpty.ts"
import { isWellFormed } from "./internal/isWellFormed.ts"
import { openStruct } from "./internal/openStruct.ts"
import {
  appParams,
  conversationNotFound,
  conversationParams,
  everyScope,
  userNotFound
} from "./internal/operationParts.ts"
import { oneCursor, paged, pageLimits, sizedPageFields } from "./internal/paging.ts"
import type { Operations } from "./Operation.ts"
import type { Links, Meta } from "./Page.ts"

/**
 * One conversation.
 *
 * @category models
 * @since 0.1.0
 */
export interface ConversationResponse {
  readonly conversation: Conversation
}

/**
 * Schema of {@link ConversationResponse}.
 *
 * @category schemas
 * @since 0.1.0
 */
export const ConversationResponse: Schema.Codec<ConversationResponse> = openStruct({
  conversation: Conversation
}).annotate({ identifier: "ConversationResponse" })

/**
 * One page of the conversations of a user.
 *
 * @category models
 * @since 0.1.0
 */
export interface ConversationListResponse {
  readonly conversations: ReadonlyArray<Conversation>
  readonly meta?: Meta
  readonly links?: Links
}

/**
 * Schema of {@link ConversationListResponse}.
 *
 * @category schemas
 * @since 0.1.0
 */
export const ConversationListResponse: Schema.Codec<ConversationListResponse> = openStruct({
  conversations: Schema.Array(Conversation),
  ...paged
}).annotate({ identifier: "ConversationListResponse" })

/**
 * What a channel has kept of a message, as the channel gives it.
 *
 * @category schemas
 * @since 0.1.0
 */
export const MessageRefResponse: Schema.Codec<{ readonly [name: string]: unknown }> = Schema.Record(
  Schema.String,
  Schema.Unknown
).annotate({ identifier: "MessageRefResponse" })

/**
 * What Meta has made of conversion events.
 *
 * @see OpenAPI 17.12.1, `conversionEvents`
 * @category models
 * @since 0.1.0
 */
export interface ConversionEvents {
  /** It has been seen as a number. */
  readonly datasetId?: string
  readonly eventsReceived?: number
}

const ConversionEvents: Schema.Codec<ConversionEvents> = openStruct({
  datasetId: Schema.optionalKey(Schema.String),
  eventsReceived: Schema.optionalKey(Schema.Finite)
}).annotate({ identifier: "ConversionEvents" })

/**
 * What has become of the conversion events.
 *
 * @category models
 * @since 0.1.0
 */
export interface ConversionEventsResponse {
  readonly conversionEvents: ConversionEvents
}

/**
 * Schema of {@link ConversionEventsResponse}.
 *
 * @category schemas
 * @since 0.1.0
 */
export const ConversionEventsResponse: Schema.Codec<ConversionEventsResponse> = openStruct({
  conversionEvents: ConversionEvents
}).annotate({ identifier: "ConversionEventsResponse" })

const id = Schema.optionalKey(Schema.String.check(isNotEmpty("a user's id"), isWellFormed))

const oneFilter = Schema.makeFilter<{ readonly [name in "filter[userId]" | "filter[userExternalId]"]?: string }>(
  (query) => (query["filter[userId]"] === undefined) !== (query["filter[userExternalId]"] === undefined),
  { expected: "exactly one of userId and userExternalId", toJsonSchema: () => ({}) }
)

/**
 * The operations by the names of their methods.
 *
 * @category operations
 * @since 0.1.0
 */
export const ConversationsOperations = {
  /** That a participant may not exist is said in prose alone. */
  create: {
    operationId: "CreateConversation",
    method: "POST",
    path: "/v2/apps/:appId/conversations",
    params: appParams,
    payload: CreateConversation,
    scopes: everyScope,
    success: { status: 201, schema: ConversationResponse },
    failures: userNotFound,
    statuses: [404]
  },
  list: {
    operationId: "ListConversations",
    method: "GET",
    path: "/v2/apps/:appId/conversations",
    params: appParams,
    query: Schema.Struct({ "filter[userId]": id, "filter[userExternalId]": id, ...sizedPageFields }).check(
      oneFilter,
      oneCursor
    ),
    scopes: everyScope,
    success: { status: 200, schema: ConversationListResponse },
    failures: userNotFound,
    statuses: [400, 404],
    limits: pageLimits
  },
  get: {
    operationId: "GetConversation",
    method: "GET",
    path: "/v2/apps/:appId/conversations/:conversationId",
    params: conversationParams,
    scopes: everyScope,
    success: { status: 200, schema: ConversationResponse },
    failures: conversationNotFound,
    statuses: [404]
  },
  update: {
    operationId: "UpdateConversation",
    method: "PATCH",
    path: "/v2/apps/:appId/conversations/:conversationId",
    params: conversationParams,
    payload: UpdateConversation,
    scopes: everyScope,
    success: { status: 200, schema: ConversationResponse },
    failures: conversationNotFound,
    statuses: [404]
  },
  /** A user's default conversation is refused with 400. */
  delete: {
    operationId: "DeleteConversation",
    method: "DELETE",
    path: "/v2/apps/:appId/conversations/:conversationId",
    params: conversationParams,
    scopes: everyScope,
    success: { status: 200, schema: EmptyResponse },
    failures: conversationNotFound,
    statuses: [400, 404]
  },
  downloadMessageRef: {
    operationId: "DownloadMessageRef",
    method: "POST",
    path: "/v2/apps/:appId/conversations/:conversationId/download",
    params: conversationParams,
    payload: DownloadMessageRef,
    scopes: everyScope,
    success: { status: 200, schema: MessageRefResponse },
    failures: { ...conversationNotFound, ...userNotFound }
  },
  postConversionEvents: {
    operationId: "PostConversionEvents",
    method: "POST",
    path: "/v2/apps/:appId/conversations/:conversationId/conversionEvents",
    params: conversationParams,
    payload: PostConversionEvents,
    scopes: everyScope,
    success: { status: 200, schema: ConversionEventsResponse },
    failures: conversationNotFound
  }
} as const satisfies Operations
