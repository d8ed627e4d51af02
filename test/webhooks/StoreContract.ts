/** What every store of a durable receiver keeps to. */
import { assert, type it } from "@effect/vitest"
import { DurableStore, type Entry } from "@sunco/webhooks/DurableStore"
import * as Effect from "effect/Effect"
import type * as Layer from "effect/Layer"

const entry = (id: string, order = "one"): Entry => ({ id, order, body: `{"event":"${id}"}` })

const offer = (...entries: ReadonlyArray<Entry>) => Effect.flatMap(DurableStore, ({ offer }) => offer(entries))

const take = Effect.flatMap(DurableStore, ({ take }) => take)

const takeOne = Effect.map(take, (taken) => {
  assert.isDefined(taken)
  return taken!
})

/** `pass` lets time go by: 400 milliseconds are more than a lease here. */
export const storeContract = <E>(
  layer: Layer.Layer<DurableStore, E>,
  pass: (millis: number) => Effect.Effect<void>,
  run: typeof it.effect | typeof it.live
) => {
  run("gives out what it was offered, in order, and nothing twice", () =>
    Effect.gen(function*() {
      assert.strictEqual(yield* offer(entry("a"), entry("b"), entry("a")), 2)
      assert.strictEqual(yield* offer(entry("b"), entry("c")), 1)
      const ids: Array<string> = []
      for (let n = 0; n < 3; n++) {
        const { attempts, body, done, id } = yield* takeOne
        assert.deepStrictEqual([attempts, body], [1, `{"event":"${id}"}`])
        ids.push(id)
        yield* done
      }
      assert.deepStrictEqual(ids, ["a", "b", "c"])
      assert.isUndefined(yield* take)
      // Also after it was handled.
      assert.strictEqual(yield* offer(entry("a")), 0)
    }).pipe(Effect.provide(layer)))

  run("gives out one of an order at a time, and of others meanwhile", () =>
    Effect.gen(function*() {
      yield* offer(entry("a1", "a"), entry("a2", "a"), entry("b1", "b"))
      const [a1, b1] = [yield* takeOne, yield* takeOne]
      assert.deepStrictEqual([a1.id, b1.id], ["a1", "b1"])
      assert.isUndefined(yield* take)
      yield* a1.done
      assert.strictEqual((yield* takeOne).id, "a2")
      assert.isUndefined(yield* take)
      yield* b1.done
    }).pipe(Effect.provide(layer)))

  run("holds back what comes after one that is to be tried again", () =>
    Effect.gen(function*() {
      yield* offer(entry("a1", "a"), entry("a2", "a"), entry("b1", "b"))
      yield* Effect.flatMap(takeOne, ({ retry }) => retry(150))
      assert.strictEqual((yield* takeOne).id, "b1")
      assert.isUndefined(yield* take)
      yield* pass(170)
      const again = yield* takeOne
      assert.deepStrictEqual([again.id, again.attempts], ["a1", 2])
      yield* again.done
      assert.strictEqual((yield* takeOne).id, "a2")
    }).pipe(Effect.provide(layer)))

  run("gives out again what nobody has renewed, and listens no more to who had it", () =>
    Effect.gen(function*() {
      yield* offer(entry("a"))
      const late = yield* takeOne
      yield* pass(200)
      assert.isTrue(yield* late.renew)
      yield* pass(200)
      assert.isUndefined(yield* take)
      yield* pass(200)
      const taken = yield* takeOne
      assert.deepStrictEqual([taken.id, taken.attempts], ["a", 2])
      assert.isFalse(yield* late.renew)
      yield* late.done
      yield* late.retry(0)
      yield* late.fail("Late")
      assert.isUndefined(yield* take)
      assert.isTrue(yield* taken.renew)
      yield* taken.done
      assert.isUndefined(yield* take)
    }).pipe(Effect.provide(layer)))

  run(
    "lists what failed for good, and gives it out again when it was put back, behind the others",
    () =>
      Effect.gen(function*() {
        const { failed, putBack } = yield* DurableStore
        yield* offer(entry("a"), entry("b"))
        yield* Effect.flatMap(takeOne, ({ fail }) => fail("CrmDown"))
        assert.deepStrictEqual(yield* failed, [{ ...entry("a"), attempts: 1, error: "CrmDown" }])
        // It is known as long as it is there.
        assert.strictEqual(yield* offer(entry("a")), 0)
        assert.isFalse(yield* putBack("another"))
        assert.isTrue(yield* putBack("a"))
        assert.isFalse(yield* putBack("a"))
        assert.deepStrictEqual(yield* failed, [])
        const first = yield* takeOne
        assert.strictEqual(first.id, "b")
        yield* first.done
        const second = yield* takeOne
        assert.deepStrictEqual([second.id, second.attempts], ["a", 1])
        yield* second.done
        assert.isUndefined(yield* take)
      }).pipe(Effect.provide(layer))
  )

  run("gives each to one taker, however many ask at once", () =>
    Effect.gen(function*() {
      const entries = Array.from({ length: 40 }, (_, n) => entry(`e${n}`, `o${n % 20}`))
      yield* offer(...entries)
      const taken = yield* Effect.forEach(Array.from({ length: 60 }), () => take, { concurrency: "unbounded" })
      const ids = taken.flatMap((taken) => taken?.id ?? [])
      assert.lengthOf(ids, 20)
      assert.lengthOf([...new Set(ids)], 20)
    }).pipe(Effect.provide(layer)))
}
