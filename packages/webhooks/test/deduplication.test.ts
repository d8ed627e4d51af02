import { assert, describe, it } from "@effect/vitest"
import * as Deduplication from "@sunco/webhooks/Deduplication"
import * as DurableStore from "@sunco/webhooks/DurableStore"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as KeyValueStore from "effect/persistence/KeyValueStore"
import type * as Scope from "effect/Scope"
import * as TestClock from "effect/testing/TestClock"

const claim = (key = "app:event") => Effect.flatMap(Deduplication.Deduplication, ({ claim }) => claim(key))

const mine = (key?: string) =>
  Effect.map(claim(key), (claim) => {
    assert.notTypeOf(claim, "string")
    return claim as Deduplication.Claim
  })

describe.each([
  ["in memory", Deduplication.layerMemory()],
  ["in a KeyValueStore", Deduplication.layerKeyValueStore().pipe(Layer.provide(KeyValueStore.layerMemory))]
])("what was handled, %s", (_, layer) => {
  it.effect("is one claimant's at a time, and nobody's once it is done", () =>
    Effect.gen(function*() {
      const { done } = yield* mine()
      assert.strictEqual(yield* claim(), "busy")
      yield* mine("app:another")
      yield* done
      assert.strictEqual(yield* claim(), "done")
    }).pipe(Effect.provide(layer)))

  it.effect("can be claimed again when it was released", () =>
    Effect.gen(function*() {
      yield* Effect.flatMap(mine(), ({ release }) => release)
      yield* mine()
    }).pipe(Effect.provide(layer)))

  it.effect("can be claimed again when the lease is over that was not renewed", () =>
    Effect.gen(function*() {
      const { renew } = yield* mine()
      yield* TestClock.adjust("59 seconds")
      yield* renew
      yield* TestClock.adjust("59 seconds")
      assert.strictEqual(yield* claim(), "busy")
      yield* TestClock.adjust("1 second")
      const late = yield* mine()
      // Who came too late has nothing to release or to renew.
      yield* renew
      yield* TestClock.adjust("59 seconds")
      assert.strictEqual(yield* claim(), "busy")
      yield* late.done
      assert.strictEqual(yield* claim(), "done")
    }).pipe(Effect.provide(layer)))

  it.effect("is done, whoever else has begun it meanwhile", () =>
    Effect.gen(function*() {
      const slow = yield* mine()
      yield* TestClock.adjust("1 minute")
      const other = yield* mine()
      yield* slow.done
      yield* other.release
      assert.strictEqual(yield* claim(), "done")
    }).pipe(Effect.provide(layer)))

  it.effect("is remembered for a day", () =>
    Effect.gen(function*() {
      yield* Effect.flatMap(mine(), ({ done }) => done)
      yield* TestClock.adjust("23 hours")
      assert.strictEqual(yield* claim(), "done")
      yield* TestClock.adjust("1 hour")
      yield* mine()
    }).pipe(Effect.provide(layer)))
})

describe("what was handled, in memory", () => {
  it.effect("is forgotten beyond the capacity, the oldest first; what is being handled is not", () =>
    Effect.gen(function*() {
      const busy = yield* mine("busy")
      for (let n = 0; n < 4; n++) yield* Effect.flatMap(mine(`done-${n}`), ({ done }) => done)
      assert.strictEqual(yield* claim("busy"), "busy")
      yield* busy.done
      assert.strictEqual(yield* claim("done-3"), "done")
      assert.strictEqual(yield* claim("busy"), "done")
      yield* mine("done-0")
    }).pipe(Effect.provide(Deduplication.layerMemory({ capacity: 3 }))))
})

it.effect.each([{ lease: 0 }, { lease: "-1 second" }, { lease: Infinity }, { remember: -1 }] as const)(
  "times that mean nothing are a SettingsError: %j",
  (options) =>
    Effect.gen(function*() {
      const builds: ReadonlyArray<Effect.Effect<unknown, never, Scope.Scope>> = [
        Layer.build(Deduplication.layerMemory(options)),
        Layer.build(Deduplication.layerKeyValueStore(options).pipe(Layer.provide(KeyValueStore.layerMemory))),
        Layer.build(DurableStore.layerMemory(options))
      ]
      for (const build of builds) {
        assert.include(String(yield* Effect.exit(Effect.scoped(build))), "SettingsError")
      }
    })
)

it.effect("without a memory everything is handled again", () =>
  Effect.gen(function*() {
    yield* Effect.flatMap(mine(), ({ done }) => done)
    yield* mine()
  }).pipe(Effect.provide(Deduplication.layerNone)))
