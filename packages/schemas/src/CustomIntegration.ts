/**
 * The integrations with programs of your own.
 *
 * @since 0.1.0
 */
import type * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import type { CreateIntegrationBase, IntegrationBase, UpdateIntegrationBase } from "./IntegrationBase.ts"
import { entries } from "./internal/entries.ts"
import { integrationKind } from "./internal/integrationKind.ts"
import { Webhook } from "./Webhook.ts"
import { CreateWebhook } from "./WebhookPayloads.ts"

/**
 * An integration with a program of your own to make.
 *
 * @see OpenAPI 17.12.1, `custom`
 * @category models
 * @since 0.1.0
 */
export interface CreateCustomIntegration extends Pick<CreateIntegrationBase, "displayName"> {
  readonly type: "custom"
  /** Exactly one: where the vendor sends events. The vendor makes its secret, which the answer has. */
  readonly webhooks: ReadonlyArray<CreateWebhook>
}

/**
 * Changes to an integration with a program of your own. Its webhook is changed by `Webhooks`.
 *
 * @see OpenAPI 17.12.1, `customUpdate`
 * @category models
 * @since 0.1.0
 */
export interface UpdateCustomIntegration extends Pick<UpdateIntegrationBase, "displayName"> {}

/**
 * An integration with a program of your own.
 *
 * @see OpenAPI 17.12.1, `custom`
 * @category models
 * @since 0.1.0
 */
export interface CustomIntegration<Secret = Redacted.Redacted> extends IntegrationBase {
  readonly type: "custom"
  readonly webhooks?: ReadonlyArray<Webhook<Secret>>
}

/** @internal */
export const custom = integrationKind<CreateCustomIntegration, CustomIntegration>(
  "custom",
  {
    sent: { webhooks: Schema.Array(CreateWebhook).check(entries(1, 1)) },
    received: { webhooks: Schema.Array(Webhook) }
  },
  false
)
