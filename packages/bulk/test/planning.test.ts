import { assert, describe, it } from "@effect/vitest"
import { Bulk, Input } from "@sunco/bulk"
import { Emulator } from "@sunco/emulator"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Stream from "effect/Stream"
import { SqlClient } from "effect/sql/SqlClient"
import * as TestClock from "effect/testing/TestClock"
import { execFileSync } from "node:child_process"
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { after, customers, inTime, layer, layerNoWorker, macrotask, rowsOf, sumOf } from "./Jobs.ts"

const directory = Effect.acquireRelease(
  Effect.sync(() => mkdtempSync(join(tmpdir(), "sunco-bulk-"))),
  (path) => Effect.sync(() => rmSync(path, { recursive: true }))
)

const nobodySent = Effect.flatMap(
  Effect.flatMap(Emulator, ({ requests }) => requests),
  (sent) => Effect.sync(() => assert.lengthOf(sent, 0))
)

const lines = (rows: number): string =>
  Array.from({ length: rows }, (_, n) => `{"externalId":"customer-${n}"}\n`).join("")

/** A job of a file, as whoever planned it leaves it: killed after its first chunks, and with a lease that has ended. */
const leftBehind = (path: string) =>
  Effect.gen(function*() {
    const { importUsers } = yield* Bulk
    const sql = yield* SqlClient
    const job = yield* importUsers({ job: "left", mode: "create", input: Input.ndjsonFile(path), chunkRows: 10 })
    yield* sql`UPDATE bulk_job SET state = 'planning', started_at = NULL, planner = 'killed', planner_until = 0`
    yield* sql`DELETE FROM bulk_chunk WHERE chunk_no > 1`
    // Which of its rows count is written when the plan is whole.
    yield* sql`UPDATE bulk_chunk SET todo = row_count, n_refused = 0`
    return job
  })

describe("a job whose planner is gone", () => {
  it.effect("is planned anew and goes on when it is resumed", () =>
    Effect.gen(function*() {
      const path = join(yield* directory, "customers.ndjson")
      writeFileSync(path, lines(35))
      const job = yield* leftBehind(path)
      yield* inTime((yield* (yield* Bulk).job(job.id)).resume)
      const status = yield* job.status
      assert.deepStrictEqual([status.state, status.rows], ["running", 35])
    }).pipe(Effect.provide(layerNoWorker())))

  it.effect("stays as it is where its file has changed, or cannot be read", () =>
    Effect.gen(function*() {
      const path = join(yield* directory, "customers.ndjson")
      writeFileSync(path, lines(35))
      const job = yield* leftBehind(path)
      writeFileSync(path, lines(36))
      const changed = yield* Effect.flip(inTime(job.resume))
      assert.deepInclude(changed, { _tag: "InputError", kind: "Changed" })
      rmSync(path)
      const gone = yield* Effect.flip(inTime(job.resume))
      assert.deepInclude(gone, { _tag: "InputError", kind: "Unreadable" })
      assert.strictEqual((yield* job.status).state, "planning")
      writeFileSync(path, lines(35))
      yield* inTime(job.resume)
      assert.strictEqual((yield* job.status).state, "running")
      yield* nobodySent
    }).pipe(Effect.provide(layerNoWorker())))

  it.effect("can be cancelled: what was read by then is cancelled, and nothing else is said of it", () =>
    Effect.gen(function*() {
      const path = join(yield* directory, "customers.ndjson")
      writeFileSync(path, `{"externalId":7}\n${lines(35)}`)
      const job = yield* leftBehind(path)
      yield* job.cancel
      const report = yield* inTime(job.finished)
      assert.deepInclude(report, { state: "cancelled", rows: 20, outcomes: { cancelled: 20 }, reasons: {} })
      assert.strictEqual(sumOf(report), report.rows)
    }).pipe(Effect.provide(layerNoWorker())))

  it.effect("can be purged, and one that is being planned cannot", () =>
    Effect.gen(function*() {
      const path = join(yield* directory, "customers.ndjson")
      writeFileSync(path, lines(35))
      const job = yield* leftBehind(path)
      yield* job.purge
      assert.strictEqual((yield* Effect.flip(job.status))._tag, "JobNotFound")
      const { importUsers, job: jobOf } = yield* Bulk
      const input = Input.stream(Stream.concat(Stream.make({ externalId: "ada" }), Stream.never))
      const planning = yield* Effect.forkChild(importUsers({ job: "slow", mode: "create", input }))
      yield* after(1000)
      const slow = yield* jobOf("slow")
      const refused = yield* Effect.flip(slow.purge)
      assert.deepInclude(refused, { _tag: "WrongState", state: "planning" })
      yield* Fiber.interrupt(planning)
      yield* slow.purge
      assert.strictEqual((yield* Effect.flip(slow.status))._tag, "JobNotFound")
    }).pipe(Effect.provide(layerNoWorker())))
})

