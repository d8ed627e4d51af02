import { assert, describe, it } from "@effect/vitest"
import * as Circuit from "@sunco/client/Circuit"
import type { SunshineError } from "@sunco/client/SunshineError"
import type { Users } from "@sunco/client/Users"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import { TestClock } from "effect/testing"
import { ada } from "./Operations.ts"
import { after, answer, errors, json, refused, type Reply, reset, silence } from "./ScriptedTransport.ts"
import * as TestClient from "./TestClient.ts"

const found = json(200, { user: ada })
const unavailable = errors(503, "service_unavailable")

/** One attempt a call, and a breaker that opens after three failures. */
const client = (script: readonly [Reply, ...Array<Reply>], options?: TestClient.Options) =>
  TestClient.scripted(script, { retry: "never", ...options }).pipe(
    Effect.provide(Circuit.layer({ failures: 3, openDuration: "30 seconds" }))
  )

/** The reason of a call that fails, "found" of one that does not. */
const get = (users: Users["Service"]) =>
  users.get("ada").pipe(
    Effect.match({
      onFailure: (error) => error._tag === "SunshineError" ? error.reason._tag : error._tag,
      onSuccess: () => "found"
    }),
    TestClient.throughTime
  )

const times = (count: number, users: Users["Service"]) => Effect.replicateEffect(get(users), count)

describe("the circuit breaker", () => {
  it.effect("opens after so many failures in a row, and then calls fail at once with nothing sent", () =>
    Effect.gen(function*() {
      const { sent, users } = yield* client([unavailable])
      assert.deepStrictEqual(yield* times(3, users), ["ServerError", "ServerError", "ServerError"])
      const error = yield* Effect.flip(users.get("ada"))
      assert(error._tag === "SunshineError" && error.reason._tag === "CircuitOpen")
      assert.deepInclude(error, { attempts: 0, retryStopped: "circuit", applied: "no" })
      assert.deepStrictEqual(error.reason.retryAfter, Duration.seconds(30))
      assert.isTrue(error.reason.isRetryable)
      assert.lengthOf(sent, 3)
    }))

  it.effect.each<readonly [what: string, reply: Reply, reason: string]>([
    ["408", answer(408), "UnexpectedResponse"],
    ["a reset", reset, "Transport"],
    ["no connection", refused, "Transport"],
    ["a time-out", silence, "Timeout"]
  ])("opens on %s too", ([, reply, reason]) =>
    Effect.gen(function*() {
      const { users } = yield* client([reply])
      assert.deepStrictEqual(yield* times(4, users), [reason, reason, reason, "CircuitOpen"])
    }))

  it.effect.each<readonly [what: string, reply: Reply, reason: string]>([
    ["404", errors(404, "user_not_found"), "UserNotFound"],
    ["400", errors(400, "bad_request"), "BadRequest"],
    ["401", errors(401, "unauthorized"), "Unauthorized"],
    ["429", errors(429, "too_many_requests"), "RateLimited"]
  ])("does not open on %s, for who answers is up", ([, reply, reason]) =>
    Effect.gen(function*() {
      const { users } = yield* client([reply])
      assert.deepStrictEqual(new Set(yield* times(20, users)), new Set([reason]))
    }))

  it.effect("counts failures in a row only", () =>
    Effect.gen(function*() {
      const { users } = yield* client([unavailable, unavailable, found, unavailable, unavailable, found, unavailable])
      assert.notInclude(yield* times(9, users), "CircuitOpen")
      assert.strictEqual(yield* get(users), "CircuitOpen")
    }))

  it.effect("lets one call try after its time, closes when that succeeds, and opens again when it does not", () =>
    Effect.gen(function*() {
      const { sent, users } = yield* client([
        unavailable,
        unavailable,
        unavailable,
        unavailable,
        after("1 second", found),
        found
      ])
      yield* times(3, users)
      yield* TestClock.adjust("29 seconds")
      assert.strictEqual(yield* get(users), "CircuitOpen")
      yield* TestClock.adjust("1 second")
      assert.deepStrictEqual(yield* times(2, users), ["ServerError", "CircuitOpen"])
      yield* TestClock.adjust("1 minute")
      const both = yield* TestClient.throughTime(
        Effect.all([users.get("ada"), Effect.flip(users.get("ada"))], { concurrency: 2 })
      )
      assert(both[1]._tag === "SunshineError")
      assert.strictEqual(both[1].reason._tag, "CircuitOpen")
      assert.deepStrictEqual(yield* times(2, users), ["found", "found"])
      assert.lengthOf(sent, 7)
    }))

  it.effect("stays open as long as Retry-After asks", () =>
    Effect.gen(function*() {
      const { users } = yield* client([answer(503, "", { "retry-after": "90" })])
      yield* times(3, users)
      yield* TestClock.adjust("60 seconds")
      const error = yield* Effect.flip(users.get("ada"))
      assert(error._tag === "SunshineError" && error.reason._tag === "CircuitOpen")
      assert.deepStrictEqual(error.reason.retryAfter, Duration.seconds(30))
    }))

  it.effect("ends the attempts of a call, which says what it knows", () =>
    Effect.gen(function*() {
      const { sent, users } = yield* client([reset], { retry: { attempts: 10 } })
      const error = yield* users.update("ada", {}).pipe(Effect.flip, TestClient.throughTime)
      assert.deepInclude(error, { attempts: 3, retryStopped: "circuit", applied: "unknown" })
      assert.strictEqual((error as SunshineError).reason._tag, "CircuitOpen")
      assert.lengthOf(sent, 3)
    }))

  it.effect("is shared by the clients of an app, and apart from those of another", () =>
    Effect.gen(function*() {
      const first = yield* TestClient.scripted([unavailable], { retry: "never" })
      const second = yield* TestClient.scripted([found])
      const other = yield* TestClient.scripted([found], { appId: "another" })
      yield* times(3, first.users)
      assert.strictEqual(yield* get(second.users), "CircuitOpen")
      assert.strictEqual(yield* get(other.users), "found")
    }).pipe(Effect.provide(Circuit.layer({ failures: 3 }))))

  it.effect("is not there by default", () =>
    Effect.gen(function*() {
      const { users } = yield* TestClient.scripted([unavailable], { retry: "never" })
      assert.notInclude(yield* times(50, users), "CircuitOpen")
    }))
})
