/** `chunks` and `runChunk` under an engine that is not ours: a workflow of Effect's cluster, whose state is in a database too. */
import { assert, it } from "@effect/vitest"
import { Bulk, SqliteClient } from "@sunco/bulk"
import { Sunshine } from "@sunco/client"
import { Emulator } from "@sunco/emulator"
import * as Fault from "@sunco/emulator/Fault"
import * as Arr from "effect/Array"
import * as ClusterWorkflowEngine from "effect/cluster/ClusterWorkflowEngine"
import * as SingleRunner from "effect/cluster/SingleRunner"
import * as Digest from "effect/crypto/Digest"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Layer from "effect/Layer"
import * as Schedule from "effect/Schedule"
import * as Schema from "effect/Schema"
import * as Scope from "effect/Scope"
import * as Activity from "effect/workflow/Activity"
import * as DurableClock from "effect/workflow/DurableClock"
import * as Workflow from "effect/workflow/Workflow"
import { mkdtempDisposableSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { customers, writes } from "./Jobs.ts"

class BulkJob extends Workflow.make("BulkJob", {
  payload: { job: Schema.String },
  idempotencyKey: ({ job }) => job,
  error: Schema.String
}) {}

const Chunks = Schema.Array(Schema.Struct({ job: Schema.String, no: Schema.Number, round: Schema.Number }))

/** As in the README. */
const BulkJobLayer = BulkJob.toLayer(({ job }) =>
  Effect.gen(function*() {
    const { chunks, runChunk } = yield* Bulk
    const activity = <A>(
      name: string,
      success: Schema.Codec<A, unknown>,
      execute: Effect.Effect<A, { readonly _tag: string }>
    ) =>
      Activity.make({
        name,
        success,
        error: Schema.String,
        execute: execute.pipe(
          // An activity that fails ends the workflow for good, and the database comes back.
          Effect.retry({ while: ({ _tag }) => _tag === "StoreUnavailable", schedule: Schedule.spaced("1 second") }),
          Effect.mapError(({ _tag }) => _tag)
        )
      })
    for (let pass = 0, idle = 0;; pass++) {
      // What the engine keeps of a pass it keeps for ever: few at a time, and seldom where nothing can be done.
      const left = yield* activity(`chunks/${pass}`, Chunks, Effect.map(chunks(job), Arr.take(100)))
      if (left.length === 0) return
      const done = yield* Effect.forEach(
        left,
        (chunk) => activity(`chunk/${chunk.no}.${chunk.round}/${pass}`, Schema.Boolean, runChunk(chunk)),
        { concurrency: 4 }
      )
      idle = done.includes(true) ? 0 : idle + 1
      // Another has them, they wait for another round, or the job is paused or blocked.
      if (idle > 0) {
        yield* DurableClock.sleep({ name: `wait/${pass}`, duration: Duration.seconds(Math.min(2 ** idle, 300)) })
      }
    }
  })
)

it.live(
  "is worked on by a workflow of Effect's cluster, stopped in the middle and resumed by another runner",
  () =>
    Effect.gen(function*() {
      using directory = mkdtempDisposableSync(join(tmpdir(), "sunco-bulk-"))
      const { faults } = yield* Emulator
      yield* faults.add(Fault.slowHeaders("50 millis"))
      const runner = Layer.provideMerge(
        BulkJobLayer,
        ClusterWorkflowEngine.layer.pipe(
          Layer.provideMerge(SingleRunner.layer()),
          Layer.provide(Digest.layerWebCrypto),
          Layer.provideMerge(Bulk.layer({ inFlight: 4 })),
          Layer.provideMerge(SqliteClient.layer({ filename: join(directory.path, "jobs.db") }))
        )
      )
      const scope = yield* Scope.make()
      const first = yield* Layer.buildWithScope(Layer.fresh(runner), scope)
      yield* Effect.gen(function*() {
        const { importUsers } = yield* Bulk
        yield* importUsers({ job: "crm", mode: "create", input: customers(100), chunkRows: 10 })
        yield* BulkJob.execute({ job: "crm" }, { discard: true })
      }).pipe(Effect.provide(first))
      const half = yield* Effect.repeat(Effect.map(writes, ({ size }) => size), {
        until: (size) => size >= 20,
        schedule: Schedule.spaced("10 millis")
      })
      yield* Scope.close(scope, Exit.void)
      assert.isBelow(half, 100)
      yield* Effect.gen(function*() {
        yield* BulkJob.execute({ job: "crm" })
        const { outcomes } = yield* Effect.flatMap((yield* Bulk).job("crm"), ({ finished }) => finished)
        assert.deepStrictEqual(outcomes, { created: 100 })
        const written = yield* writes
        assert.strictEqual(written.size, 100)
        assert.deepStrictEqual(new Set(written.values()), new Set([1]))
      }).pipe(Effect.provide(Layer.fresh(runner)))
    }).pipe(Effect.provide(Layer.provideMerge(Sunshine.layerFromConfig(), Emulator.layerTest()))),
  60_000
)
