import { type LeaveConversation } from "@sunco/schemas/ParticipantPayloads"
import { type ParticipantsOperations } from "@sunco/schemas/ParticipantsOperations"
import { badRequest, conversationNotFound, notAMember, Refusal, tooManyParticipants } from "../refusal.ts"
import { type Behaviours, type Kept, type Resource } from "../resource.ts"
import { pageOf } from "../store.ts"
import { type ClientsState } from "./clients.ts"
import { conversationEvent } from "./conversationEvents.ts"
import { type ConversationsState } from "./conversationsState.ts"
import { join, maximumParticipants, membersOf, userOf } from "./members.ts"
import { inOrder, pageFrom } from "./pageQuery.ts"
import { type KeptParticipant } from "./participantStore.ts"
import { type UsersState } from "./users.ts"

type App = UsersState & ClientsState & ConversationsState

const stored: Kept<App>["Participants"] = ({ participants }) => participants.all()

const behaviours: Behaviours<typeof ParticipantsOperations, App> = {
  join: (context) => {
    const { app, assume, emit, params: { conversationId }, payload } = context
    const conversation = app.conversations.find(conversationId)
    if (conversation === undefined) return conversationNotFound
    if (conversation.type === "personal") return groupsOnly
    const members = membersOf(app, conversation.type, [payload], () => "")
    if (members instanceof Refusal) return members
    // One was named, so one it is.
    const member = members[0]!
    const known = app.participants.find(conversationId, member.user.id)
    if (known !== undefined) return assume.joinTwice === "again" ? { participant: known } : isAMember
    if (app.participants.of(conversationId).size >= maximumParticipants) return tooManyParticipants
    const participant = join(app, conversationId, member, context)
    emit(conversationEvent("conversation:join", conversation, { user: member.user }))
    return { participant }
  },

  list: ({ app, assume, params: { conversationId }, query }) => {
    if (app.conversations.find(conversationId) === undefined) return conversationNotFound
    const page = pageOf(inOrder(app.participants.of(conversationId).all(), assume), pageFrom(query, assume))
    return page instanceof Refusal ? page : { participants: page.items, meta: page.meta }
  },

  leave: ({ app, emit, params: { conversationId }, payload }) => {
    const conversation = app.conversations.find(conversationId)
    if (conversation === undefined) return conversationNotFound
    if (conversation.type === "personal") return groupsOnly
    const participant = participantOf(app, conversationId, payload)
    if (participant === undefined) return notAMember
    app.participants.of(conversationId).remove(participant.id)
    emit(conversationEvent("conversation:leave", conversation, { user: app.users.find(participant.userId) }))
    return {}
  }
}

/** @internal */
export const participants = { state: () => ({}), stored, behaviours } satisfies
  & Resource<typeof ParticipantsOperations, {}, App>
  & { readonly stored: unknown }

const groupsOnly = badRequest("Only conversations of type sdkGroup can be joined and left")

const isAMember = badRequest("User is a member of the conversation already")

const participantOf = (
  app: App,
  conversationId: string,
  { participantId, ...names }: LeaveConversation
): KeptParticipant | undefined => {
  if (participantId !== undefined) return app.participants.of(conversationId).find(participantId)
  const user = userOf(app, names)
  return user === undefined ? undefined : app.participants.find(conversationId, user.id)
}
