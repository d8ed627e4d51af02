/** Calls of the operations of conversations, with what a test reads of their answers. */
import { assert } from "@effect/vitest"
import { Emulator } from "@sunco/emulator/Emulator"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { call } from "./Call.ts"

const Fields = Schema.Record(Schema.String, Schema.Any)

export type Fields = typeof Fields.Type

/** The body of an answer of that status. */
const expecting = Effect.fnUntraced(function*(expected: number, ...args: Parameters<typeof call>) {
  const { body, status } = yield* call(...args)
  assert.strictEqual(status, expected, JSON.stringify(body))
  return body as Fields
})

export const failing = Effect.fnUntraced(function*(...args: Parameters<typeof call>) {
  const { body, status } = yield* call(...args)
  return { status, errors: (body as Fields)["errors"].map(({ code, title }: Fields) => [code, title]) }
})

export const refused = (status: number, code: string, title: string) => ({ status, errors: [[code, title]] })

export const noConversation = refused(404, "conversation_not_found", "Conversation not found")

export const noUser = refused(404, "user_not_found", "User not found")

/** A conversation by its id, or the one that the body makes. */
export const conversation = (made: string | object) =>
  Effect.map(
    typeof made === "string"
      ? expecting(200, "GET", `conversations/${made}`)
      : expecting(201, "POST", "conversations", { body: made }),
    ({ conversation }): Fields => conversation
  )

export const personal = (userExternalId: string, more: object = {}) =>
  conversation({ type: "personal", participants: [{ userExternalId }], ...more })

export const group = (...userExternalIds: ReadonlyArray<string>) =>
  conversation({
    type: "sdkGroup",
    participants: userExternalIds.map((userExternalId) => ({ userExternalId, subscribeSDKClient: false }))
  })

export const conversationsOf = (externalId: string, query = "") =>
  expecting(200, "GET", `conversations?filter[userExternalId]=${externalId}${query}`)

export const participants = (id: string, query = "") =>
  Effect.map(
    expecting(200, "GET", `conversations/${id}/participants${query}`),
    (body): ReadonlyArray<Fields> => body["participants"]
  )

export const join = (id: string, userExternalId: string, subscribeSDKClient = false) =>
  Effect.map(
    expecting(201, "POST", `conversations/${id}/join`, { body: { userExternalId, subscribeSDKClient } }),
    ({ participant }): Fields => participant
  )

export const business = { type: "business" }

export const author = (userExternalId: string) => ({ type: "user", userExternalId })

/** What comes of a message; a text is one of the business. */
export const post = (id: string, message: string | object, from: object = business) =>
  Effect.map(
    expecting(201, "POST", `conversations/${id}/messages`, {
      body: { author: from, ...(typeof message === "string" ? { content: { type: "text", text: message } } : message) }
    }),
    (body): ReadonlyArray<Fields> => body["messages"]
  )

/** What is kept of a content that is sent. */
export const contentsOf = (id: string, content: object, from: object = business) =>
  Effect.map(post(id, { content }, from), (messages) => messages.map(({ content }): Fields => content))

export const messages = (id: string, query = "") => expecting(200, "GET", `conversations/${id}/messages${query}`)

export const activity = (id: string, type: string, from: object = business) =>
  expecting(200, "POST", `conversations/${id}/activity`, { body: { author: from, type } })

/** The events by their types, with what they say. */
export const events = Effect.flatMap(Emulator, ({ events }) => events).pipe(
  Effect.map((events) => events.map(({ payload, type }) => [type, payload as Fields] as const))
)

export const idsOf = (records: ReadonlyArray<Fields>): Array<Fields[string]> => records.map(({ id }) => id)
