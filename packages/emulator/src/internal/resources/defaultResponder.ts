import { type DefaultResponder } from "@sunco/schemas/IntegrationBase"
import { type SwitchboardIntegration } from "@sunco/schemas/SwitchboardIntegration"
import { type KeptIntegration } from "./integrationsState.ts"
import { enabledSwitchboard, type SwitchboardsState } from "./switchboardsState.ts"

/**
 * Whom a channel names to answer first, if that one takes turns in the switchboard.
 *
 * @internal
 */
export const ownResponder = (
  { switchboardIntegrations }: SwitchboardsState,
  channel: KeptIntegration | undefined
): SwitchboardIntegration | undefined => {
  const { defaultResponderId } = channel?.writeOnly ?? {}
  return typeof defaultResponderId === "string" ? switchboardIntegrations.find(defaultResponderId) : undefined
}

/**
 * Who answers first wherever a channel names nobody: the default of the switchboard, where that is enabled.
 *
 * @internal
 */
export const commonResponder = (app: SwitchboardsState): SwitchboardIntegration | undefined =>
  app.switchboardIntegrations.find(enabledSwitchboard(app)?.defaultSwitchboardIntegrationId ?? "")

/**
 * Who answers first on a channel, as answers have it: what a seed says stands before what the switchboard says of all.
 *
 * @internal
 */
export const defaultResponderOf = (
  app: SwitchboardsState,
  channel: KeptIntegration
): { readonly defaultResponder?: DefaultResponder | null } => {
  const own = ownResponder(app, channel)
  if (own !== undefined) return { defaultResponder: shown(own, false) }
  if ("defaultResponder" in channel.integration) return {}
  const common = commonResponder(app)
  return common === undefined ? {} : { defaultResponder: shown(common, true) }
}

const shown = (
  {
    deliverStandbyEvents,
    integrationId,
    integrationType,
    messageHistoryCount,
    name,
    nextSwitchboardIntegrationId
  }: SwitchboardIntegration,
  inherited: boolean
): DefaultResponder => ({
  ...(name !== undefined && { name }),
  ...(integrationId !== undefined && { integrationId }),
  ...(integrationType !== undefined && { integrationType }),
  ...(deliverStandbyEvents !== undefined && { deliverStandbyEvents }),
  ...(nextSwitchboardIntegrationId !== undefined && { nextSwitchboardIntegrationId }),
  // Here a number alone, as against there.
  ...(typeof messageHistoryCount === "number" && { messageHistoryCount }),
  inherited
})
