import { assert, describe, it, layer } from "@effect/vitest"
import { Emulator } from "@sunco/emulator/Emulator"
import { type LinkAnswer } from "@sunco/emulator/LinkAnswer"
import * as Emulated from "@sunco/emulator/promise"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as TestClock from "effect/testing/TestClock"
import { call, envelope, userNotFound } from "./Call.ts"

const integrationId = "67a0ecf8f0305f4a391e9db6"

const fresh = Effect.gen(function*() {
  const emulator = yield* Emulator
  yield* emulator.reset
  const { conversations: [seeded] } = yield* emulator.seed({
    conversations: [{ type: "sdkGroup", participants: [{ userExternalId: "ada" }, { userExternalId: "eve" }] }]
  })
  return { emulator, conversationId: seeded!.conversation.id }
})

const link = Effect.fnUntraced(function*(user: string, conversationId: string) {
  const { body, status } = yield* call("POST", `users/${user}/clients`, {
    body: {
      matchCriteria: { type: "whatsapp", integrationId, phoneNumber: "+1 555-010 0000" },
      confirmation: { type: "immediate" },
      target: { conversationId }
    }
  })
  assert.strictEqual(status, 201)
  return (body as { readonly client: { readonly id: string } }).client
})

const events = Effect.flatMap(
  Emulator,
  ({ events }) => Effect.map(events, (all) => all.filter(({ type }) => type.startsWith("client:")))
)

const kinds = Effect.map(events, (all) => all.map(({ payload: { reason }, type }) => `${type} ${reason}`))

