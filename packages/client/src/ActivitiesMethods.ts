/**
 * What happens in a conversation without a message: the text of `Activities`, for every face of the client.
 *
 * @since 0.1.0
 */
import type { PostActivity } from "@sunco/schemas/ActivityPayloads"
import type { Call, Face } from "./Face.ts"

/**
 * The methods of `Activities`, whichever way they are called.
 *
 * @category models
 * @since 0.1.0
 */
export interface ActivitiesMethods<F extends Face> {
  /**
   * Tells that the conversation was read, or that somebody types (`PostActivity`).
   *
   * Typing is sent again after a lost answer for five seconds; later it would be shown after the answer. That a conversation was read
   * is not: what came in between would be marked too.
   */
  readonly post: (
    conversationId: string,
    activity: PostActivity,
    options?: F["options"]
  ) => Call<F, void, "ConversationNotFound" | "UserNotFound">
}
