import { type Conversation, type ConversationSwitchboardIntegration } from "@sunco/schemas/Conversation"
import { type SwitchboardIntegration } from "@sunco/schemas/SwitchboardIntegration"
import { type Store } from "../store.ts"
import { type ClientsState } from "./clients.ts"
import { type ConversationsState } from "./conversationsState.ts"
import { commonResponder, ownResponder } from "./defaultResponder.ts"
import { type IntegrationsState, type KeptIntegration } from "./integrationsState.ts"
import { enabledSwitchboard, type SwitchboardsState } from "./switchboardsState.ts"

type Shown = ConversationSwitchboardIntegration | null | undefined

/**
 * A switchboard integration as conversations show it.
 *
 * @internal
 */
export const shownIn = (
  { id, integrationId, integrationType, name }: SwitchboardIntegration
): ConversationSwitchboardIntegration => ({
  id,
  ...(name !== undefined && { name }),
  ...(integrationId !== undefined && { integrationId }),
  ...(integrationType !== undefined && { integrationType })
})

/**
 * The conversation with others in control of it and offered it, or nobody.
 *
 * @internal
 */
export const controlledBy = (conversation: Conversation, active: Shown, pending: Shown): Conversation => {
  const { activeSwitchboardIntegration: _, pendingSwitchboardIntegration: __, ...rest } = conversation
  return {
    ...rest,
    ...(active && { activeSwitchboardIntegration: active }),
    ...(pending && { pendingSwitchboardIntegration: pending })
  }
}

/**
 * Of a conversation, who is in control and who was offered it, each with all that the switchboard knows of whoever has the id or the
 * name.
 *
 * @internal
 */
export const completed = (
  { switchboardIntegrations }: SwitchboardsState,
  { activeSwitchboardIntegration: active, pendingSwitchboardIntegration: pending }: Partial<Conversation>
): Partial<Conversation> => {
  const complete = (given: ConversationSwitchboardIntegration): ConversationSwitchboardIntegration => {
    const known = switchboardIntegrations.all().find(({ id, name }) =>
      given.id === undefined ? name === given.name : id === given.id
    )
    return { ...(known && shownIn(known)), ...given }
  }
  return {
    ...(active && { activeSwitchboardIntegration: complete(active) }),
    ...(pending && { pendingSwitchboardIntegration: complete(pending) })
  }
}

/**
 * What decides who is in control of a conversation.
 *
 * @internal
 */
export type ControlState = ClientsState & IntegrationsState & SwitchboardsState & ConversationsState

/**
 * The conversation when something happens in it: where nobody is in control of it, the default is from then on.
 *
 * @internal
 */
export const assigned = (app: ControlState, conversation: Conversation): Conversation => {
  const { activeSwitchboardIntegration: active, pendingSwitchboardIntegration: pending } = conversation
  if (active || enabledSwitchboard(app) === undefined) return conversation
  const responder = ownResponder(app, channelOf(app, conversation)) ?? commonResponder(app)
  return responder === undefined ? conversation : controlledBy(conversation, shownIn(responder), pending)
}

/** The channel on which the first participant is. */
const channelOf = (app: ControlState, { id }: Conversation): KeptIntegration | undefined => {
  const [participant] = app.participants.of(id).all()
  const { clientId } = participant?.clientAssociations?.[0] ?? {}
  return app.integrations.find(app.clients.find(clientId ?? "")?.record.integrationId ?? "")
}

/**
 * Shows a switchboard integration that has changed, or no more that is gone, wherever it was shown.
 *
 * @internal
 */
export const showEverywhere = (
  conversations: Store<Conversation>,
  id: string,
  changed: SwitchboardIntegration | undefined
): void => {
  const shown = (before: Shown) => before?.id === id ? changed && shownIn(changed) : before
  for (const conversation of conversations.all()) {
    const { activeSwitchboardIntegration: active, pendingSwitchboardIntegration: pending } = conversation
    if (active?.id === id || pending?.id === id) {
      conversations.put(controlledBy(conversation, shown(active), shown(pending)))
    }
  }
}
