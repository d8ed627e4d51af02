import { assert, describe, it } from "@effect/vitest"
import { Bulk } from "@sunco/bulk"
import { Emulator } from "@sunco/emulator"
import * as Fault from "@sunco/emulator/Fault"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import { SqlClient } from "effect/sql/SqlClient"
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync
} from "node:fs"
import { tmpdir } from "node:os"
import { basename, dirname, join } from "node:path"
import { after, inTime, layer, layerNoWorker, macrotask, rowsOf, working } from "./Jobs.ts"

const directory = Effect.acquireRelease(
  Effect.sync(() => mkdtempSync(join(tmpdir(), "sunco-bulk-"))),
  (path) => Effect.sync(() => rmSync(path, { recursive: true }))
)

const idsIn = (path: string): ReadonlyArray<string> =>
  readFileSync(path, "utf8").split("\n").filter((line) => line !== "").map((line) => JSON.parse(line).externalId)

/** The directories of parts beside a file. */
const partsBeside = (to: string): ReadonlyArray<string> =>
  readdirSync(dirname(to)).filter((name) => name.endsWith(".parts")).map((name) => join(dirname(to), name))

const names = Array.from({ length: 25 }, (_, n) => `customer-${n}`)

const seeded = Effect.flatMap(Emulator, ({ seed }) => seed({ users: names.map((externalId) => ({ externalId })) }))

const started = (job: string, to: string, chunkRows = 10) =>
  Effect.flatMap(Bulk, ({ exportUsers }) =>
    exportUsers({
      job,
      to,
      chunkRows,
      input: rowsOf(...names.map((externalId) => ({ externalId })))
    }))

it.effect("reads users into one file, in their order", () =>
  Effect.gen(function*() {
    const { exportUsers } = yield* Bulk
    const { faults, seed } = yield* Emulator
    const to = join(yield* directory, "users.ndjson")
    yield* seed({ users: names.map((externalId) => ({ externalId, profile: { givenName: "Ä" } })) })
    yield* faults.add(Fault.status(503), { times: 3 })
    const job = yield* exportUsers({
      job: "export",
      to,
      chunkRows: 10,
      input: rowsOf(...names.map((externalId) => ({ externalId })), { id: "nobody" })
    })
    assert.deepStrictEqual((yield* inTime(job.finished)).outcomes, { exported: 25, absent: 1 })
    assert.deepStrictEqual(idsIn(to), names)
    const [first] = readFileSync(to, "utf8").split("\n")
    assert.strictEqual(JSON.parse(first ?? "").profile.givenName, "Ä")
    // Again, by another who waits: the same file.
    yield* inTime(job.finished)
    assert.deepStrictEqual(idsIn(to), names)
    yield* job.purge
    assert.isTrue(existsSync(to))
    assert.deepStrictEqual(partsBeside(to), [])
  }).pipe(Effect.provide(layer())))

it.effect("has what went through in another round, too", () =>
  Effect.gen(function*() {
    const { exportUsers } = yield* Bulk
    const { faults, seed } = yield* Emulator
    const to = join(yield* directory, "users.ndjson")
    yield* seed({ users: [{ externalId: "ada" }, { externalId: "grace" }] })
    yield* faults.next(Fault.status(503), Fault.status(503), Fault.status(503), Fault.status(503))
    const job = yield* exportUsers({ job: "export", to, input: rowsOf({ externalId: "ada" }, { externalId: "grace" }) })
    assert.deepStrictEqual((yield* inTime(job.finished)).outcomes, { exported: 2 })
    assert.deepStrictEqual(idsIn(to), ["grace", "ada"])
  }).pipe(Effect.provide(layer(undefined, { inFlight: 1 }))))

it.effect("is blocked where nothing can be written, and goes on when it can", () =>
  Effect.gen(function*() {
    const { exportUsers } = yield* Bulk
    const { seed } = yield* Emulator
    const path = join(yield* directory, "exports")
    const to = join(path, "users.ndjson")
    mkdirSync(path)
    yield* seed({ users: [{ externalId: "ada" }] })
    const job = yield* exportUsers({ job: "export", to, input: rowsOf({ externalId: "ada" }) })
    rmSync(path, { recursive: true })
    writeFileSync(path, "no directory")
    const error = yield* Effect.flip(inTime(job.finished))
    assert.strictEqual(error.message, "the job export is blocked: OutputUnwritable")
    rmSync(path)
    yield* job.resume
    assert.deepStrictEqual((yield* inTime(job.finished)).outcomes, { exported: 1 })
    assert.deepStrictEqual(idsIn(to), ["ada"])
  }).pipe(Effect.provide(layer())))

