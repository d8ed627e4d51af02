import { assert, describe, it } from "@effect/vitest"
import { Limiter } from "@sunco/client"
import { Emulator } from "@sunco/emulator"
import * as Fault from "@sunco/emulator/Fault"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import { TestClock } from "effect/testing"
import * as EmulatedUsers from "./EmulatedUsers.ts"
import { ada, seed } from "./RetryKinds.ts"
import { throughTime, turn } from "./Waiting.ts"

const emulator = Emulator.layerMemory(seed)

const tenASecond = Limiter.layerMemory({ limit: 10, window: "1 second" })

/** When requests came to the emulator, which goes by the same clock. */
const arrivals = Effect.flatMap(
  Emulator,
  (emulator) => Effect.map(emulator.requests, (requests) => requests.map(({ receivedAt }) => receivedAt))
)

const many = (count: number) =>
  Effect.flatMap(
    EmulatedUsers.make(),
    (users) => Effect.replicateEffect(users.get(ada.id), count, { concurrency: "unbounded", discard: true })
  )

it.effect("without a limiter nothing is held back", () =>
  Effect.gen(function*() {
    yield* many(100)
    assert.deepStrictEqual(yield* arrivals, Array.from({ length: 100 }, () => 0))
  }).pipe(Effect.provide(emulator)))

describe("a limiter", () => {
  it.effect("lets its limit go at once and the rest evenly, whichever client calls", () =>
    Effect.gen(function*() {
      yield* Effect.all([many(15), many(15)], { concurrency: "unbounded" }).pipe(throughTime("10 millis"))
      const evenly = Array.from({ length: 20 }, (_, i) => (i + 1) * 100)
      assert.deepStrictEqual(yield* arrivals, [...Array.from({ length: 10 }, () => 0), ...evenly])
    }).pipe(Effect.provide([emulator, tenASecond])))

  it.effect("keeps a bucket for each app", () =>
    Effect.gen(function*() {
      const { apps: [, other] } = yield* Emulator
      const users = yield* EmulatedUsers.make({ appId: other!.appId })
      yield* many(10)
      yield* Effect.exit(users.get(ada.id))
      assert.deepStrictEqual(yield* arrivals, Array.from({ length: 11 }, () => 0))
    }).pipe(
      Effect.provide([Emulator.layerMemory({ ...seed, apps: [{ appId: "5d8cff3cd55b040010928b5c" }] }), tenASecond])
    ))

  it.effect("counts every attempt", () =>
    Effect.gen(function*() {
      const { faults } = yield* Emulator
      yield* faults.next(Fault.status(503), Fault.status(503))
      const users = yield* EmulatedUsers.make()
      yield* users.get(ada.id).pipe(EmulatedUsers.drawing(0), throughTime("10 millis"))
      assert.deepStrictEqual(yield* arrivals, [0, 100, 200])
    }).pipe(Effect.provide([emulator, Limiter.layerMemory({ limit: 1, window: "100 millis" })])))

  it.effect.each([
    { name: "for as long as the vendor says", fault: Fault.rateLimited({ retryAfter: 5 }), until: 5000 },
    {
      name: "until the date that the vendor names",
      fault: Fault.rateLimited({ retryAfter: 5, as: "date" }),
      until: 5000
    },
    { name: "for the policy's base delay when it says nothing", fault: Fault.rateLimited(), until: 200 },
    { name: "for no longer than the policy allows", fault: Fault.rateLimited({ retryAfter: 3600 }), until: 30_000 }
  ])(
    "lets everybody wait after a 429 $name, and repeats nothing by itself",
    ({ fault, until }) =>
      Effect.gen(function*() {
        const { faults } = yield* Emulator
        yield* faults.next(fault)
        const users = yield* EmulatedUsers.make()
        const error = yield* Effect.flip(users.get(ada.id, { retry: "never" }))
        assert.deepInclude(error, { _tag: "SunshineError", attempts: 1 })
        assert.deepStrictEqual(yield* arrivals, [0])
        yield* many(3).pipe(throughTime("10 millis"))
        assert.deepStrictEqual(yield* arrivals, [0, until, until, until])
      }).pipe(Effect.provide([emulator, tenASecond]))
  )

  it.effect("lets the call that met the 429 wait no longer than the others", () =>
    Effect.gen(function*() {
      const { faults } = yield* Emulator
      yield* faults.next(Fault.rateLimited({ retryAfter: 5 }))
      const users = yield* EmulatedUsers.make()
      yield* users.get(ada.id).pipe(EmulatedUsers.drawing(0), throughTime("10 millis"))
      assert.deepStrictEqual(yield* arrivals, [0, 5000])
    }).pipe(Effect.provide([emulator, tenASecond])))

  it.effect("takes its time from the deadline, and nothing is sent after it", () =>
    Effect.gen(function*() {
      const users = yield* EmulatedUsers.make()
      yield* users.get(ada.id)
      const call = yield* Effect.forkChild(Effect.flip(users.update(ada.id, {}, { deadline: "2 seconds" })))
      yield* TestClock.adjust("1999 millis")
      yield* turn
      assert.isUndefined(call.pollUnsafe())
      yield* TestClock.adjust("1 millis")
      const error = yield* Fiber.join(call)
      assert.deepInclude(error, { _tag: "SunshineError", attempts: 0, retryStopped: "deadline", applied: "no" })
      assert.strictEqual("reason" in error ? error.reason._tag : undefined, "Timeout")
      yield* TestClock.adjust("1 hour")
      assert.deepStrictEqual(yield* arrivals, [0])
    }).pipe(Effect.provide([emulator, Limiter.layerMemory({ limit: 1, window: "1 minute" })])))

  it.effect("that cannot be told of a 429 does not hold the call beyond its deadline", () =>
    Effect.gen(function*() {
      const { faults } = yield* Emulator
      yield* faults.add(Fault.rateLimited())
      const users = yield* EmulatedUsers.make().pipe(Effect.provideService(Limiter.Limiter, {
        admit: () => Effect.succeed({ epoch: 0 }),
        slowDown: () => Effect.never
      }))
      const call = yield* Effect.forkChild(Effect.flip(users.get(ada.id, { deadline: "2 seconds", retry: "never" })))
      yield* turn
      yield* TestClock.adjust("2 seconds")
      assert.deepInclude(yield* Fiber.join(call), { _tag: "SunshineError", attempts: 1 })
    }).pipe(Effect.provide(emulator)))
})
