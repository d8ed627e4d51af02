import { assert, describe, it } from "@effect/vitest"
import * as Durable from "@sunco/webhooks/Durable"
import * as DurableStore from "@sunco/webhooks/DurableStore"
import * as Secrets from "@sunco/webhooks/Secrets"
import * as Testing from "@sunco/webhooks/Testing"
import { discard } from "@sunco/webhooks/WebhookReceiver"
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Fiber from "effect/Fiber"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import * as Scope from "effect/Scope"
import * as TestClock from "effect/testing/TestClock"

const DurableLayer = Layer.merge(Secrets.layer(Redacted.make("s3cret")), DurableStore.layerMemory())

const said = (text: string, conversation = "c1") =>
  Testing.event("conversation:message", {
    conversation: { id: conversation },
    message: { content: { type: "text", text } }
  })

/** A store with another way to note that an event was handled. */
const storeWhere = (done: (done: DurableStore.Taken["done"]) => DurableStore.Taken["done"]) =>
  Layer.merge(
    Secrets.layer(Redacted.make("s3cret")),
    Layer.effect(
      DurableStore.DurableStore,
      Effect.map(DurableStore.DurableStore, (store) => ({
        ...store,
        take: Effect.map(store.take, (taken) => taken && { ...taken, done: done(taken.done) })
      }))
    ).pipe(Layer.provide(DurableStore.layerMemory()))
  )

/** A receiver whose handler writes down what it got, and does what it is told with it. */
const noting = (
  handle: (text: string, attempt: number) => Effect.Effect<unknown, unknown> = () => Effect.void,
  options?: Durable.Options
) => {
  const seen: Array<string> = []
  const { failed, layerWorkers, putBack, receiver } = Durable.make({
    "conversation:message": ({ payload: { message: { content } } }, { attempt = 0 }) => {
      const text = content?.type === "text" ? content.text ?? "" : ""
      seen.push(attempt === 1 ? text : `${text} (${attempt})`)
      return handle(text, attempt)
    }
  }, options)
  const receive = (...events: ReadonlyArray<object>) =>
    receiver.receive({ apiKey: "s3cret", body: Testing.delivery(...events) })
  return { seen, receive, work: Layer.build(layerWorkers()), receiver, failed, putBack }
}

const unavailable = Effect.fail(new DurableStore.DurableStoreUnavailable({ cause: Redacted.make("down") }))

