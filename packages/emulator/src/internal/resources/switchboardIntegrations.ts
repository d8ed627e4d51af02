import { type SwitchboardIntegration } from "@sunco/schemas/SwitchboardIntegration"
import {
  type CreateSwitchboardIntegration,
  type UpdateSwitchboardIntegration
} from "@sunco/schemas/SwitchboardIntegrationPayloads"
import { type SwitchboardIntegrationsOperations } from "@sunco/schemas/SwitchboardIntegrationsOperations"
import {
  badRequest,
  integrationNotFound,
  Refusal,
  switchboardIntegrationNotFound,
  switchboardNotFound,
  tooManySwitchboardIntegrations
} from "../refusal.ts"
import { type Behaviours, type Context, type Kept, type Resource } from "../resource.ts"
import { showEverywhere } from "./control.ts"
import { type ConversationsState } from "./conversationsState.ts"
import { type IntegrationsState } from "./integrationsState.ts"
import { type SwitchboardsState } from "./switchboardsState.ts"

type App = IntegrationsState & SwitchboardsState & ConversationsState

/** A switchboard takes no more (OpenAPI 17.12.1, tag Switchboard Integrations). */
const maximumIntegrations = 10

const stored: Kept<SwitchboardsState>["SwitchboardIntegrations"] = ({ switchboardIntegrations }) =>
  switchboardIntegrations.all()

const behaviours: Behaviours<typeof SwitchboardIntegrationsOperations, App> = {
  create: (context) => {
    const { app: { switchboardIntegrations, switchboards }, makeId, params, payload } = context
    if (switchboards.find(params.switchboardId) === undefined) return switchboardNotFound
    if (switchboardIntegrations.size >= maximumIntegrations) return tooManySwitchboardIntegrations(maximumIntegrations)
    const switchboardIntegration = changed({ id: makeId(), deliverStandbyEvents: true }, payload, context)
    return switchboardIntegration instanceof Refusal
      ? switchboardIntegration
      : { switchboardIntegration: switchboardIntegrations.put(switchboardIntegration) }
  },

  list: ({ app, params }) =>
    app.switchboards.find(params.switchboardId) === undefined
      ? switchboardNotFound
      : { switchboardIntegrations: app.switchboardIntegrations.all() },

  update: (context) => {
    const { app: { conversations, switchboardIntegrations, switchboards }, params, payload } = context
    if (switchboards.find(params.switchboardId) === undefined) return switchboardNotFound
    const before = switchboardIntegrations.find(params.switchboardIntegrationId)
    if (before === undefined) return switchboardIntegrationNotFound
    const switchboardIntegration = changed(before, payload, context)
    if (switchboardIntegration instanceof Refusal) return switchboardIntegration
    showEverywhere(conversations, before.id, switchboardIntegrations.put(switchboardIntegration))
    return { switchboardIntegration }
  },

  delete: ({ app: { switchboardIntegrations, switchboards }, params: { switchboardId, switchboardIntegrationId } }) => {
    const switchboard = switchboards.find(switchboardId)
    if (switchboard === undefined) return switchboardNotFound
    const { defaultSwitchboardIntegrationId: responder } = switchboard
    if (switchboardIntegrations.find(switchboardIntegrationId) === undefined) return switchboardIntegrationNotFound
    if (responder === switchboardIntegrationId) return isTheDefault
    const isNext = switchboardIntegrations.all().some(({ nextSwitchboardIntegrationId: next }) =>
      next === switchboardIntegrationId
    )
    if (isNext) return isTheNext
    switchboardIntegrations.remove(switchboardIntegrationId)
    return {}
  }
}

/** @internal */
export const switchboardIntegrations = { state: () => ({}), stored, behaviours } satisfies
  & Resource<typeof SwitchboardIntegrationsOperations, {}, App>
  & { readonly stored: unknown }

const isTheDefault = badRequest("The default switchboardIntegration cannot be deleted")

const isTheNext = badRequest("A switchboardIntegration that comes next after another one cannot be deleted")

const nameIsTaken = badRequest("name: Another switchboardIntegration has it")

const changed = (
  before: SwitchboardIntegration,
  { integrationId, integrationType, ...settings }: CreateSwitchboardIntegration | UpdateSwitchboardIntegration,
  { app, assume, makeId }: Pick<Context, "assume" | "makeId"> & { readonly app: App }
): SwitchboardIntegration | Refusal => {
  const { name, nextSwitchboardIntegrationId: next } = settings
  const link = linkOf({ integrationId, integrationType }, app, makeId)
  if (link instanceof Refusal) return link
  if (typeof next === "string" && app.switchboardIntegrations.find(next) === undefined) {
    return switchboardIntegrationNotFound
  }
  const namesake = app.switchboardIntegrations.all().find((other) => other.name === name && other.id !== before.id)
  if (namesake !== undefined && assume.sameControlName === "refused") return nameIsTaken
  const after = { ...before, ...settings, ...link }
  // What is set to null is gone. Nothing came that is undefined.
  return Object.fromEntries(Object.entries(after).filter(([, value]) => value !== null)) as unknown as typeof before
}

/** The integration behind it, by its id or by its type. One of OAuth is made by no call, so that any type is taken for one. */
const linkOf = (
  { integrationId, integrationType }: Pick<UpdateSwitchboardIntegration, "integrationId" | "integrationType">,
  { integrations }: IntegrationsState,
  makeId: () => string
): Pick<SwitchboardIntegration, "integrationId" | "integrationType"> | Refusal => {
  if (integrationId !== undefined) {
    const found = integrations.find(integrationId)
    return found === undefined ? integrationNotFound : { integrationId, integrationType: found.integration.type }
  }
  if (integrationType === undefined) return {}
  const found = integrations.all().find(({ integration }) => integration.type === integrationType)
  return { integrationId: found?.id ?? makeId(), integrationType }
}
