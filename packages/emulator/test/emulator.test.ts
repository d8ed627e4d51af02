import { assert, describe, it } from "@effect/vitest"
import { Emulator, type EmulatorOptions } from "@sunco/emulator/Emulator"
import * as Fault from "@sunco/emulator/Fault"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as HttpBody from "effect/http/HttpBody"
import * as HttpClient from "effect/http/HttpClient"
import * as HttpClientRequest from "effect/http/HttpClientRequest"
import * as Redacted from "effect/Redacted"
import * as Stream from "effect/Stream"
import * as TestClock from "effect/testing/TestClock"
import { inspect } from "node:util"
import { basic, call, eventually, user } from "./Call.ts"

describe("Emulator", () => {
  const test = <E>(
    name: string,
    self: Effect.Effect<void, E, Effect.Services<ReturnType<typeof call>>>,
    options?: EmulatorOptions
  ) => it.effect(name, () => Effect.provide(self, Emulator.layerMemory(options)))

  test(
    "seeds users with what no call can set, unknown fields included",
    Effect.gen(function*() {
      const emulator = yield* Emulator
      const ada = {
        id: "67a11490f0305f4a391e9f8a",
        authenticated: true,
        externalId: "ada",
        zendeskId: "35436",
        identities: [{ type: "email", value: "ada@example.com", verification: "sso" }],
        profile: { locale: "en", localeOrigin: "zendeskAccount" },
        somethingNew: [1]
      }
      const { users: [seeded] } = yield* emulator.seed({ users: [ada] })
      const expected = { signedUpAt: "1970-01-01T00:00:00.000Z", hasPaymentInfo: false, metadata: {}, ...ada }
      assert.deepStrictEqual<unknown>(seeded, expected)
      assert.deepStrictEqual<unknown>(yield* user("GET", "users/ada"), expected)
      assert.deepStrictEqual<unknown>(yield* emulator.stored("Users"), [expected])
    })
  )

  test(
    "puts a seeded user in the place of the one with the same id or externalId",
    Effect.gen(function*() {
      const emulator = yield* Emulator
      yield* emulator.seed({ users: [{ id: "a", externalId: "ada" }, { id: "b", externalId: "bob" }] })
      yield* emulator.seed({ users: [{ id: "a", externalId: "bob", metadata: { n: 1 } }] })
      const users = yield* emulator.stored("Users")
      assert.deepStrictEqual(users.map(({ externalId, id }) => [id, externalId]), [["a", "bob"]])
      assert.strictEqual((yield* call("GET", "users/ada")).status, 404)
      assert.deepStrictEqual((yield* user("GET", "users/bob"))["metadata"], { n: 1 })
    })
  )

  test(
    "gives the time of creation by the clock",
    Effect.gen(function*() {
      yield* TestClock.setTime(Date.UTC(2026, 10, 23))
      const created = yield* user("POST", "users", { body: {} })
      assert.strictEqual(created["signedUpAt"], "2026-11-23T00:00:00.000Z")
    })
  )

  test(
    "remembers what it saw, in order",
    Effect.gen(function*() {
      const emulator = yield* Emulator
      yield* TestClock.setTime(1000)
      yield* call("POST", "users", { body: { externalId: "a/b" } })
      yield* call("GET", "users/a%2Fb?brandId=1&x=1&x=2", { authorization: "" })
      yield* call("PATCH", "/sc/v2/apps/other/users/ä", { text: "{", headers: { "X-Trace": "1" } })
      yield* call("GET", "/nowhere")
      const authorization = `Basic ${emulator.keyId}:<redacted>`
      const seen = (yield* emulator.requests).map(({ headers, ...request }) => ({
        ...request,
        authorization: headers["authorization"],
        trace: headers["x-trace"]
      }))
      const basics = { authentication: "basic", keyId: emulator.keyId, authorization } as const
      const common = { receivedAt: 1000, query: {}, trace: undefined, applied: false }
      const users = `/v2/apps/${emulator.appId}/users`
      assert.deepStrictEqual<unknown>(seen, [
        {
          ...common,
          ...basics,
          method: "POST",
          path: users,
          operation: "Users.create",
          appId: emulator.appId,
          body: { externalId: "a/b" },
          status: 201,
          applied: true
        },
        {
          ...common,
          method: "GET",
          path: `${users}/a%2Fb`,
          query: { brandId: "1", x: ["1", "2"] },
          operation: "Users.get",
          appId: emulator.appId,
          status: 401,
          titles: ["Authorization is required"],
          authorization: ""
        },
        {
          ...common,
          ...basics,
          method: "PATCH",
          path: "/sc/v2/apps/other/users/%C3%A4",
          operation: "Users.update",
          appId: "other",
          body: "{",
          status: 404,
          titles: ["App not found"],
          trace: "1"
        },
        { ...common, method: "GET", path: "/nowhere", status: 404, titles: ["Not found"], authorization }
      ])
    })
  )

  test(
    "remembers only as many requests as it is told to",
    Effect.gen(function*() {
      const emulator = yield* Emulator
      for (const name of ["a", "b", "c", "d", "e"]) yield* call("GET", `users/${name}`)
      assert.deepStrictEqual((yield* emulator.requests).map(({ path }) => path.at(-1)), ["c", "d", "e"])
    }),
    { requestsKept: 3 }
  )

  test(
    "shows no credentials where it or its requests are printed",
    Effect.gen(function*() {
      const emulator = yield* Emulator
      yield* call("GET", "users/ada")
      const printed = inspect([emulator, yield* emulator.requests], { depth: 9 })
      assert.notInclude(printed, basic(emulator).slice("Basic ".length))
      assert.notInclude(printed, Redacted.value(emulator.keySecret))
    })
  )

  test(
    "goes back to how it started",
    Effect.gen(function*() {
      const emulator = yield* Emulator
      const start = yield* emulator.stored("Users")
      assert.deepStrictEqual(start.map(({ externalId }) => externalId), ["ada"])
      yield* call("DELETE", "users/ada")
      yield* emulator.seed({ users: [{ externalId: "eve" }], zendeskUsers: [{ id: "2" }] })
      yield* emulator.faults.add(Fault.status(503))
      yield* emulator.revoke(emulator.keyId)
      const added = yield* emulator.addKey()
      yield* emulator.reset
      assert.deepStrictEqual(yield* emulator.requests, [])
      assert.strictEqual((yield* call("GET", "users/ada")).status, 200)
      assert.strictEqual((yield* call("GET", "users/eve")).status, 404)
      assert.strictEqual((yield* call("GET", "users/ada", { authorization: basic(added) })).status, 401)
      // An id never comes twice, so that one from before the reset finds nobody.
      assert.notStrictEqual((yield* emulator.stored("Users"))[0]?.id, start[0]?.id)
    }),
    { users: [{ externalId: "ada" }] }
  )

  test(
    "keeps apps apart, each with its own start",
    Effect.gen(function*() {
      const emulator = yield* Emulator
      const [first, other] = emulator.apps
      assert.deepStrictEqual([first.appId, other?.appId], ["one", "two"])
      assert.deepStrictEqual((yield* other!.stored("Users")).map(({ externalId }) => externalId), ["bob"])
      const path = "/v2/apps/two/users/bob"
      assert.strictEqual((yield* call("DELETE", path, { authorization: basic(other!) })).status, 200)
      assert.deepStrictEqual((yield* emulator.stored("Users")).map(({ externalId }) => externalId), ["ada"])
      assert.deepStrictEqual(yield* other!.stored("Users"), [])
    }),
    { appId: "one", users: [{ externalId: "ada" }], apps: [{ appId: "two", users: [{ externalId: "bob" }] }] }
  )

  test(
    "gives up the rest of a slow body when the reader in memory is interrupted",
    Effect.gen(function*() {
      const { faults } = yield* Emulator
      yield* faults.next(Fault.slowBody("1 hour"))
      const clock = yield* Clock.Clock
      const sleeping = { now: false }
      const observed: Clock.Clock = {
        ...clock,
        sleep: () =>
          Effect.callback(() => {
            sleeping.now = true
            return Effect.sync(() => {
              sleeping.now = false
            })
          })
      }
      const fiber = yield* Effect.forkChild(
        Effect.provideService(call("GET", "users/nobody"), Clock.Clock, observed)
      )
      yield* eventually(Effect.sync(() => sleeping.now))
      yield* Fiber.interrupt(fiber)
      yield* eventually(Effect.sync(() => !sleeping.now))
    })
  )

  test(
    "takes every kind of request body in memory",
    Effect.gen(function*() {
      const emulator = yield* Emulator
      const bytes = new TextEncoder().encode("{\"externalId\":\"ada\"}")
      for (
        const body of [
          HttpBody.uint8Array(bytes, "application/json"),
          HttpBody.raw(bytes, { contentType: "application/json" }),
          HttpBody.stream(Stream.make(bytes.subarray(0, 5), bytes.subarray(5)), "application/json")
        ]
      ) {
        yield* emulator.reset
        const { status } = yield* HttpClient.execute(
          HttpClientRequest.post(`https://example.zendesk.com/sc/v2/apps/${emulator.appId}/users`, { body }).pipe(
            HttpClientRequest.setHeader("authorization", basic(emulator))
          )
        )
        assert.deepStrictEqual([status, (yield* emulator.stored("Users")).length], [201, 1], body._tag)
      }
    })
  )
})
