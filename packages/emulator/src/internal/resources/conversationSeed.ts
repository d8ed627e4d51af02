import { type Message } from "@sunco/schemas/Message"
import { type SeedConversation, type SeedMessage, type SeedParticipant } from "../../Seed.ts"
import { type Context, type Seeds } from "../resource.ts"
import { type ClientsState } from "./clients.ts"
import { completed } from "./control.ts"
import { apiSource } from "./conversationEvents.ts"
import { type ConversationsState, defaultOf, newConversation } from "./conversationsState.ts"
import { join, userOf } from "./members.ts"
import { isUnread } from "./messages.ts"
import { type KeptParticipant } from "./participantStore.ts"
import { type SwitchboardsState } from "./switchboardsState.ts"
import { users, type UsersState } from "./users.ts"

type App = UsersState & ClientsState & SwitchboardsState & ConversationsState

type SeedContext = Pick<Context, "makeId" | "now"> & { readonly app: App }

/**
 * Puts a whole conversation in place. Users who are to take part and are not there yet are made.
 *
 * @internal
 */
export const seedConversation: Seeds<App>["conversations"] = (
  { messageCount, messages: given = [], participants = [], ...fields }: SeedConversation,
  context
) => {
  const { app, makeId, now } = context
  const id = fields.id ?? makeId()
  app.conversations.remove(id)
  const members = participants.map((participant) => [participant, seededUser(participant, context)] as const)
  const [first] = members
  const type = fields.type ?? (members.length === 1 ? "personal" : "sdkGroup")
  const isDefault = type === "personal" && first !== undefined && defaultOf(app, first[1].id) === undefined
  const made = newConversation(id, now, type === "personal" ? type : "sdkGroup", isDefault)

  const madeUp = Math.max(0, (messageCount ?? 0) - given.length)
  const count = madeUp + given.length
  const messages = Array.from({ length: count }, (_, index): Message =>
    seededMessage(given[index - madeUp], {
      id: makeId(),
      received: new Date(now - count + 1 + index).toISOString(),
      userId: first?.[1].id
    }))
  const last = messages.at(-1)?.received
  const conversation = app.conversations.put({
    ...made,
    ...(last === undefined ? undefined : { lastUpdatedAt: last }),
    ...fields,
    ...completed(app, fields),
    id
  })
  const store = app.messages.of(id)
  for (const message of messages) store.put(message)
  const kept = members.map(([participant, user]) =>
    app.participants.put(
      id,
      seededParticipant(participant, join(app, id, { user, subscribeSDKClient: false }, context), messages)
    )
  )
  return { conversation, participants: kept, messages }
}

const seededUser = ({ userExternalId, userId }: SeedParticipant, context: SeedContext) => {
  const names = { userId, userExternalId: userExternalId ?? undefined }
  return userOf(context.app, userId === undefined ? names : { userId }) ?? users.seed.users({
    ...(userId === undefined ? undefined : { id: userId }),
    ...(names.userExternalId === undefined ? undefined : { externalId: names.userExternalId })
  }, context)
}

const seededParticipant = (
  participant: SeedParticipant,
  joined: KeptParticipant,
  messages: ReadonlyArray<Message>
): KeptParticipant => {
  const whole = { ...joined, ...participant, userId: joined.userId }
  return {
    ...whole,
    unreadCount: participant.unreadCount ?? messages.filter((message) => isUnread(message, whole)).length
  }
}

const seededMessage = (
  message: SeedMessage | undefined,
  { id, received, userId }: { readonly id: string; readonly received: string; readonly userId: string | undefined }
): Message => {
  const author = message?.author ?? { type: "business" }
  return {
    id,
    received,
    source: apiSource,
    content: { type: "text", text: id },
    ...message,
    author: author.type === "user" && author.userId === undefined && userId !== undefined
      ? { ...author, userId }
      : author
  }
}
