import { assert, it } from "@effect/vitest"
import { Bulk } from "@sunco/bulk"
import { Emulator } from "@sunco/emulator"
import * as Fault from "@sunco/emulator/Fault"
import * as Effect from "effect/Effect"
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { inTime, layer, rowsOf } from "./Jobs.ts"

const directory = Effect.acquireRelease(
  Effect.sync(() => mkdtempSync(join(tmpdir(), "sunco-bulk-"))),
  (path) => Effect.sync(() => rmSync(path, { recursive: true }))
)

const idsIn = (path: string): ReadonlyArray<string> =>
  readFileSync(path, "utf8").split("\n").filter((line) => line !== "").map((line) => JSON.parse(line).externalId)

it.effect("reads users into one file, in their order", () =>
  Effect.gen(function*() {
    const { exportUsers } = yield* Bulk
    const { faults, seed } = yield* Emulator
    const to = join(yield* directory, "users.ndjson")
    const names = Array.from({ length: 25 }, (_, n) => `customer-${n}`)
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
    assert.isFalse(existsSync(`${to}.parts`))
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
    const to = join(yield* directory, "users.ndjson")
    yield* seed({ users: [{ externalId: "ada" }] })
    writeFileSync(`${to}.parts`, "no directory")
    const job = yield* exportUsers({ job: "export", to, input: rowsOf({ externalId: "ada" }) })
    const error = yield* Effect.flip(inTime(job.finished))
    assert.strictEqual(error.message, "the job export is blocked: OutputUnwritable")
    rmSync(`${to}.parts`)
    yield* job.resume
    assert.deepStrictEqual((yield* inTime(job.finished)).outcomes, { exported: 1 })
    assert.deepStrictEqual(idsIn(to), ["ada"])
  }).pipe(Effect.provide(layer())))
