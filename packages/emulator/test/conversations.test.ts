import { assert, describe, it, layer } from "@effect/vitest"
import { Emulator } from "@sunco/emulator/Emulator"
import * as Effect from "effect/Effect"
import * as TestClock from "effect/testing/TestClock"
import { call } from "./Call.ts"
import {
  conversation,
  conversationsOf,
  events,
  failing,
  group,
  idsOf,
  messages,
  noConversation,
  noUser,
  participants,
  personal,
  post,
  refused
} from "./Conversing.ts"
import { transports } from "./Transports.ts"

// The clock of a test stands at the beginning of 1970.
const now = "1970-01-01T00:00:00.000Z"

const users = [{ id: "a".repeat(24), externalId: "ada" }, { externalId: "eve" }, { externalId: "bob" }]

describe.each(transports)("the Conversations API $name", (transport) => {
  layer(transport.layer({ users }))((it) => {
    const test = <E>(name: string, self: Effect.Effect<void, E, Effect.Services<ReturnType<typeof call>>>) =>
      it.effect(name, () => Effect.andThen(Effect.flatMap(Emulator, (emulator) => emulator.reset), self))

    test(
      "creates a personal conversation with its one participant, and finds it again",
      Effect.gen(function*() {
        const shown = { displayName: "Tea", description: "About tea", iconUrl: "https://x.example/i.png" }
        const created = yield* personal("ada", { ...shown, metadata: { topic: "tea", urgent: true, n: 1 } })
        const { id, ...rest } = created
        assert.match(id, /^[0-9a-f]{24}$/u)
        assert.deepStrictEqual(rest, {
          type: "personal",
          isDefault: true,
          lastUpdatedAt: now,
          createdAt: now,
          ...shown,
          metadata: { topic: "tea", urgent: true, n: 1 }
        })
        assert.deepStrictEqual(yield* conversation(id), created)
        const [participant, ...others] = yield* participants(id)
        assert.lengthOf(others, 0)
        assert.deepInclude(participant, {
          userId: users[0]?.id,
          userExternalId: "ada",
          unreadCount: 0,
          clientAssociations: []
        })
        assert.deepStrictEqual(yield* events, [["conversation:create", {
          conversation: { id, type: "personal", metadata: { topic: "tea", urgent: true, n: 1 } },
          user: { id: users[0]?.id, externalId: "ada", authenticated: true },
          creationReason: "none",
          source: { type: "api:conversations" }
        }]])
      })
    )

    test(
      "takes a user by either id, each for what it is",
      Effect.gen(function*() {
        const { id } = yield* conversation({ type: "personal", participants: [{ userId: users[0]?.id }] })
        assert.strictEqual((yield* participants(id))[0]?.["userExternalId"], "ada")
        for (const participant of [{ userId: "ada" }, { userExternalId: users[0]?.id }, { userExternalId: "nobody" }]) {
          const body = { type: "personal", participants: [participant] }
          assert.deepStrictEqual(yield* failing("POST", "conversations", { body }), noUser)
        }
        assert.lengthOf((yield* conversationsOf("ada"))["conversations"], 1)
      })
    )

    test(
      "makes the first personal conversation of a user the default, and no group ever",
      Effect.gen(function*() {
        assert.isFalse((yield* group("ada"))["isDefault"])
        assert.isTrue((yield* personal("ada"))["isDefault"])
        assert.isFalse((yield* personal("ada"))["isDefault"])
        assert.isTrue((yield* personal("eve"))["isDefault"])
      })
    )

    test(
      "refuses a personal conversation of nobody or of two, eleven participants, and a group that does not say who is subscribed",
      Effect.gen(function*() {
        const named = { userExternalId: "ada", subscribeSDKClient: true }
        for (
          const body of [
            { type: "personal" },
            { type: "personal", participants: [] },
            { type: "personal", participants: [named, { userExternalId: "eve" }] },
            { type: "personal", participants: [{ ...named, userId: users[0]?.id }] },
            { type: "sdkGroup", participants: Array.from({ length: 11 }, () => named) }
          ]
        ) assert.strictEqual((yield* failing("POST", "conversations", { body })).status, 400)
        assert.deepStrictEqual(
          yield* failing("POST", "conversations", {
            body: { type: "sdkGroup", participants: [named, { userExternalId: "eve" }] }
          }),
          refused(
            400,
            "bad_request",
            "participants.1.subscribeSDKClient: Expected true or false where the type is sdkGroup"
          )
        )
        assert.lengthOf(yield* (yield* Emulator).stored("Conversations"), 0)
        assert.lengthOf(yield* participants((yield* group())["id"]), 0)
      })
    )

    test(
      "subscribes the SDK of a participant, which is made where there is none, and is the same the next time",
      Effect.gen(function*() {
        const subscribed = { type: "personal", participants: [{ userExternalId: "ada", subscribeSDKClient: true }] }
        const associations = yield* Effect.forEach([subscribed, subscribed], (body) =>
          Effect.gen(function*() {
            const { id } = yield* conversation(body)
            return (yield* participants(id))[0]?.["clientAssociations"]
          }))
        assert.strictEqual(associations[0][0].type, "sdk")
        assert.deepStrictEqual(associations[0], associations[1])
        const { body } = yield* call("GET", "users/ada/clients")
        assert.nestedInclude(body, { "clients[0].id": associations[0][0].clientId, "clients[0].type": "sdk" })
      })
    )

    test(
      "merges a patch into the metadata, clears what is null, keeps the rest and moves no time",
      Effect.gen(function*() {
        const created = yield* personal("ada", { displayName: "Tea", description: "x", metadata: { a: 1, b: 2 } })
        yield* TestClock.adjust("1 second")
        const path = `conversations/${created["id"]}`
        const patch = { description: null, metadata: { b: 3, c: true }, type: "sdkGroup" }
        const { body } = yield* call("PATCH", path, { body: patch })
        const { description: _, ...kept } = created
        const updated = { ...kept, metadata: { a: 1, b: 3, c: true } }
        assert.deepStrictEqual<unknown>(body, { conversation: updated })
        assert.deepStrictEqual(yield* conversation(created["id"]), updated)
        yield* call("PATCH", path, { body: { metadata: null } })
        assert.notProperty(yield* conversation(created["id"]), "metadata")
        const long = { metadata: { text: "x".repeat(4096) } }
        assert.deepStrictEqual(
          yield* failing("PATCH", path, { body: long }),
          refused(400, "bad_request", "metadata: Conversation metadata is limited to 4096 bytes in size.")
        )
        assert.strictEqual((yield* failing("PATCH", path, { body: { displayName: "" } })).status, 400)
      })
    )

    test(
      "does not delete the default, and deletes another with what was said in it, but not its users",
      Effect.gen(function*() {
        const [first, other] = [yield* personal("ada"), yield* personal("ada")]
        const { id } = first
        assert.deepStrictEqual(
          yield* failing("DELETE", `conversations/${id}`),
          refused(400, "bad_request", `Conversation ${id} cannot be deleted because it is the default.`)
        )
        yield* post(other["id"], "Hello")
        const emulator = yield* Emulator
        assert.lengthOf(yield* emulator.stored("Messages"), 1)
        assert.deepInclude(yield* call("DELETE", `conversations/${other["id"]}`), { status: 200, body: {} })
        assert.deepStrictEqual(yield* failing("DELETE", `conversations/${other["id"]}`), noConversation)
        assert.deepStrictEqual(idsOf((yield* conversationsOf("ada"))["conversations"]), [id])
        assert.lengthOf(yield* emulator.stored("Messages"), 0)
        assert.lengthOf(yield* emulator.stored("Participants"), 1)
        assert.deepStrictEqual((yield* events).at(-1), ["conversation:remove", {
          conversation: { id: other["id"], type: "personal" }
        }])
      })
    )

    test(
      "lists the conversations of one user in pages, the oldest first",
      Effect.gen(function*() {
        const made = [yield* personal("ada"), yield* group("eve", "ada"), yield* personal("ada")]
        yield* personal("eve")
        const ids = idsOf(made)
        const [first, second, third] = ids
        const all = yield* conversationsOf("ada")
        assert.deepStrictEqual(all, { conversations: made, meta: { hasMore: false } })
        assert.deepStrictEqual(
          (yield* call("GET", `conversations?filter[userId]=${users[0]?.id}`)).body,
          all
        )
        const page = yield* conversationsOf("ada", "&page[size]=1")
        assert.deepStrictEqual([idsOf(page["conversations"]), page["meta"]], [[first], {
          hasMore: true,
          afterCursor: first
        }])
        const next = yield* conversationsOf("ada", `&page[size]=1&page[after]=${first}`)
        assert.deepStrictEqual([idsOf(next["conversations"]), next["meta"]], [[second], {
          hasMore: true,
          afterCursor: second,
          beforeCursor: second
        }])
        const back = yield* conversationsOf("ada", `&page[size]=1&page[before]=${third}`)
        assert.deepStrictEqual(idsOf(back["conversations"]), [second])
      })
    )

    test(
      "refuses a list without a filter, with two, with both cursors, with one that is none, and of nobody",
      Effect.gen(function*() {
        const { id } = yield* personal("ada")
        const ada = "filter[userExternalId]=ada"
        for (
          const query of [
            "",
            `${ada}&filter[userId]=${users[0]?.id}`,
            `${ada}&page[after]=${id}&page[before]=${id}`,
            `${ada}&page[after]=1`,
            `${ada}&page[after]=${"z".repeat(24)}`,
            `${ada}&page[size]=0`,
            `${ada}&page[size]=101`
          ]
        ) assert.strictEqual((yield* failing("GET", `conversations?${query}`)).status, 400, query)
        assert.deepStrictEqual(
          yield* failing("GET", `conversations?${ada}&page[after]=${"z".repeat(24)}`),
          refused(400, "bad_request", "Invalid page query parameters")
        )
        assert.deepStrictEqual(yield* failing("GET", "conversations?filter[userExternalId]=nobody"), noUser)
      })
    )

    test(
      "is not found under an id that nobody has",
      Effect.gen(function*() {
        yield* personal("ada")
        const refs = { userId: users[0]?.id }
        const data = { messenger: { payload: { data: [] } } }
        for (
          const [method, path, body] of [
            ["GET", "", undefined],
            ["PATCH", "", {}],
            ["DELETE", "", undefined],
            ["POST", "/download", refs],
            ["POST", "/conversionEvents", data],
            ["GET", "/participants", undefined],
            ["POST", "/join", { userExternalId: "ada", subscribeSDKClient: true }],
            ["POST", "/leave", { userExternalId: "ada" }],
            ["POST", "/messages", { author: { type: "business" }, content: { type: "text", text: "x" } }],
            ["DELETE", "/messages", undefined],
            ["DELETE", "/messages/1", undefined],
            ["POST", "/activity", { author: { type: "business" }, type: "typing:start" }]
          ] as const
        ) assert.deepStrictEqual(yield* failing(method, `conversations/none${path}`, { body }), noConversation, path)
        assert.deepStrictEqual(
          yield* failing("GET", "conversations/none/messages"),
          refused(404, "not_found", "Resource not found")
        )
      })
    )

    test(
      "answers what needs Apple or Meta in the shape that they have",
      Effect.gen(function*() {
        const { id } = yield* personal("ada")
        const interactiveDataRef = { url: "u", bid: "b", key: "k", signature: "s", owner: "o" }
        const download = (body: object) => call("POST", `conversations/${id}/download`, { body })
        assert.deepStrictEqual(
          (yield* download({ userId: users[0]?.id, apple: { interactiveDataRef } })).body,
          { bid: "b", data: {} }
        )
        assert.deepStrictEqual((yield* download({ userId: users[0]?.id })).body, {})
        assert.strictEqual((yield* download({ userId: "nobody" })).status, 404)
        const events = { whatsapp: { payload: { data: [{}, {}] } } }
        const { body } = yield* call("POST", `conversations/${id}/conversionEvents`, { body: events })
        assert.nestedInclude(body, { "conversionEvents.eventsReceived": 2 })
      })
    )

    test(
      "go with their user when they are personal, and stay without when they are groups",
      Effect.gen(function*() {
        const [own, shared] = [yield* personal("ada"), yield* group("ada", "eve")]
        yield* post(own["id"], "Hello")
        yield* call("DELETE", "users/ada")
        assert.deepStrictEqual(yield* failing("GET", `conversations/${own["id"]}`), noConversation)
        assert.deepStrictEqual((yield* participants(shared["id"])).map(({ userExternalId }) => userExternalId), ["eve"])
        assert.lengthOf(yield* (yield* Emulator).stored("Messages"), 0)
      })
    )

    test(
      "go over to the user into whom theirs is merged, who keeps one default and takes part once",
      Effect.gen(function*() {
        const emulator = yield* Emulator
        const { conversations } = yield* emulator.seed({
          users: [{ id: "s", externalId: "survivor", zendeskId: "1" }, { id: "d", externalId: "grace" }],
          zendeskUsers: [{ id: "1", externalId: "grace" }],
          conversations: [
            { type: "personal", participants: [{ userId: "s" }] },
            { type: "personal", participants: [{ userId: "d", unreadCount: 2 }] },
            { type: "sdkGroup", participants: [{ userId: "s" }, { userId: "d" }] }
          ]
        })
        yield* call("POST", "users/1/sync", { body: {} })
        const { body } = yield* call("GET", "conversations?filter[userId]=s")
        const left =
          (body as unknown as { readonly conversations: ReadonlyArray<{ readonly id: string }> }).conversations
        assert.sameMembers(idsOf(left), conversations.map(({ conversation }) => conversation.id))
        assert.lengthOf((yield* emulator.stored("Conversations")).filter(({ isDefault }) => isDefault), 1)
        assert.deepStrictEqual((yield* emulator.stored("Participants")).map(({ userId }) => userId), ["s", "s", "s"])
      })
    )
  })
})

