import { type Conversation } from "@sunco/schemas/Conversation"
import { type UpdateConversation } from "@sunco/schemas/ConversationPayloads"
import { type ConversationsOperations } from "@sunco/schemas/ConversationsOperations"
import { byteLength, maximumBytes } from "@sunco/schemas/Metadata"
import { type Assumptions } from "../../Assumptions.ts"
import { badRequest, conversationNotFound, Refusal, userNotFound } from "../refusal.ts"
import { type Behaviours, type Kept, type Resource } from "../resource.ts"
import { pageOf } from "../store.ts"
import { type ClientsState } from "./clients.ts"
import { assigned, type ControlState } from "./control.ts"
import { apiSource, conversationEvent } from "./conversationEvents.ts"
import { seedConversation } from "./conversationSeed.ts"
import {
  conversationsOf,
  type ConversationsState,
  defaultOf,
  makeConversationsState,
  newConversation
} from "./conversationsState.ts"
import { type IntegrationsState } from "./integrationsState.ts"
import { join, membersOf, userOf } from "./members.ts"
import { inOrder, pageFrom } from "./pageQuery.ts"
import { type SwitchboardsState } from "./switchboardsState.ts"
import { type UsersState } from "./users.ts"

const stored: Kept<ConversationsState>["Conversations"] = ({ conversations }) => conversations.all()

const behaviours: Behaviours<typeof ConversationsOperations, UsersState & ControlState> = {
  create: (context) => {
    const { app, assume, emit, makeId, now, payload: { participants = [], type, ...shown } } = context
    const members = membersOf(app, type, participants, (index) => `participants.${index}.`)
    if (members instanceof Refusal) return members
    const user = type === "personal" ? members[0]?.user : undefined
    const known = user === undefined
      ? undefined
      : conversationsOf(app, user.id).find((conversation) => conversation.type === "personal")
    if (known !== undefined && assume.secondPersonalConversation !== "another") {
      return assume.secondPersonalConversation === "existing" ? { conversation: known } : hasOneAlready
    }
    const made = changed(
      newConversation(makeId(), now, type, user !== undefined && defaultOf(app, user.id) === undefined),
      shown,
      "merged"
    )
    if (made instanceof Refusal) return made
    app.conversations.put(made)
    for (const member of members) join(app, made.id, member, context)
    const conversation = app.conversations.put(assigned(app, made))
    emit(
      conversationEvent("conversation:create", conversation, { user, creationReason: "none", source: apiSource })
    )
    return { conversation }
  },

  list: ({ app, assume, query }) => {
    const user = userOf(app, { userId: query["filter[userId]"], userExternalId: query["filter[userExternalId]"] })
    if (user === undefined) return userNotFound
    const page = pageOf(inOrder(conversationsOf(app, user.id), assume), pageFrom(query, assume))
    return page instanceof Refusal ? page : { conversations: page.items, meta: page.meta }
  },

  get: ({ app, params }) => {
    const conversation = app.conversations.find(params.conversationId)
    return conversation === undefined ? conversationNotFound : { conversation }
  },

  update: ({ app, assume, params, payload }) => {
    const before = app.conversations.find(params.conversationId)
    if (before === undefined) return conversationNotFound
    const conversation = changed(before, payload, assume.metadataUpdate)
    return conversation instanceof Refusal ? conversation : { conversation: app.conversations.put(conversation) }
  },

  delete: ({ app, emit, params }) => {
    const conversation = app.conversations.find(params.conversationId)
    if (conversation === undefined) return conversationNotFound
    const { id, isDefault } = conversation
    if (isDefault === true) return badRequest(`Conversation ${id} cannot be deleted because it is the default.`)
    app.conversations.remove(id)
    emit(conversationEvent("conversation:remove", conversation))
    return {}
  },

  // Nothing is kept at Apple, so what comes from there is the form and no content.
  downloadMessageRef: ({ app, params, payload: { apple, userId } }) => {
    if (app.conversations.find(params.conversationId) === undefined) return conversationNotFound
    if (userOf(app, { userId }) === undefined) return userNotFound
    return apple === undefined ? {} : { bid: apple.interactiveDataRef.bid, data: {} }
  },

  postConversionEvents: ({ app, params, payload }) => {
    if (app.conversations.find(params.conversationId) === undefined) return conversationNotFound
    const { payload: { data } } = payload.messenger ?? payload.instagram ?? payload.whatsapp!
    return { conversionEvents: { datasetId: "1234567890123456", eventsReceived: data.length } }
  }
}

/** @internal */
export const conversations = {
  state: makeConversationsState,
  seed: { conversations: seedConversation },
  stored,
  behaviours
} satisfies
  & Resource<
    typeof ConversationsOperations,
    ConversationsState,
    UsersState & ClientsState & IntegrationsState & SwitchboardsState
  >
  & { readonly seed: unknown; readonly stored: unknown }

const hasOneAlready = badRequest("The user has a conversation already")

const changed = (
  before: Conversation,
  { metadata, ...shown }: UpdateConversation,
  metadataUpdate: Required<Assumptions>["metadataUpdate"]
): Conversation | Refusal => {
  const isKept = metadata === undefined || (metadata !== null && metadataUpdate === "merged")
  const merged = { ...(isKept ? before.metadata : undefined), ...metadata }
  if (byteLength(merged) > maximumBytes) {
    return badRequest(`metadata: Conversation metadata is limited to ${maximumBytes} bytes in size.`)
  }
  const after = { ...before, ...shown, metadata: Object.keys(merged).length === 0 ? null : merged }
  // What is set to null is gone, as a profile field of a user is. Nothing came that is undefined.
  return Object.fromEntries(
    Object.entries(after).filter(([name, value]) => value !== null || !clearable.has(name))
  ) as unknown as Conversation
}

const clearable: ReadonlySet<string> = new Set(["displayName", "description", "iconUrl", "metadata"])
