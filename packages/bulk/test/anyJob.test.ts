/** Any rows, in chunks of any size, with any faults of the vendor, stops and lost leases: every row has one outcome, and it is true. */
import { assert, it } from "@effect/vitest"
import { Bulk } from "@sunco/bulk"
import { Emulator } from "@sunco/emulator"
import * as Fault from "@sunco/emulator/Fault"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { SqlClient } from "effect/sql/SqlClient"
import * as Stream from "effect/Stream"
import { inTime, layer, rowsOf, sumOf, writes } from "./Jobs.ts"

const upTo = (maximum: number) => Schema.Int.check(Schema.isBetween({ minimum: 0, maximum }))

/** `who` is one of a few, so that some are there twice. */
const Row = Schema.Struct({
  kind: Schema.Literals(["new", "new", "same", "other", "wrong", "no key"]),
  who: upTo(30)
})

const faults = [
  Fault.cutAfterApplied,
  Fault.cutBeforeApplied,
  Fault.truncatedBody(),
  Fault.status(500),
  Fault.status(502, { applied: true }),
  Fault.status(400),
  Fault.rateLimited({ retryAfter: 2 }),
  Fault.slowHeaders("3 seconds"),
  Fault.slowHeaders("20 seconds")
]

const Event = Schema.Literals(["pause", "crash", "crash", "retryFailed", "wait"])

const Layout = Schema.Struct({
  rows: Schema.Array(Row).check(Schema.isMaxLength(40)),
  mode: Schema.Literals(["create", "upsert", "getOrCreate"]),
  duplicates: Schema.Literals(["refuse", "last"]),
  chunkRows: Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 15 })),
  faults: Schema.Array(upTo(faults.length - 1)).check(Schema.isMaxLength(30)),
  events: Schema.Array(Event).check(Schema.isMaxLength(5)),
  isCancelled: Schema.Literals([false, false, true])
})

const inputOf = ({ kind, who }: typeof Row.Type): unknown => {
  const externalId = `${kind}-${who}`
  switch (kind) {
    case "new":
    case "same":
      return { externalId, profile: { givenName: "Ada" } }
    case "other":
      return { externalId, profile: { givenName: "Grace" } }
    case "wrong":
      return { externalId, toBeRetained: "yes" }
    case "no key":
      return { profile: { givenName: "Ada" } }
  }
}

it.effect.prop("has one true outcome for every row", [Layout], ([layout]) =>
  // All of it, as what is in flight when the worker stops may end.
  inTime(
    Effect.gen(function*() {
      const { importUsers } = yield* Bulk
      const emulator = yield* Emulator
      const sql = yield* SqlClient
      const known = Array.from({ length: 31 }, (_, who) => who).flatMap((who) => [`same-${who}`, `other-${who}`])
      yield* emulator.seed({ users: known.map((externalId) => ({ externalId, profile: { givenName: "Ada" } })) })
      yield* emulator.faults.next(...layout.faults.flatMap((index) => faults[index] ?? []))
      const { chunkRows, duplicates, mode } = layout
      const job = yield* importUsers({
        job: "j",
        mode,
        duplicates,
        chunkRows,
        input: rowsOf(...layout.rows.map(inputOf))
      })
      for (const event of layout.events) {
        yield* Effect.sleep("1500 millis")
        switch (event) {
          case "pause":
            yield* Effect.ignore(job.pause)
            yield* Effect.sleep("1500 millis")
            yield* Effect.ignore(job.resume)
            break
          case "crash":
            // As the database sees it: who had a chunk does not renew it, nor write what became of it.
            yield* sql`UPDATE bulk_chunk SET owner = 'gone', lease_until = 0 WHERE owner IS NOT NULL`
            break
          case "retryFailed":
            yield* Effect.ignore(job.retryFailed)
        }
      }
      if (layout.isCancelled) yield* Effect.ignore(job.cancel)
      const report = yield* job.finished
      assert.strictEqual(report.rows, layout.rows.length)
      assert.strictEqual(sumOf(report), layout.rows.length)

      const outcomes = yield* Stream.runCollect(job.outcomes)
      const byLine = new Map(outcomes.map((outcome) => [outcome.line, outcome]))
      assert.strictEqual(byLine.size, outcomes.length)
      const users = new Map((yield* emulator.stored("Users")).map((user) => [user.externalId, user]))
      const seeded = new Set(known)
      let refused = 0
      layout.rows.forEach((row, index) => {
        const externalId = `${row.kind}-${row.who}`
        const listed = byLine.get(index + 1)
        if (row.kind === "wrong" || row.kind === "no key") {
          refused++
          assert.strictEqual(listed?.outcome, "refused")
          assert.isFalse(users.has(externalId))
        }
        if (listed?.outcome === "failed") assert.isTrue(seeded.has(externalId) || !users.has(externalId))
        // Whoever is listed nowhere went as it should, unless the job was cancelled.
        if (listed === undefined && report.state === "finished") assert.isTrue(users.has(externalId))
        if (listed?.outcome === "exists") assert.strictEqual(`${mode} ${row.kind}`, "create other")
      })
      assert.isAtLeast(report.outcomes.refused ?? 0, refused)
      const written = yield* writes
      assert.isTrue(Array.from(written).every(([externalId, count]) => count === 1 && !seeded.has(externalId)))
      assert.isAtMost(report.outcomes.created ?? 0, written.size)
    }).pipe(Effect.provide(layer(undefined, { inFlight: 7, chunks: 2, lease: "4 seconds" })))
  ), { arbitrary: { runs: 30 }, timeout: 60_000 })
