/**
 * The Integrations API of Sunshine Conversations.
 *
 * @since 0.1.0
 */
import type { EffectFace } from "./EffectFace.ts"
import type { IntegrationsMethods } from "./IntegrationsMethods.ts"
import { makeIntegrations } from "./internal/integrations/integrations.ts"
import * as Resource from "./Resource.ts"

/**
 * The channels of an app, and the programs that are told of what happens in it: create, read, change, delete and list.
 *
 * **Details**
 *
 * Secrets are `Redacted` in what is sent and in what is read, and so is whatever this release does not know of an integration: nothing
 * prints them. A method fails with what its type says: the outcomes of the domain by name, all else as `SunshineError` with a reason.
 * Input that cannot be right is refused before anything is sent (`InvalidInput`).
 *
 * **Gotchas**
 *
 * It takes the key of an app or of an account.
 *
 * **Example** (A program that is told of messages)
 *
 * ```ts
 * import { Integrations } from "@sunco/client"
 * import { Emulator } from "@sunco/emulator"
 * import * as Effect from "effect/Effect"
 * import * as Layer from "effect/Layer"
 *
 * const IntegrationsLayer = Integrations.layerFromConfig().pipe(Layer.provide(Emulator.layerTest()))
 *
 * const program = Effect.gen(function*() {
 *   const integrations = yield* Integrations
 *   const made = yield* integrations.create({
 *     type: "custom",
 *     displayName: "The tea house",
 *     webhooks: [{ target: "https://example.com/events", triggers: ["conversation:message"] }]
 *   })
 *   const secret = made.type === "custom" ? made.webhooks?.[0]?.secret : undefined
 *   console.log(made.displayName, String(secret))
 *   // The tea house <redacted>
 * })
 *
 * Effect.runPromise(program.pipe(Effect.provide(IntegrationsLayer)))
 * ```
 *
 * @category services
 * @since 0.1.0
 */
export class Integrations extends Resource.Service<Integrations, IntegrationsMethods<EffectFace>>()(
  "@sunco/client/Integrations",
  makeIntegrations
) {}
