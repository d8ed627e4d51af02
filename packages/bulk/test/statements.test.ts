import { assert, describe, it } from "@effect/vitest"
import { Bulk, Input } from "@sunco/bulk"
import { Emulator } from "@sunco/emulator"
import * as Effect from "effect/Effect"
import { SqlClient } from "effect/sql/SqlClient"
import * as Stream from "effect/Stream"
import * as Tracer from "effect/Tracer"
import { makeLog } from "../src/internal/store/log.ts"
import { fileOf } from "./input/PlannedInput.ts"
import { customers, inTime, layer, layerNoWorker, sumOf } from "./Jobs.ts"

const lineOf = (n: number, more: object = {}) => JSON.stringify({ externalId: `customer-${n}`, ...more })

const linesOf = (count: number) => Array.from({ length: count }, (_, n) => lineOf(n + 1))

const imported = (lines: ReadonlyArray<string>) =>
  Effect.gen(function*() {
    const { importUsers } = yield* Bulk
    const input = Input.ndjsonFile(yield* fileOf(`${lines.join("\n")}\n`))
    const job = yield* importUsers({ job: "j", mode: "create", input, chunkRows: 10 })
    return { job, report: yield* inTime(job.finished) }
  })

/** Of an import of so many chunks, from the first start to the report. */
const writingStatements = (chunks: number) =>
  Effect.suspend(() => {
    let count = 0
    class Counting extends Tracer.NativeSpan {
      override attribute(name: string, value: unknown) {
        if (name === "db.query.text" && /^\s*(INSERT|UPDATE|DELETE)\b/.test(String(value))) count++
      }
    }
    return imported(linesOf(chunks * 10)).pipe(
      Effect.scoped,
      Effect.provide(layer()),
      Effect.provideService(Tracer.Tracer, Tracer.make({ span: (options) => new Counting(options) })),
      Effect.map(() => count)
    )
  })

describe("what is written", () => {
  it.effect("is five statements for one more chunk, and no more", () =>
    Effect.gen(function*() {
      const few = yield* writingStatements(25)
      const many = yield* writingStatements(125)
      assert.isAtLeast(few, 25 * 4)
      assert.isAtMost((many - few) / 100, 5)
    }))

  it.effect("says of a file of more chunks than go into one transaction where each refused line is", () =>
    Effect.gen(function*() {
      const lines = linesOf(600)
      lines[34] = lineOf(35, { nope: 1 })
      lines[299] = "{"
      lines[555] = lineOf(1)
      const { job, report } = yield* imported(lines)
      assert.strictEqual(sumOf(report), 600)
      assert.deepStrictEqual(report.outcomes, { created: 597, refused: 3 })
      const outcomes = yield* Stream.runCollect(job.outcomes)
      assert.deepStrictEqual(outcomes.map(({ line, reason }) => [line, reason]), [
        [35, "Invalid"],
        [300, "Invalid"],
        [556, "Duplicate"]
      ])
      const sql = yield* SqlClient
      assert.deepStrictEqual(
        yield* sql`SELECT chunk_no FROM bulk_chunk WHERE job_id = 'j' AND n_refused = 1 ORDER BY chunk_no`,
        [{ chunk_no: 3 }, { chunk_no: 29 }, { chunk_no: 55 }]
      )
    }).pipe(Effect.scoped, Effect.provide(layer())))

  it.effect("notes what was offered, of each job its own chunks and none that is to be offered again", () =>
    Effect.gen(function*() {
      const { importUsers } = yield* Bulk
      const { appId } = yield* Emulator
      const log = makeLog(yield* SqlClient)
      for (const job of ["a", "b"]) yield* importUsers({ job, mode: "create", input: customers(30), chunkRows: 10 })
      const chunks = yield* log.chunksToOffer(appId, 10)
      assert.strictEqual(chunks.length, 6)
      yield* log.offered([])
      yield* log.offered(chunks.filter(({ job, no }) => job === "a" ? no !== 1 : no === 1))
      yield* log.offered(chunks.filter(({ no }) => no === 2).map((chunk) => ({ ...chunk, offers: 7 })))
      assert.deepStrictEqual((yield* log.chunksToOffer(appId, 10)).map(({ job, no }) => `${job}${no}`), [
        "a1",
        "b0",
        "b2"
      ])
    }).pipe(Effect.provide(layerNoWorker())))
})
