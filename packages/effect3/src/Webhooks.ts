/**
 * The Webhooks API of Sunshine Conversations: which addresses are called when something happens.
 *
 * @since 0.1.0
 */
import { Webhooks as ClientWebhooks } from "@sunco/client/Webhooks"
import type { WebhooksMethods } from "@sunco/client/WebhooksMethods"
import type { Effect3Face } from "./Effect3Face.ts"
import * as Resource from "./Resource.ts"

export type * from "@sunco/client/WebhooksMethods"

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
 * @category services
 * @since 0.1.0
 */
export class Webhooks
  extends Resource.Service<Webhooks, WebhooksMethods<Effect3Face>>()("@sunco/effect3/Webhooks", ClientWebhooks)
{}
