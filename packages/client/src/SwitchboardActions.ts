/**
 * The Switchboard Actions API of Sunshine Conversations.
 *
 * @since 0.1.0
 */
import type { EffectFace } from "./EffectFace.ts"
import { makeSwitchboardActions } from "./internal/switchboards/switchboardActions.ts"
import * as Resource from "./Resource.ts"
import type { SwitchboardActionsMethods } from "./SwitchboardActionsMethods.ts"

/**
 * How control of a conversation changes hands: pass, offer, accept and release.
 *
 * **Details**
 *
 * A method fails with what its type says: the outcomes of the domain by name, all else as `SunshineError` with a reason. What cannot
 * be done may be told by an event alone, after a success.
 *
 * **Example** (A bot that hands over to a human)
 *
 * ```ts
 * import { AllResources, Conversations, SwitchboardActions, SwitchboardIntegrations, Switchboards } from "@sunco/client"
 * import { Emulator } from "@sunco/emulator"
 * import * as Effect from "effect/Effect"
 * import * as Layer from "effect/Layer"
 *
 * const SunshineLayer = AllResources.layerFromConfig().pipe(Layer.provide(Emulator.layerTest()))
 *
 * const program = Effect.gen(function*() {
 *   const switchboards = yield* Switchboards
 *   const integrations = yield* SwitchboardIntegrations
 *   const { id } = yield* switchboards.create()
 *   const bot = yield* integrations.create(id, { name: "bot", integrationType: "ultimate" })
 *   yield* integrations.create(id, { name: "human", integrationType: "zd:agentWorkspace" })
 *   yield* switchboards.update(id, { enabled: true, defaultSwitchboardIntegrationId: bot.id })
 *
 *   const conversations = yield* Conversations
 *   const conversation = yield* conversations.create({ type: "sdkGroup" })
 *   console.log(conversation.activeSwitchboardIntegration?.name)
 *   // bot
 *
 *   const actions = yield* SwitchboardActions
 *   yield* actions.passControl(conversation.id, { switchboardIntegration: "human" })
 *   const { activeSwitchboardIntegration } = yield* conversations.get(conversation.id)
 *   console.log(activeSwitchboardIntegration?.name)
 *   // human
 * })
 *
 * Effect.runPromise(program.pipe(Effect.provide(SunshineLayer)))
 * ```
 *
 * @category services
 * @since 0.1.0
 */
export class SwitchboardActions extends Resource.Service<SwitchboardActions, SwitchboardActionsMethods<EffectFace>>()(
  "@sunco/client/SwitchboardActions",
  makeSwitchboardActions
) {}