it.effect("is planned by one alone, also where its rows come more slowly than a lease lasts", () =>
  Effect.gen(function*() {
    const { importUsers } = yield* Bulk
    let readings = 0
    const rows = Stream.suspend(() => {
      readings++
      return Stream.fromEffect(Effect.as(Effect.sleep("20 seconds"), { externalId: "ada" })).pipe(
        Stream.concat(Stream.fromEffect(Effect.as(Effect.sleep("20 seconds"), { externalId: "grace" })))
      )
    })
    const start = importUsers({ job: "j", mode: "create", input: Input.stream(rows), chunkRows: 1 })
    const [one, other] = yield* inTime(Effect.all([start, start], { concurrency: 2 }))
    assert.strictEqual(readings, 1)
    assert.deepStrictEqual([(yield* one.status).rows, (yield* other.status).rows], [2, 2])
  }).pipe(Effect.provide(layerNoWorker(undefined, undefined, { lease: "2 seconds" }))))

it.effect("refuses an input that was written to between its two readings", () =>
  Effect.gen(function*() {
    const path = join(yield* directory, "customers.ndjson")
    writeFileSync(path, lines(35))
    const { importUsers } = yield* Bulk
    const sql = yield* SqlClient
    const input = Input.ndjsonFile(path)
    const job = yield* importUsers({ job: "j", mode: "create", input })
    // As if the digest had been that of what was there before.
    yield* sql`UPDATE bulk_job SET state = 'planning', planner = NULL, digest = 'of before'`
    assert.deepInclude(yield* Effect.flip(inTime(job.resume)), { _tag: "InputError", kind: "Changed" })
    yield* nobodySent
  }).pipe(Effect.provide(layerNoWorker())))

it.effect("is left paused where it is to be looked at first, and joined as it is", () =>
  Effect.gen(function*() {
    const { importUsers } = yield* Bulk
    const start = (paused: boolean) => importUsers({ job: "j", mode: "create", input: customers(20), paused })
    const job = yield* start(true)
    yield* after(3000)
    assert.deepInclude(yield* job.status, { state: "paused", rows: 20, done: 0 })
    assert.strictEqual((yield* (yield* start(false)).status).state, "paused")
    yield* nobodySent
    yield* job.resume
    assert.deepStrictEqual((yield* inTime(job.finished)).outcomes, { created: 20 })
    // Nothing of it is left to be done, and it says so before anybody resumes it.
    const empty = yield* importUsers({ job: "empty", mode: "create", input: rowsOf(), paused: true })
    assert.strictEqual((yield* empty.status).state, "paused")
    yield* empty.resume
    assert.deepStrictEqual((yield* inTime(empty.finished)).outcomes, {})
  }).pipe(Effect.provide(layer())))

describe("a file", () => {
  it.effect("that is a pipe or a directory is refused, and not waited for", () =>
    Effect.gen(function*() {
      const path = yield* directory
      execFileSync("mkfifo", [join(path, "pipe.ndjson")])
      const { importUsers } = yield* Bulk
      const refused = (input: Input.Input) => Effect.flip(importUsers({ job: "j", mode: "create", input }))
      assert.strictEqual(
        (yield* refused(Input.ndjsonFile(join(path, "pipe.ndjson")))).message,
        `${join(path, "pipe.ndjson")}: it is no file`
      )
      assert.strictEqual((yield* refused(Input.ids(path))).message, `${path}: it is a directory`)
    }).pipe(Effect.provide(layerNoWorker())))

  it.effect("that is staged is the same input only with the same content, read in the same way", () =>
    Effect.gen(function*() {
      const path = join(yield* directory, "customers.csv")
      writeFileSync(path, "externalId,name\nada,Ada\n")
      const { importUsers } = yield* Bulk
      const start = (columns: { readonly [name: string]: Input.Column }) =>
        importUsers({ job: "j", mode: "create", input: Input.csvFile(path, { columns, staged: true }) })
      yield* start({ name: "profile.givenName" })
      yield* start({ name: "profile.givenName" })
      const otherColumns = yield* Effect.flip(start({ name: "profile.surname" }))
      assert.deepInclude(otherColumns, { _tag: "JobConflict", differs: "input" })
      writeFileSync(path, "externalId,name\nada,Grace\n")
      const otherContent = yield* Effect.flip(start({ name: "profile.givenName" }))
      assert.deepInclude(otherContent, { _tag: "JobConflict", differs: "input" })
    }).pipe(Effect.provide(layerNoWorker())))
})

