/** What may go wrong between the vendor and a receiver, over sockets and counted on both sides: nothing is lost, and nothing handled twice. */
import { assert, describe, it } from "@effect/vitest"
import { Deduplication, Secrets } from "@sunco/webhooks"
import * as Durable from "@sunco/webhooks/Durable"
import * as DurableStore from "@sunco/webhooks/DurableStore"
import * as NodeHandler from "@sunco/webhooks/NodeHandler"
import * as Promises from "@sunco/webhooks/promise"
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as KeyValueStore from "effect/persistence/KeyValueStore"
import * as Redacted from "effect/Redacted"
import type * as Scope from "effect/Scope"
import { eventually } from "../faults/Waiting.ts"
import * as MessageReceiver from "./MessageReceiver.ts"
import { outcomes, say, type } from "./MessageReceiver.ts"
import * as Receiving from "./Receiving.ts"
import { answered, secret, sendingTo, settled } from "./Sending.ts"

const live = (name: string, test: Effect.Effect<void, unknown, Scope.Scope>) => it.live(name, () => Effect.scoped(test))

const nothing = () => Effect.void

describe("a handler", () => {
  live(
    "that fails, dies, throws and interrupts itself is called until it does not, and its neighbours are not called again",
    Effect.gen(function*() {
      const { attempts, handled, receiving, sender } = yield* MessageReceiver.make((text, attempt) => {
        if (text !== "b") return Effect.void
        if (attempt === 3) throw new Error("no effect")
        return [Effect.fail("no"), Effect.die(new Error("no")), Effect.void, Effect.interrupt][attempt - 1] ??
          Effect.void
      })
      for (const text of ["a", "b", "c"]) yield* say(sender, text)
      yield* settled(sender)
      assert.deepStrictEqual(yield* outcomes(sender), [[200], [500, 500, 500, 500, 200], [200]])
      assert.deepStrictEqual([...attempts.values()], [1, 5, 1])
      yield* Receiving.accounted(sender, receiving, handled)
    })
  )

  live(
    "that takes too long is interrupted, and called again",
    Effect.gen(function*() {
      let interrupted = 0
      const { handled, receiving, sender } = yield* MessageReceiver.make(
        (_, attempt) =>
          attempt === 1 ? Effect.onInterrupt(Effect.never, () => Effect.sync(() => interrupted++)) : Effect.void,
        { answerWithin: "50 millis" }
      )
      yield* say(sender, "a")
      yield* settled(sender)
      assert.deepStrictEqual([yield* outcomes(sender), interrupted], [[[503, 200]], 1])
      yield* Receiving.accounted(sender, receiving, handled)
    })
  )

  live(
    "that goes on when it is told to stop keeps its event, longer than a lease, and what it comes to counts",
    Effect.gen(function*() {
      const handled: Array<string> = []
      const told: Array<string> = []
      const { promise: gate, resolve: open } = Promise.withResolvers<void>()
      const receiver = Promises.WebhookReceiver.make({
        [type]: async ({ id }, { signal }) => {
          signal.addEventListener("abort", () => told.push(id))
          await gate
          handled.push(id)
        }
      }, {
        secrets: secret,
        answerWithin: "50 millis",
        deduplication: Deduplication.layerMemory({ lease: "100 millis" })
      })
      yield* Effect.addFinalizer(() => Effect.promise(receiver.dispose))
      const receiving = yield* Receiving.on((request, response) => void receiver.node(request, response))
      const sender = yield* sendingTo(receiving.port, [type])
      const { id } = yield* say(sender, "a")
      yield* answered(sender)
      for (let again = 0; again < 2; again++) {
        yield* Effect.sleep("200 millis")
        yield* sender.deliveries.flush
      }
      assert.deepStrictEqual([yield* outcomes(sender), told, handled], [[[503, 503, 503]], [id], []])
      open()
      yield* eventually(Effect.sync(() => handled.length > 0))
      yield* settled(sender)
      assert.deepStrictEqual((yield* outcomes(sender)).map((all) => all.at(-1)), [200])
      yield* Receiving.accounted(sender, receiving, handled)
    })
  )
})

