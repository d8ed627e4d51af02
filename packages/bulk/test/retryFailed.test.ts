import { assert, it } from "@effect/vitest"
import { Bulk } from "@sunco/bulk"
import { Emulator } from "@sunco/emulator"
import * as Fault from "@sunco/emulator/Fault"
import * as Effect from "effect/Effect"
import { SqlClient } from "effect/sql/SqlClient"
import { after, customers, inTime, layer, sumOf } from "./Jobs.ts"

const failing = Effect.gen(function*() {
  const { importUsers } = yield* Bulk
  const { faults } = yield* Emulator
  yield* faults.add(Fault.status(400), { times: 12 })
  const job = yield* importUsers({ job: "j", mode: "create", input: customers(30), chunkRows: 10 })
  assert.deepStrictEqual((yield* inTime(job.finished)).outcomes, { created: 18, failed: 12 })
  return job
})

it.effect("begins another round of what failed, and counts each row once", () =>
  Effect.gen(function*() {
    const job = yield* failing
    assert.strictEqual(yield* job.retryFailed, 12)
    assert.deepStrictEqual((yield* inTime(job.finished)).outcomes, { created: 30 })
    assert.strictEqual(yield* job.retryFailed, 0)
    assert.strictEqual((yield* job.status).state, "finished")
  }).pipe(Effect.provide(layer(undefined, { inFlight: 1 }))))

it.effect("loses no row where it is cut short at any of its statements, and is asked again", () =>
  Effect.gen(function*() {
    const sql = yield* SqlClient
    const job = yield* failing
    // The database does what it is told until then, and no more.
    for (
      const [event, table] of [["DELETE", "bulk_outcome"], ["INSERT", "bulk_chunk"], ["UPDATE", "bulk_job"]] as const
    ) {
      yield* sql`CREATE TRIGGER cut BEFORE ${sql.literal(event)} ON ${sql(table)}
        BEGIN SELECT RAISE(ABORT, 'cut'); END`
      assert.strictEqual((yield* Effect.flip(job.retryFailed))._tag, "StoreUnavailable")
      yield* sql`DROP TRIGGER cut`
      yield* after(1000)
      const report = yield* inTime(job.finished)
      assert.deepStrictEqual([report.rows, sumOf(report)], [30, 30])
    }
    yield* job.retryFailed
    assert.deepStrictEqual((yield* inTime(job.finished)).outcomes, { created: 30 })
  }).pipe(Effect.provide(layer(undefined, { inFlight: 1 }))))

it.effect("leaves the job running where it is cut short after its first chunk", () =>
  Effect.gen(function*() {
    const sql = yield* SqlClient
    const job = yield* failing
    yield* sql`CREATE TRIGGER cut BEFORE INSERT ON bulk_chunk WHEN NEW.chunk_no > 0
      BEGIN SELECT RAISE(ABORT, 'cut'); END`
    assert.strictEqual((yield* Effect.flip(job.retryFailed))._tag, "StoreUnavailable")
    assert.strictEqual((yield* job.status).state, "running")
    yield* sql`DROP TRIGGER cut`
    const report = yield* inTime(job.finished)
    assert.strictEqual(sumOf(report), 30)
    assert.isAbove(report.outcomes.created ?? 0, 18)
    yield* job.retryFailed
    assert.deepStrictEqual((yield* inTime(job.finished)).outcomes, { created: 30 })
  }).pipe(Effect.provide(layer(undefined, { inFlight: 1 }))))