it.effect("writes each row that is there twice once, in the order of the input, with its chunk, and lets others have their turns", () =>
  Effect.gen(function*() {
    const path = join(yield* directory, "customers.ndjson")
    const rows = 20_000
    const blanksBefore = (row: number) => Math.floor((row + 3) / 7)
    const blank = (row: number) => blanksBefore(row) > blanksBefore(row - 1) ? "\n" : ""
    writeFileSync(
      path,
      Array.from({ length: rows }, (_, n) => `${blank(n)}{"externalId":"customer-${n % 100}"}\n`).join("")
    )
    const { importUsers } = yield* Bulk
    const sql = yield* SqlClient
    yield* sql`CREATE TRIGGER once AFTER UPDATE ON bulk_outcome BEGIN SELECT RAISE(FAIL, 'written twice'); END`
    const counts = [0]
    const watching = yield* Effect.forkChild(Effect.forever(Effect.andThen(
      macrotask,
      Effect.map(
        sql<{ readonly n: number }>`SELECT COUNT(*) AS n FROM bulk_outcome`,
        ([row]) => counts.push(row?.n ?? 0)
      )
    )))
    const job = yield* importUsers({ job: "j", mode: "create", input: Input.ndjsonFile(path), chunkRows: 300 })
    yield* Fiber.interrupt(watching)
    assert.deepStrictEqual((yield* job.status).outcomes, { refused: rows - 100 })
    const written = yield* sql<{ readonly line: number; readonly chunk_no: number }>`
      SELECT line, chunk_no FROM bulk_outcome ORDER BY rowid`
    const wrong = written.findIndex(({ chunk_no, line }, n) =>
      line !== n + 100 + blanksBefore(n + 100) + 1 || chunk_no !== Math.floor((n + 100) / 300)
    )
    assert.deepStrictEqual([written.length, wrong], [rows - 100, -1])
    const steps = counts.slice(1).map((count, index) => count - counts[index]!)
    assert.isAtMost(Math.max(...steps), 2000)
    const todo = yield* sql`SELECT SUM(todo) AS todo, SUM(n_refused) AS refused FROM bulk_chunk`
    assert.deepStrictEqual(todo, [{ todo: 100, refused: rows - 100 }])
  }).pipe(Effect.provide(layerNoWorker())))

it.effect("says which directory it is where the file of keys cannot be written, and leaves no job", () =>
  Effect.gen(function*() {
    const path = yield* directory
    writeFileSync(join(path, "customers.ndjson"), lines(70_000))
    const input = Input.ndjsonFile(join(path, "customers.ndjson"))
    const { importUsers, jobs } = yield* Bulk
    const missing = join(path, "missing")
    const before = process.env["TMPDIR"]
    yield* Effect.acquireRelease(
      Effect.sync(() => {
        process.env["TMPDIR"] = missing
      }),
      () =>
        Effect.sync(() => {
          if (before === undefined) delete process.env["TMPDIR"]
          else process.env["TMPDIR"] = before
        })
    )
    const start = importUsers({ job: "j", mode: "create", input })
    const error = yield* Effect.flip(start)
    assert.deepInclude(error, { _tag: "OutputError", path: missing, code: "ENOENT" })
    assert.deepStrictEqual(yield* Stream.runCollect(jobs), [])
    mkdirSync(missing)
    assert.strictEqual((yield* (yield* start).status).rows, 70_000)
  }).pipe(Effect.provide(layerNoWorker())))

describe("an export", () => {
  it.effect("writes over nothing: neither its input nor a file, a link or a device", () =>
    Effect.gen(function*() {
      const path = yield* directory
      const ids = join(path, "ids.txt")
      writeFileSync(ids, "ada\n")
      symlinkSync(join(path, "nowhere"), join(path, "link"))
      const { exportUsers } = yield* Bulk
      const refused = (to: string) => Effect.flip(exportUsers({ job: "j", input: Input.ids(ids), to }))
      for (const to of [ids, join(path, "link"), "/dev/null"]) {
        assert.strictEqual((yield* refused(to)).message, "to is there already")
      }
      assert.strictEqual(
        (yield* refused(join(path, "missing/users.ndjson"))).message,
        "to must be in a directory that is there"
      )
      assert.strictEqual(readFileSync(ids, "utf8"), "ada\n")
    }).pipe(Effect.provide(layerNoWorker())))

  it.effect("that is whole can be joined by who starts it again", () =>
    Effect.gen(function*() {
      const to = join(yield* directory, "users.ndjson")
      const { exportUsers } = yield* Bulk
      const { seed } = yield* Emulator
      yield* seed({ users: [{ externalId: "ada" }] })
      const input = join(yield* directory, "ids.txt")
      writeFileSync(input, "ada\n")
      const start = exportUsers({ job: "j", input: Input.ids(input), to })
      const { outcomes } = yield* inTime(Effect.flatMap(start, ({ finished }) => finished))
      assert.deepStrictEqual((yield* inTime(Effect.flatMap(start, ({ finished }) => finished))).outcomes, outcomes)
    }).pipe(Effect.provide(layer())))
})

it.effect("lists the jobs that are kept, the newest first", () =>
  Effect.gen(function*() {
    const { importUsers, jobs } = yield* Bulk
    assert.deepStrictEqual(yield* Stream.runCollect(jobs), [])
    yield* importUsers({ job: "first", mode: "create", input: customers(3) })
    yield* TestClock.adjust("1 second")
    yield* macrotask
    const second = yield* importUsers({ job: "second", mode: "create", input: rowsOf({ externalId: "ada" }) })
    assert.deepStrictEqual(
      (yield* Stream.runCollect(jobs)).map(({ job, rows, state }) => [job, rows, state]),
      [["second", 1, "running"], ["first", 3, "running"]]
    )
    yield* second.cancel
    yield* second.purge
    assert.deepStrictEqual((yield* Stream.runCollect(jobs)).map(({ job }) => job), ["first"])
  }).pipe(Effect.provide(layerNoWorker())))
