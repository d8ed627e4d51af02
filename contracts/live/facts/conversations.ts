import { Conversations } from "@sunco/client/Conversations"
import { Participants } from "@sunco/client/Participants"
import { Users } from "@sunco/client/Users"
import * as Effect from "effect/Effect"
import { ask, at, byStatus, found, orderOf, Unsettled } from "../asking.ts"
import { asked, assumed, type Fact } from "../Fact.ts"
import type * as Json from "../json.ts"
import { Ledger } from "../Ledger.ts"
import { makeConversation, makeGroup, makeNamedUser, makePersonalConversation, makeText } from "../things.ts"

/** Creates a conversation of which nobody knows whether the vendor takes it; it is deleted where it does. */
const attempt = Effect.fnUntraced(function*(body: Json.Json) {
  const conversations = yield* Conversations
  const ledger = yield* Ledger
  return yield* Effect.uninterruptible(Effect.tap(ask("POST", ["conversations"], { body }), (answer) => {
    const id = at(answer.body, "conversation", "id")
    const isNew = typeof id === "string" && !ledger.isOwn(id) && at(answer.body, "conversation", "isDefault") !== true
    return isNew
      ? ledger.make({
        kind: "conversation",
        create: Effect.succeed(id),
        idOf: (id) => id,
        remove: (id) => conversations.delete(id)
      })
      : Effect.void
  }))
})

const joined = (userId: string) => ({ userId, subscribeSDKClient: false })

/** A group in which one user takes part. */
const groupOfOne = Effect.gen(function*() {
  const { id: userId } = yield* makeNamedUser
  const { id } = yield* makeConversation({ type: "sdkGroup", participants: [joined(userId)] })
  return { id, userId }
})

/** Two groups in which one user takes part, in the order in which they were made. */
const twoGroups = Effect.gen(function*() {
  const { id: userId } = yield* makeNamedUser
  const make = makeConversation({ type: "sdkGroup", participants: [joined(userId)] })
  return { userId, groups: [yield* make, yield* make] as const }
})

const lastUpdatedAt = (conversationId: string) =>
  Effect.map(
    ask("GET", ["conversations", conversationId]),
    ({ body }) => at(body, "conversation", "lastUpdatedAt")
  )

