import { type SwitchboardsOperations } from "@sunco/schemas/SwitchboardsOperations"
import {
  noDefaultSwitchboardIntegration,
  onlyOneSwitchboard,
  switchboardIntegrationNotFound,
  switchboardNotFound
} from "../refusal.ts"
import { type Behaviours, type Kept, type Resource, type Seeds } from "../resource.ts"
import { type IntegrationsState } from "./integrationsState.ts"
import { makeSwitchboardsState, type SwitchboardsState } from "./switchboardsState.ts"

const seed: Pick<Seeds<IntegrationsState & SwitchboardsState>, "switchboards"> = {
  switchboards: ({ switchboardIntegrations: given = [], ...fields }, { app, makeId }) => {
    app.switchboards.clear()
    const integrations = given.map((integration, index) => {
      const { id = makeId(), integrationId = makeId() } = integration
      return {
        name: `integration-${index + 1}`,
        integrationType: app.integrations.find(integrationId)?.integration.type ?? "custom",
        deliverStandbyEvents: true,
        ...integration,
        id,
        integrationId
      }
    })
    const [first] = integrations
    const { enabled = first !== undefined } = fields
    const switchboard = app.switchboards.put({
      enabled,
      ...(enabled && first && { defaultSwitchboardIntegrationId: first.id }),
      ...fields,
      id: fields.id ?? makeId()
    })
    return {
      switchboard,
      switchboardIntegrations: integrations.map((integration) => app.switchboardIntegrations.put(integration))
    }
  }
}

const stored: Kept<SwitchboardsState>["Switchboards"] = ({ switchboards }) => switchboards.all()

const behaviours: Behaviours<typeof SwitchboardsOperations, SwitchboardsState> = {
  create: ({ app: { switchboards }, makeId }) =>
    switchboards.size > 0
      ? onlyOneSwitchboard
      : { switchboard: switchboards.put({ id: makeId(), enabled: false }) },

  list: ({ app }) => ({ switchboards: app.switchboards.all() }),

  update: ({ app: { switchboardIntegrations, switchboards }, params, payload }) => {
    const before = switchboards.find(params.switchboardId)
    if (before === undefined) return switchboardNotFound
    // What is undefined has not come.
    const switchboard = { ...before, ...payload as Partial<typeof before> }
    const { defaultSwitchboardIntegrationId: responder } = switchboard
    if (responder !== undefined && switchboardIntegrations.find(responder) === undefined) {
      return switchboardIntegrationNotFound
    }
    if (switchboard.enabled === true && responder === undefined) return noDefaultSwitchboardIntegration
    return { switchboard: switchboards.put(switchboard) }
  },

  delete: ({ app, params }) => app.switchboards.remove(params.switchboardId) === undefined ? switchboardNotFound : {}
}

/** @internal */
export const switchboards = { state: makeSwitchboardsState, seed, stored, behaviours } satisfies
  & Resource<typeof SwitchboardsOperations, SwitchboardsState>
  & { readonly seed: unknown; readonly stored: unknown }