describe("a durable receiver", () => {
  it.effect("answers before anything is handled, and handles it afterwards, in order", () =>
    Effect.gen(function*() {
      const { receive, receiver, seen, work } = noting()
      assert.deepStrictEqual(receiver.triggers, ["conversation:message"])
      const { handled, status } = yield* receive(said("a"), said("b"), said("c"))
      assert.deepStrictEqual([status, handled, seen], [200, 3, []])
      yield* work
      yield* TestClock.adjust(0)
      assert.deepStrictEqual(seen, ["a", "b", "c"])
      // A worker that waits is rung for.
      yield* receive(said("d"))
      yield* TestClock.adjust(0)
      assert.deepStrictEqual(seen, ["a", "b", "c", "d"])
    }).pipe(Effect.scoped, Effect.provide(DurableLayer)))

  it.effect("takes an event once, however often it is delivered", () =>
    Effect.gen(function*() {
      const { receive, seen, work } = noting()
      yield* work
      const event = said("a")
      yield* receive(event)
      yield* TestClock.adjust("1 second")
      const { duplicates, handled } = yield* receive(event, said("b"))
      yield* TestClock.adjust("1 second")
      assert.deepStrictEqual([duplicates, handled, seen], [1, 1, ["a", "b"]])
    }).pipe(Effect.scoped, Effect.provide(DurableLayer)))

  it.effect("tries again what failed, later each time, and what comes after it in the conversation waits", () =>
    Effect.gen(function*() {
      const { receive, seen, work } = noting((text, attempt) =>
        text === "a" && attempt < 4 ? Effect.fail("no") : Effect.void
      )
      yield* work
      yield* receive(said("a"), said("b"), said("elsewhere", "c2"))
      yield* TestClock.adjust(0)
      assert.deepStrictEqual(seen, ["a", "elsewhere"])
      yield* TestClock.adjust("1 second")
      yield* TestClock.adjust("2 seconds")
      assert.deepStrictEqual(seen, ["a", "elsewhere", "a (2)", "a (3)"])
      yield* TestClock.adjust("4 seconds")
      assert.deepStrictEqual(seen, ["a", "elsewhere", "a (2)", "a (3)", "a (4)", "b"])
    }).pipe(Effect.scoped, Effect.provide(DurableLayer)))

  it.effect("lists what failed for good, lets the next go on, and handles it when it is put back", () =>
    Effect.gen(function*() {
      let isDown = true
      const { failed, putBack, receive, seen, work } = noting(
        (text) => text === "a" && isDown ? Effect.fail({ _tag: "CrmDown" }) : Effect.void,
        { maxAttempts: 2 }
      )
      yield* work
      const event = said("a")
      yield* receive(event, said("b"))
      yield* TestClock.adjust("5 seconds")
      assert.deepStrictEqual(seen, ["a", "a (2)", "b"])
      const [only, ...more] = yield* failed
      assert.deepStrictEqual<unknown>([only, more], [{
        id: `5ebee0975ac5304b664a12fa:${event.id}`,
        attempts: 2,
        error: "CrmDown",
        appId: "5ebee0975ac5304b664a12fa",
        webhookId: "5f4eaef81e3dcc117c7ba48a",
        event
      }, []])
      isDown = false
      assert.isTrue(yield* putBack(only!.id))
      yield* TestClock.adjust(0)
      assert.deepStrictEqual(seen, ["a", "a (2)", "b", "a"])
      assert.deepStrictEqual(yield* failed, [])
    }).pipe(Effect.scoped, Effect.provide(DurableLayer)))

  it.effect("does not try again what a handler has refused for good", () =>
    Effect.gen(function*() {
      const { failed, receive, seen, work } = noting(() => Effect.fail({ [discard]: true }))
      yield* work
      yield* receive(said("a"))
      yield* TestClock.adjust("1 hour")
      assert.deepStrictEqual([seen, yield* failed], [["a"], []])
    }).pipe(Effect.scoped, Effect.provide(DurableLayer)))

  it.effect("keeps nothing that nobody wants, and what is not what its type says until somebody can read it", () =>
    Effect.gen(function*() {
      const { failed, receive, work } = noting()
      yield* work
      yield* receive(Testing.event("user:update"), Testing.unknownEvent("tomorrow"), {
        id: "odd",
        type: "conversation:message",
        payload: {}
      })
      yield* TestClock.adjust("2 hours")
      assert.deepStrictEqual((yield* failed).map(({ error, event }) => [error, (event as { id: string }).id]), [
        ["Undecodable", "odd"]
      ])
    }).pipe(Effect.scoped, Effect.provide(DurableLayer)))

  it.effect("knows what has no id by what it is, if that is long by a digest of it, and takes it once", () =>
    Effect.gen(function*() {
      const { failed, receive, work } = noting(undefined, { maxAttempts: 1 })
      yield* work
      const event = { type: "conversation:message", payload: { text: "secret".repeat(1000) } }
      const taken = [yield* receive(event, [1]), yield* receive(event, { ...event, type: "user:remove" }, [1])]
      yield* TestClock.adjust("1 second")
      assert.deepStrictEqual(taken.map(({ duplicates }) => duplicates), [0, 2])
      const ids = (yield* failed).map(({ id }) => id)
      assert.lengthOf(ids, 3)
      assert.lengthOf(ids.filter((id) => /^[0-9a-f]{64}$/.test(id)), 2)
      assert.include(ids, "5ebee0975ac5304b664a12fa:[1]")
    }).pipe(Effect.scoped, Effect.provide(DurableLayer)))

  it.effect("keeps an event as long as its handler takes, longer than a lease", () =>
    Effect.gen(function*() {
      const latch = yield* Deferred.make<void>()
      const { receive, seen, work } = noting(() => Deferred.await(latch))
      yield* work
      yield* receive(said("a"))
      yield* TestClock.adjust("10 minutes")
      assert.deepStrictEqual(seen, ["a"])
      yield* Deferred.succeed(latch, undefined)
      yield* TestClock.adjust("10 minutes")
      assert.deepStrictEqual(seen, ["a"])
    }).pipe(Effect.scoped, Effect.provide(DurableLayer)))

  it.effect("gives an event back at once when its workers are stopped", () =>
    Effect.gen(function*() {
      const { receive, seen, work } = noting((_, attempt) => attempt === 1 ? Effect.never : Effect.void)
      const scope = yield* Scope.make()
      yield* Scope.provide(work, scope)
      yield* receive(said("a"))
      yield* TestClock.adjust(0)
      yield* Scope.close(scope, Exit.void)
      yield* work
      yield* TestClock.adjust(0)
      assert.deepStrictEqual(seen, ["a", "a (2)"])
    }).pipe(Effect.scoped, Effect.provide(DurableLayer)))

  it.effect("does not handle again what it could not note, also when the lease is over, and goes on with what comes after it", () =>
    Effect.gen(function*() {
      let isAway = true
      const { receive, seen, work } = noting()
      yield* Effect.gen(function*() {
        yield* work
        yield* receive(said("a"), said("b"))
        // Longer than it tries to note it.
        yield* TestClock.adjust("40 seconds")
        assert.deepStrictEqual(seen, ["a"])
        isAway = false
        yield* TestClock.adjust("40 seconds")
        assert.deepStrictEqual(seen, ["a", "b"])
      }).pipe(Effect.provide(storeWhere((done) => Effect.suspend(() => isAway ? unavailable : done))))
    }).pipe(Effect.scoped))

  it.effect("notes later, within the lease, what it could not note at first", () =>
    Effect.gen(function*() {
      let isAway = true
      const { receive, seen, work } = noting()
      yield* Effect.gen(function*() {
        yield* work
        yield* receive(said("a"), said("b"))
        yield* TestClock.adjust("10 seconds")
        isAway = false
        yield* TestClock.adjust("2 seconds")
        assert.deepStrictEqual(seen, ["a", "b"])
      }).pipe(Effect.provide(storeWhere((done) => Effect.suspend(() => isAway ? unavailable : done))))
    }).pipe(Effect.scoped))

  it.effect("notes to the end what was handled while its workers are stopped", () =>
    Effect.gen(function*() {
      const latch = yield* Deferred.make<void>()
      const { receive, seen, work } = noting()
      yield* Effect.gen(function*() {
        const scope = yield* Scope.make()
        yield* Scope.provide(work, scope)
        yield* receive(said("a"))
        yield* TestClock.adjust(0)
        const closing = yield* Effect.forkChild(Scope.close(scope, Exit.void))
        yield* TestClock.adjust(0)
        yield* Deferred.succeed(latch, undefined)
        yield* Fiber.join(closing)
        yield* work
        yield* TestClock.adjust("10 minutes")
        assert.deepStrictEqual(seen, ["a"])
      }).pipe(Effect.provide(storeWhere((done) => Effect.andThen(Deferred.await(latch), done))))
    }).pipe(Effect.scoped))

  it.effect("says 503 where nothing can be kept, and its workers wait", () =>
    Effect.gen(function*() {
      const down = Layer.succeed(DurableStore.DurableStore, {
        leaseMillis: 1000,
        offer: () => unavailable,
        take: unavailable,
        failed: unavailable,
        putBack: () => unavailable
      })
      const { receive, work } = noting()
      const { failed, reason, status } = yield* Effect.gen(function*() {
        yield* work
        yield* TestClock.adjust("10 seconds")
        return yield* receive(said("a"))
      }).pipe(Effect.provide(Layer.merge(down, Secrets.layer(Redacted.make("s3cret")))))
      assert.deepStrictEqual([status, reason, failed], [503, "unavailable", 1])
    }).pipe(Effect.scoped))

  it.each([{ maxAttempts: 0 }, { maxAttempts: 1.5 }, { maxBodyBytes: 0 }])(
    "throws options that mean nothing: %j",
    (options) => {
      assert.throws(() => Durable.make({}, options), /must be/)
    }
  )

  it.effect("refuses strangers as any other", () =>
    Effect.gen(function*() {
      const { receiver, seen } = noting()
      const { status } = yield* receiver.receive({ apiKey: "forged", body: Testing.delivery(said("a")) })
      assert.deepStrictEqual([status, seen], [401, []])
    }).pipe(Effect.provide(DurableLayer)))
})
