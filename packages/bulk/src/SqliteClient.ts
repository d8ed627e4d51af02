/**
 * Effect's `SqlClient` over the SQLite of Node (`node:sqlite`), for one file that one or several processes of a machine share.
 *
 * @since 0.1.0
 */
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Reactivity from "effect/reactivity/Reactivity"
import * as Semaphore from "effect/Semaphore"
import * as SqlClient from "effect/sql/SqlClient"
import type { SqlError } from "effect/sql/SqlError"
import { makeCompilerSqlite } from "effect/sql/Statement"
import { connectionOver, sqlError } from "./internal/sqlite/connection.ts"
import { open } from "./internal/sqlite/open.ts"

/**
 * Which file, and how patiently.
 *
 * @category options
 * @since 0.1.0
 */
export interface Options {
  /** Is made where it is not there, for its owner alone (mode 600); `:memory:` for a database that goes with its scope. */
  readonly filename: string
  /** How many milliseconds a statement waits for another process to let go of the file; 5,000 when absent. The process stands still. */
  readonly busyTimeoutMillis?: number | undefined
}

/**
 * A `SqlClient` over one connection. A transaction has it to itself, and takes the lock of the file when it begins, so that two
 * processes wait for each other instead of failing.
 *
 * **Details**
 *
 * The file is in WAL mode: beside it are `-wal` and `-shm` while it is open. Every commit is on the disk when it is done. What is
 * deleted is overwritten with zeros (`secure_delete`); the `-wal` file may have it until it is written back into the file.
 *
 * **Gotchas**
 *
 * WAL needs a file system of the machine itself: a network share corrupts it. A statement that is inside a transaction of the
 * same fiber is part of it; one of another fiber waits until the transaction ends.
 *
 * Fails with `SqlError` when the file cannot be opened, or is no database.
 *
 * **Example** (A table in memory)
 *
 * ```ts
 * import * as SqliteClient from "@sunco/bulk/SqliteClient"
 * import * as Effect from "effect/Effect"
 * import { SqlClient } from "effect/sql/SqlClient"
 *
 * const program = Effect.gen(function*() {
 *   const sql = yield* SqlClient
 *   yield* sql`CREATE TABLE people (name TEXT)`
 *   yield* sql`INSERT INTO people ${sql.insert([{ name: "Ada" }, { name: "Grace" }])}`
 *   console.log(yield* sql`SELECT name FROM people ORDER BY name`)
 *   // [ { name: 'Ada' }, { name: 'Grace' } ]
 * })
 *
 * Effect.runPromise(program.pipe(Effect.provide(SqliteClient.layer({ filename: ":memory:" }))))
 * ```
 *
 * @category layers
 * @since 0.1.0
 */
export const layer = (options: Options): Layer.Layer<SqlClient.SqlClient, SqlError> =>
  Layer.effect(
    SqlClient.SqlClient,
    Effect.gen(function*() {
      const database = yield* Effect.acquireRelease(
        Effect.try({
          try: () => open(options.filename, options.busyTimeoutMillis ?? 5000),
          catch: sqlError
        }),
        (database) => Effect.sync(() => database.close())
      )
      yield* Effect.try({
        try: () => database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON"),
        catch: sqlError
      })
      const connection = connectionOver(database)
      return yield* SqlClient.make({
        ...SqlClient.makeSqliteAcquirers({
          connection: Effect.succeed(connection),
          semaphore: yield* Semaphore.make(1),
          isTransaction: () => database.isTransaction
        }),
        // A transaction that begins with a read and writes later is refused when another process wrote in between.
        beginTransaction: "BEGIN IMMEDIATE",
        prepareTransactionControls: true,
        compiler: makeCompilerSqlite(),
        driver: "sqlite-node",
        spanAttributes: []
      })
    })
  ).pipe(Layer.provide(Reactivity.layer))
