import { assert, describe, it } from "@effect/vitest"
import { Emulator } from "@sunco/emulator/Emulator"
import * as Fault from "@sunco/emulator/Fault"
import * as Cause from "effect/Cause"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Fiber from "effect/Fiber"
import * as Schema from "effect/Schema"
import * as TestClock from "effect/testing/TestClock"
import { arrival, call, envelope } from "./Call.ts"

const statuses = Effect.fnUntraced(function*(count: number, path = "users/ada") {
  return yield* Effect.replicateEffect(Effect.map(call("GET", path), ({ status }) => status), count)
})

describe("which request a fault is for", () => {
  const test = <E>(name: string, self: Effect.Effect<void, E, Effect.Services<ReturnType<typeof call>>>) =>
    it.effect(name, () => Effect.provide(self, Emulator.layerMemory({ users: [{ externalId: "ada" }] })))

  test(
    "the next ones, one fault each, in order",
    Effect.gen(function*() {
      const { faults } = yield* Emulator
      yield* faults.next(Fault.status(503), Fault.rateLimited(), Fault.status(500))
      assert.deepStrictEqual(yield* statuses(5), [503, 429, 500, 200, 200])
    })
  )

  test(
    "the next so many",
    Effect.gen(function*() {
      const { faults } = yield* Emulator
      yield* faults.add(Fault.status(503), { times: 2 })
      assert.deepStrictEqual(yield* faults.left, [{ fault: Fault.status(503), times: 2 }])
      assert.deepStrictEqual(yield* statuses(1), [503])
      assert.deepStrictEqual(yield* faults.left, [{ fault: Fault.status(503), times: 1 }])
      assert.deepStrictEqual(yield* statuses(2), [503, 200])
      assert.deepStrictEqual(yield* faults.left, [])
    })
  )

  test(
    "all, until the faults are cleared",
    Effect.gen(function*() {
      const { faults } = yield* Emulator
      yield* faults.add(Fault.status(503))
      assert.deepStrictEqual(yield* statuses(3), [503, 503, 503])
      yield* faults.clear
      assert.deepStrictEqual(yield* statuses(1), [200])
    })
  )

  test(
    "those of an operation, a method, a path and a header, all of which must agree",
    Effect.gen(function*() {
      const { appId, faults } = yield* Emulator
      const ada = `/v2/apps/${appId}/users/ada`
      yield* faults.add(Fault.status(500), { when: { operation: "Users.create" } })
      yield* faults.add(Fault.status(501), { when: { method: "DELETE", path: `/v2/apps/${appId}/users/eve` } })
      yield* faults.add(Fault.status(502), { when: { path: ada, headers: { "X-Tenant": "1" } } })
      const found = [
        yield* call("POST", "users", { body: {} }),
        yield* call("DELETE", "users/eve"),
        yield* call("DELETE", "users/bob"),
        yield* call("GET", "users/eve"),
        yield* call("GET", "users/ada?brandId=1", { headers: { "x-tenant": "1" } }),
        yield* call("GET", "users/ada", { headers: { "x-tenant": "2" } }),
        yield* call("GET", "users/ada")
      ]
      assert.deepStrictEqual(found.map(({ status }) => status), [500, 501, 404, 404, 502, 200, 200])
    })
  )

  test(
    "the first that is for the request, and only that",
    Effect.gen(function*() {
      const { faults } = yield* Emulator
      yield* faults.add(Fault.status(500), { when: { operation: "Users.create" }, times: 1 })
      yield* faults.add(Fault.status(503), { times: 1 })
      assert.deepStrictEqual(yield* statuses(2), [503, 200])
      assert.lengthOf(yield* faults.left, 1)
    })
  )

  test(
    "the request that asks for it in a header, by name or as JSON, beside every rule",
    Effect.gen(function*() {
      const { faults } = yield* Emulator
      yield* faults.next(Fault.status(503))
      const asked = (fault: string) => call("GET", "users/ada", { headers: { [Fault.header]: fault } })
      assert.strictEqual((yield* asked(JSON.stringify(Fault.status(418)))).status, 418)
      assert.strictEqual((yield* asked("RateLimited")).status, 429)
      assert.isTrue(Exit.isFailure(yield* Effect.exit(asked("CutAfterApplied"))))
      assert.deepStrictEqual(yield* statuses(2), [503, 200])
    })
  )

  test(
    "no request that asks for something that is no fault: it is refused",
    Effect.gen(function*() {
      const names = "Status, RateLimited, Redirect, HtmlBody, EmptyBody, TruncatedBody, MistypedBody, HugeBody, " +
        "SlowHeaders, SlowBody, CutBeforeApplied, CutAfterApplied, CloseAfterAnswer"
      const problems = {
        "Nonsense": `Expected a fault, of which "_tag" is one of ${names}`,
        "": `Expected a fault, of which "_tag" is one of ${names}`,
        "Status": "status: Missing key",
        "{": "Expected JSON",
        "{\"_tag\":\"Status\",\"status\":42}": "status: Expected a value between 200 and 599",
        "{\"_tag\":\"RateLimited\",\"retryafter\":1}": "retryafter: Expected no key but _tag, retryAfter, as",
        "{\"_tag\":\"RateLimited\",\"as\":\"hours\"}": "as: Expected \"seconds\" | \"date\""
      }
      for (const [fault, problem] of Object.entries(problems)) {
        const { body, status } = yield* call("DELETE", "users/ada", { headers: { [Fault.header]: fault } })
        assert.deepStrictEqual([status, body], [400, envelope("bad_request", `x-sunco-fault: ${problem}`)])
      }
      assert.deepStrictEqual(yield* statuses(1), [200])
    })
  )

  test(
    "never the emulator's own endpoints",
    Effect.gen(function*() {
      const { faults } = yield* Emulator
      yield* faults.add(Fault.status(503))
      assert.strictEqual((yield* call("GET", "/_emulator/health")).status, 200)
      assert.strictEqual((yield* call("GET", "/openapi.json")).status, 200)
    })
  )

  test(
    "also those that would be refused",
    Effect.gen(function*() {
      const { faults } = yield* Emulator
      yield* faults.next(Fault.status(503), Fault.slowHeaders(0))
      const unauthorized = Effect.map(call("GET", "/nowhere", { authorization: "" }), ({ status }) => status)
      assert.deepStrictEqual(yield* Effect.replicateEffect(unauthorized, 2), [503, 404])
    })
  )
})

