/**
 * The three operations of the Participants API, each declared once.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import { EmptyResponse } from "./EmptyResponse.ts"
import { openStruct } from "./internal/openStruct.ts"
import { conversationNotFound, conversationParams, everyScope, userNotFound } from "./internal/operationParts.ts"
import { oneCursor, paged, pageLimits, sizedPageFields } from "./internal/paging.ts"
import type { Operations } from "./Operation.ts"
import type { Links, Meta } from "./Page.ts"
import { Participant } from "./Participant.ts"
import { JoinConversation, LeaveConversation } from "./ParticipantPayloads.ts"

/**
 * One participant.
 *
 * @category models
 * @since 0.1.0
 */
export interface ParticipantResponse {
  readonly participant: Participant
}

/**
 * Schema of {@link ParticipantResponse}.
 *
 * @category schemas
 * @since 0.1.0
 */
export const ParticipantResponse: Schema.Codec<ParticipantResponse> = openStruct({
  participant: Participant
}).annotate({ identifier: "ParticipantResponse" })

/**
 * One page of the participants of a conversation.
 *
 * @category models
 * @since 0.1.0
 */
export interface ParticipantListResponse {
  readonly participants: ReadonlyArray<Participant>
  readonly meta?: Meta
  readonly links?: Links
}

/**
 * Schema of {@link ParticipantListResponse}.
 *
 * @category schemas
 * @since 0.1.0
 */
export const ParticipantListResponse: Schema.Codec<ParticipantListResponse> = openStruct({
  participants: Schema.Array(Participant),
  ...paged
}).annotate({ identifier: "ParticipantListResponse" })

/**
 * The operations by the names of their methods.
 *
 * @category operations
 * @since 0.1.0
 */
export const ParticipantsOperations = {
  /** Too many participants are refused with 400. */
  join: {
    operationId: "JoinConversation",
    method: "POST",
    path: "/v2/apps/:appId/conversations/:conversationId/join",
    params: conversationParams,
    payload: JoinConversation,
    scopes: everyScope,
    success: { status: 201, schema: ParticipantResponse },
    failures: { ...conversationNotFound, ...userNotFound },
    statuses: [400, 404]
  },
  list: {
    operationId: "ListParticipants",
    method: "GET",
    path: "/v2/apps/:appId/conversations/:conversationId/participants",
    params: conversationParams,
    query: Schema.Struct(sizedPageFields).check(oneCursor),
    scopes: everyScope,
    success: { status: 200, schema: ParticipantListResponse },
    failures: conversationNotFound,
    statuses: [400, 404],
    limits: pageLimits
  },
  leave: {
    operationId: "LeaveConversation",
    method: "POST",
    path: "/v2/apps/:appId/conversations/:conversationId/leave",
    params: conversationParams,
    payload: LeaveConversation,
    scopes: everyScope,
    success: { status: 200, schema: EmptyResponse },
    failures: {
      ...conversationNotFound,
      ...userNotFound,
      // `not_found`: the user does not take part.
      ParticipantNotFound: { status: 404, codes: ["participant_not_found", "not_found"] }
    },
    statuses: [404]
  }
} as const satisfies Operations
