import * as PgClient from "@effect/sql-pg/PgClient"
import { assert, describe, it } from "@effect/vitest"
import { Bulk, BulkWorker, Input, type Report } from "@sunco/bulk"
import { Sunshine } from "@sunco/client"
import { Emulator } from "@sunco/emulator"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import { SqlClient } from "effect/sql/SqlClient"
import * as Stream from "effect/Stream"
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { PostgresServer } from "sunco-workshop/servers/PostgresServer"
import { folder, job, leaseMillis } from "./BulkFile.ts"
import * as Operator from "./Operator.ts"

const seeds = Number(process.env["SUNCO_TEST_SEEDS"] ?? 20)

/** Numbers from zero to one that a seed repeats. */
const randomOf = (seed: number): () => number => {
  let state = seed * 2_654_435_761 >>> 0
  return () => {
    state = state + 0x6d2b79f5 >>> 0
    let mixed = Math.imul(state ^ state >>> 15, 1 | state)
    mixed = mixed + Math.imul(mixed ^ mixed >>> 7, 61 | mixed) ^ mixed
    return ((mixed ^ mixed >>> 14) >>> 0) / 4_294_967_296
  }
}

const sumOf = ({ outcomes }: Report): number => Object.values(outcomes).reduce((sum: number, n) => sum + (n ?? 0), 0)

/** Every planned user is there, and there once, and was written once. */
const allOnce = Effect.fnUntraced(function*(rows: number) {
  const { requests, stored } = yield* Emulator
  const users = yield* stored("Users")
  assert.strictEqual(users.length, rows)
  assert.strictEqual(new Set(users.map(({ externalId }) => externalId)).size, rows)
  const writes = (yield* requests).filter(({ applied, operation }) => applied && operation === "Users.create")
  assert.strictEqual(writes.length, rows)
})

const EmulatorLayer = Emulator.layer({ requestsKept: 50_000 })

const sqlite = (path: string) => ({ sqlite: join(path, "jobs.db") })

/** Two operators of one job, of whom one and then perhaps the other is killed at some moment, twice in a row perhaps, and replaced. */
const killAtRandom = (seed: number, store: (path: string) => Operator.Settings["store"]) =>
  Effect.gen(function*() {
    const random = randomOf(seed)
    const rows = 800
    const settings = yield* job(rows, store)
    const operators = yield* Effect.replicateEffect(Operator.start(settings), 2)
    const kills = 1 + Math.floor(random() * 3)
    for (let n = 0; n < kills; n++) {
      // While a process starts or plans, or at some moment of the work.
      yield* random() < 0.3
        ? Effect.sleep(300 + Math.floor(random() * 2000))
        : untilUsers(Math.floor(random() * rows * 0.95))
      const index = Math.floor(random() * operators.length)
      yield* operators[index]!.kill("SIGKILL")
      operators[index] = yield* Operator.start(settings)
    }
    const reports = yield* Effect.all(operators.map(({ report }) => report), { concurrency: 2 })
    for (const report of reports) {
      assert.strictEqual(report.rows, rows)
      assert.strictEqual(sumOf(report), rows)
      assert.strictEqual((report.outcomes.created ?? 0) + (report.outcomes.found ?? 0), rows)
      assert.deepStrictEqual(report.outcomes, reports[0]!.outcomes)
    }
    yield* allOnce(rows)
  }).pipe(Effect.provide(Layer.fresh(EmulatorLayer)))

/** Where a process may end, by the statement that it does not come to send, from the first of a job to its last. */
const moments: ReadonlyArray<NonNullable<Operator.Settings["diesAt"]>> = [
  { statement: "INSERT INTO bulk_job" },
  { statement: "UPDATE bulk_job SET planner =" },
  { statement: "INSERT INTO bulk_chunk" },
  { statement: "INSERT INTO bulk_chunk", nth: 2 },
  { statement: "started_at =" },
  { statement: "SET todo = row_count" },
  { statement: "bulk_queue" },
  { statement: "UPDATE bulk_chunk SET owner =" },
  { statement: "SELECT line FROM bulk_outcome", nth: 2 },
  { statement: "part = owner" },
  { statement: "part = owner", nth: 7 },
  { statement: "UPDATE bulk_job SET state = 'finished'" }
]