it.effect("puts its file again with what went through when it was tried again", () =>
  Effect.gen(function*() {
    const { faults } = yield* Emulator
    yield* seeded
    const to = join(yield* directory, "users.ndjson")
    yield* faults.next(Fault.status(400))
    const job = yield* started("export", to)
    assert.deepStrictEqual((yield* inTime(job.finished)).outcomes, { exported: 24, failed: 1 })
    assert.strictEqual(idsIn(to).length, 24)
    assert.strictEqual(yield* job.retryFailed, 1)
    assert.deepStrictEqual((yield* inTime(job.finished)).outcomes, { exported: 25 })
    assert.deepStrictEqual(idsIn(to).toSorted(), names.toSorted())
  }).pipe(Effect.provide(layer())))

it.effect("gives no file where it was cancelled", () =>
  Effect.gen(function*() {
    yield* seeded
    const to = join(yield* directory, "users.ndjson")
    const job = yield* started("export", to, 1)
    while ((yield* job.status).done === 0) yield* after(100)
    yield* job.cancel
    const report = yield* inTime(job.finished)
    assert.isAtLeast(report.outcomes.exported ?? 0, 1)
    assert.isAtLeast(report.outcomes.cancelled ?? 0, 1)
    assert.isFalse(existsSync(to))
    yield* job.purge
    assert.deepStrictEqual(readdirSync(dirname(to)), [])
  }).pipe(Effect.provide(layer(undefined, { chunks: 1, inFlight: 1 }))))

it.effect("has nothing beside its file but the parts, at no moment, so that a purge leaves nothing", () =>
  Effect.gen(function*() {
    yield* seeded
    const to = join(yield* directory, "users.ndjson")
    const job = yield* started("export", to)
    const seen = new Set<string>()
    const watching = yield* Effect.forkChild(Effect.forever(Effect.andThen(
      macrotask,
      Effect.sync(() => {
        for (const name of readdirSync(dirname(to))) seen.add(name)
      })
    )))
    for (let times = 0; times < 5; times++) yield* inTime(job.finished)
    yield* Fiber.interrupt(watching)
    const [parts = ""] = partsBeside(to)
    assert.deepStrictEqual(Array.from(seen).sort(), [basename(to), basename(parts)])
    // What one leaves who is killed while it puts the file together.
    writeFileSync(join(parts, "whole.of-one-who-was-killed"), "{}\n")
    yield* job.purge
    assert.deepStrictEqual(readdirSync(dirname(to)), [basename(to)])
  }).pipe(Effect.provide(layer())))

describe("the file of an export", () => {
  it.effect("is of the first of two jobs that have it, and the parts of each are its own", () =>
    Effect.gen(function*() {
      yield* seeded
      const { exportUsers } = yield* Bulk
      const to = join(yield* directory, "users.ndjson")
      const one = yield* started("one", to)
      const other = yield* exportUsers({ job: "other", to, input: rowsOf({ externalId: "customer-7" }) })
      yield* inTime(one.finished)
      while ((yield* other.status).state !== "finished") yield* after(100)
      yield* one.purge
      const error = yield* Effect.flip(inTime(other.finished))
      assert.deepInclude(error, { _tag: "OutputError", path: to, code: "EEXIST" })
      assert.deepStrictEqual(idsIn(to), names)
      rmSync(to)
      assert.deepStrictEqual((yield* inTime(other.finished)).outcomes, { exported: 1 })
      assert.deepStrictEqual(idsIn(to), ["customer-7"])
      yield* other.purge
      assert.deepStrictEqual(partsBeside(to), [])
    }).pipe(Effect.provide(layer())))

  it.effect("stays where it was changed since, and is put again where it was taken away", () =>
    Effect.gen(function*() {
      yield* seeded
      const to = join(yield* directory, "users.ndjson")
      const job = yield* started("export", to)
      yield* inTime(job.finished)
      appendFileSync(to, "{\"externalId\":\"mine\"}\n")
      const error = yield* Effect.flip(inTime(job.finished))
      assert.deepInclude(error, { _tag: "OutputError", path: to, code: "EEXIST" })
      assert.deepStrictEqual(idsIn(to), [...names, "mine"])
      rmSync(to)
      yield* inTime(job.finished)
      assert.deepStrictEqual(idsIn(to), names)
    }).pipe(Effect.provide(layer())))
})