describe("a delivery", () => {
  live(
    "of somebody who does not know the secret reaches no handler, and the vendor's own does",
    Effect.gen(function*() {
      const { handled, sender } = yield* MessageReceiver.make(nothing)
      yield* sender.deliveries.next({ _tag: "forged" })
      yield* say(sender, "forged")
      const { id } = yield* say(sender, "a")
      yield* settled(sender)
      assert.deepStrictEqual([yield* outcomes(sender), handled], [[[401], [200]], [id]])
    })
  )

  live(
    "that comes twice, one after the other, is handled once",
    Effect.gen(function*() {
      const { handled, receiving, sender } = yield* MessageReceiver.make(nothing)
      yield* sender.deliveries.next({ _tag: "twice" }, { _tag: "twice" })
      for (const text of ["a", "b"]) yield* say(sender, text)
      yield* settled(sender)
      assert.deepStrictEqual(yield* outcomes(sender), [[200, 200], [200, 200]])
      yield* Receiving.accounted(sender, receiving, handled)
    })
  )

  live(
    "that comes twice at once is handled once, and asked for again by the one that came second",
    Effect.gen(function*() {
      const both = yield* Deferred.make<void>()
      const { attempts, handled, receiving, sender } = yield* MessageReceiver.make(() => Deferred.await(both), {
        webhooks: 2,
        around: (handler) => (request, response) => {
          // The one that came second is answered first.
          response.once("close", () => Effect.runSync(Deferred.succeed(both, undefined)))
          void handler(request, response)
        }
      })
      yield* say(sender, "a")
      yield* settled(sender)
      assert.deepStrictEqual((yield* outcomes(sender)).toSorted(), [[200], [503, 200]])
      assert.deepStrictEqual([...attempts.values()], [1])
      yield* Receiving.accounted(sender, receiving, handled)
    })
  )

  live(
    "of 1.2 MB is handled",
    Effect.gen(function*() {
      const { handled, receiving, sender } = yield* MessageReceiver.make(nothing)
      yield* say(sender, "x".repeat(1_200_000), "a")
      yield* settled(sender)
      assert.deepStrictEqual(yield* outcomes(sender), [[200]])
      yield* Receiving.accounted(sender, receiving, handled)
    })
  )

  live(
    "that is larger than may be is asked for again, to the last, and nothing beside it is lost",
    Effect.gen(function*() {
      const { handled, sender } = yield* MessageReceiver.make(nothing)
      yield* say(sender, "x".repeat(6_000_000), "a")
      const { id } = yield* say(sender, "b")
      yield* settled(sender)
      const [large, small] = yield* outcomes(sender)
      // The sender may see the end of the connection, and not the answer.
      assert.deepStrictEqual([large?.length, large?.filter((outcome) => outcome !== 413 && outcome !== "no answer")], [
        5,
        []
      ])
      assert.deepStrictEqual([small, handled], [[200], [id]])
    })
  )

  live(
    "that something else has read is asked for again, and handled when it is left alone",
    Effect.gen(function*() {
      const { handled, receiving, sender } = yield* MessageReceiver.make(nothing, {
        around: (handler) => (request, response, nth) => {
          if (nth > 1) return void handler(request, response)
          request.resume().on("end", () => void handler(request, response))
        }
      })
      yield* say(sender, "a")
      yield* settled(sender)
      assert.deepStrictEqual(yield* outcomes(sender), [[500, 200]])
      yield* Receiving.accounted(sender, receiving, handled)
    })
  )

  for (const [what, text] of [["of one packet", "short"], ["of many packets", "x".repeat(1_200_000)]] as const) {
    live(
      `${what} that breaks off amid its body is handled when it comes again`,
      Effect.gen(function*() {
        const { attempts, handled, proxy, receiving, sender } = yield* MessageReceiver.make(nothing)
        proxy.next("amid the request", "amid the request")
        yield* say(sender, text, "a")
        yield* settled(sender)
        assert.deepStrictEqual(yield* outcomes(sender), [["no answer", "no answer", 200]])
        assert.deepStrictEqual([...attempts.values()], [1])
        yield* Receiving.accounted(sender, receiving, handled)
      })
    )
  }

  live(
    "whose answer is lost is not handled again when it comes again",
    Effect.gen(function*() {
      const { handled, proxy, receiving, sender } = yield* MessageReceiver.make(nothing)
      proxy.next("before the answer")
      yield* say(sender, "a")
      yield* settled(sender)
      assert.deepStrictEqual(yield* outcomes(sender), [["no answer", 200]])
      yield* Receiving.accounted(sender, receiving, handled)
    })
  )
})

/** A memory in a store that is there or away. */
const failing = () => {
  const away = { get: false, set: false }
  const store = KeyValueStore.KeyValueStore.pipe(
    Effect.map((store) => ({
      ...store,
      get: (key: string) => away.get ? unreachable("get", key) : store.get(key),
      set: (key: string, value: string | Uint8Array) => away.set ? unreachable("set", key) : store.set(key, value)
    }))
  )
  const unreachable = (method: string, key: string) =>
    Effect.fail(new KeyValueStore.KeyValueStoreError({ method, key, message: "away" }))
  const memory = Deduplication.layerKeyValueStore({ lease: "100 millis" }).pipe(
    Layer.provide(Layer.effect(KeyValueStore.KeyValueStore, store)),
    Layer.provide(KeyValueStore.layerMemory)
  )
  return { away, memory }
}

