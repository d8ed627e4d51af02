/**
 * The API of the keys of custom integrations of Sunshine Conversations.
 *
 * @since 0.1.0
 */
import type { EffectFace } from "./EffectFace.ts"
import type { IntegrationKeysMethods } from "./IntegrationKeysMethods.ts"
import { makeIntegrationKeys } from "./internal/integrations/integrationKeys.ts"
import * as Resource from "./Resource.ts"

/**
 * Create, list, read and delete the API keys of custom integrations.
 *
 * **Details**
 *
 * A key of an integration is for `Credentials`, like that of an app, and may do less. Its secret is `Redacted`: nothing prints, logs or
 * traces it, and `Redacted.value` reads it. A method fails with what its type says: the outcomes of the domain by name, all else as
 * `SunshineError` with a reason.
 *
 * **Example** (A program that calls in the name of an integration)
 *
 * ```ts
 * import { Credentials, IntegrationKeys, Webhooks } from "@sunco/client"
 * import { Emulator } from "@sunco/emulator"
 * import * as Effect from "effect/Effect"
 * import * as Layer from "effect/Layer"
 *
 * const integration = { id: "5e4af71a81966cfff3ef6550", type: "custom" }
 *
 * const program = Effect.gen(function*() {
 *   const keys = yield* IntegrationKeys
 *   const { appId, url } = yield* Emulator
 *   const { id: keyId, secret } = yield* keys.create(integration.id, { displayName: "worker" })
 *   const own = yield* Webhooks.use((webhooks) => webhooks.list("me")).pipe(
 *     Effect.provide(Webhooks.layer({ appId, baseUrl: url })),
 *     Effect.provide(Credentials.layerBasic({ keyId, secret }))
 *   )
 *   console.log(own.length, String(secret))
 *   // 1 <redacted>
 * })
 *
 * const SunshineTest = IntegrationKeys.layerFromConfig().pipe(
 *   Layer.provideMerge(Emulator.layerTest({ integrations: [integration] }))
 * )
 *
 * Effect.runPromise(program.pipe(Effect.provide(SunshineTest)))
 * ```
 *
 * @category services
 * @since 0.1.0
 */
export class IntegrationKeys extends Resource.Service<IntegrationKeys, IntegrationKeysMethods<EffectFace>>()(
  "@sunco/client/IntegrationKeys",
  makeIntegrationKeys
) {}