it.effect("is there as before where its parts cannot be removed, and is purged when they can", () =>
  Effect.gen(function*() {
    yield* seeded
    const path = join(yield* directory, "exports")
    const to = join(path, "users.ndjson")
    mkdirSync(path)
    const job = yield* started("export", to)
    yield* inTime(job.finished)
    renameSync(path, `${path}-away`)
    writeFileSync(path, "no directory")
    const error = yield* Effect.flip(job.purge)
    assert.deepInclude(error, { _tag: "OutputError", code: "ENOTDIR" })
    assert.deepStrictEqual((yield* job.status).outcomes, { exported: 25 })
    rmSync(path)
    renameSync(`${path}-away`, path)
    yield* job.purge
    assert.deepStrictEqual(readdirSync(path), [basename(to)])
    assert.strictEqual((yield* Effect.flip(job.status))._tag, "JobNotFound")
  }).pipe(Effect.provide(layer())))

it.effect("keeps its parts where it cannot be purged", () =>
  Effect.gen(function*() {
    yield* seeded
    const to = join(yield* directory, "users.ndjson")
    const job = yield* started("export", to, 1)
    while ((yield* job.status).done === 0) yield* after(100)
    assert.strictEqual((yield* Effect.flip(job.purge))._tag, "WrongState")
    assert.deepStrictEqual((yield* inTime(job.finished)).outcomes, { exported: 25 })
    assert.deepStrictEqual(idsIn(to), names)
  }).pipe(Effect.provide(layer(undefined, { chunks: 1, inFlight: 1 }))))

it.effect("leaves nothing of what a worker has read of a chunk that is another's by then", () =>
  Effect.gen(function*() {
    const { faults } = yield* Emulator
    const sql = yield* SqlClient
    yield* seeded
    const to = join(yield* directory, "users.ndjson")
    yield* faults.add(Fault.slowHeaders("100 millis"))
    const job = yield* started("export", to, 25)
    yield* after(1000)
    yield* sql`UPDATE bulk_chunk SET owner = 'another', lease_until = 0`
    assert.deepStrictEqual((yield* inTime(job.finished)).outcomes, { exported: 25 })
    assert.deepStrictEqual(idsIn(to), names)
    const [directoryOfParts = ""] = partsBeside(to)
    const parts = readdirSync(directoryOfParts).filter((name) => name !== "joined")
    const [counted] = yield* sql<{ readonly part: string }>`SELECT part FROM bulk_chunk`
    assert.deepStrictEqual(parts, [`0.0.${counted?.part}.ndjson`])
  }).pipe(Effect.provide(layer(undefined, { chunks: 1, inFlight: 1 }))))

it.effect("leaves nothing of a job that was purged while a worker stood still", () =>
  Effect.gen(function*() {
    const { faults, requests } = yield* Emulator
    const sql = yield* SqlClient
    yield* seeded
    const to = join(yield* directory, "users.ndjson")
    yield* faults.add(Fault.slowHeaders("100 millis"))
    const stop = yield* working({ chunks: 1, inFlight: 1 })
    const job = yield* started("export", to, 25)
    // The last row is under way, and the worker looks at the job no more before it has ended.
    while ((yield* requests).length < 25) yield* after(100)
    yield* sql`UPDATE bulk_chunk SET lease_until = 0`
    yield* job.pause
    yield* job.purge
    // It ends what it has begun.
    yield* inTime(stop)
    assert.deepStrictEqual(readdirSync(dirname(to)), [])
  }).pipe(Effect.provide(layerNoWorker())))
