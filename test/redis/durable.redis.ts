/** A durable receiver over Redis. */
import * as NodeRedis from "@effect/platform-node/NodeRedis"
import { assert, describe, it } from "@effect/vitest"
import { Secrets } from "@sunco/webhooks"
import * as Durable from "@sunco/webhooks/Durable"
import * as DurableStore from "@sunco/webhooks/DurableStore"
import * as Testing from "@sunco/webhooks/Testing"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import { storeContract } from "../webhooks/StoreContract.ts"
import { eventually } from "../faults/Waiting.ts"
import { RedisServer } from "./RedisServer.ts"

/** A connection of its own, as a process has it. */
const store = Layer.fresh(
  DurableStore.layerRedis({ lease: "300 millis" }).pipe(
    Layer.provide(
      Layer.unwrap(
        Effect.map(
          RedisServer,
          ({ url }) => NodeRedis.layer({ url, disableOfflineQueue: true, commandOptions: { timeout: 500 } })
        )
      )
    )
  )
)

describe("the store in Redis", () => {
  storeContract(store.pipe(Layer.provide(RedisServer.layer)), Effect.sleep, it.live)
})

describe("workers of several processes", () => {
  it.live("handle the events of each conversation in order, each once, and those of many at the same time", () =>
    Effect.gen(function*() {
      const seen: Array<readonly [conversation: string, n: number]> = []
      const working = new Map<string, number>()
      let most = 0
      const durable = Durable.make({
        "conversation:message": ({ payload: { conversation, message } }) =>
          Effect.acquireUseRelease(
            Effect.sync(() => {
              working.set(conversation.id, (working.get(conversation.id) ?? 0) + 1)
              most = Math.max(most, working.size)
              assert.strictEqual(working.get(conversation.id), 1)
            }),
            () =>
              Effect.andThen(
                Effect.sleep("5 millis"),
                Effect.sync(() => seen.push([conversation.id, Number(message.id)]))
              ),
            () => Effect.sync(() => working.delete(conversation.id))
          )
      })
      const secrets = Secrets.layer(Redacted.make("s3cret"))
      yield* Effect.replicateEffect(
        Effect.flatMap(
          Layer.build(store),
          (context) => Effect.provideContext(Layer.build(durable.layerWorkers({ pollInterval: "20 millis" })), context)
        ),
        2
      )
      const context = yield* Layer.build(Layer.merge(store, secrets))
      const events = Array.from(
        { length: 120 },
        (_, n) =>
          Testing.event("conversation:message", { conversation: { id: `c${n % 6}` }, message: { id: String(n) } })
      )
      for (const event of events) {
        const { status } = yield* Effect.provideContext(
          durable.receiver.receive({ apiKey: "s3cret", body: Testing.delivery(event) }),
          context
        )
        assert.strictEqual(status, 200)
      }
      yield* eventually(Effect.sync(() => seen.length === 120))
      for (let c = 0; c < 6; c++) {
        const numbers = seen.filter(([conversation]) => conversation === `c${c}`).map(([, n]) => n)
        assert.deepStrictEqual(numbers, numbers.toSorted((a, b) => a - b))
      }
      assert.lengthOf([...new Set(seen.map(([, n]) => n))], 120)
      assert.isAbove(most, 1)
    }).pipe(Effect.scoped, Effect.provide(RedisServer.layer)))
})
