import { type Webhook } from "@sunco/schemas/Webhook"
import { type WebhooksOperations } from "@sunco/schemas/WebhooksOperations"
import * as Redacted from "effect/Redacted"
import { type StoredWebhook } from "../../Stored.ts"
import { badRequest, forbidden, integrationNotFound, Refusal, resourceNotFound } from "../refusal.ts"
import { type Behaviours, type Context, type Kept, type Resource } from "../resource.ts"
import {
  type IntegrationsState,
  type KeptIntegration,
  newWebhook,
  targetRefusal,
  webhookFields,
  webhookRefusal
} from "./integrationsState.ts"
import { isChannel } from "./integrationTypes.ts"
import { inOrder } from "./pageQuery.ts"

interface Asking extends Pick<Context, "assume" | "caller"> {
  readonly app: IntegrationsState
  readonly params: { readonly integrationId: string }
}

/** The integration that a path means, where the caller may have its webhooks: an integration has its own alone. */
const integrationOf = ({ app, assume, caller, params }: Asking): KeptIntegration | Refusal => {
  const { integrationId } = params
  const own = caller?.integrationId
  if (integrationId !== "me") {
    if (caller?.scope === "integration" && own !== integrationId) return forbidden
    return app.integrations.find(integrationId) ?? integrationNotFound
  }
  if (own === undefined) return assume.meOfNone === "notFound" ? integrationNotFound : forbidden
  const isTaken = caller?.authentication === "accessToken" || assume.meOfKey === "itself"
  return (isTaken ? app.integrations.find(own) : undefined) ?? integrationNotFound
}

/** The document has no other code for a webhook than one that the integration may have too. */
const webhookOf = (asking: Asking, webhookId: string): { integrationId: string; webhook: Webhook } | Refusal => {
  const integration = integrationOf(asking)
  if (integration === forbidden) return forbidden
  const webhook = integration instanceof Refusal ? undefined : asking.app.webhooks.findOf(integration.id, webhookId)
  return integration instanceof Refusal || webhook === undefined
    ? resourceNotFound
    : { integrationId: integration.id, webhook }
}

const stored: Kept<IntegrationsState>["Webhooks"] = ({ webhooks }) =>
  webhooks.all().map(({ integrationId, record }) => shown(integrationId, record))

const alreadyShown = new WeakMap<Webhook, StoredWebhook>()

/** Always the same object for the same webhook, with its secret as text. */
const shown = (integrationId: string, webhook: Webhook): StoredWebhook => {
  const known = alreadyShown.get(webhook)
  if (known !== undefined) return known
  const { secret, ...rest } = webhook
  const made = { ...rest, integrationId, ...(secret && { secret: Redacted.value(secret) }) }
  alreadyShown.set(webhook, made)
  return made
}

const behaviours: Behaviours<typeof WebhooksOperations, IntegrationsState> = {
  create: (context) => {
    const { app: { webhooks }, assume, makeId, payload } = context
    const kept = integrationOf(context)
    if (kept instanceof Refusal) return kept
    const { id, integration: { type } } = kept
    if (isChannel(type)) return notForChannels
    const there = webhooks.of(id)
    if (type === "custom" && there.length > 0 && assume.secondWebhook === "refused") return hasOne
    if (assume.sameTarget === "refused" && there.some(({ target }) => target === payload.target)) return hasThat
    const refusal = webhookRefusal(context.app, payload)
    if (refusal !== undefined) return refusal
    return { webhook: webhooks.add(id, newWebhook(webhookFields(payload), makeId)) }
  },

  list: (context) => {
    const kept = integrationOf(context)
    if (kept instanceof Refusal) return kept
    return { webhooks: inOrder(context.app.webhooks.of(kept.id), context.assume) }
  },

  get: (context) => {
    const found = webhookOf(context, context.params.webhookId)
    return found instanceof Refusal ? found : { webhook: found.webhook }
  },

  update: (context) => {
    const { app, params, payload } = context
    const found = webhookOf(context, params.webhookId)
    if (found instanceof Refusal) return found
    const refusal = targetRefusal(payload)
    if (refusal !== undefined) return refusal
    const { integrationId, webhook } = found
    const { secret: _, ...changes } = webhookFields(payload)
    return { webhook: app.webhooks.add(integrationId, { ...webhook, ...changes }) }
  },

  delete: (context) => {
    const { app, params } = context
    const found = webhookOf(context, params.webhookId)
    if (found instanceof Refusal) return found
    app.webhooks.remove(params.webhookId)
    return {}
  }
}

/** @internal */
export const webhooks = { state: () => ({}), stored, behaviours } satisfies
  & Resource<typeof WebhooksOperations, {}, IntegrationsState>
  & { readonly stored: unknown }

const notForChannels = badRequest("Webhooks are available only for custom integrations")

const hasOne = badRequest("webhooks: should not have more than 1 items")

const hasThat = badRequest("A webhook of this target exists already")
