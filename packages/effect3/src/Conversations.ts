/**
 * The Conversations API of Sunshine Conversations.
 *
 * @since 0.1.0
 */
import { Conversations as ClientConversations } from "@sunco/client/Conversations"
import type { ConversationsMethods } from "@sunco/client/ConversationsMethods"
import type { Effect3Face } from "./Effect3Face.ts"
import * as Resource from "./Resource.ts"

export type * from "@sunco/client/ConversationsMethods"

/**
 * Create, read, change, delete and list the conversations of an app.
 *
 * **Details**
 *
 * A method fails with what its type says: the outcomes of the domain by name, all else as `SunshineError` with a reason. Input that
 * cannot be right is refused before anything is sent (`InvalidInput`).
 *
 * @category services
 * @since 0.1.0
 */
export class Conversations extends Resource.Service<Conversations, ConversationsMethods<Effect3Face>>()(
  "@sunco/effect3/Conversations",
  ClientConversations
) {}
