/** A `SqlClient` over `node:sqlite`, as far as these tests need one. */
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Reactivity from "effect/reactivity/Reactivity"
import * as Semaphore from "effect/Semaphore"
import * as SqlClient from "effect/sql/SqlClient"
import type { Connection } from "effect/sql/SqlConnection"
import { SqlError, UnknownError } from "effect/sql/SqlError"
import { makeCompilerSqlite } from "effect/sql/Statement"
import * as Stream from "effect/Stream"
import { DatabaseSync, type SQLInputValue } from "node:sqlite"

export const layer = (filename: string) =>
  Layer.effect(
    SqlClient.SqlClient,
    Effect.gen(function*() {
      const database = yield* Effect.acquireRelease(
        Effect.sync(() => new DatabaseSync(filename, { timeout: 5000 })),
        (database) => Effect.sync(() => database.close())
      )
      database.exec("PRAGMA journal_mode = WAL")
      const execute = (sql: string, params: ReadonlyArray<unknown>) =>
        Effect.try({
          try: () => database.prepare(sql).all(...params as ReadonlyArray<SQLInputValue>),
          catch: (cause) => new SqlError({ reason: new UnknownError({ cause, message: "SQLite has refused it" }) })
        })
      const connection: Connection = {
        execute,
        executeRaw: execute,
        executeUnprepared: execute,
        executeValues: (sql, params) =>
          Effect.map(execute(sql, params), (rows) => rows.map((row) => Object.values(row))),
        executeValuesUnprepared: (sql, params) =>
          Effect.map(execute(sql, params), (rows) => rows.map((row) => Object.values(row))),
        executeStream: (sql, params) => Stream.fromIterableEffect(execute(sql, params))
      }
      // Nothing comes between the statements of a transaction.
      const alone = yield* Semaphore.make(1)
      const transactionAcquirer = Effect.as(
        Effect.acquireRelease(alone.take(1), () => alone.release(1)),
        connection
      )
      return yield* SqlClient.make({
        acquirer: alone.withPermits(1)(Effect.succeed(connection)),
        transactionAcquirer,
        beginTransaction: "BEGIN IMMEDIATE",
        compiler: makeCompilerSqlite(),
        driver: "node:sqlite",
        spanAttributes: []
      })
    })
  ).pipe(Layer.provide(Reactivity.layer))