describe("what is assumed of conversations", () => {
  const ada = { users: [{ externalId: "ada" }] }

  it.effect("can be that a user has one personal conversation at most: another is refused", () =>
    Effect.gen(function*() {
      yield* personal("ada")
      const body = { type: "personal", participants: [{ userExternalId: "ada" }] }
      assert.strictEqual((yield* failing("POST", "conversations", { body })).status, 400)
      yield* group("ada")
    }).pipe(Effect.provide(Emulator.layerMemory({ ...ada, assume: { secondPersonalConversation: "refused" } }))))

  it.effect("can be that a user has one personal conversation at most: it is given again", () =>
    Effect.gen(function*() {
      const first = yield* personal("ada", { displayName: "Tea" })
      assert.deepStrictEqual(yield* personal("ada", { displayName: "Milk" }), first)
      assert.lengthOf(yield* events, 1)
    }).pipe(Effect.provide(Emulator.layerMemory({ ...ada, assume: { secondPersonalConversation: "existing" } }))))

  it.effect("can be that lists begin at the latest", () =>
    Effect.gen(function*() {
      const ids = idsOf([yield* personal("ada"), yield* personal("ada"), yield* personal("ada")])
      const page = yield* conversationsOf("ada", "&page[size]=2")
      assert.deepStrictEqual(idsOf(page["conversations"]), [ids[2], ids[1]])
      // Also where the record of the cursor is gone.
      yield* call("DELETE", `conversations/${ids[1]}`)
      const next = yield* conversationsOf("ada", `&page[after]=${page["meta"].afterCursor}`)
      assert.deepStrictEqual([idsOf(next["conversations"]), next["meta"].hasMore], [[ids[0]], false])
    }).pipe(Effect.provide(Emulator.layerMemory({ ...ada, assume: { listOrder: "newestFirst" } }))))

  it.effect("can be that a cursor is no good when its record is gone", () =>
    Effect.gen(function*() {
      const { id } = yield* personal("ada")
      const [{ id: gone } = { id: "" }] = yield* post(id, "Hello")
      yield* call("DELETE", `conversations/${id}/messages/${gone}`)
      assert.strictEqual((yield* failing("GET", `conversations/${id}/messages?page[after]=${gone}`)).status, 400)
    }).pipe(Effect.provide(Emulator.layerMemory({ ...ada, assume: { goneCursor: "refused" } }))))

  it.effect("can be that an update replaces the metadata, which one that does not name it leaves alone", () =>
    Effect.gen(function*() {
      const { id } = yield* personal("ada", { metadata: { a: 1 } })
      yield* call("PATCH", `conversations/${id}`, { body: { displayName: "Tea" } })
      assert.deepStrictEqual((yield* conversation(id))["metadata"], { a: 1 })
      yield* call("PATCH", `conversations/${id}`, { body: { metadata: { b: 2 } } })
      assert.deepStrictEqual((yield* conversation(id))["metadata"], { b: 2 })
    }).pipe(Effect.provide(Emulator.layerMemory({ ...ada, assume: { metadataUpdate: "replaced" } }))))
})

