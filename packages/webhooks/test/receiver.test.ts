import { assert, describe, it } from "@effect/vitest"
import * as Deduplication from "@sunco/webhooks/Deduplication"
import * as Secrets from "@sunco/webhooks/Secrets"
import * as Testing from "@sunco/webhooks/Testing"
import * as WebhookReceiver from "@sunco/webhooks/WebhookReceiver"
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Layer from "effect/Layer"
import * as KeyValueStore from "effect/persistence/KeyValueStore"
import * as Redacted from "effect/Redacted"
import * as TestClock from "effect/testing/TestClock"

const apiKey = "the-secret-of-the-webhook"

const ReceiverLayer = Layer.merge(Secrets.layer(Redacted.make(apiKey)), Deduplication.layerMemory())

const removed = (id: string) => Testing.event("user:remove", { user: { id } })

/** A receiver whose handlers write down what they got. */
const noting = (handle: (id: string) => Effect.Effect<unknown, unknown> = () => Effect.void) => {
  const seen: Array<string> = []
  const receiver = WebhookReceiver.make({
    "user:remove": ({ payload }) => {
      seen.push(payload.user.id)
      return handle(payload.user.id)
    }
  })
  return { seen, receive: (body: unknown, key = apiKey) => receiver.receive({ apiKey: key, body }) }
}

describe("who may call", () => {
  it.effect.each([undefined, "", "another", `${apiKey} `, `${apiKey}, ${apiKey}`])(
    "is refused with the key %s, before the body is read",
    (key) =>
      Effect.gen(function*() {
        const receiver = WebhookReceiver.make({ "user:remove": () => Effect.die("handled") })
        const { reason, status } = yield* receiver.receive({ apiKey: key, body: Effect.die("read") })
        assert.deepStrictEqual([status, reason], [401, "unknown key"])
      }).pipe(Effect.provide(ReceiverLayer))
  )
})

describe("a secret that names an app or a webhook", () => {
  const layer = Layer.merge(
    Deduplication.layerMemory(),
    Secrets.layer(
      { secret: Redacted.make(apiKey), appId: "one" },
      { secret: Redacted.make("of-a-webhook"), appId: "other", webhookId: "hook" },
      { secret: Redacted.make("of-both"), appId: "one" },
      { secret: Redacted.make("of-both"), appId: "other" }
    )
  )

  it.effect("speaks for nobody else: 401, and nothing is handled", () =>
    Effect.gen(function*() {
      const { receive, seen } = noting()
      const statusOf = (key: string, appId: string, webhookId?: string) =>
        Effect.map(
          receive(Testing.deliveryOf({ appId, webhookId }, removed(`${key} ${appId} ${webhookId}`)), key),
          ({ reason, status }) => [status, reason]
        )
      assert.deepStrictEqual(yield* statusOf(apiKey, "other"), [401, "unknown key"])
      assert.deepStrictEqual(yield* statusOf("of-a-webhook", "other"), [401, "unknown key"])
      assert.deepStrictEqual(yield* statusOf("of-a-webhook", "one", "hook"), [401, "unknown key"])
      assert.deepStrictEqual(yield* statusOf("of-both", "another"), [401, "unknown key"])
      assert.deepStrictEqual(seen, [])
      assert.deepStrictEqual(yield* statusOf(apiKey, "one"), [200, "handled"])
      assert.deepStrictEqual(yield* statusOf("of-a-webhook", "other", "hook"), [200, "handled"])
      assert.deepStrictEqual(yield* statusOf("of-both", "one"), [200, "handled"])
      assert.deepStrictEqual(yield* statusOf("of-both", "other"), [200, "handled"])
    }).pipe(Effect.provide(layer)))
})

it.effect.each(
  [
    ["fails", Effect.fail("down")],
    ["gives none", Effect.succeed([])],
    ["gives one with a blank", Effect.succeed([Redacted.make("a b")])]
  ] as const
)(
  "while the source of the secrets %s every delivery is answered 503, before its body is read",
  ([, source]) =>
    Effect.gen(function*() {
      const { receive, seen } = noting()
      const { reason, status } = yield* receive(Effect.die("read"))
      assert.deepStrictEqual([status, reason, seen], [503, "unavailable", []])
    }).pipe(Effect.provide(Layer.merge(Secrets.layerEffect(source), Deduplication.layerMemory())))
)

