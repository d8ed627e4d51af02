/** What was handled is remembered in Redis, by however many receivers. */
import * as NodeRedis from "@effect/platform-node/NodeRedis"
import { assert, describe, it } from "@effect/vitest"
import { Deduplication, Secrets, WebhookReceiver } from "@sunco/webhooks"
import * as Testing from "@sunco/webhooks/Testing"
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import * as Schedule from "effect/Schedule"
import { RedisServer } from "./RedisServer.ts"

/** A connection of its own, as a process has it. */
const memory = (options?: Parameters<typeof Deduplication.layerRedis>[0]) =>
  Layer.fresh(
    Deduplication.layerRedis(options).pipe(
      Layer.provide(Layer.unwrap(Effect.map(RedisServer, ({ url }) =>
        NodeRedis.layer({ url, disableOfflineQueue: true, commandOptions: { timeout: 500 } }))))
    )
  )

const secret = Secrets.layer(Redacted.make("s3cret"))

/** A receiver as another process has it. */
const receiving = (handle: (id: string) => Effect.Effect<unknown, unknown>, options?: Parameters<typeof memory>[0]) =>
  Effect.map(Layer.build(Layer.merge(secret, memory(options))), (context) => {
    const { receive } = WebhookReceiver.make({ "user:remove": ({ payload }) => handle(payload.user.id) })
    return (body: unknown) => Effect.provideContext(receive({ apiKey: "s3cret", body }), context)
  })

const delivery = () => Testing.delivery(Testing.event("user:remove", { user: { id: "ada" } }))

describe("receivers that share a memory in Redis", () => {
  it.live("handle an event once between them, also when it comes to all of them at once", () =>
    Effect.gen(function*() {
      const seen: Array<string> = []
      const receivers = yield* Effect.replicateEffect(
        receiving((id) => Effect.andThen(Effect.sleep("50 millis"), Effect.sync(() => seen.push(id)))),
        3
      )
      const body = delivery()
      const statuses = yield* Effect.forEach(
        receivers,
        (receive) => Effect.map(receive(body), ({ status }) => status),
        {
          concurrency: "unbounded"
        }
      )
      assert.deepStrictEqual(statuses.toSorted(), [200, 503, 503])
      assert.deepStrictEqual((yield* receivers[1]!(body)).duplicates, 1)
      assert.deepStrictEqual(seen, ["ada"])
    }).pipe(Effect.scoped, Effect.provide(RedisServer.layer)))

  it.live("handle an event again that failed at one of them", () =>
    Effect.gen(function*() {
      const failing = yield* receiving(() => Effect.fail("no"))
      const other = yield* receiving(() => Effect.void)
      const body = delivery()
      assert.strictEqual((yield* failing(body)).status, 500)
      assert.strictEqual((yield* other(body)).handled, 1)
    }).pipe(Effect.scoped, Effect.provide(RedisServer.layer)))

  it.live("handle an event again when the lease is over of one that went away with it", () =>
    Effect.gen(function*() {
      const lease = "300 millis"
      const claims = yield* Layer.build(memory({ lease }))
      // It neither ends nor renews, as a process that was killed.
      yield* Effect.provideContext(
        Effect.flatMap(Deduplication.Deduplication, ({ claim }) => claim("5ebee0975ac5304b664a12fa:e1")),
        claims
      )
      const other = yield* receiving(() => Effect.void, { lease })
      const body = Testing.delivery(Testing.event("user:remove", {}, { id: "e1" }))
      assert.strictEqual((yield* other(body)).reason, "being handled")
      yield* Effect.sleep("350 millis")
      assert.strictEqual((yield* other(body)).handled, 1)
    }).pipe(Effect.scoped, Effect.provide(RedisServer.layer)))

  it.live("leave an event to who still handles it, longer than a lease", () =>
    Effect.gen(function*() {
      const lease = "300 millis"
      const latch = yield* Deferred.make<void>()
      const { receive } = WebhookReceiver.make(
        { "user:remove": () => Effect.uninterruptible(Deferred.await(latch)) },
        { answerWithin: "50 millis" }
      )
      const slow = yield* Layer.build(Layer.merge(secret, memory({ lease })))
      const other = yield* receiving(() => Effect.void, { lease })
      const body = delivery()
      const first = yield* Effect.provideContext(receive({ apiKey: "s3cret", body }), slow)
      assert.strictEqual(first.reason, "out of time")
      yield* Effect.sleep("1 second")
      assert.strictEqual((yield* other(body)).reason, "being handled")
      yield* Deferred.succeed(latch, undefined)
      yield* Effect.sleep("50 millis")
      assert.strictEqual((yield* other(body)).handled, 1)
    }).pipe(Effect.scoped, Effect.provide(RedisServer.layer)))

  it.live("with prefixes of their own do not silence each other", () =>
    Effect.gen(function*() {
      const [one, other] = [
        yield* receiving(() => Effect.void, { prefix: "one:" }),
        yield* receiving(() => Effect.void)
      ]
      const body = delivery()
      assert.strictEqual((yield* one(body)).handled, 1)
      assert.strictEqual((yield* other(body)).handled, 1)
    }).pipe(Effect.scoped, Effect.provide(RedisServer.layer)))

  it.live("ask for a delivery again while Redis is away, and handle it when it is back", () =>
    Effect.gen(function*() {
      const redis = yield* RedisServer
      const seen: Array<string> = []
      const receive = yield* receiving((id) => Effect.sync(() => seen.push(id)))
      const body = delivery()
      yield* redis.kill
      const { reason, status } = yield* receive(body)
      assert.deepStrictEqual([status, reason, seen.length], [503, "unavailable", 0])
      yield* redis.startAgain
      const again = yield* Effect.forkChild(
        Effect.repeat(receive(body), { until: ({ status }) => status === 200, schedule: Schedule.spaced("100 millis") })
      )
      yield* Effect.timeout(Fiber.join(again), "10 seconds")
      assert.deepStrictEqual(seen, ["ada"])
    }).pipe(Effect.scoped, Effect.provide(RedisServer.layer)))
})