layer(Emulator.layerMemory())("a client", (it) => {
  it.effect("is pending until the channel has matched it, and the person confirmed", () =>
    Effect.gen(function*() {
      const { conversationId, emulator } = yield* fresh
      const client = yield* link("ada", conversationId)
      assert.deepStrictEqual(client, { id: client.id, type: "whatsapp", status: "pending", integrationId } as never)

      yield* TestClock.adjust("1 minute")
      const matched = yield* emulator.answerLink(client.id, { answer: "matched" })
      assert.deepInclude(matched, { status: "pending", externalId: "+15550100000" })

      const raw = { name: { first: "Ada" } }
      const now = new Date(yield* TestClock.withLive(Effect.succeed(60_000))).toISOString()
      const confirmed = yield* emulator.answerLink(client.id, {
        answer: "confirmed",
        client: { displayName: "Ada", raw }
      })
      assert.deepStrictEqual(confirmed, {
        ...client,
        status: "active",
        externalId: "+15550100000",
        displayName: "Ada",
        raw,
        linkedAt: now,
        lastSeen: now
      } as never)
      assert.deepStrictEqual((yield* call("GET", "users/ada/clients")).body, {
        clients: [confirmed],
        meta: { hasMore: false }
      } as never)
      const [ada, eve] = yield* emulator.stored("Participants")
      assert.deepStrictEqual(ada!.clientAssociations, [{ type: "whatsapp", clientId: client.id }])
      assert.deepStrictEqual(eve!.clientAssociations, [])

      assert.deepStrictEqual(yield* kinds, [
        "client:add channelLinking",
        "client:update matched",
        "client:update confirmed"
      ])
      const [added] = yield* events
      assert.nestedInclude(added!.payload, {
        "client.status": "pending",
        "conversation.id": conversationId,
        "user.externalId": "ada",
        "user.authenticated": true
      })
      assert.isTrue(Exit.isFailure(yield* Effect.exit(emulator.answerLink(client.id, { answer: "failed" }))))
    }))

  it.effect.each(
    [
      [{ answer: "failed", error: { code: "not_found" } }, "linkFailed"],
      [{ answer: "cancelled" }, "linkCancelled"]
    ] satisfies ReadonlyArray<readonly [LinkAnswer, string]>
  )("is gone where the channel has answered %j", ([answer, reason]) =>
    Effect.gen(function*() {
      const { conversationId, emulator } = yield* fresh
      const client = yield* link("ada", conversationId)
      assert.deepInclude(yield* emulator.answerLink(client.id, answer), { id: client.id })
      assert.deepStrictEqual(yield* emulator.stored("Clients"), [])
      const removed = (yield* events).at(-1)!
      assert.deepInclude(removed, { type: "client:remove" })
      assert.deepInclude(removed.payload, { reason, ...("error" in answer && { error: answer.error }) })
    }))

  it.effect("that is confirmed is taken from whoever had it", () =>
    Effect.gen(function*() {
      const { conversationId, emulator } = yield* fresh
      const first = yield* link("ada", conversationId)
      yield* emulator.answerLink(first.id, { answer: "confirmed" })
      const second = yield* link("eve", conversationId)
      assert.lengthOf(yield* emulator.stored("Clients"), 2)
      yield* emulator.answerLink(second.id, { answer: "confirmed" })
      assert.deepStrictEqual((yield* emulator.stored("Clients")).map(({ id }) => id), [second.id])
      assert.include(yield* kinds, "client:remove theft")
      const [ada, eve] = yield* emulator.stored("Participants")
      assert.lengthOf(ada!.clientAssociations!, 0)
      assert.lengthOf(eve!.clientAssociations!, 1)
    }))

  it.effect("is removed from its user and all conversations, but not one of the SDK", () =>
    Effect.gen(function*() {
      const { conversationId, emulator } = yield* fresh
      const { clients: [sdk] } = yield* emulator.seed({ clients: [{ userId: "ada" }] })
      const client = yield* link("ada", conversationId)
      yield* emulator.answerLink(client.id, { answer: "confirmed" })
      assert.deepInclude(yield* call("DELETE", `users/ada/clients/${sdk!.id}`), {
        status: 400,
        body: envelope("bad_request", "Cannot remove a client of type 'sdk'")
      })
      const missing = { status: 404, body: envelope("client_not_found", "Client not found") }
      assert.deepInclude(yield* call("DELETE", `users/eve/clients/${client.id}`), missing)
      const remove = call("DELETE", `users/ada/clients/${client.id}`)
      assert.deepInclude(yield* remove, { status: 200, body: {} })
      assert.deepInclude(yield* remove, missing)
      assert.lengthOf((yield* emulator.stored("Participants"))[0]!.clientAssociations!, 0)
      assert.strictEqual((yield* kinds).at(-1), "client:remove api")
    }))

  it.effect("needs a user and a conversation that there are", () =>
    Effect.gen(function*() {
      const { conversationId } = yield* fresh
      const body = (conversationId: string) => ({
        matchCriteria: { type: "mailgun", integrationId, address: "ada@example.com" },
        confirmation: { type: "prompt" },
        target: { conversationId }
      })
      assert.deepInclude(yield* call("POST", "users/bob/clients", { body: body(conversationId) }), {
        status: 404,
        body: userNotFound
      })
      assert.deepInclude(yield* call("POST", "users/ada/clients", { body: body("none") }), {
        status: 404,
        body: envelope("conversation_not_found", "Conversation not found")
      })
      assert.deepInclude(yield* call("GET", "users/bob/clients"), { status: 404, body: userNotFound })
    }))

  it.effect("stands in a list of its user, a page at a time", () =>
    Effect.gen(function*() {
      const { emulator } = yield* fresh
      const { clients } = yield* emulator.seed({
        clients: [..."12345"].map((number) => ({ userId: number === "3" ? "eve" : "ada", externalId: number }))
      })
      const first = yield* call("GET", "users/ada/clients?page[size]=3")
      assert.deepStrictEqual(first.body, {
        clients: [clients[0], clients[1], clients[3]],
        meta: { hasMore: true, afterCursor: clients[3]!.id }
      } as never)
      const second = yield* call("GET", `users/ada/clients?page[size]=3&page[after]=${clients[3]!.id}`)
      assert.deepStrictEqual(second.body, {
        clients: [clients[4]],
        meta: { hasMore: false, beforeCursor: clients[4]!.id }
      } as never)
    }))

  it.effect("says nothing of the person any more once that is deleted, and goes with the user", () =>
    Effect.gen(function*() {
      const { emulator } = yield* fresh
      const personal = {
        displayName: "Ada",
        avatarUrl: "https://example.com/a.png",
        info: { city: "London" },
        raw: { a: 1 }
      }
      const { clients: [client] } = yield* emulator.seed({
        clients: [{ userId: "ada", externalId: "+1", ...personal }]
      })
      yield* call("DELETE", "users/ada/personalinformation")
      const [kept] = yield* emulator.stored("Clients")
      assert.hasAllKeys(kept, ["id", "userId", "type", "status", "lastSeen", "externalId"])
      assert.deepInclude(kept, { id: client!.id, externalId: "+1" })
      yield* call("DELETE", "users/ada")
      assert.lengthOf(yield* emulator.stored("Clients"), 0)
    }))

  it.effect("goes over to whom its user is merged into", () =>
    Effect.gen(function*() {
      const { emulator } = yield* fresh
      yield* emulator.seed({
        users: [{ externalId: "old", zendeskId: "1" }, { externalId: "new", zendeskId: "2" }],
        zendeskUsers: [{ id: "1" }, { id: "2" }],
        clients: [{ userId: "old" }],
        devices: [{ userId: "old" }]
      })
      assert.strictEqual((yield* call("POST", "users/1/sync", { body: { survivingZendeskId: "2" } })).status, 200)
      const survivor = (yield* emulator.stored("Users")).find(({ zendeskId }) => zendeskId === "2")!.id
      assert.deepStrictEqual((yield* emulator.stored("Clients")).map(({ userId }) => userId), [survivor])
      assert.deepStrictEqual((yield* emulator.stored("Devices")).map(({ userId }) => userId), [survivor])
    }))

  it.effect("is answered for over HTTP, too", () =>
    Effect.gen(function*() {
      const { conversationId } = yield* fresh
      const client = yield* link("ada", conversationId)
      const answer = (body: object) => call("POST", "/_emulator/links", { authorization: "", body })
      assert.nestedInclude(yield* answer({ clientId: client.id, answer: "confirmed" }), {
        status: 200,
        "body.client.status": "active"
      })
      assert.strictEqual((yield* answer({ clientId: client.id, answer: "confirmed" })).status, 400)
      assert.strictEqual((yield* answer({ clientId: "none", answer: "confirmed" })).status, 404)
      assert.strictEqual((yield* answer({ clientId: client.id, answer: "never" })).status, 400)
    }))
})