export const conversations: ReadonlyArray<Fact> = [
  assumed({
    name: "secondPersonalConversation",
    assumption: "secondPersonalConversation",
    question: "A user gets a second personal conversation:",
    answers: { another: "another one", refused: "400", existing: "201 with the one that there is" },
    assumed: "another",
    ask: Effect.gen(function*() {
      const { conversation, user } = yield* makePersonalConversation
      const answer = yield* attempt({ type: "personal", participants: [{ userId: user.id }] })
      const id = at(answer.body, "conversation", "id")
      return answer.status !== 201
        ? byStatus({ 400: "refused" })(answer)
        : found(id === conversation.id ? "existing" : "another", "201")
    })
  }),
  assumed({
    name: "orderOfConversations",
    assumption: "listOrder",
    question: "Of the conversations of a user there comes first",
    answers: { oldestFirst: "the oldest", newestFirst: "the newest" },
    assumed: "oldestFirst",
    ask: Effect.gen(function*() {
      const { groups, userId } = yield* twoGroups
      const { items } = yield* (yield* Conversations).list({ userId })
      return orderOf(groups.map(({ id }) => id), items)
    })
  }),
  assumed({
    name: "orderOfParticipants",
    assumption: "listOrder",
    question: "Of those who take part there comes first",
    answers: { oldestFirst: "who joined first", newestFirst: "who joined last" },
    assumed: "oldestFirst",
    ask: Effect.gen(function*() {
      const participants = yield* Participants
      const { id } = yield* makeGroup
      const join = Effect.flatMap(makeNamedUser, (user) => participants.join(id, joined(user.id)))
      const both = [yield* join, yield* join]
      const { items } = yield* participants.list(id)
      return orderOf(both.map(({ id }) => id), items)
    })
  }),
  assumed({
    name: "goneCursor",
    assumption: "goneCursor",
    question: "A page that begins at a conversation that is gone",
    answers: { place: "begins where that was", refused: "is refused with 400" },
    assumed: "place",
    ask: Effect.gen(function*() {
      const { groups: [first], userId } = yield* twoGroups
      yield* (yield* Conversations).delete(first.id)
      const query = { "filter[userId]": userId, "page[after]": first.id }
      return byStatus({ 200: "place", 400: "refused" })(yield* ask("GET", ["conversations"], { query }))
    })
  }),
  assumed({
    name: "orderOfClients",
    assumption: "listOrder",
    question: "Of the clients of a user there comes first",
    answers: { oldestFirst: "the oldest", newestFirst: "the newest" },
    assumed: "oldestFirst",
    unasked: "a second client needs a channel, and somebody who answers there"
  }),
  asked({
    name: "linksOfLists",
    question: "The links beside a list are",
    answers: { absent: "not there", present: "there" },
    assumed: "absent",
    ask: Effect.gen(function*() {
      const { userId } = yield* twoGroups
      const query = { "filter[userId]": userId, "page[size]": "1" }
      const answer = yield* ask("GET", ["conversations"], { query })
      return found(at(answer.body, "links") === undefined ? "absent" : "present", `${answer.status}`)
    })
  }),
  assumed({
    name: "metadataUpdate",
    assumption: "metadataUpdate",
    question: "What an update of a conversation does not name of its metadata is",
    answers: { merged: "kept", replaced: "gone" },
    assumed: "merged",
    ask: Effect.gen(function*() {
      const { id } = yield* makeConversation({ type: "sdkGroup", metadata: { a: 1, b: 2 } })
      const answer = yield* ask("PATCH", ["conversations", id], { body: { metadata: { b: 3 } } })
      const [a, b] = ["a", "b"].map((name) => at(answer.body, "conversation", "metadata", name))
      return found(
        b !== 3 ? undefined : a === 1 ? "merged" : a === undefined ? "replaced" : undefined,
        `${answer.status}`
      )
    })
  }),
  asked({
    name: "conversationMetadataNull",
    question: "The metadata of a conversation that is set to null is",
    answers: { cleared: "cleared", kept: "kept" },
    assumed: "cleared",
    ask: Effect.gen(function*() {
      const { id } = yield* makeConversation({ type: "sdkGroup", metadata: { a: 1 } })
      const answer = yield* ask("PATCH", ["conversations", id], { body: { metadata: null } })
      const a = at(answer.body, "conversation", "metadata", "a")
      return found(answer.status !== 200 ? undefined : a === undefined ? "cleared" : "kept", `${answer.status}`)
    })
  }),
  asked({
    name: "personalWithNobody",
    question: "A personal conversation is created with nobody:",
    answers: { refused: "400", taken: "201" },
    assumed: "refused",
    ask: Effect.map(attempt({ type: "personal", participants: [] }), byStatus({ 400: "refused", 201: "taken" }))
  }),
  asked({
    name: "personalWithTwo",
    question: "A personal conversation is created with two users:",
    answers: { refused: "400", taken: "201" },
    assumed: "refused",
    ask: Effect.gen(function*() {
      const participants = [{ userId: (yield* makeNamedUser).id }, { userId: (yield* makeNamedUser).id }]
      return byStatus({ 400: "refused", 201: "taken" })(yield* attempt({ type: "personal", participants }))
    })
  }),
  assumed({
    name: "joinTwice",
    assumption: "joinTwice",
    question: "Who takes part joins again:",
    answers: { again: "201 with the participant that there is", refused: "400" },
    assumed: "again",
    ask: Effect.gen(function*() {
      const { id, userId } = yield* groupOfOne
      return byStatus({ 201: "again", 400: "refused" })(
        yield* ask("POST", ["conversations", id, "join"], { body: joined(userId) })
      )
    })
  }),
  asked({
    name: "joinPersonal",
    question: "Somebody else joins a personal conversation:",
    answers: { refused: "400", taken: "201" },
    assumed: "refused",
    ask: Effect.gen(function*() {
      const { conversation } = yield* makePersonalConversation
      const { id: userId } = yield* makeNamedUser
      return byStatus({ 400: "refused", 201: "taken" })(
        yield* ask("POST", ["conversations", conversation.id, "join"], { body: { userId } })
      )
    })
  }),
  asked({
    name: "leavePersonal",
    question: "A user leaves a personal conversation:",
    answers: { refused: "400", taken: "200" },
    assumed: "refused",
    ask: Effect.gen(function*() {
      const { conversation, user } = yield* makePersonalConversation
      return byStatus({ 400: "refused", 200: "taken" })(
        yield* ask("POST", ["conversations", conversation.id, "leave"], { body: { userId: user.id } })
      )
    })
  }),
  asked({
    name: "deletedConversation",
    question: "A conversation that was deleted a moment ago is",
    answers: { gone: "gone (404)", there: "still there" },
    assumed: "gone",
    ask: Effect.gen(function*() {
      const { id } = yield* makeGroup
      yield* (yield* Conversations).delete(id)
      return byStatus({ 404: "gone", 200: "there" })(yield* ask("GET", ["conversations", id]))
    })
  }),
  asked({
    name: "deletedConversationTwice",
    question: "A conversation is deleted a second time:",
    answers: { notFound: "404", again: "200" },
    assumed: "notFound",
    ask: Effect.gen(function*() {
      const { id } = yield* makeGroup
      yield* (yield* Conversations).delete(id)
      return byStatus({ 404: "notFound", 200: "again" })(yield* ask("DELETE", ["conversations", id]))
    })
  }),
  asked({
    name: "conversationOfDeletedUser",
    question: "The personal conversation of a user who was deleted a moment ago is",
    answers: { gone: "gone (404)", there: "still there" },
    assumed: "gone",
    ask: Effect.gen(function*() {
      const { conversation, user } = yield* makePersonalConversation
      yield* (yield* Users).delete(user.id)
      return byStatus({ 404: "gone", 200: "there" })(yield* ask("GET", ["conversations", conversation.id]))
    })
  }),
  asked({
    name: "groupOfDeletedUser",
    question: "The group of a user who was deleted a moment ago is",
    answers: { there: "still there", gone: "gone (404)" },
    assumed: "there",
    ask: Effect.gen(function*() {
      const { id, userId } = yield* groupOfOne
      yield* (yield* Users).delete(userId)
      return byStatus({ 200: "there", 404: "gone" })(yield* ask("GET", ["conversations", id]))
    })
  }),
  asked({
    name: "lastUpdatedByUpdate",
    question: "By an update the lastUpdatedAt of a conversation is",
    answers: { unmoved: "not moved", moved: "moved, as by a message" },
    assumed: "unmoved",
    ask: Effect.gen(function*() {
      const { id } = yield* makeGroup
      yield* makeText(id)
      const before = yield* lastUpdatedAt(id)
      yield* Effect.sleep("50 millis")
      yield* (yield* Conversations).update(id, { displayName: "Order 5963" })
      const after = yield* lastUpdatedAt(id)
      if (typeof before !== "string") return yield* new Unsettled({ why: "the conversation has no lastUpdatedAt" })
      return found(before === after ? "unmoved" : "moved", "200")
    })
  }),
  asked({
    name: "lastUpdatedByDeletion",
    question: "By the deletion of its last message the lastUpdatedAt of a conversation is",
    answers: { unmoved: "not moved", moved: "moved, back to the message before" },
    assumed: "unmoved",
    ask: Effect.gen(function*() {
      const { id } = yield* makeGroup
      yield* makeText(id)
      yield* Effect.sleep("50 millis")
      const [last] = yield* makeText(id)
      const before = yield* lastUpdatedAt(id)
      if (last === undefined || typeof before !== "string") {
        return yield* new Unsettled({ why: "the conversation has no lastUpdatedAt" })
      }
      yield* ask("DELETE", ["conversations", id, "messages", last.id])
      return found(before === (yield* lastUpdatedAt(id)) ? "unmoved" : "moved", "200")
    })
  })
]
