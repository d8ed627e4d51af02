import { type Switchboard } from "@sunco/schemas/Switchboard"
import { type SwitchboardIntegration } from "@sunco/schemas/SwitchboardIntegration"
import { Store } from "../store.ts"

/**
 * The switchboard of an app, and who takes turns in it.
 *
 * @internal
 */
export interface SwitchboardsState {
  /** One at most. */
  readonly switchboards: Store<Switchboard>
  readonly switchboardIntegrations: Store<SwitchboardIntegration>
}

/** @internal */
export const makeSwitchboardsState = (): SwitchboardsState => {
  const switchboards = new Store<Switchboard>()
  const switchboardIntegrations = new Store<SwitchboardIntegration>()
  switchboards.onRemove(() => switchboardIntegrations.clear())
  return { switchboards, switchboardIntegrations }
}

/**
 * The switchboard that says who is in control, if there is one that does.
 *
 * @internal
 */
export const enabledSwitchboard = ({ switchboards }: SwitchboardsState): Switchboard | undefined =>
  switchboards.all().find(({ enabled }) => enabled === true)

/**
 * Takes an integration out of the switchboard: it comes next after nobody, and a switchboard whose default it was is disabled, because
 * none is enabled without one.
 *
 * @internal
 */
export const takeOut = ({ switchboardIntegrations, switchboards }: SwitchboardsState, integrationId: string): void => {
  for (const { id } of switchboardIntegrations.all().filter((each) => each.integrationId === integrationId)) {
    switchboardIntegrations.remove(id)
    for (const { nextSwitchboardIntegrationId: next, ...each } of switchboardIntegrations.all()) {
      if (next === id) switchboardIntegrations.put(each)
    }
    for (const { defaultSwitchboardIntegrationId: responder, ...switchboard } of switchboards.all()) {
      if (responder === id) switchboards.put({ ...switchboard, enabled: false })
    }
  }
}
