/**
 * The Webhooks API of Sunshine Conversations: which addresses are called when something happens.
 *
 * @since 0.1.0
 */
import type { EffectFace } from "./EffectFace.ts"
import { makeWebhooks } from "./internal/integrations/webhooks.ts"
import * as Resource from "./Resource.ts"
import type { WebhooksMethods } from "./WebhooksMethods.ts"

/**
 * Create, list, read, change and delete the webhooks of an integration.
 *
 * **Details**
 *
 * The key of an app may have the webhooks of any of its integrations, and that of an integration its own: `"me"` is its id, too. The
 * vendor's document gives the key of an account none of this. A method fails with what its type says: the outcomes of the domain by
 * name, all else as `SunshineError` with a reason.
 *
 * **Gotchas**
 *
 * A webhook shows its `target` when it is printed, and nothing of its secret. Nothing that this client logs, traces or fails with
 * has either. No operation changes a secret: delete the webhook and make another.
 *
 * **Example** (A webhook, and the secret that comes with each of its deliveries)
 *
 * ```ts
 * import { Webhooks } from "@sunco/client"
 * import { Emulator } from "@sunco/emulator"
 * import * as Effect from "effect/Effect"
 * import * as Layer from "effect/Layer"
 *
 * const integration = { id: "5e4af71a81966cfff3ef6550", type: "custom", webhooks: [] }
 *
 * const program = Effect.gen(function*() {
 *   const webhooks = yield* Webhooks
 *   const { id, secret } = yield* webhooks.create(integration.id, {
 *     target: "https://example.com/callback",
 *     triggers: ["conversation:message"]
 *   })
 *   yield* webhooks.update(integration.id, id, { includeFullUser: true })
 *   // `Redacted.value` reads it, for the store of whoever receives.
 *   console.log(secret)
 *   // <redacted>
 * })
 *
 * const WebhooksTest = Webhooks.layerFromConfig().pipe(
 *   Layer.provide(Emulator.layerTest({ integrations: [integration] }))
 * )
 *
 * Effect.runPromise(program.pipe(Effect.provide(WebhooksTest)))
 * ```
 *
 * @category services
 * @since 0.1.0
 */
export class Webhooks
  extends Resource.Service<Webhooks, WebhooksMethods<EffectFace>>()("@sunco/client/Webhooks", makeWebhooks)
{}
