/**
 * The Conversations API of Sunshine Conversations.
 *
 * @since 0.1.0
 */
import type { ConversationsMethods } from "./ConversationsMethods.ts"
import type { EffectFace } from "./EffectFace.ts"
import { makeConversations } from "./internal/conversations/conversations.ts"
import * as Resource from "./Resource.ts"

/**
 * Create, read, change, delete and list the conversations of an app.
 *
 * **Details**
 *
 * A method fails with what its type says: the outcomes of the domain by name, all else as `SunshineError` with a reason. Input that
 * cannot be right is refused before anything is sent (`InvalidInput`).
 *
 * **Example** (A conversation and its messages)
 *
 * ```ts
 * import { Conversations, Messages, Sunshine, Users } from "@sunco/client"
 * import { Emulator } from "@sunco/emulator"
 * import * as Effect from "effect/Effect"
 * import * as Layer from "effect/Layer"
 *
 * const SunshineLayer = Layer.mergeAll(Conversations.layerNoDeps, Messages.layerNoDeps, Users.layerNoDeps).pipe(
 *   Layer.provide(Sunshine.layerFromConfig()),
 *   Layer.provide(Emulator.layerTest())
 * )
 *
 * const program = Effect.gen(function*() {
 *   const users = yield* Users
 *   const conversations = yield* Conversations
 *   const messages = yield* Messages
 *   const { id: userId } = yield* users.create({ externalId: "ada" })
 *   const { id, isDefault } = yield* conversations.create({ type: "personal", participants: [{ userId }] })
 *   yield* messages.post(id, { author: { type: "business" }, content: { type: "text", text: "Tea?" } })
 *   console.log(isDefault)
 *   // true
 * })
 *
 * Effect.runPromise(program.pipe(Effect.provide(SunshineLayer)))
 * ```
 *
 * @category services
 * @since 0.1.0
 */
export class Conversations extends Resource.Service<Conversations, ConversationsMethods<EffectFace>>()(
  "@sunco/client/Conversations",
  makeConversations
) {}
