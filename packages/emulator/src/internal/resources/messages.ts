import { type Client } from "@sunco/schemas/Client"
import { type Conversation } from "@sunco/schemas/Conversation"
import { type Message } from "@sunco/schemas/Message"
import { type PostMessage } from "@sunco/schemas/MessagePayloads"
import { type MessagesOperations } from "@sunco/schemas/MessagesOperations"
import { byteLength, maximumBytes } from "@sunco/schemas/Metadata"
import {
  badRequest,
  conversationNotFound,
  integrationNotFound,
  messageLimitReached,
  messageNotFound,
  Refusal,
  resourceNotFound
} from "../refusal.ts"
import { type Behaviours, type Kept, type Resource } from "../resource.ts"
import { type AttachmentsState } from "./attachments.ts"
import { clientsOf, type ClientsState } from "./clients.ts"
import { apiSource, authorInEvent, conversationEvent } from "./conversationEvents.ts"
import { type ConversationsState } from "./conversationsState.ts"
import { type IntegrationsState } from "./integrationsState.ts"
import { authorOf, participantWhoIs } from "./messageAuthor.ts"
import { contentsOf } from "./messageContents.ts"
import { type UsersState } from "./users.ts"

type App = UsersState & ClientsState & ConversationsState & AttachmentsState & IntegrationsState

/** "Message limit of 30000 per conversation reached." (OpenAPI 17.12.1, `PostMessage`) */
const maximumMessages = 30_000

/** A page has so many whatever is asked for (OpenAPI 17.12.1, `ListMessages`). */
const pageSize = 100

const stored: Kept<App>["Messages"] = ({ messages }) => messages.all()

const behaviours: Behaviours<typeof MessagesOperations, App> = {
  post: ({ app, assume, emit, makeId, now, params: { conversationId }, payload }) => {
    const before = app.conversations.find(conversationId)
    if (before === undefined) return conversationNotFound
    const { content, metadata } = payload
    if (byteLength(metadata ?? {}) > maximumBytes) return metadataTooLarge
    const participant = participantWhoIs(app, conversationId, payload.author, assume)
    if (participant instanceof Refusal) return participant
    const unreachable = refusedDestination(app, before, payload)
    if (unreachable !== undefined) return unreachable
    const contents = contentsOf(app, content, payload.author)
    if (contents instanceof Refusal) return contents
    const store = app.messages.of(conversationId)
    if (store.size + contents.length > maximumMessages) return messageLimitReached(maximumMessages)

    const author = authorOf(app, payload.author, participant)
    let last = Date.parse(before.lastUpdatedAt ?? "")
    const messages = contents.map((content) => {
      last = last >= now ? last + 1 : now
      return store.put({
        id: makeId(),
        received: new Date(last).toISOString(),
        author,
        content,
        source: apiSource,
        ...(metadata === undefined || metadata === null ? undefined : { metadata })
      })
    })
    for (const other of app.participants.of(conversationId).all()) {
      if (other.id === participant?.id) continue
      app.participants.put(conversationId, { ...other, unreadCount: other.unreadCount + messages.length })
    }
    const conversation = app.conversations.put({ ...before, lastUpdatedAt: new Date(last).toISOString() })
    for (const message of messages) {
      emit(
        conversationEvent("conversation:message", conversation, {
          message: { ...message, author: authorInEvent(app, author) }
        })
      )
    }
    return { messages }
  },

  list: ({ app, assume, params: { conversationId }, query }) => {
    if (app.conversations.find(conversationId) === undefined) return resourceNotFound
    const page = app.messages.of(conversationId).page({
      after: query["page[after]"],
      before: query["page[before]"],
      size: pageSize,
      goneCursor: assume.goneCursor
    }, "backwards")
    if (page instanceof Refusal) return page
    return {
      messages: assume.messageOrder === "oldestFirst" ? page.items : page.items.toReversed(),
      meta: page.meta
    }
  },

  delete: ({ app, assume, params: { conversationId, messageId } }) => {
    if (app.conversations.find(conversationId) === undefined) return conversationNotFound
    const message = app.messages.of(conversationId).remove(messageId)
    if (message === undefined) return assume.missingMessage === "deleted" ? {} : messageNotFound
    for (const participant of app.participants.of(conversationId).all()) {
      if (!isUnread(message, participant)) continue
      app.participants.put(conversationId, { ...participant, unreadCount: Math.max(0, participant.unreadCount - 1) })
    }
    return {}
  },

  deleteAll: ({ app, params: { conversationId } }) => {
    if (app.conversations.find(conversationId) === undefined) return conversationNotFound
    app.messages.of(conversationId).clear()
    for (const participant of app.participants.of(conversationId).all()) {
      app.participants.put(conversationId, { ...participant, unreadCount: 0 })
    }
    return {}
  }
}

/** @internal */
export const messages = { state: () => ({}), stored, behaviours } satisfies
  & Resource<typeof MessagesOperations, {}, App>
  & { readonly stored: unknown }

const metadataTooLarge = badRequest(`metadata: Message metadata is limited to ${maximumBytes} bytes in size.`)

/**
 * Whether a participant has the message still before them: it is of somebody else, and came after what they read last.
 *
 * @internal
 */
export const isUnread = (
  { author, received = "" }: Message,
  { lastRead, userId }: { readonly lastRead?: string | null; readonly userId: string }
): boolean => author?.userId !== userId && (typeof lastRead !== "string" || received > lastRead)

/** What is sent to one channel alone has to have one there: a client of the user who takes part. */
const refusedDestination = (
  app: App,
  { id, type }: Conversation,
  { author, destination }: PostMessage
): Refusal | undefined => {
  if (destination === undefined) return undefined
  if (author.type !== "business" || type !== "personal") return personalOnly
  const { integrationId, integrationType } = destination
  if (integrationType === "none") return undefined
  const leadsThere = (client: Client) =>
    integrationId === undefined ? client.type === integrationType : client.integrationId === integrationId
  const participants = app.participants.of(id).all()
  if (participants.some(({ userId }) => clientsOf(app, userId).some(leadsThere))) return undefined
  const isKnown = integrationId === undefined || app.integrations.find(integrationId) !== undefined
  return isKnown ? noSuchClient : integrationNotFound
}

const personalOnly = badRequest("destination: Only a message of the business in a personal conversation can have one")

const noSuchClient = badRequest("destination: The user has no client there")
