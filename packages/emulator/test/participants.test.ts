import { assert, describe, it, layer } from "@effect/vitest"
import { Emulator } from "@sunco/emulator/Emulator"
import * as Effect from "effect/Effect"
import { call } from "./Call.ts"
import {
  activity,
  author,
  conversation,
  events,
  failing,
  group,
  idsOf,
  join,
  noUser,
  participants,
  personal,
  post,
  refused
} from "./Conversing.ts"

const names = Array.from("abcdefghijk")

const notAMember = refused(404, "not_found", "User is not a member of the conversation")

const users = names.map((externalId) => ({ externalId }))

describe("the Participants API", () => {
  layer(Emulator.layerMemory({ users }))((it) => {
    const test = <E>(name: string, self: Effect.Effect<void, E, Effect.Services<ReturnType<typeof call>>>) =>
      it.effect(name, () => Effect.andThen(Effect.flatMap(Emulator, (emulator) => emulator.reset), self))

    const leave = (id: string, body: object) => call("POST", `conversations/${id}/leave`, { body })

    test(
      "lets a user join a group and leave it again, by any of the three ids",
      Effect.gen(function*() {
        const { id } = yield* group("a")
        for (const name of ["userId", "userExternalId", "participantId"]) {
          const { id: participantId, userExternalId, userId, ...rest } = yield* join(id, "b")
          assert.deepStrictEqual(rest, { unreadCount: 0, clientAssociations: [] })
          assert.lengthOf(yield* participants(id), 2)
          const ids: { readonly [name: string]: string } = { participantId, userExternalId, userId }
          assert.deepInclude(yield* leave(id, { [name]: ids[name] }), { status: 200, body: {} })
          assert.lengthOf(yield* participants(id), 1)
        }
        const [, [type, payload] = assert.fail()] = yield* events
        assert.strictEqual(type, "conversation:join")
        assert.nestedInclude(payload, { "conversation.id": id, "user.externalId": "b", "user.authenticated": true })
        assert.strictEqual((yield* events).at(-1)?.[0], "conversation:leave")
      })
    )

    test(
      "subscribes the SDK of who joins",
      Effect.gen(function*() {
        const { clientAssociations: [{ clientId, type }] } = yield* join((yield* group())["id"], "a", true)
        const [client] = (yield* call("GET", "users/a/clients").pipe(
          Effect.map(({ body }) => body as unknown as { readonly clients: ReadonlyArray<{ readonly id: string }> })
        )).clients
        assert.deepStrictEqual([type, clientId], ["sdk", client?.id])
      })
    )

    test(
      "takes ten, and leaves the conversation as it is when an eleventh joins",
      Effect.gen(function*() {
        const { id } = yield* group(...names.slice(0, 9))
        yield* join(id, "j")
        const body = { userExternalId: "k", subscribeSDKClient: false }
        assert.deepStrictEqual(
          yield* failing("POST", `conversations/${id}/join`, { body }),
          refused(400, "bad_request", "Too many participants")
        )
        assert.lengthOf(yield* participants(id), 10)
        // Who is in it already is none too many.
        yield* join(id, "j")
        yield* leave(id, { userExternalId: "j" })
        yield* join(id, "k")
      })
    )

    test(
      "gives who joins twice the participant that there is, and tells of it once",
      Effect.gen(function*() {
        const { id } = yield* group()
        yield* post(id, "before")
        const first = yield* join(id, "a")
        yield* post(id, "after")
        assert.deepStrictEqual(yield* join(id, "a"), { ...first, unreadCount: 1 })
        assert.lengthOf((yield* events).filter(([type]) => type === "conversation:join"), 1)
      })
    )

    test(
      "refuses to join and to leave a personal conversation",
      Effect.gen(function*() {
        const { id } = yield* personal("a")
        const body = { userExternalId: "b", subscribeSDKClient: true }
        assert.strictEqual((yield* failing("POST", `conversations/${id}/join`, { body })).status, 400)
        const own = { userExternalId: "a" }
        assert.strictEqual((yield* failing("POST", `conversations/${id}/leave`, { body: own })).status, 400)
        assert.lengthOf(yield* participants(id), 1)
      })
    )

    test(
      "knows nobody who is not there: 404 at joining, not a member at leaving",
      Effect.gen(function*() {
        const { id } = yield* group("a")
        const nobody = { userExternalId: "nobody", subscribeSDKClient: false }
        assert.deepStrictEqual(yield* failing("POST", `conversations/${id}/join`, { body: nobody }), noUser)
        for (const body of [{ userExternalId: "b" }, { userId: "nobody" }, { participantId: "nobody" }]) {
          assert.deepStrictEqual(yield* failing("POST", `conversations/${id}/leave`, { body }), notAMember)
        }
        for (const body of [{}, { userExternalId: "a", participantId: "x" }]) {
          assert.strictEqual((yield* failing("POST", `conversations/${id}/leave`, { body })).status, 400)
        }
        const unsaid = { body: { userExternalId: "b" } }
        assert.deepStrictEqual(
          yield* failing("POST", `conversations/${id}/join`, unsaid),
          refused(400, "bad_request", "subscribeSDKClient: Missing")
        )
      })
    )

    test(
      "takes who is named twice at creation once",
      Effect.gen(function*() {
        const { id } = yield* group("a", "a", "b")
        assert.deepStrictEqual((yield* participants(id)).map(({ userExternalId }) => userExternalId), ["a", "b"])
      })
    )

    test(
      "are listed in pages of 25 or of the size that is asked for",
      Effect.gen(function*() {
        const { id } = yield* group("a", "b", "c")
        const ids = idsOf(yield* participants(id))
        assert.deepStrictEqual(idsOf(yield* participants(id, `?page[after]=${ids[0]}&page[size]=1`)), [ids[1]])
        for (const query of ["page[size]=101", `page[after]=${ids[0]}&page[before]=${ids[0]}`]) {
          assert.strictEqual((yield* failing("GET", `conversations/${id}/participants?${query}`)).status, 400)
        }
      })
    )

    test(
      "count what others have written since they read last, and start again when they read",
      Effect.gen(function*() {
        const { id } = yield* group("a", "b")
        const unread = Effect.map(participants(id), (all) => all.map(({ unreadCount }) => unreadCount))
        yield* post(id, "one")
        yield* post(id, "two", author("a"))
        yield* post(id, "three", { type: "business", subtypes: ["AI"] })
        assert.deepStrictEqual(yield* unread, [2, 3])
        yield* activity(id, "conversation:read", author("a"))
        assert.deepStrictEqual(yield* unread, [0, 3])
        const [a, b] = yield* participants(id)
        assert.isString(a?.["lastRead"])
        assert.notProperty(b, "lastRead")
        assert.notProperty(yield* conversation(id), "businessLastRead")
      })
    )
  })

  it.effect("can refuse who joins twice", () =>
    Effect.gen(function*() {
      const { id } = yield* group("a")
      const body = { userExternalId: "a", subscribeSDKClient: false }
      assert.strictEqual((yield* failing("POST", `conversations/${id}/join`, { body })).status, 400)
    }).pipe(Effect.provide(Emulator.layerMemory({ users, assume: { joinTwice: "refused" } }))))

  it.effect("are without a client that is removed", () =>
    Effect.gen(function*() {
      const emulator = yield* Emulator
      yield* emulator.seed({ conversations: [{ id: "c", participants: [{ userExternalId: "a" }] }] })
      const matchCriteria = { type: "whatsapp", integrationId: "i", phoneNumber: "+15551234567" }
      const body = { matchCriteria, confirmation: { type: "immediate" }, target: { conversationId: "c" } }
      const created = yield* call("POST", "users/a/clients", { body })
      const { client } = created.body as unknown as { readonly client: { readonly id: string } }
      const association = { type: "whatsapp", clientId: client.id }
      yield* emulator.seed({
        conversations: [{ id: "c", participants: [{ userExternalId: "a", clientAssociations: [association] }] }]
      })
      assert.deepStrictEqual((yield* participants("c"))[0]?.["clientAssociations"], [association])
      yield* call("DELETE", `users/a/clients/${client.id}`)
      assert.deepStrictEqual((yield* participants("c"))[0]?.["clientAssociations"], [])
    }).pipe(Effect.provide(Emulator.layerMemory({ users }))))
})