describe("a memory that is away", () => {
  live(
    "when an event comes lets nobody handle it, and it is handled once when the memory is back",
    Effect.gen(function*() {
      const { away, memory } = failing()
      const { attempts, handled, receiving, sender } = yield* MessageReceiver.make(nothing, { memory })
      away.get = true
      yield* say(sender, "a")
      yield* answered(sender)
      yield* sender.deliveries.flush
      assert.deepStrictEqual([yield* outcomes(sender), handled], [[[503, 503]], []])
      away.get = false
      yield* settled(sender)
      assert.deepStrictEqual([yield* outcomes(sender), [...attempts.values()]], [[[503, 503, 200]], [1]])
      yield* Receiving.accounted(sender, receiving, handled)
    })
  )

  live(
    "when an event was handled is told later, and it is not handled again, also when the lease is over",
    Effect.gen(function*() {
      const { away, memory } = failing()
      const { attempts, handled, receiving, sender } = yield* MessageReceiver.make(nothing, { memory })
      away.set = true
      yield* say(sender, "a")
      yield* answered(sender)
      yield* Effect.sleep("200 millis")
      yield* sender.deliveries.flush
      away.get = true
      yield* sender.deliveries.flush
      away.get = false
      away.set = false
      yield* settled(sender)
      assert.deepStrictEqual([yield* outcomes(sender), [...attempts.values()]], [[[503, 503, 503, 200]], [1]])
      yield* Receiving.accounted(sender, receiving, handled)
    })
  )
})

describe("a store of a durable receiver that is away", () => {
  live(
    "when an event comes keeps nothing, and when it was handled is told later: it is handled once",
    Effect.gen(function*() {
      const away = { offer: true, done: true }
      const unavailable = Effect.fail(new DurableStore.DurableStoreUnavailable({ cause: Redacted.make("away") }))
      const store = yield* Layer.build(
        Layer.effect(
          DurableStore.DurableStore,
          Effect.map(DurableStore.DurableStore, (store) => ({
            ...store,
            offer: (entries: ReadonlyArray<DurableStore.Entry>) => away.offer ? unavailable : store.offer(entries),
            take: Effect.map(
              store.take,
              (taken) => taken && { ...taken, done: Effect.suspend(() => away.done ? unavailable : taken.done) }
            )
          }))
        ).pipe(Layer.provide(DurableStore.layerMemory({ lease: "100 millis" })))
      )
      const handled: Array<string> = []
      const { layerWorkers, receiver } = Durable.make({ [type]: ({ id }) => Effect.sync(() => handled.push(id)) })
      yield* Effect.provideContext(Layer.build(layerWorkers({ pollInterval: "10 millis" })), store)
      const handler = NodeHandler.make(
        receiver,
        Layer.merge(Secrets.layer(Redacted.make(secret)), Layer.succeedContext(store))
      )
      yield* Effect.addFinalizer(() => Effect.promise(handler.dispose))
      const receiving = yield* Receiving.on((request, response) => void handler(request, response))
      const sender = yield* sendingTo(receiving.port, [type])
      for (const text of ["a", "b"]) yield* say(sender, text)
      yield* answered(sender)
      assert.deepStrictEqual([yield* outcomes(sender), handled], [[[503], [503]], []])
      away.offer = false
      yield* settled(sender)
      yield* eventually(Effect.sync(() => handled.length === 1))
      // Its lease is over more than once, and another worker takes it again.
      yield* Effect.sleep("400 millis")
      assert.lengthOf(handled, 1)
      away.done = false
      yield* eventually(Effect.sync(() => handled.length === 2))
      assert.deepStrictEqual(yield* outcomes(sender), [[503, 200], [503, 200]])
      yield* Receiving.accounted(sender, receiving, handled)
    })
  )
})

for (const behind of ["node:http", "HttpRouter"] as const) {
  live(
    `of everything at once nothing is lost behind ${behind}, and nothing is handled twice`,
    Effect.gen(function*() {
      const { away, memory } = failing()
      const { handled, proxy, receiving, sender } = yield* MessageReceiver.make(
        (text, attempt) => {
          const n = Number(text)
          if (attempt === 1 && n % 5 === 0) return Effect.fail("no")
          if (attempt === 1 && n % 7 === 0) return Effect.never
          return n % 3 === 0 ? Effect.sleep("5 millis") : Effect.void
        },
        { behind, memory, webhooks: 2, answerWithin: "200 millis" }
      )
      const texts = Array.from({ length: 40 }, (_, n) => String(n))
      for (const text of texts) {
        const n = Number(text)
        if (n % 4 === 0) yield* sender.deliveries.next({ _tag: "twice" })
        if (n % 6 === 0) yield* sender.deliveries.next({ _tag: "late", millis: n + 1 })
        if (n % 8 === 0) proxy.next("amid the request")
        if (n % 9 === 0) proxy.next("before the answer")
        away.set = n > 20 && n < 26
        yield* say(sender, text)
      }
      yield* answered(sender)
      away.set = false
      yield* settled(sender)
      yield* Receiving.accounted(sender, receiving, handled)
    })
  )
}
