import { type Webhook } from "@sunco/schemas/Webhook"
import * as Redacted from "effect/Redacted"
import { type StoredIntegration } from "../../Stored.ts"
import { type Kept, type Seeds } from "../resource.ts"
import {
  decodeIntegration,
  type IntegrationsState,
  type KeptIntegration,
  makeIntegrationsState,
  newWebhook
} from "./integrationsState.ts"
import { parted } from "./integrationTypes.ts"

const seed: Pick<Seeds<IntegrationsState>, "integrations"> = {
  integrations: ({ isOfAdminCenter = false, type, webhooks = type === "custom" ? [{}] : [], ...fields }, context) => {
    const { app, makeId } = context
    const id = fields.id ?? makeId()
    const { shown, writeOnly } = parted(type, fields)
    app.integrations.remove(id)
    const kept = app.integrations.put({
      id,
      integration: decodeIntegration({ status: "active", ...shown, type, id }),
      writeOnly,
      isOfAdminCenter
    })
    for (const webhook of webhooks) app.webhooks.add(id, newWebhook({ ...anyWebhook, ...webhook }, makeId))
    return storedOf(app, kept)
  }
}

const anyWebhook = { target: "https://example.com/callback", triggers: ["conversation:message"] }

/** Secrets as text. */
const plain = (value: unknown): unknown => {
  if (Redacted.isRedacted(value)) return Redacted.value(value)
  if (Array.isArray(value)) return value.map(plain)
  return typeof value === "object" && value !== null
    ? Object.fromEntries(Object.entries(value).map(([name, value]) => [name, plain(value)]))
    : value
}

const shown = new WeakMap<
  KeptIntegration,
  { readonly webhooks: ReadonlyArray<Webhook>; readonly stored: StoredIntegration }
>()

/** Always the same object as long as nothing has changed. */
const storedOf = (app: IntegrationsState, kept: KeptIntegration): StoredIntegration => {
  const webhooks = app.webhooks.of(kept.id)
  const before = shown.get(kept)
  if (before !== undefined && isSame(before.webhooks, webhooks)) return before.stored
  const { integration, isOfAdminCenter, writeOnly } = kept
  const stored = plain({
    ...integration,
    ...writeOnly,
    ...(webhooks.length > 0 && { webhooks }),
    ...(isOfAdminCenter && { isOfAdminCenter })
  }) as StoredIntegration
  shown.set(kept, { webhooks, stored })
  return stored
}

const isSame = (some: ReadonlyArray<unknown>, others: ReadonlyArray<unknown>): boolean =>
  some.length === others.length && some.every((one, index) => one === others[index])

const stored: Kept<IntegrationsState>["Integrations"] = (app) =>
  app.integrations.all().map((kept) => storedOf(app, kept))

/** @internal */
export const integrations = { state: makeIntegrationsState, seed, stored }
