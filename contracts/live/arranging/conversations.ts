import { Activities } from "@sunco/client/Activities"
import { Participants } from "@sunco/client/Participants"
import { SwitchboardActions } from "@sunco/client/SwitchboardActions"
import { CreateConversation } from "@sunco/schemas/ConversationPayloads"
import { PostMessage } from "@sunco/schemas/MessagePayloads"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { Account } from "../Account.ts"
import { Scene, Unarranged } from "../Scene.ts"
import { makeConversation, makeMessage, makeNamedUser } from "../things.ts"
import { type Given, settable } from "./settable.ts"

const conversationFields = ["displayName", "description", "iconUrl", "metadata"]

export const conversation = Effect.fnUntraced(function*(given: Given<"a conversation exists">) {
  const { appId } = yield* Account
  const { without } = yield* Scene
  const {
    activeSwitchboardIntegration: active,
    businessLastRead,
    isDefault,
    messages = [],
    participants = [],
    pendingSwitchboardIntegration: pending,
    type = "sdkGroup",
    ...shown
  } = given
  const named = participants.map(({ clientAssociations = [], userExternalId, ...more }) => {
    for (const [name, value] of Object.entries(more)) if (value !== undefined) without(`participants[].${name}`)
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

  yield* control(
    "activeSwitchboardIntegration",
    active,
    (target) => Effect.flatMap(SwitchboardActions, (actions) => actions.passControl(made.id, target))
  )
  yield* control(
    "pendingSwitchboardIntegration",
    pending,
    (target) => Effect.flatMap(SwitchboardActions, (actions) => actions.offerControl(made.id, target))
  )

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

/** Passes control on to whom the state names, where that is somebody of a switchboard of the run. */
const control = Effect.fnUntraced(function*<E, R>(
  field: string,
  given: { readonly name?: string | undefined } | null | undefined,
  change: (target: { readonly switchboardIntegration: string }) => Effect.Effect<void, E, R>
) {
  const { takesTurns, without } = yield* Scene
  if (given === undefined) return
  const name = given?.name
  if (name === undefined || !takesTurns.has(name)) return without(field)
  yield* change({ switchboardIntegration: name })
})

type GivenMessage = NonNullable<Given<"a conversation exists">["messages"]>[number]

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

/** The vendor's limit. */
const crowd = 10

export const crowdedConversation = Effect.gen(function*() {
  const { appId } = yield* Account
  const users = yield* Effect.replicateEffect(makeNamedUser, crowd)
  const { id } = yield* makeConversation({
    type: "sdkGroup",
    participants: users.map(({ id }) => ({ userId: id, subscribeSDKClient: false }))
  })
  return { appId, conversationId: id }
})
