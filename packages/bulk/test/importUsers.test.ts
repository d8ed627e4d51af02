import { assert, it } from "@effect/vitest"
import { Bulk, Input } from "@sunco/bulk"
import { Sunshine } from "@sunco/client"
import { Emulator } from "@sunco/emulator"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Stream from "effect/Stream"

const BulkLayer = Bulk.layerSqlite({ filename: ":memory:", pollInterval: "20 millis" }).pipe(
  Layer.provideMerge(Sunshine.layerFromConfig()),
  Layer.provideMerge(Emulator.layerTest())
)

it.live("imports", () =>
  Effect.gen(function*() {
    const bulk = yield* Bulk
    const emulator = yield* Emulator
    const rows = Stream.range(1, 1234).pipe(Stream.map((n) => ({ externalId: `customer-${n}` })))
    const job = yield* bulk.importUsers({ job: "customers", input: Input.stream(rows), mode: "create" })
    const report = yield* job.finished
    assert.deepStrictEqual(report.outcomes, { created: 1234 })
    assert.strictEqual((yield* emulator.stored("Users")).length, 1234)
  }).pipe(Effect.provide(BulkLayer)))
