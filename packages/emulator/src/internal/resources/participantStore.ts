import { type Conversation } from "@sunco/schemas/Conversation"
import { type Participant } from "@sunco/schemas/Participant"
import { type Store } from "../store.ts"
import { ConversationParts } from "./conversationParts.ts"

/**
 * Who takes part, which is also found by the user.
 *
 * @internal
 */
export interface KeptParticipant extends Participant {
  readonly userId: string
  readonly unreadCount: number
}

/** @internal */
export class ParticipantStore extends ConversationParts<KeptParticipant> {
  /** The ids of participants by the ids of their conversations, in the order in which the user came to these. */
  private readonly byUser = new Map<string, Map<string, string>>()

  constructor(conversations: Store<Conversation>) {
    super(conversations)
    this.onRemove(({ userId }, conversationId) => {
      const ids = this.byUser.get(userId)
      ids?.delete(conversationId)
      if (ids?.size === 0) this.byUser.delete(userId)
    })
  }

  put(conversationId: string, participant: KeptParticipant): KeptParticipant {
    let ids = this.byUser.get(participant.userId)
    if (ids === undefined) {
      ids = new Map()
      this.byUser.set(participant.userId, ids)
    }
    ids.set(conversationId, participant.id)
    return this.of(conversationId).put(participant)
  }

  find(conversationId: string, userId: string): KeptParticipant | undefined {
    const id = this.byUser.get(userId)?.get(conversationId)
    return id === undefined ? undefined : this.of(conversationId).find(id)
  }

  conversationsOf(userId: string): ReadonlyArray<string> {
    return Array.from(this.byUser.get(userId)?.keys() ?? [])
  }
}
