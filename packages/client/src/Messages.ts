/**
 * The Messages API of Sunshine Conversations.
 *
 * @since 0.1.0
 */
import type { MessagesMethods } from "./MessagesMethods.ts"
import type { EffectFace } from "./EffectFace.ts"
import { makeMessages } from "./internal/conversations/messages.ts"
import * as Resource from "./Resource.ts"

/**
 * Send, list and delete the messages of a conversation.
 *
 * **Details**
 *
 * A method fails with what its type says: the outcomes of the domain by name, all else as `SunshineError` with a reason. Input that
 * cannot be right is refused before anything is sent (`InvalidInput`), with the path of what is wrong: `content.items.0.title`.
 *
 * **Example** (The last three messages)
 *
 * ```ts
 * import { Messages } from "@sunco/client"
 * import * as Effect from "effect/Effect"
 * import * as Stream from "effect/Stream"
 *
 * export const latest = (conversationId: string) =>
 *   Effect.gen(function*() {
 *     const messages = yield* Messages
 *     return yield* messages.stream(conversationId).pipe(Stream.take(3), Stream.runCollect)
 *   })
 * ```
 *
 * @category services
 * @since 0.1.0
 */
export class Messages
  extends Resource.Service<Messages, MessagesMethods<EffectFace>>()("@sunco/client/Messages", makeMessages)
{}
