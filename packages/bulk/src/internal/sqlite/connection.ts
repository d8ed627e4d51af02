import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import { SafeIntegers } from "effect/sql/SqlClient"
import type { Connection } from "effect/sql/SqlConnection"
import { classifySqliteError, SqlError } from "effect/sql/SqlError"
import * as Stream from "effect/Stream"
import type { DatabaseSync, SQLInputValue, StatementSync } from "node:sqlite"

/** As many statements are kept prepared; the queue puts a new lock into the text of some of its own. */
const keptStatements = 100

/**
 * What Effect's SQL client asks of a connection, over a database of Node's. Every statement is done when its effect is.
 *
 * @internal
 */
export const connectionOver = (database: DatabaseSync): Connection => {
  const statements = new Map<string, StatementSync>()

  const prepared = (sql: string): StatementSync => {
    const known = statements.get(sql)
    if (known !== undefined) {
      // Those that are used stay: a map has its keys in the order in which they came.
      statements.delete(sql)
      statements.set(sql, known)
      return known
    }
    const statement = database.prepare(sql)
    statements.set(sql, statement)
    if (statements.size > keptStatements) statements.delete(statements.keys().next().value!)
    return statement
  }

  const run = <A>(sql: string, use: (statement: StatementSync) => A): Effect.Effect<A, SqlError> =>
    Effect.suspend(() => {
      const safeIntegers = Context.get(Fiber.getCurrent()!.context, SafeIntegers)
      // Effect.try would catch as well; this has no closure for what went well.
      try {
        const statement = prepared(sql)
        statement.setReadBigInts(safeIntegers)
        return Effect.succeed(use(statement))
      } catch (error) {
        return Effect.fail(sqlError(error))
      }
    })

  const execute: Connection["execute"] = (sql, params, transformRows) =>
    run(sql, (statement) => {
      statement.setReturnArrays(false)
      // Rows of `node:sqlite` have no prototype.
      const rows = statement.all(...params.map(inputOf)).map((row) => ({ ...row }))
      return transformRows === undefined ? rows : transformRows(rows)
    })

  const executeValues: Connection["executeValues"] = (sql, params) =>
    run(sql, (statement) => {
      statement.setReturnArrays(true)
      return statement.all(...params.map(inputOf)) as unknown as ReadonlyArray<ReadonlyArray<unknown>>
    })

  return {
    execute,
    executeRaw: (sql, params) => execute(sql, params, undefined),
    executeUnprepared: execute,
    executeValues,
    executeValuesUnprepared: executeValues,
    executeStream: (sql, params, transformRows) => Stream.fromIterableEffect(execute(sql, params, transformRows))
  }
}

/** SQLite has numbers, text and bytes. */
const inputOf = (value: unknown): SQLInputValue => {
  if (value === undefined) return null
  if (typeof value === "boolean") return value ? 1 : 0
  if (value instanceof Date) return value.toISOString()
  return value as SQLInputValue
}

/**
 * What the values are is not told: the text of SQLite names tables and columns, and the statement has places for values.
 *
 * @internal
 */
export const sqlError = (error: unknown): SqlError => {
  // Effect looks for SQLite's own code where other drivers have it.
  const errno = (error as { readonly errcode?: unknown } | null)?.errcode
  const cause = typeof errno === "number" ? Object.assign(error as Error, { errno }) : error
  return new SqlError({ reason: classifySqliteError(cause, { message: "SQLite refused a statement" }) })
}
