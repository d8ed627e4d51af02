/** What was handled is remembered in a Redis that dies, and a receiver that the emulator sends to over sockets. */
import * as NodeRedis from "@effect/platform-node/NodeRedis"
import { assert, describe, it } from "@effect/vitest"
import { Deduplication } from "@sunco/webhooks"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { patiently } from "../faults/Waiting.ts"
import { answered, settled } from "../webhooks/Sending.ts"
import * as MessageReceiver from "../webhooks/MessageReceiver.ts"
import { outcomes, say } from "../webhooks/MessageReceiver.ts"
import { accounted } from "../webhooks/Receiving.ts"
import { RedisServer } from "./RedisServer.ts"

/** The memory of a receiver, and that it answers again. */
const remembering = Effect.gen(function*() {
  const { url } = yield* RedisServer
  const context = yield* Layer.build(
    Deduplication.layerRedis().pipe(
      Layer.provide(NodeRedis.layer({ url, disableOfflineQueue: true, commandOptions: { timeout: 500 } }))
    )
  )
  const { claim } = Context.get(context, Deduplication.Deduplication)
  const isBack = claim("probe").pipe(Effect.as(true), Effect.orElseSucceed(() => false))
  return { memory: Layer.succeedContext(context), back: patiently(isBack) }
})

describe("a Redis that remembers what was handled", () => {
  it.live("and is dead when an event comes, lets nobody handle it until it is back", () =>
    Effect.gen(function*() {
      const redis = yield* RedisServer
      const { back, memory } = yield* remembering
      const { attempts, handled, receiving, sender } = yield* MessageReceiver.make(() => Effect.void, { memory })
      yield* say(sender, "first")
      yield* answered(sender)
      yield* redis.kill
      yield* say(sender, "second")
      yield* answered(sender)
      yield* sender.deliveries.flush
      assert.deepStrictEqual([yield* outcomes(sender), handled.length], [[[200], [503, 503]], 1])
      yield* redis.startAgain
      yield* back
      yield* settled(sender)
      assert.deepStrictEqual([...attempts.values()], [1, 1])
      yield* accounted(sender, receiving, handled)
    }).pipe(Effect.scoped, Effect.provide(RedisServer.layer)))

  it.live("and dies while an event is handled, has forgotten everything, and the event is not handled again", () =>
    Effect.gen(function*() {
      const redis = yield* RedisServer
      const { back, memory } = yield* remembering
      const { attempts, handled, receiving, sender } = yield* MessageReceiver.make(() => redis.kill, { memory })
      yield* say(sender, "a")
      yield* answered(sender)
      assert.deepStrictEqual(yield* outcomes(sender), [[503]])
      yield* redis.startAgain
      yield* back
      yield* settled(sender)
      assert.deepStrictEqual([...attempts.values()], [1])
      yield* accounted(sender, receiving, handled)
    }).pipe(Effect.scoped, Effect.provide(RedisServer.layer)))
})