describe("what is answered", () => {
  it.effect.each(
    [
      ["text", (json: object): unknown => JSON.stringify(json)],
      ["bytes", (json: object): unknown => new TextEncoder().encode(JSON.stringify(json))],
      ["what is parsed already", (json: object): unknown => json],
      ["an effect that reads it", (json: object): unknown => Effect.succeed(JSON.stringify(json))]
    ] as const
  )("200 to a delivery whose body is %s, each event handled in order", ([, made]) =>
    Effect.gen(function*() {
      const { receive, seen } = noting()
      const receipt = yield* receive(made(Testing.delivery(removed("a"), removed("b"))))
      assert.deepStrictEqual(seen, ["a", "b"])
      assert.deepStrictEqual(receipt, {
        status: 200,
        reason: "handled",
        handled: 2,
        duplicates: 0,
        discarded: 0,
        failed: 0
      })
    }).pipe(Effect.provide(ReceiverLayer)))

  it.effect.each([
    ["no JSON", "{"],
    ["bytes that are no text", new Uint8Array([0xff, 0x7b])],
    ["null", null],
    ["a list", []],
    ["no delivery", {}],
    ["a delivery of v1", { trigger: "message:appUser", app: { _id: "1" }, messages: [] }],
    ["a delivery without a list of events", { app: { id: "1" }, webhook: { id: "2" }, events: {} }]
  ])("422 to %s: the vendor would never send it again after 400", ([, body]) =>
    Effect.gen(function*() {
      const { receive } = noting()
      const { reason, status } = yield* receive(body)
      assert.deepStrictEqual([status, reason], [422, "no delivery"])
    }).pipe(Effect.provide(ReceiverLayer)))

  it.effect.each(
    [
      ["too large", 413],
      ["consumed", 500],
      ["cut", 503]
    ] as const
  )("a body that is %s: %i", ([problem, status]) =>
    Effect.gen(function*() {
      const { receive } = noting()
      const receipt = yield* receive(Effect.fail(problem))
      assert.deepStrictEqual([receipt.status, receipt.reason], [status, problem])
    }).pipe(Effect.provide(ReceiverLayer)))

  it.effect("413 to more than may be", () =>
    Effect.gen(function*() {
      const receiver = WebhookReceiver.make({}, { maxBodyBytes: 100 })
      const long = JSON.stringify(Testing.delivery(Testing.event("conversation:message")))
      const { status } = yield* receiver.receive({ apiKey, body: long })
      assert.strictEqual(status, 413)
    }).pipe(Effect.provide(ReceiverLayer)))

  it.effect("200 to what has no handler, of known types and of types of tomorrow", () =>
    Effect.gen(function*() {
      const { receive } = noting()
      const { handled, status } = yield* receive(
        Testing.delivery(Testing.event("user:update"), Testing.unknownEvent("conversation:rename"))
      )
      assert.deepStrictEqual([status, handled], [200, 2])
    }).pipe(Effect.provide(ReceiverLayer)))

  it.effect("what has no handler goes to the handler `unknown`", () =>
    Effect.gen(function*() {
      const seen: Array<string> = []
      const receiver = WebhookReceiver.make({ unknown: ({ type }) => Effect.sync(() => seen.push(type)) })
      yield* receiver.receive({
        apiKey,
        body: Testing.delivery(Testing.event("user:update"), Testing.unknownEvent("__proto__"))
      })
      assert.deepStrictEqual(seen, ["user:update", "__proto__"])
      assert.deepStrictEqual(receiver.triggers, [])
    }).pipe(Effect.provide(ReceiverLayer)))

  const odd = [
    ["without what it is about", { id: "1", type: "user:remove", payload: {} }],
    ["without an id", { type: "user:remove", payload: { user: { id: "1" } } }],
    ["that is none", null]
  ] as const

  it.effect.each(odd)("500 to an event %s, and its neighbours are handled", ([, event]) =>
    Effect.gen(function*() {
      const { receive, seen } = noting()
      const receipt = yield* receive(Testing.delivery(removed("a"), event as object, removed("b")))
      assert.deepStrictEqual([receipt.status, receipt.reason, receipt.failed], [500, "undecodable", 1])
      assert.deepStrictEqual(seen, ["a", "b"])
    }).pipe(Effect.provide(ReceiverLayer)))

  it.effect.each(odd)(
    "200 to an event %s where there is a handler `undecodable`",
    ([, event]) =>
      Effect.gen(function*() {
        const seen: Array<unknown> = []
        const receiver = WebhookReceiver.make({ undecodable: ({ event }) => Effect.sync(() => seen.push(event)) })
        const { status } = yield* receiver.receive({ apiKey, body: Testing.delivery(event as object) })
        assert.deepStrictEqual([status, seen], [200, [event]])
      }).pipe(Effect.provide(ReceiverLayer))
  )
})

