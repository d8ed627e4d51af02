/**
 * What can be done with conversations: the text of `Conversations`, for every face of the client.
 *
 * @since 0.1.0
 */
import type { Conversation } from "@sunco/schemas/Conversation"
import type {
  CreateConversation,
  DownloadMessageRef,
  PostConversionEvents,
  UpdateConversation
} from "@sunco/schemas/ConversationPayloads"
import type { ConversionEvents } from "@sunco/schemas/ConversationsOperations"
import type { Page, SizedFrom } from "@sunco/schemas/Page"
import type { Call, Face, Many } from "./Face.ts"

/**
 * Whose conversations are listed: a user by exactly one of two ids.
 *
 * @category models
 * @since 0.1.0
 */
export type ConversationsOf =
  | { readonly userId: string; readonly userExternalId?: undefined }
  | { readonly userExternalId: string; readonly userId?: undefined }

/**
 * The methods of `Conversations`, whichever way they are called.
 *
 * @category models
 * @since 0.1.0
 */
export interface ConversationsMethods<F extends Face> {
  /**
   * Makes a conversation (`CreateConversation`).
   *
   * Nothing tells two equal ones apart, so it is sent again only when nothing can have arrived. A participant who does not exist
   * is `UserNotFound`; a brand-separated user is named by `userId`.
   */
  readonly create: (
    payload: CreateConversation,
    options?: F["options"]
  ) => Call<F, Conversation, "UserNotFound">

  /** A page of the conversations of one user (`ListConversations`); their order is not documented. */
  readonly list: (
    of: ConversationsOf,
    from?: SizedFrom,
    options?: F["options"]
  ) => Call<F, Page<Conversation>, "UserNotFound">

  /** All conversations of one user, a page when it is needed; each page is a call of `list`. */
  readonly stream: (
    of: ConversationsOf,
    from?: SizedFrom,
    options?: F["options"]
  ) => Many<F, Conversation, "UserNotFound">

  /** Reads a conversation (`GetConversation`). */
  readonly get: (conversationId: string, options?: F["options"]) => Call<F, Conversation, "ConversationNotFound">

  /**
   * Changes how a conversation is shown, and its metadata (`UpdateConversation`): a value sets a field, `null` clears it, absent
   * keeps it. Whether metadata is merged or replaced is not documented.
   */
  readonly update: (
    conversationId: string,
    patch: UpdateConversation,
    options?: F["options"]
  ) => Call<F, Conversation, "ConversationNotFound">

  /**
   * Deletes a conversation with its messages and files (`DeleteConversation`). A user's first personal conversation, the default
   * one, is refused with 400.
   *
   * A 404 after an attempt whose answer was lost is a success.
   */
  readonly delete: (conversationId: string, options?: F["options"]) => Call<F, void, "ConversationNotFound">

  /** Fetches what a channel has kept of a message (`DownloadMessageRef`); Apple Messages alone does so. */
  readonly downloadMessageRef: (
    conversationId: string,
    payload: DownloadMessageRef,
    options?: F["options"]
  ) => Call<F, { readonly [name: string]: unknown }, "ConversationNotFound" | "UserNotFound">

  /**
   * Sends events to the Conversions API of Meta (`PostConversionEvents`).
   *
   * Events count, so it is sent again only when nothing can have arrived.
   */
  readonly postConversionEvents: (
    conversationId: string,
    payload: PostConversionEvents,
    options?: F["options"]
  ) => Call<F, ConversionEvents, "ConversationNotFound">
}
