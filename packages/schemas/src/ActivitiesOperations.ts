/**
 * The operation of the Activities API, declared once.
 *
 * @since 0.1.0
 */
import { PostActivity } from "./ActivityPayloads.ts"
import { EmptyResponse } from "./EmptyResponse.ts"
import { conversationNotFound, conversationParams, everyScope, userNotFound } from "./internal/operationParts.ts"
import type { Operations } from "./Operation.ts"

/**
 * The operations by the names of their methods.
 *
 * @category operations
 * @since 0.1.0
 */
export const ActivitiesOperations = {
  /** No failure is documented. */
  post: {
    operationId: "PostActivity",
    method: "POST",
    path: "/v2/apps/:appId/conversations/:conversationId/activity",
    params: conversationParams,
    payload: PostActivity,
    scopes: everyScope,
    success: { status: 200, schema: EmptyResponse },
    failures: { ...conversationNotFound, ...userNotFound }
  }
} as const satisfies Operations