class NoSuchOrder extends Error {
  readonly [WebhookReceiver.discard] = true
}

class Refused extends Error {
  static readonly [WebhookReceiver.discard] = true
}

describe("an event", () => {
  it.effect("that comes again is not handled again", () =>
    Effect.gen(function*() {
      const { receive, seen } = noting()
      const body = Testing.delivery(removed("a"))
      yield* receive(body)
      const { duplicates, status } = yield* receive(body)
      assert.deepStrictEqual([status, duplicates, seen], [200, 1, ["a"]])
    }).pipe(Effect.provide(ReceiverLayer)))

  it.effect("of another app is another one, under the same id", () =>
    Effect.gen(function*() {
      const { receive, seen } = noting()
      const event = removed("a")
      yield* receive(Testing.deliveryOf({ appId: "one" }, event))
      yield* receive(Testing.deliveryOf({ appId: "other" }, event))
      assert.deepStrictEqual(seen, ["a", "a"])
    }).pipe(Effect.provide(ReceiverLayer)))

  it.effect.each(
    [
      ["fails", Effect.fail("no")],
      ["dies", Effect.die(new Error("no"))],
      ["is interrupted", Effect.interrupt]
    ] as const
  )("whose handler %s comes again, and its neighbours are not handled twice", ([, end]) =>
    Effect.gen(function*() {
      let fails = true
      const { receive, seen } = noting((id) => id === "b" && fails ? end : Effect.void)
      const body = Testing.delivery(removed("a"), removed("b"), removed("c"))
      const first = yield* receive(body)
      assert.deepStrictEqual([first.status, first.handled, first.failed], [500, 2, 1])
      fails = false
      const second = yield* receive(body)
      assert.deepStrictEqual([second.status, second.handled, second.duplicates], [200, 1, 2])
      assert.deepStrictEqual(seen, ["a", "b", "c", "b"])
    }).pipe(Effect.provide(ReceiverLayer)))

  it.effect("whose handler throws comes again", () =>
    Effect.gen(function*() {
      const receiver = WebhookReceiver.make({
        "user:remove": () => {
          throw new Error("no effect")
        }
      })
      const { status } = yield* receiver.receive({ apiKey, body: Testing.delivery(removed("a")) })
      assert.strictEqual(status, 500)
    }).pipe(Effect.provide(ReceiverLayer)))

  it.effect.each([new NoSuchOrder(), new Refused()])(
    "that a handler refuses for good does not come again",
    (error) =>
      Effect.gen(function*() {
        const { receive, seen } = noting(() => Effect.fail(error))
        const body = Testing.delivery(removed("a"))
        const { discarded, status } = yield* receive(body)
        assert.deepStrictEqual([status, discarded], [200, 1])
        const again = yield* receive(body)
        assert.deepStrictEqual([again.duplicates, seen.length], [1, 1])
      }).pipe(Effect.provide(ReceiverLayer))
  )

  it.effect("that comes twice at once is handled once, and asked for again by the other", () =>
    Effect.gen(function*() {
      const latch = yield* Deferred.make<void>()
      const { receive, seen } = noting(() => Deferred.await(latch))
      const body = Testing.delivery(removed("a"))
      const first = yield* Effect.forkChild(receive(body), { startImmediately: true })
      const second = yield* receive(body)
      assert.deepStrictEqual([second.status, second.reason], [503, "being handled"])
      yield* Deferred.succeed(latch, undefined)
      assert.strictEqual((yield* Fiber.join(first)).status, 200)
      assert.deepStrictEqual(seen, ["a"])
    }).pipe(Effect.provide(ReceiverLayer)))
})

describe("a memory that is away when an event was handled", () => {
  it.effect("is told when it is back, so that no other process handles the event", () =>
    Effect.gen(function*() {
      let isAway = true
      const shared = yield* KeyValueStore.KeyValueStore
      const error = new KeyValueStore.KeyValueStoreError({ method: "set", key: "", message: "away" })
      /** What a process has of its own: who is handling something is known there alone. */
      const process = Layer.merge(
        Secrets.layer(Redacted.make(apiKey)),
        Deduplication.layerKeyValueStore().pipe(Layer.provide(Layer.succeed(KeyValueStore.KeyValueStore, {
          ...shared,
          set: (key, value) => isAway ? Effect.fail(error) : shared.set(key, value)
        })))
      )
      const { receive, seen } = noting()
      const body = Testing.delivery(removed("a"))
      const { reason, status } = yield* Effect.provide(receive(body), process)
      assert.deepStrictEqual([status, reason], [503, "unavailable"])
      isAway = false
      yield* TestClock.adjust("2 seconds")
      const { duplicates } = yield* Effect.provide(receive(body), Layer.fresh(process))
      assert.deepStrictEqual([duplicates, seen], [1, ["a"]])
    }).pipe(Effect.provide(KeyValueStore.layerMemory)))
})

