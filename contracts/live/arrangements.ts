/** The states of `ProviderStates` as far as calls of the API bring them about, with things of their own. */
import { Activities } from "@sunco/client/Activities"
import { Attachments } from "@sunco/client/Attachments"
import { Clients } from "@sunco/client/Clients"
import { Participants } from "@sunco/client/Participants"
import { ProviderStates } from "@sunco/contracts/ProviderStates"
import { CreateConversation } from "@sunco/schemas/ConversationPayloads"
import { CreateIntegration, updatableFields } from "@sunco/schemas/IntegrationPayloads"
import { PostMessage } from "@sunco/schemas/MessagePayloads"
import { CreateUser } from "@sunco/schemas/UserPayloads"
import { make } from "effect-pact/ProviderStates"
import * as Effect from "effect/Effect"
import * as Predicate from "effect/Predicate"
import * as Schema from "effect/Schema"
import * as Struct from "effect/Struct"
import { Account } from "./Account.ts"
import { channels, harmless } from "./presupposed.ts"
import { Run } from "./Run.ts"
import { Scene, Unarranged } from "./Scene.ts"
import {
  makeConversation,
  makeFile,
  makeGroup,
  makeIntegration,
  makeMessage,
  makeNamedUser,
  makeUser
} from "./things.ts"

type Parameters<Name extends keyof typeof ProviderStates["definitions"]> = globalThis.Parameters<
  typeof ProviderStates.given<Name>
>[1]

/** What of a thing a create takes; what it does not is noted, and so is null, which is for the vendor alone to give. */
const settable = Effect.fnUntraced(function*(thing: object, names: ReadonlyArray<string>) {
  const { without } = yield* Scene
  const taken = (value: unknown, path: string): unknown => {
    if (!Predicate.isReadonlyObject(value)) return value
    return Object.fromEntries(
      Object.entries(value).flatMap(([name, inside]) => {
        if (inside === undefined) return []
        if (inside !== null) return [[name, taken(inside, `${path}${name}.`)]]
        without(`${path}${name}: null`)
        return []
      })
    )
  }
  const entries = Object.entries(thing).filter(([, value]) => value !== undefined)
  for (const [name] of entries) if (!names.includes(name)) without(name)
  return taken(Object.fromEntries(entries.filter(([name]) => names.includes(name))), "")
})

const userFields = ["externalId", "brandId", "signedUpAt", "toBeRetained", "profile", "metadata"]

const user = Effect.fnUntraced(function*(parameters: Parameters<"a user exists">) {
  const payload = yield* settable(parameters, userFields)
  return yield* makeUser(yield* Effect.orDie(Schema.decodeUnknownEffect(CreateUser)(payload)))
})

const conversationFields = ["displayName", "description", "iconUrl", "metadata"]

const conversation = Effect.fnUntraced(function*(parameters: Parameters<"a conversation exists">) {
  const { appId } = yield* Account
  const { without } = yield* Scene
  const { businessLastRead, isDefault, messages = [], participants = [], type = "sdkGroup", ...shown } = parameters
  const named = participants.map(({ clientAssociations = [], userExternalId, ...given }) => {
    for (const [name, value] of Object.entries(given)) if (value !== undefined) without(`participants[].${name}`)
    const subscribeSDKClient = clientAssociations.some(({ type }) => type === "sdk")
    if (clientAssociations.length > 0 && !subscribeSDKClient) without("participants[].clientAssociations")
    return { userExternalId, ...(type === "personal" ? undefined : { subscribeSDKClient }) }
  })
  const payload = yield* Effect.orDie(
    Schema.decodeUnknownEffect(CreateConversation)({
      ...Object.assign({}, yield* settable(shown, conversationFields)),
      type,
      participants: named
    })
  )
  // Whoever has none gets the default one first.
  if (type === "personal" && isDefault === false) yield* makeConversation(payload)
  const made = yield* makeConversation(payload)
  if (isDefault !== undefined && (made.isDefault ?? false) !== isDefault) without("isDefault")

  const ids: Array<string> = []
  for (const message of messages) ids.push(...(yield* post(made.id, message)))
  if (messages.length > 0 && ids.length === 0) {
    return yield* new Unarranged({ why: "none of its messages can be posted" })
  }
  if (typeof businessLastRead === "string") {
    yield* (yield* Activities).post(made.id, { author: { type: "business" }, type: "conversation:read" })
  } else if (businessLastRead === null) without("businessLastRead: null")

  const [participant] = participants.length === 0 ? [] : (yield* (yield* Participants).list(made.id)).items
  const [messageId] = ids
  const lastMessageId = ids.at(-1)
  return {
    appId,
    conversationId: made.id,
    ...(participant && { participantId: participant.id }),
    ...(messageId !== undefined && { messageId }),
    ...(lastMessageId !== undefined && { lastMessageId })
  }
})

type GivenMessage = NonNullable<Parameters<"a conversation exists">["messages"]>[number]