/** At each moment twice in a row, if it comes again, and then nobody is killed. */
const killAtEachMoment = (store: (path: string) => Operator.Settings["store"]) =>
  Effect.forEach(moments, (diesAt, n) =>
    Effect.gen(function*() {
      const rows = 240
      const settings = yield* job(rows, store, { chunkRows: 10 })
      const first = yield* Operator.start({ ...settings, diesAt })
      assert.isTrue(
        Exit.isFailure(yield* Effect.exit(first.report)),
        `it was not killed at ${diesAt.statement} (${diesAt.nth ?? 1})`
      )
      const second = yield* Operator.start({ ...settings, diesAt })
      yield* Effect.exit(second.report)
      const report = yield* (yield* Operator.start(settings)).report
      assert.deepStrictEqual([report.rows, sumOf(report)], [rows, rows])
      const { created = 0, found = 0 } = report.outcomes
      assert.strictEqual(created + found, rows)
      yield* allOnce(rows)
      // Whoever works does so for all jobs of its app: each has one of its own, as they share a database.
    }).pipe(Effect.provide(Layer.fresh(Emulator.layer({ appId: `${n}`.padStart(24, "a"), requestsKept: 50_000 })))), {
    concurrency: 4,
    discard: true
  })

describe("SQLite", () => {
  it.live("goes on wherever it is killed, twice in a row", () => killAtEachMoment(sqlite))

  for (let seed = 1; seed <= Math.ceil(seeds / 2); seed++) {
    it.live(`loses and doubles nothing when processes are killed, seed ${seed}`, () => killAtRandom(seed, sqlite))
  }

  it.live("loses nothing when the only process is killed twice in a row", () =>
    Effect.gen(function*() {
      const settings = yield* job(1000, sqlite)
      for (const millis of [900, 700]) {
        const operator = yield* Operator.start(settings)
        yield* Effect.sleep(millis)
        yield* operator.kill("SIGKILL")
      }
      const { report } = yield* Operator.start(settings)
      assert.strictEqual(sumOf(yield* report), 1000)
      yield* allOnce(1000)
    }).pipe(Effect.provide(EmulatorLayer)))

  it.live("gives back what it has when it is told to end, and counts it rightly", () =>
    Effect.gen(function*() {
      const settings = yield* job(500, sqlite)
      const { faults } = yield* Emulator
      yield* faults.add({ _tag: "SlowHeaders", milliseconds: 50 })
      const first = yield* Operator.start(settings)
      yield* untilUsers(50)
      yield* first.kill("SIGTERM")
      yield* Effect.exit(first.report)
      const { report } = yield* Operator.start(settings)
      // Those of the first are in its report: none had to be recognised.
      assert.deepStrictEqual((yield* report).outcomes, { created: 500 })
      yield* allOnce(500)
    }).pipe(Effect.provide(EmulatorLayer)))
})

const untilUsers = (count: number): Effect.Effect<void, never, Emulator> =>
  Effect.flatMap(
    Emulator,
    ({ stored }) =>
      Effect.flatMap(stored("Users"), (users) =>
        users.length >= count ? Effect.void : Effect.andThen(Effect.sleep(20), untilUsers(count)))
  )

/**
 * A process that stands still for longer than its lease, while another does its rows and the users are changed. `woken` wakes it.
 */
