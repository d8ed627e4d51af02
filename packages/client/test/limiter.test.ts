import { assert, describe, it } from "@effect/vitest"
import * as Limiter from "@sunco/client/Limiter"
import type { Users } from "@sunco/client/Users"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as HttpClient from "effect/http/HttpClient"
import * as RateLimiter from "effect/persistence/RateLimiter"
import * as Redis from "effect/persistence/Redis"
import { ada } from "./Operations.ts"
import { answer, errors, json, type SentRequest } from "./ScriptedTransport.ts"
import * as ScriptedTransport from "./ScriptedTransport.ts"
import * as TestClient from "./TestClient.ts"

const found = json(200, { user: ada })

const twoIn10Seconds = Limiter.layerMemory({ limit: 2, window: "10 seconds" })

const together = (count: number, users: Users["Service"]) =>
  Effect.forEach(Array.from({ length: count }), () => users.get("ada"), { concurrency: "unbounded" })

const times = (sent: ReadonlyArray<SentRequest>) => sent.map(({ at }) => at)

describe("the limiter", () => {
  it.effect("lets so many requests go at once, and the others as the bucket refills", () =>
    Effect.gen(function*() {
      const { sent, users } = yield* TestClient.scripted([found])
      yield* TestClient.throughTime(together(5, users))
      assert.deepStrictEqual(times(sent), [0, 0, 5000, 10_000, 15_000])
    }).pipe(Effect.provide(twoIn10Seconds)))

  it.effect("counts every attempt", () =>
    Effect.gen(function*() {
      const { sent, users } = yield* TestClient.scripted([errors(503), errors(503), found])
      yield* users.get("ada").pipe(TestClient.drawing(1), TestClient.throughTime)
      assert.deepStrictEqual(times(sent), [0, 200, 5000])
    }).pipe(Effect.provide(twoIn10Seconds)))

  it.effect("takes its time from the deadline", () =>
    Effect.gen(function*() {
      const { sent, users } = yield* TestClient.scripted([found])
      yield* TestClient.throughTime(together(2, users))
      const error = yield* users.get("ada", { deadline: "3 seconds" }).pipe(Effect.flip, TestClient.throughTime)
      assert(error._tag === "SunshineError")
      assert.deepInclude(error, { attempts: 0, retryStopped: "deadline", applied: "no" })
      assert.deepInclude(error.reason, { _tag: "Timeout", limit: "deadline" })
      assert.lengthOf(sent, 2)
    }).pipe(Effect.provide(twoIn10Seconds)))

  it.effect("makes everybody wait after a 429, and repeats nothing itself", () =>
    Effect.gen(function*() {
      const first = yield* TestClient.scripted([answer(429, "", { "retry-after": "20" })], { retry: "never" })
      const second = yield* TestClient.scripted([found])
      yield* Effect.flip(first.users.get("ada"))
      yield* TestClient.throughTime(second.users.get("ada"))
      assert.lengthOf(first.sent, 1)
      assert.isAtLeast(times(second.sent)[0] ?? 0, 20_000)
    }).pipe(Effect.provide(Limiter.layerMemory({ limit: 100, window: "1 second" }))))

  it.effect("is shared by the clients of an app, and apart from those of another", () =>
    Effect.gen(function*() {
      const first = yield* TestClient.scripted([found])
      const second = yield* TestClient.scripted([found])
      const other = yield* TestClient.scripted([found], { appId: "another" })
      yield* together(2, first.users)
      yield* together(2, other.users)
      yield* TestClient.throughTime(second.users.get("ada"))
      assert.deepStrictEqual([times(other.sent), times(second.sent)], [[0, 0], [5000]])
    }).pipe(Effect.provide(twoIn10Seconds)))

  it.effect("is not there by default", () =>
    Effect.gen(function*() {
      const { sent, users } = yield* TestClient.scripted([found])
      yield* together(1000, users)
      assert.deepStrictEqual(new Set(times(sent)), new Set([0]))
    }))
})

describe("a limiter that cannot be asked", () => {
  const silent = Layer.mock(RateLimiter.RateLimiter, {
    [RateLimiter.TypeId]: RateLimiter.TypeId,
    consume: () => Effect.never,
    adaptiveConsume: () => Effect.never,
    adaptiveFeedback: () => Effect.never
  })
  const layer = (whenUnavailable?: "fail" | "unlimited") =>
    Layer.effect(
      Limiter.Limiter,
      Limiter.make({ limit: 1, window: "1 second", timeout: "3 seconds", whenUnavailable })
    ).pipe(Layer.provide(silent))

  it.effect("ends the call as LimiterUnavailable, with nothing sent", () =>
    Effect.gen(function*() {
      const { sent, users } = yield* TestClient.scripted([found])
      const error = yield* users.get("ada").pipe(Effect.flip, TestClient.throughTime)
      assert(error._tag === "SunshineError" && error.reason._tag === "LimiterUnavailable")
      assert.deepInclude(error, { attempts: 0, applied: "no" })
      assert.isTrue(error.reason.isRetryable)
      assert.lengthOf(sent, 0)
    }).pipe(Effect.provide(layer())))

  it.effect("lets the call go on where the caller chose that", () =>
    Effect.gen(function*() {
      const { sent, users } = yield* TestClient.scripted([errors(429), found])
      yield* users.get("ada").pipe(TestClient.drawing(0), TestClient.throughTime)
      assert.lengthOf(sent, 2)
    }).pipe(Effect.provide(layer("unlimited"))))
})

/** Keeps the keys that the limiter's scripts are run with. */
const redisOfKeys = () => {
  const keys = new Set<string>()
  const layer = Layer.mock(Redis.Redis, {
    eval: ((
      script: {
        readonly params: (...params: ReadonlyArray<unknown>) => ReadonlyArray<unknown>
        readonly numberOfKeys: (...params: ReadonlyArray<unknown>) => number
      }
    ) =>
    (...params: ReadonlyArray<unknown>) => {
      for (const key of script.params(...params).slice(0, script.numberOfKeys(...params))) keys.add(String(key))
      // A bucket that has more, and a limiter that has met no 429.
      return Effect.succeed([0, 0, "inactive"])
    }) as never
  })
  return { keys, layer }
}

it.effect("keeps the keys of apps, hosts and prefixes apart in Redis, whatever they are called", () =>
  Effect.gen(function*() {
    const all: Array<string> = []
    const appIds = ["victim", "victim:adaptive", "victim:refill", "victim}", "{victim", "a/victim"]
    const hosts = ["https://a.example", "https://a.example/a", "http://127.0.0.1:3000", "http://127.0.0.1:3000/sc"]
    for (const prefix of [undefined, "", "sunco:{a.example/victim}"]) {
      for (const baseUrl of hosts) {
        for (const appId of appIds) {
          const { keys, layer } = redisOfKeys()
          const limiter = Limiter.layerRedis({ limit: 1, window: "1 minute", prefix }).pipe(Layer.provide(layer))
          const { httpClient } = ScriptedTransport.make([found])
          const { users } = yield* TestClient.at(baseUrl, Layer.succeed(HttpClient.HttpClient, httpClient), { appId })
            .pipe(
              Effect.provide(limiter)
            )
          yield* users.get("ada")
          assert.strictEqual(keys.size, 3)
          all.push(...keys)
        }
      }
    }
    assert.strictEqual(new Set(all).size, all.length)
  }))
