/**
 * What can be done with the messages of a conversation: the text of `Messages`, for every face of the client.
 *
 * @since 0.1.0
 */
import type { Message } from "@sunco/schemas/Message"
import type { PostMessage } from "@sunco/schemas/MessagePayloads"
import type { From, Page } from "@sunco/schemas/Page"
import type { Call, Face, Many } from "./Face.ts"

/**
 * How far `postOnce` looks.
 *
 * @category models
 * @since 0.1.0
 */
export interface PostOnceOptions {
  /** When the work was first begun: an earlier message cannot be its own. The newest page alone is read when it is absent. */
  readonly since?: Date | undefined
  /** Sends the message again when its answer was lost and it is not found: nothing is lost, and it may be there twice. */
  readonly atLeastOnce?: boolean | undefined
}

/**
 * Messages, and whether this call sent them.
 *
 * @category models
 * @since 0.1.0
 */
export interface MessagesAndPosted {
  readonly messages: ReadonlyArray<Message>
  readonly posted: boolean
}

/**
 * The methods of `Messages`, whichever way they are called.
 *
 * @category models
 * @since 0.1.0
 */
export interface MessagesMethods<F extends Face> {
  /**
   * Sends a message (`PostMessage`), and gives what came of it: several messages where the vendor splits it, such as a template
   * with text before it.
   *
   * Nothing tells two equal messages apart, so it is sent again only when nothing can have arrived; `postOnce` goes further. Text
   * is read for shorthand (`%[label](reply:…)`), so text of a user that is sent on can grow buttons. What stores 30,000 messages
   * takes no more: `MessageLimitReached`.
   */
  readonly post: (
    conversationId: string,
    message: PostMessage,
    options?: F["options"]
  ) => Call<
    F,
    ReadonlyArray<Message>,
    "ConversationNotFound" | "UserNotFound" | "IntegrationNotFound" | "MessageLimitReached"
  >

  /**
   * Sends a message that carries `key` in its metadata (`suncoKey`), unless one that carries it is there: for work that may be
   * begun again, such as a queue's.
   *
   * It reads before it sends: back to `since`, or the newest page where that is absent. After an attempt whose answer was lost it reads
   * back to its own beginning, five minutes more for clocks that differ, and gives what it finds. Where it finds nothing then it fails
   * with `applied: "unknown"`, because the message may still be on its way; `atLeastOnce` sends it again instead.
   *
   * Two callers at the same time may both find nothing. The key is seen by whoever sees the message's metadata.
   */
  readonly postOnce: (
    conversationId: string,
    key: string,
    message: PostMessage,
    options?: F["options"] & PostOnceOptions
  ) => Call<
    F,
    MessagesAndPosted,
    "ConversationNotFound" | "UserNotFound" | "IntegrationNotFound" | "MessageLimitReached"
  >

  /**
   * A page of at most 100 messages (`ListMessages`): the newest page unless `from` says where it begins. Inside a page the oldest
   * comes first, as far as examples show.
   */
  readonly list: (
    conversationId: string,
    from?: From,
    options?: F["options"]
  ) => Call<F, Page<Message>, "ConversationNotFound">

  /**
   * All messages, a page when it is needed; each page is a call of `list`. The newest come first, back to the first of all;
   * with `{ after }` what came since, the oldest first; with `{ before }` what came before it, the newest first.
   */
  readonly stream: (
    conversationId: string,
    from?: From,
    options?: F["options"]
  ) => Many<F, Message, "ConversationNotFound">

  /**
   * Deletes a message (`DeleteMessage`).
   *
   * What a message that does not exist gives is not documented; `MessageNotFound` after an attempt whose answer was lost is a success.
   */
  readonly delete: (
    conversationId: string,
    messageId: string,
    options?: F["options"]
  ) => Call<F, void, "ConversationNotFound" | "MessageNotFound">

  /**
   * Deletes all messages of a conversation (`DeleteAllMessages`).
   *
   * Sent again it would delete what came in between, so it is sent again only when nothing can have arrived.
   */
  readonly deleteAll: (conversationId: string, options?: F["options"]) => Call<F, void, "ConversationNotFound">
}
