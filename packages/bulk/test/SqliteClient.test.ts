import * as SqliteClient from "@sunco/bulk/SqliteClient"
import { assert, it } from "@effect/vitest"
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Layer from "effect/Layer"
import { SafeIntegers, SqlClient } from "effect/sql/SqlClient"
import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { DatabaseSync } from "node:sqlite"

const memory = Effect.provide(SqliteClient.layer({ filename: ":memory:" }))

const directory = Effect.acquireRelease(
  Effect.sync(() => mkdtempSync(join(tmpdir(), "sunco-bulk-"))),
  (path) => Effect.sync(() => rmSync(path, { recursive: true }))
)

const people = Effect.gen(function*() {
  const sql = yield* SqlClient
  yield* sql`CREATE TABLE people (id INTEGER PRIMARY KEY, name TEXT UNIQUE, photo BLOB)`
  return sql
})

it.effect("gives rows that are plain objects, values, and bytes as they were", () =>
  memory(Effect.gen(function*() {
    const sql = yield* people
    const photo = new Uint8Array([0, 255, 7])
    yield* sql`INSERT INTO people ${sql.insert({ id: 1, name: "Ada", photo })}`
    assert.deepStrictEqual(yield* sql`SELECT id, name FROM people`, [{ id: 1, name: "Ada" }])
    assert.deepStrictEqual(yield* sql`SELECT id, name FROM people`.values, [[1, "Ada"]])
    const [row] = yield* sql<{ readonly photo: Uint8Array }>`SELECT photo FROM people`
    assert.deepStrictEqual(Array.from(row?.photo ?? []), Array.from(photo))
  })))

it.effect("makes files that only their owner reads, and leaves the mode of one that is there", () =>
  Effect.gen(function*() {
    const path = yield* directory
    const modes = Effect.sync(() =>
      readdirSync(path).map((name) => `${name} ${(statSync(join(path, name)).mode & 0o777).toString(8)}`).sort()
    )
    const whileOpen = (name: string) =>
      Effect.provide(Effect.andThen(people, modes), SqliteClient.layer({ filename: join(path, name) }))
    const files = (mode: number) => ["jobs.db", "jobs.db-shm", "jobs.db-wal"].map((name) => `${name} ${mode}`)
    assert.deepStrictEqual(yield* whileOpen("jobs.db"), files(600))
    rmSync(join(path, "jobs.db"))
    writeFileSync(join(path, "jobs.db"), "")
    chmodSync(join(path, "jobs.db"), 0o640)
    assert.deepStrictEqual(yield* whileOpen("jobs.db"), files(640))
  }).pipe(Effect.scoped))

it.effect("reads integers as asked", () =>
  memory(Effect.gen(function*() {
    const sql = yield* people
    const one = sql`SELECT 1 AS one`
    assert.deepStrictEqual(yield* one, [{ one: 1 }])
    assert.deepStrictEqual(yield* Effect.provideService(one, SafeIntegers, true), [{ one: 1n }])
    assert.deepStrictEqual(yield* one, [{ one: 1 }])
  })))

it.effect("says what kind of error it was", () =>
  memory(Effect.gen(function*() {
    const sql = yield* people
    yield* sql`INSERT INTO people ${sql.insert({ id: 1, name: "Ada" })}`
    const twice = yield* Effect.flip(sql`INSERT INTO people ${sql.insert({ id: 2, name: "Ada" })}`)
    assert.strictEqual(twice.reason._tag, "UniqueViolation")
    const wrong = yield* Effect.flip(sql`SELECT nothing FROM nowhere`)
    assert.strictEqual(wrong.reason._tag, "UnknownError")
  })))

