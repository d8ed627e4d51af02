import { assert, it } from "@effect/vitest"
import { Bulk, BulkWorker, Input } from "@sunco/bulk"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { inTime, layerNoWorker, rowsOf } from "./Jobs.ts"

const directory = Effect.acquireRelease(
  Effect.sync(() => mkdtempSync(join(tmpdir(), "sunco-bulk-"))),
  (path) => Effect.sync(() => rmSync(path, { recursive: true }))
)

const secrets = /ada-\d+@example|Lovelace|privacy@example/g

const rows = Array.from({ length: 150 }, (_, n) => ({
  externalId: `ada-${n}@example.com`,
  profile: { givenName: "Lovelace" }
}))

it.effect("leaves nothing in the files of the database, also while it is open", () =>
  Effect.gen(function*() {
    const path = yield* directory
    const found = () =>
      readdirSync(path).flatMap((name) => readFileSync(join(path, name), "latin1").match(secrets) ?? []).length
    const requests = join(yield* directory, "requests.txt")
    writeFileSync(requests, rows.map(({ externalId }) => `${externalId}\n`).join(""))
    yield* Effect.gen(function*() {
      const { eraseUsers, importUsers } = yield* Bulk
      const imported = yield* importUsers({
        job: "Lovelace",
        mode: "upsert",
        includeIds: true,
        chunkRows: 7,
        input: rowsOf(...rows)
      })
      yield* inTime(imported.finished)
      const erased = yield* eraseUsers({
        job: "erased",
        how: "delete",
        requestedBy: "privacy@example.com",
        includeIds: true,
        input: Input.ids(requests)
      })
      yield* inTime(erased.finished)
      assert.isAbove(found(), 300)
      yield* imported.purge
      yield* erased.purge
      assert.strictEqual(found(), 0)
    }).pipe(
      Effect.provide(Layer.provideMerge(BulkWorker.layer(), layerNoWorker(undefined, join(path, "jobs.db"))))
    )
    assert.strictEqual(found(), 0)
  }))