const frozen = <E, R>(
  store: (path: string) => Operator.Settings["store"],
  woken: (wake: Effect.Effect<void>) => Effect.Effect<void, E, R>
) =>
  Effect.gen(function*() {
    const rows = 300
    const settings = yield* job(rows, store, { mode: "upsert", chunkRows: 300 })
    const { faults, requests, stored, seed } = yield* Emulator
    yield* faults.add({ _tag: "SlowHeaders", milliseconds: 40 })
    const sleeper = yield* Operator.start(settings)
    yield* untilUsers(30)
    yield* sleeper.kill("SIGSTOP")
    const { report } = yield* Operator.start(settings)
    assert.strictEqual(sumOf(yield* report), rows)
    // All of them are somebody else's by now.
    const users = yield* stored("Users")
    yield* seed({ users: users.map((user) => ({ ...user, profile: { givenName: "changed" } })) })
    const before = (yield* requests).length
    yield* woken(sleeper.kill("SIGCONT"))
    assert.strictEqual(sumOf(yield* sleeper.report), rows)
    const after = (yield* requests).slice(before)
    assert.deepStrictEqual(after.filter(({ method }) => method !== "GET"), [])
    assert.isTrue((yield* stored("Users")).every(({ profile }) => profile?.givenName === "changed"))
  }).pipe(Effect.provide(Layer.fresh(EmulatorLayer)))

describe("a process that stands still", () => {
  it.live("sends nothing more of what is another's by now, on SQLite", () => frozen(sqlite, (wake) => wake))
})

/** Two operators, of whom one is killed and replaced, and a vendor that fails a fifth of the requests in every way. */
const failingVendor = (store: (path: string) => Operator.Settings["store"]) =>
  Effect.gen(function*() {
    const rows = 1000
    const settings = yield* job(rows, store, { faults: 0.2 })
    const [one, other] = yield* Effect.all([Operator.start(settings), Operator.start(settings)])
    yield* untilUsers(rows / 2)
    yield* other.kill("SIGKILL")
    const another = yield* Operator.start(settings)
    const [report] = yield* Effect.all([one.report, another.report], { concurrency: 2 })
    assert.strictEqual(sumOf(report), rows)
    const { requests, stored } = yield* Emulator
    const users = (yield* stored("Users")).length
    const { created = 0, failed = 0, found = 0, unknown = 0 } = report.outcomes
    assert.strictEqual(created + found + failed + unknown, rows)
    assert.isAtLeast(users, created + found)
    assert.isAtMost(users, created + found + unknown)
    const writes = (yield* requests).filter(({ applied, operation }) => applied && operation === "Users.create")
    assert.strictEqual(writes.length, users)
  }).pipe(Effect.provide(Layer.fresh(EmulatorLayer)))

describe("a vendor that fails a fifth of the requests", () => {
  it.live("is told apart from what is done, on SQLite", () => failingVendor(sqlite))
})