it.effect("rolls a transaction back, and keeps other fibers out of it", () =>
  memory(Effect.gen(function*() {
    const sql = yield* people
    const inserted = yield* Deferred.make<void>()
    const mayEnd = yield* Deferred.make<void>()
    const failing = yield* Effect.forkChild(Effect.flip(sql.withTransaction(Effect.gen(function*() {
      yield* sql`INSERT INTO people ${sql.insert({ id: 1, name: "Ada" })}`
      yield* Deferred.succeed(inserted, undefined)
      yield* Deferred.await(mayEnd)
      return yield* Effect.fail("no")
    }))))
    yield* Deferred.await(inserted)
    const other = yield* Effect.forkChild(sql`SELECT id FROM people`)
    yield* Effect.yieldNow
    yield* Deferred.succeed(mayEnd, undefined)
    assert.strictEqual(yield* Fiber.join(failing), "no")
    assert.deepStrictEqual(yield* Fiber.join(other), [])
  })))

it.effect("lets go of the connection when one who waits for it is interrupted", () =>
  memory(Effect.gen(function*() {
    const sql = yield* people
    const mayEnd = yield* Deferred.make<void>()
    const holding = yield* Effect.forkChild(sql.withTransaction(Deferred.await(mayEnd)))
    yield* Effect.yieldNow
    const waiting = yield* Effect.forkChild(sql.withTransaction(Effect.void))
    yield* Effect.yieldNow
    yield* Fiber.interrupt(waiting)
    yield* Deferred.succeed(mayEnd, undefined)
    yield* Fiber.join(holding)
    assert.deepStrictEqual(yield* sql.withTransaction(sql`SELECT id FROM people`), [])
  })))

it.effect("prepares more statements than it keeps", () =>
  memory(Effect.gen(function*() {
    const sql = yield* people
    for (let n = 0; n < 250; n++) {
      assert.deepStrictEqual(yield* sql`SELECT ${sql.literal(String(n % 120))} AS n`, [{ n: n % 120 }])
    }
  })))

it.effect("shares a file with another connection", () =>
  Effect.gen(function*() {
    const filename = join(yield* directory, "jobs.db")
    const add = (names: ReadonlyArray<string>) =>
      Effect.gen(function*() {
        const sql = yield* SqlClient
        yield* sql`CREATE TABLE IF NOT EXISTS people (name TEXT)`
        for (const name of names) {
          yield* sql.withTransaction(Effect.gen(function*() {
            yield* sql`SELECT count(*) FROM people`
            yield* sql`INSERT INTO people ${sql.insert({ name })}`
          }))
          yield* Effect.yieldNow
        }
        return yield* sql<{ readonly name: string }>`SELECT name FROM people ORDER BY name`
      }).pipe(Effect.provide(Layer.fresh(SqliteClient.layer({ filename }))))
    yield* Effect.all([add(["Ada", "Grace"]), add(["Barbara", "Radia"])], { concurrency: 2 })
    const rows = yield* add([])
    assert.deepStrictEqual(rows.map(({ name }) => name), ["Ada", "Barbara", "Grace", "Radia"])
  }))

it.effect("fails where the file is no database, or its directory is not there", () =>
  Effect.gen(function*() {
    const path = yield* directory
    writeFileSync(join(path, "letter.txt"), "Dear Ada, this is a letter and by no means a database.".repeat(40))
    for (const filename of [join(path, "letter.txt"), join(path, "nowhere", "jobs.db")]) {
      const error = yield* Effect.flip(Effect.scoped(Layer.build(SqliteClient.layer({ filename }))))
      assert.strictEqual(error._tag, "SqlError")
    }
  }))

it.effect("fails while another stands still with the lock of the file, and goes on when that one lets go", () =>
  Effect.gen(function*() {
    const filename = join(yield* directory, "jobs.db")
    yield* Effect.gen(function*() {
      const sql = yield* people
      const other = new DatabaseSync(filename)
      other.exec("BEGIN IMMEDIATE")
      const error = yield* Effect.flip(sql`INSERT INTO people ${sql.insert({ name: "Ada" })}`)
      assert.strictEqual(error.reason._tag, "LockTimeoutError")
      assert.deepStrictEqual(yield* sql`SELECT name FROM people`, [])
      other.close()
      yield* sql`INSERT INTO people ${sql.insert({ name: "Ada" })}`
      assert.deepStrictEqual(yield* sql`SELECT name FROM people`, [{ name: "Ada" }])
    }).pipe(Effect.provide(SqliteClient.layer({ filename, busyTimeoutMillis: 20 })))
  }))
