/** Outcomes as text, for files that people and programs read. */
import * as Stream from "effect/Stream"
import type { Outcome } from "../Outcome.ts"

/** In the order of the columns. */
const columns = [
  "line",
  "outcome",
  "reason",
  "field",
  "message",
  "applied",
  "attempts",
  "key"
] as const satisfies ReadonlyArray<keyof Outcome>

/** A spreadsheet would run it as a formula; tabs and line breaks before one are passed over. */
const isFormula = /^[\t\r\n ]*[=+\-@]/u

const cell = (value: string | number | undefined): string => {
  if (typeof value !== "string") return value === undefined ? "" : String(value)
  const text = isFormula.test(value) ? `'${value}` : value
  return /[",\r\n]/u.test(text) ? `"${text.replaceAll("\"", "\"\"")}"` : text
}

const record = (cells: ReadonlyArray<string>): string => `${cells.join(",")}\r\n`

/** JSON of each outcome on a line; exactly what it says. */
export const outcomesInNdjson = <E, R>(outcomes: Stream.Stream<Outcome, E, R>): Stream.Stream<string, E, R> =>
  Stream.map(outcomes, (outcome) => `${JSON.stringify(outcome)}\n`)

/**
 * CSV as RFC 4180 has it, with a header. What a spreadsheet would take for a formula has an apostrophe before it: a key that begins with
 * `+` is another text there, so programs read NDJSON.
 */
export const outcomesInCsv = <E, R>(outcomes: Stream.Stream<Outcome, E, R>): Stream.Stream<string, E, R> =>
  Stream.concat(
    Stream.succeed(record(columns)),
    Stream.map(outcomes, (outcome) => record(columns.map((column) => cell(outcome[column]))))
  )