layer(Emulator.layerMemory())("a device", (it) => {
  it.effect("stands in a list of its user, the one that was seen last before the others", () =>
    Effect.gen(function*() {
      const { emulator } = yield* fresh
      const { devices: [old, latest, others] } = yield* emulator.seed({
        devices: [
          { userId: "ada", lastSeen: "2024-01-01T00:00:00.000Z", pushNotificationToken: "token" },
          { userId: "ada", lastSeen: "2026-01-01T00:00:00.000Z", type: "ios" },
          { userId: "eve" }
        ]
      })
      assert.deepStrictEqual((yield* call("GET", "users/ada/devices")).body, { devices: [latest, old] } as never)
      assert.deepStrictEqual((yield* call("GET", `users/ada/devices/${old!.id}`)).body, { device: old } as never)
      assert.deepInclude(yield* call("GET", `users/ada/devices/${others!.id}`), {
        status: 404,
        body: envelope("device_not_found", "Device not found")
      })
      assert.deepInclude(yield* call("GET", "users/bob/devices"), { status: 404, body: userNotFound })
      yield* call("DELETE", "users/ada")
      assert.deepStrictEqual((yield* emulator.stored("Devices")).map(({ id }) => id), [others!.id])
    }))
})

describe("with promises", () => {
  it("a channel answers to a client, and an answer that means nothing is rejected", async () => {
    await using emulator = await Emulated.Emulator.startInMemory({ clients: [{ userId: "ada", status: "pending" }] })
    const [client] = await emulator.stored("Clients")
    const answered = await emulator.answerLink(client!.id, { answer: "confirmed", client: { externalId: "+1" } })
    assert.deepInclude(answered, { status: "active", externalId: "+1" })
    await emulator.answerLink(client!.id, { answer: "confirmed" }).then(
      () => assert.fail("it was pending"),
      ({ message }: Error) => assert.strictEqual(message, "link: clientId: Expected a client that is pending")
    )
  })
})
