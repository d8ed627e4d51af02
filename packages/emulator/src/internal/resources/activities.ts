import { type ActivitiesOperations } from "@sunco/schemas/ActivitiesOperations"
import { conversationNotFound, Refusal } from "../refusal.ts"
import { type Resource } from "../resource.ts"
import { assigned, type ControlState } from "./control.ts"
import { apiSource, authorInEvent, conversationEvent } from "./conversationEvents.ts"
import { authorOf, participantWhoIs } from "./messageAuthor.ts"
import { type UsersState } from "./users.ts"

/** @internal */
export const activities: Resource<
  typeof ActivitiesOperations,
  {},
  UsersState & ControlState
> = {
  state: () => ({}),
  behaviours: {
    post: ({ app, assume, emit, now, params: { conversationId }, payload: { author, type } }) => {
      const before = app.conversations.find(conversationId)
      if (before === undefined) return conversationNotFound
      const participant = participantWhoIs(app, conversationId, author, assume)
      if (participant instanceof Refusal) return participant
      const conversation = assigned(app, before)
      if (conversation !== before) app.conversations.put(conversation)
      if (type === "conversation:read") {
        // Whoever reads has read what there is, also what came in the same millisecond.
        const readAt = laterOf(new Date(now).toISOString(), conversation.lastUpdatedAt)
        if (participant === undefined) app.conversations.put({ ...conversation, businessLastRead: readAt })
        else app.participants.put(conversationId, { ...participant, lastRead: readAt, unreadCount: 0 })
      }
      emit(
        conversationEvent(type === "conversation:read" ? type : "conversation:typing", conversation, {
          activity: { type, source: apiSource, author: authorInEvent(app, authorOf(app, author, participant)) }
        })
      )
      return {}
    }
  }
}

const laterOf = (one: string, other: string | null | undefined) =>
  typeof other === "string" && other > one ? other : one