describe("a fault", () => {
  it.effect("that its schema refuses is a defect of the test", () =>
    Effect.gen(function*() {
      const { faults } = yield* Emulator
      for (const fault of [Fault.status(99), Fault.status(200, { headers: { "a b": "c" } }), Fault.hugeBody(-1)]) {
        const exit = yield* Effect.exit(faults.next(fault))
        assert.isTrue(Exit.isFailure(exit) && Cause.hasDies(exit.cause))
      }
      assert.deepStrictEqual(yield* faults.left, [])
    }).pipe(Effect.provide(Emulator.layerMemory())))

  it.effect("can keep the caller waiting for good", () =>
    Effect.gen(function*() {
      const { faults } = yield* Emulator
      yield* faults.next(Fault.slowHeaders(Infinity))
      const fiber = yield* Effect.forkChild(call("GET", "users/ada"))
      yield* arrival
      yield* TestClock.adjust("365 days")
      assert.isUndefined(fiber.pollUnsafe())
      yield* Fiber.interrupt(fiber)
    }).pipe(Effect.provide(Emulator.layerMemory())))

  it.effect.prop("survives the way over JSON", [Fault.FaultRule], ([rule]) =>
    Effect.gen(function*() {
      const codec = Schema.toCodecJson(Fault.FaultRule)
      const json = JSON.parse(JSON.stringify(yield* Schema.encodeEffect(codec)(rule)))
      const decoded = yield* Schema.decodeUnknownEffect(codec)(json)
      assert.deepStrictEqual(yield* Schema.encodeEffect(codec)(decoded), json)
    }))
})