describe("PostgreSQL", () => {
  it.layer(PostgresServer.layer, { excludeTestServices: true, timeout: "60 seconds" })((it) => {
    const postgres = Effect.map(PostgresServer, ({ url }) => () => ({ postgres: url }))

    for (let seed = 1; seed <= Math.floor(seeds / 2); seed++) {
      it.effect(`loses and doubles nothing when processes are killed, seed ${seed}`, () =>
        Effect.flatMap(postgres, (store) => killAtRandom(1000 + seed, store)))
    }

    it.effect("goes on wherever it is killed, twice in a row", () => Effect.flatMap(postgres, killAtEachMoment))

    it.effect("sends nothing more of what is another's by now, after it stood still", () =>
      Effect.gen(function*() {
        const { url } = yield* PostgresServer
        yield* frozen(yield* postgres, (wake) =>
          // It cannot ask the database whose the chunk is: it has to know by its clock.
          Effect.gen(function*() {
            const sql = yield* SqlClient
            yield* sql.withTransaction(Effect.gen(function*() {
              yield* sql`LOCK TABLE bulk_chunk IN ACCESS EXCLUSIVE MODE`
              yield* wake
              yield* Effect.sleep("3 seconds")
            }))
          }).pipe(Effect.provide(PgClient.layer({ url: Redacted.make(url) }))))
      }))

    it.effect("does here all that it does on SQLite", () =>
      Effect.gen(function*() {
        const { url } = yield* PostgresServer
        const path = yield* folder
        const worker: BulkWorker.Options = { lease: leaseMillis, pollInterval: "100 millis", retryDelay: "100 millis" }
        const PostgresLayer = Layer.mergeAll(Bulk.layer(worker), BulkWorker.layer(worker)).pipe(
          Layer.provideMerge(PgClient.layer({ url: Redacted.make(url) })),
          Layer.provideMerge(Sunshine.layerFromConfig()),
          Layer.provideMerge(Emulator.layerTest())
        )
        yield* Effect.gen(function*() {
          const { eraseUsers, exportUsers, importUsers, updateUsers, userRemoved } = yield* Bulk
          const { faults, stored } = yield* Emulator
          const input = (change: object) =>
            Input.stream(Stream.map(Stream.range(1, 20), (n) => ({ externalId: `customer-${n}`, ...change })))
          const name = `all-${Math.random().toString(36).slice(2)}`

          yield* faults.next({ _tag: "RateLimited", retryAfter: 1 }, { _tag: "CutAfterApplied" })
          yield* faults.add({ _tag: "Status", status: 400 }, { times: 1 })
          const imported = yield* importUsers({ job: `${name}-import`, mode: "upsert", input: input({}), chunkRows: 7 })
          assert.deepStrictEqual((yield* imported.finished).outcomes, { created: 18, failed: 1, found: 1 })
          assert.strictEqual(yield* imported.retryFailed, 1)
          assert.deepStrictEqual((yield* imported.finished).outcomes, { created: 19, found: 1 })

          const updated = yield* updateUsers({ job: `${name}-update`, input: input({ toBeRetained: true }) })
          assert.deepStrictEqual((yield* updated.finished).outcomes, { updated: 20 })

          const to = join(path, "users.ndjson")
          const exported = yield* exportUsers({ job: `${name}-export`, input: input({}), to, chunkRows: 7 })
          assert.deepStrictEqual((yield* exported.finished).outcomes, { exported: 20 })
          assert.strictEqual(readFileSync(to, "utf8").trimEnd().split("\n").length, 20)

          const [first] = yield* stored("Users")
          const erased = yield* eraseUsers({
            job: `${name}-erase`,
            how: "delete",
            requestedBy: "privacy@example.com",
            input: input({}),
            includeIds: true
          })
          assert.deepStrictEqual((yield* erased.finished).outcomes, { accepted: 20 })
          assert.strictEqual(yield* userRemoved(first?.id ?? ""), 1)
          assert.deepStrictEqual((yield* erased.status).outcomes, { accepted: 19, removed: 1 })
          assert.strictEqual((yield* Stream.runCollect(erased.evidence)).length, 20)
          assert.strictEqual((yield* Stream.runCollect(erased.outcomes)).length, 20)

          const repeated = yield* importUsers({
            job: `${name}-repeated`,
            mode: "create",
            duplicates: "last",
            input: Input.stream(Stream.make({ externalId: "a" }, { externalId: "a" }, {}))
          })
          assert.deepStrictEqual((yield* repeated.finished).outcomes, { created: 1, refused: 2 })
          for (const job of [imported, updated, exported, erased, repeated]) yield* job.purge
          const sql = yield* SqlClient
          for (const table of ["bulk_job", "bulk_chunk", "bulk_outcome", "bulk_intent", "bulk_queue"]) {
            const column = table === "bulk_queue" || table === "bulk_job" ? "id" : "job_id"
            assert.deepStrictEqual(
              yield* sql`SELECT ${sql(column)} FROM ${sql(table)} WHERE ${sql(column)} LIKE ${`${name}%`}`,
              []
            )
          }
        }).pipe(Effect.provide(PostgresLayer))
      }))

    it.effect("tells what is done from what a vendor has failed", () => Effect.flatMap(postgres, failingVendor))

    it.effect.each(["fast", "immediate"] as const)(
      "goes on after the database was away, by a shutdown that is %s",
      (how) =>
        Effect.gen(function*() {
          const rows = 1000
          const { restart } = yield* PostgresServer
          const settings = yield* job(rows, yield* postgres)
          const operators = yield* Effect.replicateEffect(Operator.start(settings), 2)
          yield* untilUsers(300)
          yield* restart(how, 2000)
          const [report] = yield* Effect.all(operators.map(({ report }) => report), { concurrency: 2 })
          assert.strictEqual(sumOf(report!), rows)
          yield* allOnce(rows)
        }).pipe(Effect.provide(Layer.fresh(EmulatorLayer)))
    )
  })
})
