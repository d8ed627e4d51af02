import { assert, it } from "@effect/vitest"
import { Emulator } from "@sunco/emulator"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { join } from "node:path"
import { job } from "../bulk/BulkFile.ts"
import * as Operator from "../bulk/Operator.ts"
import { RedisServer } from "./RedisServer.ts"

it.live("holds the rate of a bulk job over all processes that work on it", () =>
  Effect.gen(function*() {
    const { requests } = yield* Emulator
    const redis = yield* RedisServer
    const perSecond = 50
    const rows = 250
    const settings = yield* job(rows, (path) => ({ sqlite: join(path, "jobs.db") }), {
      chunkRows: 25,
      perSecond,
      redis: redis.url
    })
    const operators = yield* Effect.replicateEffect(Operator.start(settings), 3)
    const [report] = yield* Effect.all(operators.map(({ report }) => report), { concurrency: 3 })
    assert.deepStrictEqual(report?.outcomes, { created: rows })
    const times = (yield* requests).map(({ receivedAt }) => receivedAt).sort((one, other) => one - other)
    assert.strictEqual(times.length, rows)
    // The bucket is full at first, of one second; what came with it waits for more.
    const seconds = (times.at(-1)! - times[0]!) / 1000
    assert.isAtLeast(seconds, (rows - perSecond) / perSecond - 0.1)
  }).pipe(Effect.provide(Layer.merge(Emulator.layer(), RedisServer.layer))), 60_000)
