/**
 * How control of a conversation changes hands: the text of `SwitchboardActions`, for every face of the client.
 *
 * @since 0.1.0
 */
import type { AcceptControl, OfferControl, PassControl, ReleaseControl } from "@sunco/schemas/SwitchboardActionPayloads"
import type { Call, Face } from "./Face.ts"

/**
 * The methods of `SwitchboardActions`, whichever way they are called.
 *
 * That a method succeeds says that the vendor took the request. What cannot be done (an integration that is not there, nothing to
 * accept) may be told by an event alone, such as `switchboard:passControl:failure`: `activeSwitchboardIntegration` of the conversation
 * says who is in control.
 *
 * @category models
 * @since 0.1.0
 */
export interface SwitchboardActionsMethods<F extends Face> {
  /**
   * Puts somebody in control of a conversation, and everybody else on standby (`PassControl`).
   *
   * After a lost answer it is sent again where it names somebody, whose event may come twice then. `next` is another one each time,
   * unless the caller is an integration itself: it is sent again by a key or a token of an integration, and stops otherwise.
   */
  readonly passControl: (
    conversationId: string,
    payload: PassControl,
    options?: F["options"]
  ) => Call<F, void, "ConversationNotFound" | "SwitchboardIntegrationNotFound">

  /**
   * Offers control of a conversation to somebody who is not in control of it (`OfferControl`), in the place of whoever was offered it
   * before.
   *
   * After a lost answer it is sent again where it names somebody; `next` stops, because it depends on who is in control.
   */
  readonly offerControl: (
    conversationId: string,
    payload: OfferControl,
    options?: F["options"]
  ) => Call<F, void, "ConversationNotFound" | "SwitchboardIntegrationNotFound">

  /**
   * Takes control of a conversation that was offered (`AcceptControl`). An integration that was offered nothing is refused with 403.
   *
   * After a lost answer it is sent again. Refused then, it reads the conversation: where nothing is offered any more and somebody is
   * in control, the attempt before was the one that was accepted. That the somebody is the caller, a key does not tell: whoever
   * accepts what may have been offered to another compares `activeSwitchboardIntegration` with itself.
   */
  readonly acceptControl: (
    conversationId: string,
    payload: AcceptControl,
    options?: F["options"]
  ) => Call<F, void, "ConversationNotFound">

  /**
   * Lets go of the control of a conversation (`ReleaseControl`): the default gets it when something happens next. An integration that
   * is not in control is refused with 403.
   *
   * After a lost answer the conversation is read, and that nobody is in control is the success of it. Where somebody is, an integration
   * sends it again, since it can release nobody but itself, and a 403 then is a success; others cannot know whom they would release,
   * and stop with `applied: "unknown"`.
   */
  readonly releaseControl: (
    conversationId: string,
    payload?: ReleaseControl,
    options?: F["options"]
  ) => Call<F, void, "ConversationNotFound">
}
