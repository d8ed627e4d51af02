/** Things that a run makes for itself, each deleted again when its scope closes. */
import { Attachments } from "@sunco/client/Attachments"
import { Conversations } from "@sunco/client/Conversations"
import { Integrations } from "@sunco/client/Integrations"
import { Messages } from "@sunco/client/Messages"
import { Users } from "@sunco/client/Users"
import type { UploadedFile } from "@sunco/client/AttachmentsMethods"
import type { CreateConversation } from "@sunco/schemas/ConversationPayloads"
import type { CreateIntegration } from "@sunco/schemas/IntegrationPayloads"
import type { PostMessage } from "@sunco/schemas/MessagePayloads"
import type { CreateUser } from "@sunco/schemas/UserPayloads"
import * as Effect from "effect/Effect"
import { Ledger } from "./Ledger.ts"
import { Run } from "./Run.ts"

const idOf = ({ id }: { readonly id: string }) => id

export const makeUser = Effect.fnUntraced(function*(payload: CreateUser = {}) {
  const users = yield* Users
  const ledger = yield* Ledger
  if (payload.externalId !== undefined) ledger.own(payload.externalId)
  return yield* ledger.make({ kind: "user", create: users.create(payload), idOf, remove: ({ id }) => users.delete(id) })
})

/** A user with an externalId, so that a create whose answer is lost is settled by it. */
export const makeNamedUser = Effect.gen(function*() {
  const { falseId, prefix } = yield* Run
  const externalId = `${prefix}-${falseId()}`
  return { ...(yield* makeUser({ externalId })), externalId }
})

/** The default conversation of a user cannot be deleted: it goes with the user. */
export const makeConversation = Effect.fnUntraced(function*(payload: CreateConversation) {
  const conversations = yield* Conversations
  const ledger = yield* Ledger
  return yield* ledger.make({
    kind: "conversation",
    create: conversations.create(payload),
    idOf,
    remove: ({ id, isDefault }) => isDefault === true ? Effect.void : conversations.delete(id)
  })
})

export const makeGroup = Effect.suspend(() => makeConversation({ type: "sdkGroup" }))

/** Of a user of its own. */
export const makePersonalConversation = Effect.gen(function*() {
  const user = yield* makeNamedUser
  return { user, conversation: yield* makeConversation({ type: "personal", participants: [{ userId: user.id }] }) }
})

/** A message goes with its conversation. */
export const makeMessage = Effect.fnUntraced(function*(conversationId: string, payload: PostMessage) {
  const { own } = yield* Ledger
  const messages = yield* (yield* Messages).post(conversationId, payload)
  for (const { id } of messages) own(id)
  return messages
})

export const makeText = (conversationId: string, text = "Hello!") =>
  makeMessage(conversationId, { author: { type: "business" }, content: { type: "text", text } })

/** One that needs no credentials, and that nobody uses until a program does. */
export const makeIntegration = Effect.fnUntraced(function*(payload: CreateIntegration = { type: "unity" }) {
  const integrations = yield* Integrations
  const ledger = yield* Ledger
  return yield* ledger.make({
    kind: "integration",
    create: integrations.create(payload),
    idOf,
    remove: ({ id }) => integrations.delete(id)
  })
})

export const makeFile = Effect.fnUntraced(function*(file: UploadedFile) {
  const attachments = yield* Attachments
  const ledger = yield* Ledger
  return yield* ledger.make({
    kind: "file",
    create: attachments.upload(file, { access: "public" }),
    idOf: ({ mediaUrl }) => mediaUrl,
    remove: ({ mediaUrl }) => attachments.delete(mediaUrl)
  })
})
