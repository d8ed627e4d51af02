/**
 * The Messages API of Sunshine Conversations.
 *
 * @since 0.1.0
 */
import { Messages as ClientMessages } from "@sunco/client/Messages"
import type { MessagesMethods } from "@sunco/client/MessagesMethods"
import type { Effect3Face } from "./Effect3Face.ts"
import * as Resource from "./Resource.ts"

export type * from "@sunco/client/MessagesMethods"

/**
 * Send, list and delete the messages of a conversation.
 *
 * **Details**
 *
 * A method fails with what its type says: the outcomes of the domain by name, all else as `SunshineError` with a reason. Input that
 * cannot be right is refused before anything is sent (`InvalidInput`), with the path of what is wrong: `content.items.0.title`.
 *
 * @category services
 * @since 0.1.0
 */
export class Messages
  extends Resource.Service<Messages, MessagesMethods<Effect3Face>>()("@sunco/effect3/Messages", ClientMessages)
{}
