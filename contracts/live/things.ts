/** Things that a run makes for itself, each deleted again when its scope closes. */
import { AppKeys } from "@sunco/client/AppKeys"
import { Attachments } from "@sunco/client/Attachments"
import { Conversations } from "@sunco/client/Conversations"
import { IntegrationKeys } from "@sunco/client/IntegrationKeys"
import { Integrations } from "@sunco/client/Integrations"
import { Messages } from "@sunco/client/Messages"
import type { SunshineError } from "@sunco/client/SunshineError"
import { SwitchboardIntegrations } from "@sunco/client/SwitchboardIntegrations"
import { Switchboards } from "@sunco/client/Switchboards"
import { Users } from "@sunco/client/Users"
import type { UploadedFile } from "@sunco/client/AttachmentsMethods"
import type { CreateConversation } from "@sunco/schemas/ConversationPayloads"
import type { CreateIntegration } from "@sunco/schemas/IntegrationPayloads"
import type { PostMessage } from "@sunco/schemas/MessagePayloads"
import type { CreateSwitchboardIntegration } from "@sunco/schemas/SwitchboardIntegrationPayloads"
import type { CreateUser } from "@sunco/schemas/UserPayloads"
import * as Effect from "effect/Effect"
import { Account } from "./Account.ts"
import * as Answers from "./answers.ts"
import { Ledger } from "./Ledger.ts"
import { Run } from "./Run.ts"

/** What cannot be deleted because it is not there is deleted; how the vendor says so is a fact of its own. */
const unlessGone = <A, E extends SunshineError | { readonly _tag: `${string}NotFound` }, R>(
  remove: Effect.Effect<A, E, R>
): Effect.Effect<A | void, E, R> =>
  Effect.catchIf(
    remove,
    (error) => error._tag !== "SunshineError" || Answers.toldBy(error)?.status === 404,
    () => Effect.void
  )

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

/** The name never resolves (RFC 2606), and so nothing that happens in the account is told to anybody. */
export const nowhere = { target: "https://sunco.invalid/webhook", triggers: ["conversation:read"] }

export const makeCustomIntegration = Effect.suspend(() => makeIntegration({ type: "custom", webhooks: [nowhere] }))

export const makeIntegrationKey = Effect.fnUntraced(function*(integrationId: string, displayName?: string) {
  const { prefix } = yield* Run
  const keys = yield* IntegrationKeys
  const ledger = yield* Ledger
  return yield* ledger.make({
    kind: "key of an integration",
    create: keys.create(integrationId, { displayName: displayName ?? prefix }),
    idOf,
    remove: ({ id }) => unlessGone(keys.delete(integrationId, id))
  })
})

/** What takes turns in it goes with it. */
export const makeSwitchboard = Effect.gen(function*() {
  const switchboards = yield* Switchboards
  const ledger = yield* Ledger
  return yield* ledger.make({
    kind: "switchboard",
    create: switchboards.create(),
    idOf,
    remove: ({ id }) => switchboards.delete(id)
  })
})

export const makeSwitchboardIntegration = Effect.fnUntraced(
  function*(switchboardId: string, payload: CreateSwitchboardIntegration) {
    const { own } = yield* Ledger
    const made = yield* (yield* SwitchboardIntegrations).create(switchboardId, payload)
    own(made.id)
    return made
  }
)

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

/** A key of the app, which it takes a key of the account to make. */
export const makeAppKey = Effect.fnUntraced(function*(displayName: string) {
  const { appId } = yield* Account
  const keys = yield* AppKeys
  const ledger = yield* Ledger
  return yield* ledger.make({
    kind: "key of the app",
    create: keys.create(appId, { displayName }),
    idOf,
    remove: ({ id }) => unlessGone(keys.delete(appId, id))
  })
})