describe("a handler that takes its time", () => {
  it.effect("is interrupted before the vendor gives up, and the event can be handled when it comes again", () =>
    Effect.gen(function*() {
      let isSlow = true
      let interrupted = false
      const { receive } = noting(() =>
        isSlow ? Effect.onInterrupt(Effect.never, () => Effect.sync(() => interrupted = true)) : Effect.void
      )
      const body = Testing.delivery(removed("a"), removed("b"))
      const receiving = yield* Effect.forkChild(receive(body))
      yield* TestClock.adjust("15 seconds")
      const { failed, reason, status } = yield* Fiber.join(receiving)
      assert.deepStrictEqual([status, reason, failed, interrupted], [503, "out of time", 2, true])
      isSlow = false
      assert.strictEqual((yield* receive(body)).status, 200)
    }).pipe(Effect.provide(ReceiverLayer)))

  it.effect("has as much less of it as the secret and the body have taken, and is not called where nothing is left", () =>
    Effect.gen(function*() {
      let asked = 0
      const late = Secrets.layerEffect(Effect.suspend(() => {
        asked++
        return Effect.delay(Effect.succeed([Redacted.make(apiKey)]), "4 seconds")
      }))
      const { receive, seen } = noting(() => Effect.never)
      const events = Testing.delivery(removed("a"), removed("b"))
      const receiving = yield* Effect.forkChild(
        receive(Effect.delay(Effect.succeed(events), "6 seconds")).pipe(
          Effect.provide(Layer.merge(late, Deduplication.layerMemory()))
        )
      )
      yield* TestClock.adjust("14999 millis")
      assert.deepStrictEqual([asked, seen, receiving.pollUnsafe()], [1, ["a"], undefined])
      yield* TestClock.adjust("1 millis")
      const { failed, reason } = yield* Fiber.join(receiving)
      assert.deepStrictEqual([reason, failed, seen], ["out of time", 2, ["a"]])
    }))

  it.effect("to stop keeps its event, longer than a lease, until it has ended; then it can be handled", () =>
    Effect.gen(function*() {
      const latch = yield* Deferred.make<void>()
      const { receive, seen } = noting(() => Effect.uninterruptible(Deferred.await(latch)))
      const body = Testing.delivery(removed("a"))
      const receiving = yield* Effect.forkChild(receive(body))
      yield* TestClock.adjust("15 seconds")
      assert.strictEqual((yield* Fiber.join(receiving)).reason, "out of time")
      yield* TestClock.adjust("10 minutes")
      assert.strictEqual((yield* receive(body)).reason, "being handled")
      yield* Deferred.succeed(latch, undefined)
      yield* TestClock.adjust("1 second")
      assert.strictEqual((yield* receive(body)).handled, 1)
      assert.deepStrictEqual(seen, ["a", "a"])
    }).pipe(Effect.provide(ReceiverLayer)))

  it.effect("is told to stop where its server lets go of the request", () =>
    Effect.gen(function*() {
      const { receive, seen } = noting(() => seen.length === 1 ? Effect.never : Effect.void)
      const body = Testing.delivery(removed("a"))
      const receiving = yield* Effect.forkChild(receive(body))
      yield* TestClock.adjust("1 second")
      yield* Fiber.interrupt(receiving)
      yield* TestClock.adjust("1 second")
      assert.strictEqual((yield* receive(body)).handled, 1)
      assert.deepStrictEqual(seen, ["a", "a"])
    }).pipe(Effect.provide(ReceiverLayer)))
})

describe("options that mean nothing", () => {
  it.each([{ answerWithin: "20 seconds" }, { answerWithin: 0 }, { maxBodyBytes: 0 }, { maxBodyBytes: 0.5 }] as const)(
    "are thrown: %s",
    (options) => {
      assert.throws(() => WebhookReceiver.make({}, options), /must be/)
    }
  )
})
