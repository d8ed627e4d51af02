import { Activities } from "@sunco/client/Activities"
import { Messages } from "@sunco/client/Messages"
import { Participants } from "@sunco/client/Participants"
import * as Effect from "effect/Effect"
import * as Schedule from "effect/Schedule"
import { ask, at, byStatus, found, orderOf } from "../asking.ts"
import { asked, assumed, type Fact, unasked } from "../Fact.ts"
import type * as Json from "../json.ts"
import { Run } from "../Run.ts"
import { makeGroup, makeNamedUser, makePersonalConversation, makeText } from "../things.ts"

const business = { author: { type: "business" } }

const hello = { content: { type: "text", text: "Hello!" } }

const post = (conversationId: string, body: Json.Json) =>
  ask("POST", ["conversations", conversationId, "messages"], { body })

/** The first of the messages that a post answers. */
const posted = (body: Json.Json | undefined): Json.Json | undefined => {
  const messages = at(body, "messages")
  return Array.isArray(messages) ? messages[0] : undefined
}

const idsIn = (conversationId: string) =>
  Effect.flatMap(Messages, (messages) => messages.list(conversationId)).pipe(
    Effect.map(({ items }) => items.map(({ id }) => id))
  )

/** How many messages the only participant of a conversation has not read. */
const unread = (conversationId: string) =>
  Effect.flatMap(Participants, (participants) => participants.list(conversationId)).pipe(
    Effect.map(({ items: [participant] }) => participant?.unreadCount)
  )

const asUser = (userId: string) => ({
  author: { type: "user", userId } as const,
  content: { type: "text", text: "Hi!" } as const
})

