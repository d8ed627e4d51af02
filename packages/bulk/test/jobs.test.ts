/** Jobs as those see them who look: which there are, how far each is, and that another one is not theirs. */
import { assert, describe, it } from "@effect/vitest"
import { Bulk, type ImportOptions, Input } from "@sunco/bulk"
import { Sunshine } from "@sunco/client"
import { Emulator } from "@sunco/emulator"
import * as Fault from "@sunco/emulator/Fault"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { SqlClient } from "effect/sql/SqlClient"
import * as Stream from "effect/Stream"
import { customers, inTime, layer, layerNoWorker, rowsOf } from "./Jobs.ts"

describe("jobs", () => {
  /** Of a client of another app, with the same database. */
  const elsewhere = Effect.gen(function*() {
    const sunshine = yield* Sunshine
    return yield* Effect.provide(
      Bulk,
      Layer.fresh(Bulk.layer()).pipe(
        Layer.provide(Layer.succeed(SqlClient, yield* SqlClient)),
        Layer.provide(Layer.succeed(Sunshine, { ...sunshine, appId: "another" }))
      )
    )
  })

  it.effect("are listed, the newest first, with how far each is, and no other app's", () =>
    Effect.gen(function*() {
      const { eraseUsers, importUsers, jobs } = yield* Bulk
      assert.deepStrictEqual(yield* Stream.runCollect(jobs), [])
      const first = yield* importUsers({ job: "z", mode: "create", input: customers(3) })
      yield* inTime(first.finished)
      const second = yield* eraseUsers({ job: "a", how: "delete", requestedBy: "legal", input: rowsOf({ id: "a" }) })
      yield* second.pause
      const listed = yield* Stream.runCollect(jobs)
      assert.deepStrictEqual(listed, [yield* second.status, yield* first.status])
      assert.deepStrictEqual(listed.map(({ job, rows, state }) => ({ job, rows, state })), [
        { job: "a", rows: 1, state: "paused" },
        { job: "z", rows: 3, state: "finished" }
      ])
      assert.deepStrictEqual(yield* Stream.runCollect((yield* elsewhere).jobs), [])
    }).pipe(Effect.provide(layer())))

  it.effect("of another app are told apart from those that are not there, and nothing can be done to them", () =>
    Effect.gen(function*() {
      const { importUsers } = yield* Bulk
      const mine = yield* importUsers({ job: "mine", mode: "create", input: customers(3) })
      const { chunks, job } = yield* elsewhere
      for (const ask of [Effect.asVoid(job("mine")), Effect.asVoid(chunks("mine"))]) {
        const error = yield* Effect.flip(ask)
        assert.deepInclude(error, { _tag: "JobNotFound", message: "the job mine is of another app" })
      }
      assert.strictEqual((yield* Effect.flip(job("none"))).message, "there is no job none")
      assert.strictEqual((yield* mine.status).state, "running")
    }).pipe(Effect.provide(layerNoWorker())))
})

describe("chunks", () => {
  const chunksOf = (rows: number, options: Partial<ImportOptions> = {}) =>
    Effect.gen(function*() {
      const { chunks, importUsers, job } = yield* Bulk
      yield* importUsers({ job: "j", mode: "create", input: customers(rows), ...options })
      const { length } = yield* chunks("j")
      const planned = yield* job("j")
      yield* planned.cancel
      yield* planned.purge
      return length
    })

  it.effect("are small at first, so that a small job is seen to move, and few of a large one", () =>
    Effect.gen(function*() {
      const all = yield* Effect.forEach([1, 25, 100, 1000], (rows) => chunksOf(rows))
      assert.deepStrictEqual(all, [1, 1, 4, 10])
      const large = yield* chunksOf(15_000)
      assert.isBelow(large - (yield* chunksOf(10_000)), 11)
      const rate = { limit: 1, window: "1 second" } as const
      assert.deepStrictEqual(yield* chunksOf(100, { rate }), 10)
      assert.deepStrictEqual(yield* chunksOf(100, { rate, chunkRows: 50 }), 2)
    }).pipe(Effect.provide(layerNoWorker())))

  it.effect("show that a job of a hundred rows moves", () =>
    Effect.gen(function*() {
      const { importUsers } = yield* Bulk
      const { faults } = yield* Emulator
      yield* faults.add(Fault.slowHeaders("2 seconds"))
      const job = yield* importUsers({ job: "j", mode: "create", input: customers(100) })
      const seen = yield* inTime(Stream.runCollect(Stream.map(job.progress, ({ done }) => done)))
      assert.isTrue(seen.some((done) => done > 0 && done < 100), `${seen}`)
    }).pipe(Effect.provide(layer(undefined, { inFlight: 10 }))))
})

describe("another job of the same name", () => {
  it.effect("is told in what it differs, and nothing of what either says", () =>
    Effect.gen(function*() {
      const { eraseUsers, importUsers } = yield* Bulk
      const options: ImportOptions = { job: "j", mode: "create", input: customers(3) }
      yield* importUsers(options)
      const others = [
        importUsers({ ...options, mode: "upsert", rate: { limit: 7, window: "1 second" }, includeIds: true }),
        importUsers({ ...options, externalIdFrom: { field: "profile.email" } }),
        importUsers({ ...options, input: Input.ndjsonFile(import.meta.filename) }),
        eraseUsers({ job: "j", input: customers(3), how: "delete", requestedBy: "Ada" })
      ]
      const told = yield* Effect.forEach(others, (other) => Effect.flip(other))
      assert.deepStrictEqual(
        told.map(({ message }) => message),
        [
          "with other options (mode, includeIds, rate)",
          "with other options (externalIdFrom)",
          "with another input",
          "of another kind"
        ].map((what) => `the job j is there already, ${what}: as it was it is joined, and this one needs another name`)
      )
    }).pipe(Effect.provide(layerNoWorker())))
})
