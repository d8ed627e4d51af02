/**
 * `node durableProcess.ts PORT SECRET STORE LOG`: a durable receiver and its workers, which may be killed at any time. The store is a file of
 * SQLite or the URL of a Redis. What an event does is one line of the log: its conversation, its message, and the attempt.
 *
 * The message `hang` is at work for ever the first time.
 */
import { Secrets } from "@sunco/webhooks"
import * as Durable from "@sunco/webhooks/Durable"
import * as DurableStore from "@sunco/webhooks/DurableStore"
import * as NodeHandler from "@sunco/webhooks/NodeHandler"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import { appendFileSync } from "node:fs"
import { createServer } from "node:http"
import * as NodeSqlite from "./NodeSqlite.ts"

const [port, secret, store, log] = process.argv.slice(2) as [string, string, string, string]

const lease = { lease: "3 seconds" } as const

/** A Redis takes a second to load, which the others need not wait for. */
const inRedis = Effect.map(
  Effect.promise(() => import("@effect/platform-node/NodeRedis")),
  (NodeRedis) =>
    DurableStore.layerRedis(lease).pipe(Layer.provide(NodeRedis.layer({ url: store, disableOfflineQueue: true })))
)

const StoreLayer: Layer.Layer<DurableStore.DurableStore, unknown> = store.startsWith("redis:")
  ? Layer.unwrap(inRedis)
  : DurableStore.layerSql(lease).pipe(Layer.provide(NodeSqlite.layer(store)))

const { layerWorkers, receiver } = Durable.make({
  "conversation:message": ({ payload: { conversation, message } }, { attempt }) =>
    Effect.gen(function*() {
      console.log(`begun ${message.id}`)
      if (message.id === "hang" && attempt === 1) return yield* Effect.never
      yield* Effect.sleep("2 millis")
      appendFileSync(log, `${conversation.id} ${message.id} ${attempt}\n`)
    })
})

const program = Effect.gen(function*() {
  const context = yield* Layer.build(StoreLayer)
  const handler = NodeHandler.make(
    receiver,
    Layer.merge(Secrets.layer(Redacted.make(secret)), Layer.succeedContext(context))
  )
  yield* Layer.build(layerWorkers({ pollInterval: "20 millis" })).pipe(Effect.provideContext(context))
  const server = createServer((request, response) => void handler(request, response))
  yield* Effect.callback<void>((resume) => void server.listen(Number(port), "127.0.0.1", () => resume(Effect.void)))
  console.log("ready")
  yield* Effect.never
})

Effect.runFork(Effect.scoped(program))