export const messages: ReadonlyArray<Fact> = [
  assumed({
    name: "strangerAsAuthor",
    assumption: "strangerAsAuthor",
    question: "A message is written in the name of a user who takes no part:",
    answers: { badRequest: "400", notFound: "404" },
    assumed: "badRequest",
    ask: Effect.gen(function*() {
      const { id } = yield* makeGroup
      const { id: userId } = yield* makeNamedUser
      return byStatus({ 400: "badRequest", 404: "notFound" })(yield* post(id, asUser(userId)))
    })
  }),
  asked({
    name: "messageOfNothing",
    question: "A text without a text is posted:",
    answers: { refused: "400", taken: "201" },
    assumed: "refused",
    ask: Effect.gen(function*() {
      const { id } = yield* makeGroup
      const answer = yield* post(id, { ...business, content: { type: "text" } })
      return byStatus({ 400: "refused", 201: "taken" })(answer)
    })
  }),
  asked({
    name: "messageOfUnknownType",
    question: "A message of a type that there is not is posted:",
    answers: { refused: "400", taken: "201" },
    assumed: "refused",
    ask: Effect.gen(function*() {
      const { id } = yield* makeGroup
      const answer = yield* post(id, { ...business, content: { type: "telepathy", text: "Hello!" } })
      return byStatus({ 400: "refused", 201: "taken" })(answer)
    })
  }),
  assumed({
    name: "missingMessage",
    assumption: "missingMessage",
    question: "A message is deleted that is not there:",
    answers: { notFound: "404", deleted: "200" },
    assumed: "notFound",
    ask: Effect.gen(function*() {
      const { id } = yield* makeGroup
      const { falseId } = yield* Run
      return byStatus({ 404: "notFound", 200: "deleted" })(
        yield* ask("DELETE", ["conversations", id, "messages", falseId()])
      )
    })
  }),
  assumed({
    name: "messageOrder",
    assumption: "messageOrder",
    question: "Of the messages of a page there comes first",
    answers: { oldestFirst: "the oldest", newestFirst: "the newest" },
    assumed: "oldestFirst",
    ask: Effect.gen(function*() {
      const { id } = yield* makeGroup
      const two = [...(yield* makeText(id, "One")), ...(yield* makeText(id, "Two"))]
      return orderOf(two.map(({ id }) => id), (yield* idsIn(id)).map((id) => ({ id })))
    })
  }),
  asked({
    name: "messageListed",
    question: "A message that was posted is listed",
    answers: { atOnce: "at once", later: "some seconds later" },
    assumed: "atOnce",
    ask: Effect.gen(function*() {
      const { id } = yield* makeGroup
      const [message] = yield* makeText(id)
      const isListed = Effect.map(idsIn(id), (ids) => message !== undefined && ids.includes(message.id))
      if (yield* isListed) return found("atOnce", "by the next request")
      const isThere = yield* Effect.repeat(isListed, {
        until: (isThere) => isThere,
        schedule: Schedule.spaced("1 second"),
        times: 10
      }).pipe(Effect.map((isThere) => typeof isThere !== "boolean" || isThere))
      return found(isThere ? "later" : undefined, isThere ? "by a later request" : "not within ten seconds")
    })
  }),
  asked({
    name: "messageMetadata",
    question: "The metadata of a message comes back",
    answers: { unchanged: "as it was sent, with dots in its keys", changed: "otherwise" },
    assumed: "unchanged",
    ask: Effect.gen(function*() {
      const { id } = yield* makeGroup
      const metadata = { "a.b": "c", "n": 1, "yes": true }
      const answer = yield* post(id, { ...business, ...hello, metadata })
      const back = at(posted(answer.body), "metadata")
      const isSame = Object.entries(metadata).every(([name, value]) => at(back, name) === value)
      return found(answer.status !== 201 ? undefined : isSame ? "unchanged" : "changed", `${answer.status}`)
    })
  }),
  asked({
    name: "sourceSent",
    question: "A message is posted with a source:",
    answers: { refused: "400", ignored: "201, and it is the API's", taken: "201 with that source" },
    assumed: "ignored",
    ask: Effect.gen(function*() {
      const { id } = yield* makeGroup
      const answer = yield* post(id, { ...business, ...hello, source: { type: "zd:agentWorkspace" } })
      if (answer.status !== 201) return byStatus({ 400: "refused" })(answer)
      const type = at(posted(answer.body), "source", "type")
      return found(type === "zd:agentWorkspace" ? "taken" : "ignored", "201")
    })
  }),
  asked({
    name: "sourceOfMessages",
    question: "The source of a message that was posted is",
    answers: { api: "api:conversations", other: "another" },
    assumed: "api",
    ask: Effect.gen(function*() {
      const { id } = yield* makeGroup
      const answer = yield* post(id, { ...business, ...hello })
      const type = at(posted(answer.body), "source", "type")
      return found(
        answer.status !== 201 ? undefined : type === "api:conversations" ? "api" : "other",
        `${answer.status}`
      )
    })
  }),
  asked({
    name: "businessName",
    question: "The name of an author of the business who sends none is",
    answers: { absent: "not there", filled: "filled in" },
    assumed: "absent",
    ask: Effect.gen(function*() {
      const { id } = yield* makeGroup
      const answer = yield* post(id, { ...business, ...hello })
      const name = at(posted(answer.body), "author", "displayName")
      const isThere = typeof name === "string" && name !== ""
      return found(answer.status !== 201 ? undefined : isThere ? "filled" : "absent", `${answer.status}`)
    })
  }),
  asked({
    name: "deletedMessage",
    question: "A message that was deleted is",
    answers: { gone: "listed no more", placeholder: "listed as deleted" },
    assumed: "gone",
    ask: Effect.gen(function*() {
      const { id } = yield* makeGroup
      const [message] = yield* makeText(id)
      yield* ask("DELETE", ["conversations", id, "messages", message?.id ?? ""])
      const isListed = (yield* idsIn(id)).includes(message?.id ?? "")
      return found(isListed ? "placeholder" : "gone", "by the next list")
    })
  }),
  asked({
    name: "unreadOfBusiness",
    question: "A message of the business is, for the user,",
    answers: { counted: "one more unread", uncounted: "not counted" },
    assumed: "counted",
    ask: Effect.gen(function*() {
      const { conversation } = yield* makePersonalConversation
      yield* makeText(conversation.id)
      const count = yield* unread(conversation.id)
      return found(count === 1 ? "counted" : count === 0 ? "uncounted" : undefined, "by the list of participants")
    })
  }),
  asked({
    name: "unreadOfOneself",
    question: "A message of the user is, for that user,",
    answers: { uncounted: "not counted", counted: "one more unread" },
    assumed: "uncounted",
    ask: Effect.gen(function*() {
      const { conversation, user } = yield* makePersonalConversation
      yield* (yield* Messages).post(conversation.id, asUser(user.id))
      const count = yield* unread(conversation.id)
      return found(count === 0 ? "uncounted" : count === 1 ? "counted" : undefined, "by the list of participants")
    })
  }),
  asked({
    name: "unreadAfterReading",
    question: "What a user has read is",
    answers: { cleared: "unread no more", kept: "counted still" },
    assumed: "cleared",
    ask: Effect.gen(function*() {
      const { conversation, user } = yield* makePersonalConversation
      yield* makeText(conversation.id)
      yield* (yield* Activities).post(conversation.id, {
        author: { type: "user", userId: user.id },
        type: "conversation:read"
      })
      const count = yield* unread(conversation.id)
      return found(count === 0 ? "cleared" : count === 1 ? "kept" : undefined, "by the list of participants")
    })
  }),
  unasked({
    name: "shorthandEscape",
    question: "Shorthand in a text is",
    answers: { always: "always read as such", escaped: "left alone where it is escaped" },
    assumed: "always",
    unasked: "no escape is known to try"
  }),
  unasked({
    name: "conversionEventsTwice",
    question: "The event_id of a conversion event",
    answers: { survives: "arrives at Meta, which counts it once", lost: "is lost on its way" },
    assumed: "lost",
    unasked: "events count at Meta, and only Meta knows"
  })
]
