import * as Result from "effect/Result"
import type { RowKind } from "../ChunkSource.ts"
import type { Column } from "./description.ts"
import { fieldNamed, fieldsOf, type FieldType } from "./fieldsOf.ts"
import { nearestName } from "./nearestName.ts"
import { invalid, type Problem } from "./rowReader.ts"

interface Target {
  readonly field: string
  readonly path: ReadonlyArray<string>
  readonly type: FieldType
}

/** Makes JSON of the cells of a record. */
export type CellReader = (cells: ReadonlyArray<string>) => Result.Result<unknown, Problem>

/** A number as JSON writes it, which keeps all of its digits. */
export const isExact = (text: string): boolean => {
  const value = Number(text)
  return Number.isFinite(value) && (!/^-?\d+$/u.test(text) || Number.isSafeInteger(value))
}

export const inexact = "Expected a number that keeps all of its digits, or text"

const number = (text: string, field: string): Result.Result<number, Problem> => {
  if (!/^-?\d+(\.\d+)?([eE][+-]?\d+)?$/u.test(text)) return Result.fail(invalid("Expected a number", field))
  return isExact(text) ? Result.succeed(Number(text)) : Result.fail(invalid(inexact, field))
}

// Spreadsheets write them in capitals.
const boolean = (text: string, field: string): Result.Result<boolean, Problem> =>
  /^(true|false)$/iu.test(text)
    ? Result.succeed(text.toLowerCase() === "true")
    : Result.fail(invalid("Expected true or false", field))

const convert: {
  readonly [Type in FieldType]: (text: string, field: string) => Result.Result<unknown, Problem>
} = { text: (text) => Result.succeed(text), number, boolean }

const put = (row: Record<string, unknown>, path: ReadonlyArray<string>, value: unknown): void => {
  const [name = "", ...inner] = path
  if (inner.length === 0) row[name] = value
  else put((row[name] ??= {}) as Record<string, unknown>, inner, value)
}

/**
 * Says which cell is which field. What cannot be is told by the number of the column: where a file has no header its first
 * record is somebody's data.
 */
export const cellReader = <A>(
  kind: RowKind<A>,
  columns: ReadonlyArray<Column>,
  nullText: string | undefined
): Result.Result<CellReader, string> => {
  const fields = fieldsOf(kind.schema)
  const targets: Array<Target | undefined> = []
  const taken = new Set<string>()
  for (const [index, column] of columns.entries()) {
    if (column === null) {
      targets.push(undefined)
      continue
    }
    const { as, field } = typeof column === "string" ? { field: column, as: undefined } : column
    const found = fieldNamed(fields, field)
    if (found === undefined) {
      const meant = nearestName(field, fields.types.keys())
      return Result.fail(`column ${index + 1} is no field of a row${meant === undefined ? "" : `; ${meant} is one`}`)
    }
    if (taken.has(field)) return Result.fail(`column ${index + 1} is the field of another column`)
    if (as !== undefined && as !== found.type && !found.isOpen) {
      return Result.fail(`column ${index + 1} cannot be read as ${as}: the field is ${found.type}`)
    }
    taken.add(field)
    targets.push({ field, path: found.path, type: as ?? found.type })
  }

  return Result.succeed((cells) => {
    if (cells.length !== targets.length) {
      return Result.fail(invalid(`there are ${cells.length} columns and not ${targets.length}`))
    }
    const row: Record<string, unknown> = {}
    for (const [index, target] of targets.entries()) {
      const text = cells[index]!
      if (target === undefined || text === "") continue
      const value = text === nullText ? Result.succeed(null) : convert[target.type](text, target.field)
      if (Result.isFailure(value)) return Result.fail(value.failure)
      put(row, target.path, value.success)
    }
    return Result.succeed(row)
  })
}
