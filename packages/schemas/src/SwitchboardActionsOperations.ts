/**
 * The four operations of the Switchboard Actions API, each declared once.
 *
 * @since 0.1.0
 */
import { EmptyResponse } from "./EmptyResponse.ts"
import {
  conversationNotFound,
  conversationParams,
  everyScope,
  switchboardIntegrationNotFound
} from "./internal/operationParts.ts"
import type { Operations } from "./Operation.ts"
import { AcceptControl, OfferControl, PassControl, ReleaseControl } from "./SwitchboardActionPayloads.ts"

/**
 * The operations by the names of their methods.
 *
 * @category operations
 * @since 0.1.0
 */
// That a switchboard integration is none may be told by an event alone, after a success.
export const SwitchboardActionsOperations = {
  passControl: {
    operationId: "PassControl",
    method: "POST",
    path: "/v2/apps/:appId/conversations/:conversationId/passControl",
    params: conversationParams,
    payload: PassControl,
    scopes: everyScope,
    success: { status: 200, schema: EmptyResponse },
    failures: { ...conversationNotFound, ...switchboardIntegrationNotFound },
    statuses: [404]
  },
  offerControl: {
    operationId: "OfferControl",
    method: "POST",
    path: "/v2/apps/:appId/conversations/:conversationId/offerControl",
    params: conversationParams,
    payload: OfferControl,
    scopes: everyScope,
    success: { status: 200, schema: EmptyResponse },
    failures: { ...conversationNotFound, ...switchboardIntegrationNotFound },
    statuses: [404]
  },
  /** 403 where the key is of another integration than the one that was offered control. */
  acceptControl: {
    operationId: "AcceptControl",
    method: "POST",
    path: "/v2/apps/:appId/conversations/:conversationId/acceptControl",
    params: conversationParams,
    payload: AcceptControl,
    scopes: everyScope,
    success: { status: 200, schema: EmptyResponse },
    failures: conversationNotFound,
    statuses: [403, 404]
  },
  /** 403 where the key is of another integration than the one in control. */
  releaseControl: {
    operationId: "ReleaseControl",
    method: "POST",
    path: "/v2/apps/:appId/conversations/:conversationId/releaseControl",
    params: conversationParams,
    payload: ReleaseControl,
    bodyOptional: true,
    scopes: everyScope,
    success: { status: 200, schema: EmptyResponse },
    failures: conversationNotFound,
    statuses: [403, 404]
  }
} as const satisfies Operations
