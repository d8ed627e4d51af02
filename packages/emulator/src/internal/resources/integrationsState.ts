import { Integration } from "@sunco/schemas/Integration"
import { type Webhook } from "@sunco/schemas/Webhook"
import { type UpdateWebhook } from "@sunco/schemas/WebhookPayloads"
import * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import { type SeedWebhook } from "../../Seed.ts"
import { badRequest, type Refusal } from "../refusal.ts"
import { Store } from "../store.ts"
import { IntegrationParts } from "./integrationParts.ts"

/**
 * An integration, with what no answer has of it.
 *
 * @internal
 */
export interface KeptIntegration {
  readonly id: string
  /** As answers have it, but for its webhooks, which are kept apart. */
  readonly integration: Integration
  readonly writeOnly: { readonly [field: string]: unknown }
  /** One of an SDK that was configured in Admin Center cannot be deleted. */
  readonly isOfAdminCenter: boolean
}

/** @internal */
export interface IntegrationsState {
  readonly integrations: Store<KeptIntegration>
  readonly webhooks: IntegrationParts<Webhook>
}

/** @internal */
export const makeIntegrationsState = (): IntegrationsState => {
  const integrations = new Store<KeptIntegration>()
  return { integrations, webhooks: new IntegrationParts<Webhook>(integrations) }
}

/**
 * A webhook as it is made: the vendor makes its secret.
 *
 * @internal
 */
export const newWebhook = ({ secret, ...fields }: SeedWebhook, makeId: () => string): Webhook => ({
  version: "v2",
  includeFullUser: false,
  includeFullSource: false,
  ...fields,
  id: fields.id ?? makeId(),
  secret: Redacted.make(secret ?? makeSecret(makeId))
})

/**
 * What a request says of a webhook.
 *
 * @internal
 */
export const webhookFields = (
  { includeFullSource, includeFullUser, target, triggers }: UpdateWebhook
): SeedWebhook => ({
  ...(target === undefined ? undefined : { target }),
  ...(triggers === undefined ? undefined : { triggers }),
  ...(includeFullUser === undefined ? undefined : { includeFullUser }),
  ...(includeFullSource === undefined ? undefined : { includeFullSource })
})

/** Of all integrations of an app together: what one more gives is not documented, and assumed. */
const mostWebhooks = 10

/**
 * Why an app cannot have a webhook beside those that it has.
 *
 * @internal
 */
export const webhookRefusal = ({ webhooks }: IntegrationsState, webhook: UpdateWebhook): Refusal | undefined =>
  targetRefusal(webhook) ?? (webhooks.size >= mostWebhooks ? tooManyWebhooks : undefined)

/**
 * Why a webhook cannot be called; what is done then is assumed.
 *
 * @internal
 */
export const targetRefusal = ({ target }: UpdateWebhook): Refusal | undefined =>
  target === undefined || /^https?:/iu.test(target) && URL.canParse(target) ? undefined : targetNotOfWeb

const targetNotOfWeb = badRequest("target: Expected a URL of the web")

const tooManyWebhooks = badRequest(`An app has at most ${mostWebhooks} webhooks`)

/** @internal */
export const makeSecret = (makeId: () => string): string => `secret_${makeId()}`

/** @internal */
export const decodeIntegration: (json: unknown) => Integration = Schema.decodeUnknownSync(Integration)
