/** Users on purpose: the limiter is of the core, whatever is called. */
import * as NodeRedis from "@effect/platform-node/NodeRedis"
import { assert, describe, it } from "@effect/vitest"
import { Limiter, type SunshineError, type UserNotFound } from "@sunco/client"
import { Emulator } from "@sunco/emulator"
import * as Fault from "@sunco/emulator/Fault"
import type { User } from "@sunco/schemas/User"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Layer from "effect/Layer"
import * as Logger from "effect/Logger"
import * as Redacted from "effect/Redacted"
import type * as Result from "effect/Result"
import { TestClock } from "effect/testing"
import * as EmulatedUsers from "../faults/EmulatedUsers.ts"
import { ada, seed } from "../faults/RetryKinds.ts"
import { eventually } from "../faults/Waiting.ts"
import * as Caller from "./Caller.ts"
import { RedisServer } from "./RedisServer.ts"

describe("several processes", () => {
  const window = 1000
  const limit = 20

  const start = Effect.gen(function*() {
    const { appId, keyId, keySecret, url } = yield* Emulator
    const redis = yield* RedisServer
    return yield* Caller.start({
      url,
      appId,
      keyId,
      keySecret: Redacted.value(keySecret),
      redis: redis.url,
      limit: { limit, window }
    })
  })

  const arrivals = Effect.flatMap(
    Emulator,
    (emulator) => Effect.map(emulator.requests, (requests) => requests.map(({ receivedAt }) => receivedAt))
  )

  it.live("share one limit", () =>
    Effect.gen(function*() {
      const callers = yield* Effect.replicateEffect(start, 3, { concurrency: "unbounded" })
      const begin = yield* Clock.currentTimeMillis
      const outcomes = yield* Effect.forEach(callers, (call) => call(20), { concurrency: "unbounded" })
      assert.deepStrictEqual(new Set(outcomes.flat()), new Set(["success"]))
      const times = yield* arrivals
      assert.lengthOf(times, 60)
      // None may come before its turn: 20 at once, and then one every 50 milliseconds.
      for (const [i, time] of times.toSorted((a, b) => a - b).entries()) {
        assert.isAtLeast(time - begin, (i - limit + 1) * (window / limit))
      }
    }).pipe(Effect.scoped, Effect.provide([Emulator.layer(), RedisServer.layer])))

  it.live("all wait after a 429 that one of them met", () =>
    Effect.gen(function*() {
      const { faults } = yield* Emulator
      const [first, ...others] = yield* Effect.replicateEffect(start, 3, { concurrency: "unbounded" })
      yield* faults.next(Fault.rateLimited({ retryAfter: 1 }))
      assert.deepStrictEqual(yield* first!(1), ["RateLimited"])
      yield* Effect.forEach(others, (call) => call(1), { concurrency: "unbounded" })
      const [refused, ...later] = yield* arrivals
      assert.lengthOf(later, 2)
      for (const time of later) assert.isAtLeast(time - refused!, 1000)
    }).pipe(Effect.scoped, Effect.provide([Emulator.layer(), RedisServer.layer])))
})

const connection = Effect.map(RedisServer, ({ url }) => NodeRedis.layer({ url, disableOfflineQueue: true }))

/** A limiter of this process over the Redis that is there; what its connection says of its troubles is no matter here. */
const limiter = (options?: Partial<Limiter.Options>) =>
  Limiter.layerRedis({ limit: 100, window: "1 second", ...options }).pipe(
    Layer.provide(Layer.unwrap(connection)),
    Layer.provide(Logger.layer([]))
  )

const sent = Effect.flatMap(Emulator, (emulator) => Effect.map(emulator.requests, (requests) => requests.length))

const failedForTheLimiter = (result: Result.Result<User, UserNotFound | SunshineError>) => {
  assert(result._tag === "Failure" && result.failure._tag === "SunshineError")
  assert.strictEqual(result.failure.reason._tag, "LimiterUnavailable")
  assert.deepInclude(result.failure, { attempts: 0, applied: "no" })
}

describe("when Redis answers no more", () => {
  /** A call that is given one second of the test clock; Redis goes by the real one. */
  const afterOneSecond = Effect.gen(function*() {
    const redis = yield* RedisServer
    const users = yield* EmulatedUsers.make()
    yield* users.get(ada.id)
    yield* redis.pause
    // The connection waits for its answers before it closes.
    yield* Effect.addFinalizer(() => redis.resume)
    const call = yield* Effect.forkChild(Effect.result(users.get(ada.id)))
    yield* TestClock.adjust("1 second")
    return yield* Fiber.join(call)
  }).pipe(Effect.scoped)

  it.effect("a call fails as LimiterUnavailable within a second, and nothing is sent", () =>
    Effect.gen(function*() {
      failedForTheLimiter(yield* afterOneSecond)
      assert.strictEqual(yield* sent, 1)
    }).pipe(Effect.provide(limiter()), Effect.provide([Emulator.layerMemory(seed), RedisServer.layer])))

  it.effect("a call goes on unlimited within a second where that was chosen", () =>
    Effect.gen(function*() {
      assert.strictEqual((yield* afterOneSecond)._tag, "Success")
      assert.strictEqual(yield* sent, 2)
    }).pipe(
      Effect.provide(limiter({ whenUnavailable: "unlimited" })),
      Effect.provide([Emulator.layerMemory(seed), RedisServer.layer])
    ))
})

describe("when Redis has died", () => {
  const afterDeath = Effect.gen(function*() {
    const users = yield* EmulatedUsers.make()
    yield* users.get(ada.id)
    yield* (yield* RedisServer).kill
    return yield* Effect.result(users.get(ada.id))
  })

  it.effect("a call fails as LimiterUnavailable at once, nothing is sent, and the connection can be closed", () =>
    Effect.gen(function*() {
      failedForTheLimiter(yield* afterDeath)
      assert.strictEqual(yield* sent, 1)
    }).pipe(Effect.provide(limiter()), Effect.provide([Emulator.layerMemory(seed), RedisServer.layer])))

  it.effect("a call goes on unlimited at once where that was chosen", () =>
    Effect.gen(function*() {
      assert.strictEqual((yield* afterDeath)._tag, "Success")
      assert.strictEqual(yield* sent, 2)
    }).pipe(
      Effect.provide(limiter({ whenUnavailable: "unlimited" })),
      Effect.provide([Emulator.layerMemory(seed), RedisServer.layer])
    ))
})

it.live("a Redis that dies under 50 calls ends them all, and limits again when it is back", () =>
  Effect.gen(function*() {
    const redis = yield* RedisServer
    const users = yield* EmulatedUsers.make({ retry: "never" })
    const call = Effect.result(users.get(ada.id))
    const [results] = yield* Effect.all([
      Effect.replicateEffect(call, 50, { concurrency: "unbounded" }),
      redis.kill
    ], { concurrency: "unbounded" })
    for (const result of results) if (result._tag === "Failure") failedForTheLimiter(result)
    yield* redis.startAgain
    yield* eventually(Effect.map(call, (result) => result._tag === "Success"))
  }).pipe(
    Effect.provide(limiter({ timeout: "200 millis" })),
    Effect.provide([Emulator.layerMemory(seed), RedisServer.layer])
  ))

it.live("a Redis that is away from the beginning fails the layer, so that the application decides", () =>
  Effect.gen(function*() {
    yield* (yield* RedisServer).kill
    const error = yield* Effect.flip(Layer.build(limiter()))
    assert.strictEqual(error._tag, "RedisError")
  }).pipe(Effect.provide(RedisServer.layer)))
