import { type Integration } from "@sunco/schemas/Integration"
import { updatableFields } from "@sunco/schemas/IntegrationPayloads"
import { type IntegrationsOperations } from "@sunco/schemas/IntegrationsOperations"
import { type Webhook } from "@sunco/schemas/Webhook"
import * as Redacted from "effect/Redacted"
import { type StoredIntegration } from "../../Stored.ts"
import { badRequest, integrationNotFound, Refusal } from "../refusal.ts"
import { type Behaviours, type Kept, type Resource, type Seeds } from "../resource.ts"
import { pageOf } from "../store.ts"
import { defaultResponderOf } from "./defaultResponder.ts"
import {
  decodeIntegration,
  type IntegrationsState,
  type KeptIntegration,
  makeIntegrationsState,
  makeSecret,
  newWebhook,
  webhookFields,
  webhookRefusal
} from "./integrationsState.ts"
import { defaultsOf, isChannel, isKnownType, parted } from "./integrationTypes.ts"
import { inOrder, pageFrom } from "./pageQuery.ts"
import { type SwitchboardsState, takeOut } from "./switchboardsState.ts"

type App = IntegrationsState & SwitchboardsState

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

/** As an answer has it. */
const shownIntegration = (app: App, kept: KeptIntegration): Integration => {
  const { id, integration } = kept
  if (integration.type === "custom") return { ...integration, webhooks: app.webhooks.of(id) }
  return isChannel(integration.type) ? integrationOf({ ...integration, ...defaultResponderOf(app, kept) }) : integration
}

const behaviours: Behaviours<typeof IntegrationsOperations, App> = {
  create: ({ app, makeId, payload: { type, ...fields } }) => {
    const { webhooks, ...sent } = { webhooks: [], ...fields }
    for (const webhook of webhooks) {
      const refusal = webhookRefusal(app, webhook)
      if (refusal !== undefined) return refusal
    }
    const id = makeId()
    const { shown, writeOnly } = parted(type, sent)
    const kept = app.integrations.put({
      id,
      integration: integrationOf({
        id,
        type,
        status: "active",
        ...defaultsOf(type),
        ...shown,
        ...madeOf(type, sent, makeId)
      }),
      writeOnly,
      isOfAdminCenter: false
    })
    for (const webhook of webhooks) app.webhooks.add(id, newWebhook(webhookFields(webhook), makeId))
    return { integration: shownIntegration(app, kept) }
  },

  list: ({ app, assume, query }) => {
    const types = query["filter[types]"]?.split(",")
    if (assume.unknownIntegrationType === "refused" && types?.every(isKnownType) === false) return invalidQuery
    const all = app.integrations.all().filter(({ integration }) => types?.includes(integration.type) ?? true)
    const page = pageOf(inOrder(all, assume), pageFrom(query, assume))
    if (page instanceof Refusal) return invalidQuery
    return { integrations: page.items.map((kept) => shownIntegration(app, kept)), meta: page.meta }
  },

  get: ({ app, params }) => {
    const kept = app.integrations.find(params.integrationId)
    return kept === undefined ? integrationNotFound : { integration: shownIntegration(app, kept) }
  },

  update: ({ app, params, payload }) => {
    const kept = app.integrations.find(params.integrationId)
    if (kept === undefined) return integrationNotFound
    const { type } = kept.integration
    const foreign = Object.keys(payload).filter((name) => !isUpdatable(type, name))
    if (foreign.length > 0) return badRequest(...foreign.map((name) => `${name}: cannot be changed of type ${type}`))
    const { shown, writeOnly } = parted(type, payload)
    const after = app.integrations.put({
      ...kept,
      integration: integrationOf(changed(kept.integration, shown)),
      writeOnly: changed(kept.writeOnly, writeOnly)
    })
    return { integration: shownIntegration(app, after) }
  },

  delete: ({ app, assume, params }) => {
    const kept = app.integrations.find(params.integrationId)
    if (kept === undefined) return integrationNotFound
    if (kept.isOfAdminCenter) return adminCenterStays
    app.integrations.remove(kept.id)
    if (assume.turnOfDeletedIntegration === "lost") takeOut(app, kept.id)
    return {}
  }
}

/** @internal */
export const integrations = { state: makeIntegrationsState, seed, stored, behaviours } satisfies
  & Resource<typeof IntegrationsOperations, IntegrationsState, SwitchboardsState>
  & { readonly seed: unknown; readonly stored: unknown }

const invalidQuery = badRequest("Invalid query parameters")

const adminCenterStays = badRequest("SDK integrations configured on Admin Center cannot be deleted")

/** Its fields are those of its type, whose payload or answer they are of. */
const integrationOf = (fields: object): Integration => fields as Integration

/** What the vendor adds that nobody says, and what it makes of what is said. */
const madeOf = (
  type: string,
  { pageId, qrCodeUrl }: { readonly [field: string]: unknown },
  makeId: () => string
): object => {
  if (type === "messagebird") return { webhookSecret: Redacted.make(makeSecret(makeId)) }
  // A number in a request, and text in the vendor's example.
  if (type === "messenger" && pageId !== undefined) return { pageId: String(pageId) }
  return type === "line" && typeof qrCodeUrl === "string" ? { lineId: qrCodeUrl.replace(/^.*\/|\.\w+$/gu, "") } : {}
}

const isUpdatable = (type: string, name: string): boolean =>
  Object.entries(updatableFields).some(([known, fields]) => known === type && fields.includes(name))

/** What is set to null is gone. */
const changed = <A extends object>(before: A, patch: object): A =>
  Object.fromEntries(Object.entries({ ...before, ...patch }).filter(([, value]) => value !== null)) as A
