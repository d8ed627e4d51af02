/**
 * What can be done with those who take part in a conversation: the text of `Participants`, for every face of the client.
 *
 * @since 0.1.0
 */
import type { Page, SizedFrom } from "@sunco/schemas/Page"
import type { Participant } from "@sunco/schemas/Participant"
import type { JoinConversation, LeaveConversation } from "@sunco/schemas/ParticipantPayloads"
import type { Call, Face, Many } from "./Face.ts"

/**
 * The methods of `Participants`, whichever way they are called.
 *
 * @category models
 * @since 0.1.0
 */
export interface ParticipantsMethods<F extends Face> {
  /**
   * Lets a user take part in a conversation of type `sdkGroup` (`JoinConversation`).
   *
   * After an attempt whose answer was lost the participants are read, and it is sent again only where the user is not among them.
   */
  readonly join: (
    conversationId: string,
    payload: JoinConversation,
    options?: F["options"]
  ) => Call<F, Participant, "ConversationNotFound" | "UserNotFound">

  /** A page of those who take part (`ListParticipants`); their order is not documented. */
  readonly list: (
    conversationId: string,
    from?: SizedFrom,
    options?: F["options"]
  ) => Call<F, Page<Participant>, "ConversationNotFound">

  /** All who take part, a page when it is needed; each page is a call of `list`. */
  readonly stream: (
    conversationId: string,
    from?: SizedFrom,
    options?: F["options"]
  ) => Many<F, Participant, "ConversationNotFound">

  /**
   * Lets a user leave a conversation of type `sdkGroup` (`LeaveConversation`).
   *
   * `ParticipantNotFound`: the user does not take part; after an attempt whose answer was lost that is a success.
   */
  readonly leave: (
    conversationId: string,
    payload: LeaveConversation,
    options?: F["options"]
  ) => Call<F, void, "ConversationNotFound" | "UserNotFound" | "ParticipantNotFound">
}
