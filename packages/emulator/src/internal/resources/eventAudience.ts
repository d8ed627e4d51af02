import { type Conversation } from "@sunco/schemas/Conversation"
import { type Context, type Event } from "../resource.ts"
import { type ConversationsState } from "./conversationsState.ts"
import { enabledSwitchboard, type SwitchboardsState } from "./switchboardsState.ts"

/**
 * Whether an integration is told of an event. Of a conversation, where a switchboard is enabled: who is in control of it and who was
 * offered it, and whoever is on standby and wants to hear (OpenAPI 17.12.1, `deliverStandbyEvents`); of anything else, everybody.
 *
 * **Details**
 *
 * That an offer makes its integration hear of everything, and not of the offer alone, is what public programs rely on.
 *
 * @internal
 */
export const hears = (
  app: SwitchboardsState & ConversationsState,
  integrationId: string,
  { payload: { conversation } }: Event,
  { outsideSwitchboard }: Context["assume"]
): boolean => {
  if (typeof conversation !== "object" || conversation === null) return true
  if (enabledSwitchboard(app) === undefined) return true
  const turns = app.switchboardIntegrations.all().filter((turn) => turn.integrationId === integrationId)
  if (turns.length === 0) return outsideSwitchboard === "everything"
  // What was made up and triggered may name no more than the id.
  const told = conversation as object as Conversation
  const kept = app.conversations.find(told.id)
  const { activeSwitchboardIntegration: active, pendingSwitchboardIntegration: pending } = { ...kept, ...told }
  return turns.some(({ deliverStandbyEvents, id }) =>
    id === active?.id || id === pending?.id || deliverStandbyEvents !== false
  )
}
