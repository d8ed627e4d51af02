import { type Conversation } from "@sunco/schemas/Conversation"
import { type Message } from "@sunco/schemas/Message"
import { Store } from "../store.ts"
import { type ClientsState } from "./clients.ts"
import { showEverywhere } from "./control.ts"
import { ConversationParts } from "./conversationParts.ts"
import { ParticipantStore } from "./participantStore.ts"
import { type SwitchboardsState } from "./switchboardsState.ts"
import { type UsersState } from "./users.ts"

/**
 * Conversations with who takes part and what was said: none of these is without the others.
 *
 * @internal
 */
export interface ConversationsState {
  readonly conversations: Store<Conversation>
  readonly participants: ParticipantStore
  readonly messages: ConversationParts<Message>
}

/** @internal */
export const makeConversationsState = (
  { clients, switchboardIntegrations, users }: UsersState & ClientsState & SwitchboardsState
): ConversationsState => {
  const conversations = new Store<Conversation>()
  const participants = new ParticipantStore(conversations)
  const state = { conversations, participants, messages: new ConversationParts<Message>(conversations) }

  // Personal conversations go with their user, groups stay without; with a merge, all of them go over to the survivor. What the
  // index names is there.
  users.onRemove(({ id }, successor) => {
    for (const conversationId of participants.conversationsOf(id)) {
      const participant = participants.find(conversationId, id)!
      const conversation = conversations.find(conversationId)!
      if (successor === undefined && conversation.type === "personal") {
        conversations.remove(conversationId)
        continue
      }
      participants.of(conversationId).remove(participant.id)
      if (successor === undefined || participants.find(conversationId, successor.id) !== undefined) continue
      if (conversation.isDefault === true && defaultOf(state, successor.id) !== undefined) {
        conversations.put({ ...conversation, isDefault: false })
      }
      participants.put(conversationId, {
        ...participant,
        userId: successor.id,
        userExternalId: successor.externalId ?? null
      })
    }
  })

  clients.onRemove(({ id, userId }) => {
    for (const conversationId of participants.conversationsOf(userId)) {
      const participant = participants.find(conversationId, userId)!
      const { clientAssociations = [] } = participant
      const left = clientAssociations.filter(({ clientId }) => clientId !== id)
      if (left.length < clientAssociations.length) {
        participants.put(conversationId, { ...participant, clientAssociations: left })
      }
    }
  })

  switchboardIntegrations.onRemove(({ id }) => showEverywhere(conversations, id, undefined))

  return state
}

/**
 * The conversations of a user, in the order in which the user came to them.
 *
 * @internal
 */
export const conversationsOf = (
  { conversations, participants }: ConversationsState,
  userId: string
): ReadonlyArray<Conversation> => participants.conversationsOf(userId).flatMap((id) => conversations.find(id) ?? [])

/**
 * The one that cannot be deleted.
 *
 * @internal
 */
export const defaultOf = (app: ConversationsState, userId: string): Conversation | undefined =>
  conversationsOf(app, userId).find(({ isDefault }) => isDefault === true)

/**
 * A conversation of which nothing but its kind is known yet, with the fields that every example of the vendor has.
 *
 * @internal
 */
export const newConversation = (
  id: string,
  now: number,
  type: "personal" | "sdkGroup",
  isDefault: boolean
): Conversation => {
  const createdAt = new Date(now).toISOString()
  return { id, type, isDefault, lastUpdatedAt: createdAt, createdAt }
}
