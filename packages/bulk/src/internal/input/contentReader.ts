import * as Result from "effect/Result"
import type { RowKind } from "../ChunkSource.ts"
import { cellReader, inexact, isExact } from "./csvColumns.ts"
import { csvScanner } from "./csvScanner.ts"
import { type Column, type Format, isList } from "./description.ts"
import { lineScanner } from "./lineScanner.ts"
import { invalid, type Problem } from "./rowReader.ts"
import { isCutOff, type Line, newline, type Scanned, type Scanner } from "./scanner.ts"

/** How the lines of a format are found, and what JSON there is in each. */
export interface ContentReader<Content> {
  readonly hasHeader: boolean
  readonly scanner: (maxRowBytes: number, atBeginning: boolean) => Scanner<Content>
  /** Of the rows below a header, or says what is wrong with it. Without a header it is given nothing. */
  readonly below: <A>(
    kind: RowKind<A>,
    header: Content | undefined
  ) => Result.Result<(content: Content) => Result.Result<unknown, Problem>, string>
}

/** Of a number only one with so many digits may be another one in JavaScript. */
const hasManyDigits = /\d{16}/u

const parseJson = (text: string): Result.Result<unknown, Problem> => {
  try {
    if (!hasManyDigits.test(text)) return Result.succeed(JSON.parse(text))
    let isInexact = false
    const json: unknown = JSON.parse(text, (_key, value, { source }: { readonly source?: string } = {}) => {
      if (typeof value === "number" && source !== undefined && !isExact(source)) isInexact = true
      return value
    })
    return isInexact ? Result.fail(invalid(inexact)) : Result.succeed(json)
  } catch {
    // What was thrown repeats the text.
    return Result.fail(invalid("the line is not JSON"))
  }
}

const ndjson: ContentReader<string> = {
  hasHeader: false,
  scanner: lineScanner,
  below: () => Result.succeed(parseJson)
}

const csv = ({ columns, delimiter, nullText, trim }: Extract<Format, { _tag: "Csv" }>): ContentReader<
  ReadonlyArray<string>
> => ({
  hasHeader: !isList(columns),
  scanner: (maxRowBytes, atBeginning) => csvScanner(maxRowBytes, delimiter, atBeginning),
  below: (kind, header = []) => {
    const read = cellReader(
      kind,
      isList(columns) ? columns : header.map((name) => named(columns, name.trim())),
      nullText
    )
    if (Result.isFailure(read)) return Result.fail(read.failure + hint(header, delimiter))
    return trim ? Result.succeed((cells) => read.success(cells.map((cell) => cell.trim()))) : read
  }
})

const named = (columns: { readonly [name: string]: Column }, name: string): Column =>
  Object.hasOwn(columns, name) ? columns[name]! : name

/** What the one column of a file that has another delimiter looks like. */
const hint = (header: ReadonlyArray<string>, delimiter: string): string => {
  const other = [",", ";", "\t", "|"].find((mark) => mark !== delimiter && header[0]?.includes(mark))
  return header.length === 1 && other !== undefined ? `; is the delimiter ${JSON.stringify(other)}?` : ""
}

// What a scanner finds is only given to the reader of the same format.
export const contentReader = (format: Format): ContentReader<unknown> =>
  (format._tag === "Ndjson" ? ndjson : csv(format)) as ContentReader<unknown>

/** A line whose end is missing is the last, and where it is wrong as well, something was cut off. */
export const problemOfLine = ({ bytes }: Line<unknown>, problem: Problem): Problem =>
  bytes[bytes.length - 1] !== newline && problem.reason === "Invalid" && problem.field === undefined &&
    problem.message.startsWith("the line ")
    ? { ...problem, message: `${problem.message}; ${isCutOff}` }
    : problem

export const isLine = <Content>(scanned: Scanned<Content>): scanned is Line<Content> =>
  scanned.content !== undefined || scanned.problem !== undefined