/** The ids of what came of it: none, where it is not what a post takes. */
const post = Effect.fnUntraced(function*(conversationId: string, { content, metadata, ...given }: GivenMessage) {
  const { without } = yield* Scene
  for (const [name, value] of Object.entries(given)) if (value !== undefined) without(`messages[].${name}`)
  const payload = Schema.decodeUnknownOption(PostMessage)({
    author: { type: "business" },
    content,
    ...(metadata === undefined ? undefined : { metadata })
  })
  const kind = `a message of type ${content?.type ?? "none"}`
  if (payload._tag === "None") {
    without(kind)
    return []
  }
  return yield* Effect.matchEffect(makeMessage(conversationId, payload.value), {
    onSuccess: (messages) => Effect.succeed(messages.map(({ id }) => id)),
    onFailure: (error) => {
      if (error._tag !== "SunshineError" || error.reason._tag !== "BadRequest") return Effect.fail(error)
      without(kind)
      return Effect.succeed([])
    }
  })
})

const inApp = Effect.map(Account, ({ appId }) => ({ appId }))

/** It is nothing that a run can make. */
const unarranged = (why: string) => () => Effect.fail(new Unarranged({ why }))

const file = Effect.gen(function*() {
  const { prefix } = yield* Run
  const { mediaUrl } = yield* makeFile({
    name: `${prefix}.txt`,
    contentType: "text/plain",
    data: new TextEncoder().encode("Hello!")
  })
  return mediaUrl
})

const integration = Effect.fnUntraced(function*(given: Parameters<"integrations exist">["integrations"][number]) {
  if (!harmless.has(given.type)) return yield* new Unarranged({ why: channels })
  const known: { readonly [type: string]: ReadonlyArray<string> } = updatableFields
  const payload = yield* settable(given, ["type", ...known[given.type] ?? []])
  return yield* makeIntegration(yield* Effect.orDie(Schema.decodeUnknownEffect(CreateIntegration)(payload)))
})

/** The vendor's limit. */
const crowd = 10

/** What is asked for beside these, nobody has said how to arrange. */
const known = make(
  Struct.pick(ProviderStates.definitions, [
    "an app exists",
    "a user exists",
    "no user exists",
    "no user is known by this email address",
    "a core Zendesk user exists",
    "a conversation exists",
    "no conversation exists",
    "a conversation with as many participants as it can have exists",
    "a conversation with as many messages as it can have exists",
    "clients exist",
    "no client exists",
    "devices exist",
    "no device exists",
    "integrations exist",
    "an SDK integration of Admin Center exists",
    "no integration exists",
    "a file exists",
    "no file exists"
  ])
)

export const arrangements = known.handlers({
  "an app exists": () => inApp,
  "a user exists": (parameters) =>
    Effect.all({
      appId: Effect.map(Account, ({ appId }) => appId),
      userId: Effect.map(user(parameters), ({ id }) => id)
    }),
  "no user exists": () => inApp,
  "no user is known by this email address": () => inApp,
  "a core Zendesk user exists": unarranged("users of Zendesk itself are no matter of this API"),
  "a conversation exists": conversation,
  "no conversation exists": () => inApp,
  "a conversation with as many participants as it can have exists": () =>
    Effect.gen(function*() {
      const { appId } = yield* Account
      const users = yield* Effect.replicateEffect(makeNamedUser, crowd)
      const { id } = yield* makeConversation({
        type: "sdkGroup",
        participants: users.map(({ id }) => ({ userId: id, subscribeSDKClient: false }))
      })
      return { appId, conversationId: id }
    }),
  "a conversation with as many messages as it can have exists": unarranged("it would take 30,000 messages"),
  "clients exist": ({ clients, user: owner }) =>
    Effect.gen(function*() {
      const [only, ...others] = clients
      if (only?.type !== "sdk" || others.length > 0) {
        return yield* new Unarranged({ why: "a client needs a channel, and somebody who answers there" })
      }
      const { appId } = yield* Account
      const { without } = yield* Scene
      for (const name of Object.keys(only)) if (name !== "type") without(`clients[].${name}`)
      const { id: userId } = yield* user(owner)
      yield* (yield* Participants).join((yield* makeGroup).id, { userId, subscribeSDKClient: true })
      const [client] = (yield* (yield* Clients).list(userId)).items
      if (client === undefined) return yield* new Unarranged({ why: "no client of the SDK came of a subscription" })
      return { appId, userId, clientId: client.id, lastClientId: client.id }
    }),
  "no client exists": () => inApp,
  "devices exist": unarranged("a device is there when an SDK runs on it"),
  "no device exists": () => inApp,
  "integrations exist": ({ integrations }) =>
    Effect.gen(function*() {
      const { appId } = yield* Account
      const [first] = yield* Effect.forEach(integrations, integration)
      return { appId, integrationId: first?.id ?? "" }
    }),
  "an SDK integration of Admin Center exists": unarranged("Admin Center alone makes one"),
  "no integration exists": () => inApp,
  "a file exists": () => Effect.all({ appId: Effect.map(Account, ({ appId }) => appId), mediaUrl: file }),
  "no file exists": () =>
    Effect.gen(function*() {
      const { appId } = yield* Account
      const mediaUrl = yield* file
      yield* (yield* Attachments).delete(mediaUrl)
      return { appId, mediaUrl }
    })
})