describe("a seed of conversations", () => {
  it.effect("arranges a whole conversation, with users who are not there yet", () =>
    Effect.gen(function*() {
      const emulator = yield* Emulator
      const { conversations: [seeded] } = yield* emulator.seed({
        conversations: [{
          participants: [{ userExternalId: "ada", lastRead: "1969-12-31T23:59:59.998Z" }],
          messages: [
            { author: { type: "user" }, content: { type: "text", text: "Hello" } },
            { content: { type: "text", text: "Tea?" } },
            { id: "m", metadata: { order: 7 } }
          ]
        }]
      })
      const { conversation: made, participants: [participant], messages: said } = seeded ?? assert.fail()
      const [ada = assert.fail()] = yield* emulator.stored("Users")
      assert.deepInclude(made, { type: "personal", isDefault: true, lastUpdatedAt: now })
      assert.deepInclude(participant, { userId: ada.id, userExternalId: "ada", unreadCount: 2 })
      assert.strictEqual(said[0]?.author?.userId, ada.id)
      assert.deepStrictEqual(said.map(({ received }) => received), [
        "1969-12-31T23:59:59.998Z",
        "1969-12-31T23:59:59.999Z",
        now
      ])
      assert.deepStrictEqual(yield* conversation(made.id), { ...made })
      const listed = yield* messages(made.id)
      assert.deepStrictEqual<unknown>(listed["messages"], said)
      assert.deepStrictEqual(
        yield* emulator.stored("Messages"),
        said.map((message) => ({ ...message, conversationId: made.id }))
      )
      // Once more it takes the place of the first.
      yield* emulator.seed({ conversations: [{ ...made, displayName: "Again" }] })
      assert.lengthOf(yield* emulator.stored("Conversations"), 1)
      assert.lengthOf(yield* emulator.stored("Messages"), 0)
    }).pipe(Effect.provide(Emulator.layerMemory())))

  it.effect("stands there from the start, and is checked", () =>
    Effect.gen(function*() {
      const [conversation] = yield* (yield* Emulator).stored("Conversations")
      assert.deepInclude(conversation, { id: "c", isDefault: false })
      const exit = yield* Effect.exit(
        Effect.provide(Effect.void, Emulator.layerMemory({ conversations: [{ participants: [{}] }] }))
      )
      assert.include(JSON.stringify(exit), "conversations.0.participants.0: Expected a userId or a userExternalId")
    }).pipe(
      Effect.provide(
        Emulator.layerMemory({
          conversations: [{ id: "c", isDefault: false, participants: [{ userExternalId: "ada" }] }]
        })
      )
    ))
})
