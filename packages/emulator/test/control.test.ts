import { assert, describe, it } from "@effect/vitest"
import { ControlApi } from "@sunco/emulator/ControlApi"
import { Emulator } from "@sunco/emulator/Emulator"
import * as Fault from "@sunco/emulator/Fault"
import * as Effect from "effect/Effect"
import * as HttpApiClient from "effect/http-api/HttpApiClient"
import * as Redacted from "effect/Redacted"
import { basic, call } from "./Call.ts"

// As any language would: plain requests with plain JSON, and no credentials.
const control = Effect.fnUntraced(function*(method: "GET" | "POST" | "DELETE", path: string, body?: unknown) {
  const answer = yield* call(method, `/_emulator/${path}`, {
    authorization: "",
    ...(body === undefined ? {} : { body })
  })
  assert.strictEqual(answer.status, 200, JSON.stringify(answer.body))
  return answer.body
})

describe("the emulator's own endpoints", () => {
  const test = <E>(name: string, self: Effect.Effect<void, E, Effect.Services<ReturnType<typeof call>>>) =>
    it.effect(name, () => Effect.provide(self, Emulator.layerMemory({ appId: "one", apps: [{ appId: "two" }] })))

  test(
    "say that the emulator is up",
    Effect.gen(function*() {
      assert.deepStrictEqual(yield* control("GET", "health"), { status: "ok" })
    })
  )

  test(
    "seed either app, and show what it stores",
    Effect.gen(function*() {
      const emulator = yield* Emulator
      const seed = { users: [{ externalId: "ada", somethingNew: 1 }], zendeskUsers: [{ id: "1", email: "a@x" }] }
      const seeded = yield* control("POST", "seed", seed)
      assert.nestedInclude(seeded, { "users[0].externalId": "ada", "users[0].somethingNew": 1 })
      assert.deepStrictEqual<unknown>(seeded, {
        users: yield* emulator.stored("Users"),
        zendeskUsers: seed.zendeskUsers,
        conversations: [],
        clients: [],
        devices: [],
        attachments: [],
        integrations: [],
        accountApps: [],
        plans: [],
        appKeys: [],
        integrationKeys: [],
        oauthClients: [],
        switchboards: []
      })
      const nothing = {
        Users: [],
        Conversations: [],
        Participants: [],
        Messages: [],
        Clients: [],
        Devices: [],
        Attachments: [],
        Integrations: [],
        Webhooks: [],
        IntegrationKeys: [],
        Switchboards: [],
        SwitchboardIntegrations: []
      }
      // Of an app itself there is always something, and one key.
      const ofItself = (app: Emulator["Service"]["apps"][number]) =>
        Effect.all({ Apps: app.stored("Apps"), AppKeys: app.stored("AppKeys") })
      const stored = { ...nothing, Users: yield* emulator.stored("Users"), ...(yield* ofItself(emulator)) }
      assert.deepStrictEqual<unknown>(yield* control("GET", "stored"), stored)
      assert.deepStrictEqual<unknown>(yield* control("GET", "stored?appId=two"), {
        ...nothing,
        ...(yield* ofItself(emulator.apps[1]!))
      })
      yield* control("POST", "seed?appId=two", { users: [{}] })
      assert.lengthOf(yield* emulator.apps[1]!.stored("Users"), 1)
    })
  )

  test(
    "add faults, show those that are left, and clear them",
    Effect.gen(function*() {
      const faults = [
        { fault: { _tag: "Status", status: 503 }, times: 2, when: { operation: "Users.get" } },
        { fault: { _tag: "CutAfterApplied" } }
      ]
      assert.deepStrictEqual<unknown>(yield* control("POST", "faults", { faults }), { faults })
      assert.strictEqual((yield* call("GET", "users/ada")).status, 503)
      assert.nestedInclude(yield* control("GET", "faults"), { "faults[0].times": 1 })
      assert.deepStrictEqual(yield* control("DELETE", "faults"), {})
      assert.deepStrictEqual(yield* control("GET", "faults"), { faults: [] })
      assert.strictEqual((yield* call("GET", "users/ada")).status, 404)
    })
  )

  test(
    "show the requests, which they are not among",
    Effect.gen(function*() {
      const emulator = yield* Emulator
      yield* emulator.faults.next(Fault.slowHeaders(0))
      yield* call("POST", "users", { body: { externalId: "ada" } })
      const requests = yield* control("GET", "requests")
      assert.nestedInclude(requests, {
        "requests[0].operation": "Users.create",
        "requests[0].body.externalId": "ada",
        "requests[0].applied": true,
        "requests[0].status": 201,
        "requests[0].fault._tag": "SlowHeaders",
        "requests[0].headers.authorization": `Basic ${emulator.keyId}:<redacted>`
      })
      assert.nestedProperty(yield* control("GET", "requests"), "requests")
      assert.lengthOf(yield* emulator.requests, 1)
    })
  )

  test(
    "rotate keys and access tokens",
    Effect.gen(function*() {
      const emulator = yield* Emulator
      const status = (authorization: string) =>
        Effect.map(call("GET", "users/ada", { authorization }), ({ status }) => status)
      const key = yield* control("POST", "keys", { keyId: "app_new", keySecret: "s" })
      assert.deepStrictEqual(key, { appId: "one", keyId: "app_new", keySecret: "s" })
      const authorization = basic({ keyId: "app_new", keySecret: Redacted.make("s") })
      assert.strictEqual(yield* status(authorization), 404)
      yield* control("POST", "access-tokens", { accessToken: "t" })
      assert.strictEqual(yield* status("Bearer t"), 404)
      yield* control("POST", "revoke", { keyId: "app_new", accessToken: "t" })
      assert.deepStrictEqual([yield* status(authorization), yield* status("Bearer t")], [401, 401])
      assert.strictEqual(yield* status(basic(emulator)), 404)
      assert.nestedInclude(yield* control("POST", "keys?appId=two", {}), { appId: "two" })
      assert.match(JSON.stringify(yield* control("POST", "keys", { scope: "account" })), /"keyId":"act_/u)
    })
  )

  test(
    "reset everything",
    Effect.gen(function*() {
      const emulator = yield* Emulator
      yield* control("POST", "seed", { users: [{}] })
      yield* emulator.faults.add(Fault.status(503))
      yield* call("GET", "users/ada")
      assert.deepStrictEqual(yield* control("POST", "reset"), {})
      assert.deepStrictEqual([yield* emulator.stored("Users"), yield* emulator.requests, yield* emulator.faults.left], [
        [],
        [],
        []
      ])
    })
  )

  test(
    "refuse what they do not understand with the API's envelope",
    Effect.gen(function*() {
      const status = Effect.fnUntraced(function*(method: "GET" | "POST", path: string, body?: unknown) {
        const answer = yield* call(method, `/_emulator/${path}`, body === undefined ? {} : { body })
        assert.nestedProperty(answer.body, "errors[0].code")
        return answer.status
      })
      assert.strictEqual(yield* status("POST", "faults", { faults: [{ fault: { _tag: "Nonsense" } }] }), 400)
      assert.strictEqual(yield* status("POST", "seed", { users: [{ id: 1 }] }), 400)
      assert.strictEqual(yield* status("GET", "stored?appId=three"), 404)
      assert.strictEqual(yield* status("POST", "seed?appId=three", {}), 404)
      assert.strictEqual(yield* status("GET", "nothing"), 404)
      assert.strictEqual(yield* status("POST", "health", {}), 405)
    })
  )

  test(
    "can be reached by a client derived from their declaration",
    Effect.gen(function*() {
      const emulator = yield* Emulator
      const client = yield* HttpApiClient.make(ControlApi, { baseUrl: emulator.url })
      const { users } = yield* client.Emulator.seed({ query: {}, payload: { users: [{ externalId: "ada" }] } })
      assert.deepStrictEqual(users, yield* emulator.stored("Users"))
      yield* client.Emulator.addFaults({ payload: { faults: [{ fault: Fault.slowHeaders(Infinity), times: 1 }] } })
      assert.deepStrictEqual((yield* client.Emulator.faults()).faults, yield* emulator.faults.left)
    })
  )
})

describe("the documents", () => {
  it.effect("are OpenAPI of the API and of the emulator's own endpoints, for the address that was asked", () =>
    Effect.gen(function*() {
      for (
        const [path, operation] of [["/openapi.json", "CreateUser"], [
          "/_emulator/openapi.json",
          "Emulator.seed"
        ]] as const
      ) {
        const { body, status } = yield* call("GET", path, { headers: { host: "emulator.test:8080" } })
        assert.strictEqual(status, 200)
        assert.nestedInclude(body, { "openapi": "3.1.0", "servers[0].url": "http://emulator.test:8080" })
        assert.include(JSON.stringify(body), `"operationId":"${operation}"`)
      }
    }).pipe(Effect.provide(Emulator.layerMemory({ allowedHosts: ["emulator.test"] }))))
})
