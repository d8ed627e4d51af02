/**
 * What commands print: data on the standard output, as JSON, aligned on a terminal, with tabs in a pipe, and whatever else there is
 * to say on the standard error.
 */
import * as UnknownFields from "@sunco/schemas/UnknownFields"
import * as Effect from "effect/Effect"
import type { Failure } from "./Failure.ts"
import { fieldsOf } from "./Fields.ts"
import { Json } from "./GlobalFlags.ts"
import * as streams from "./internal/streams.ts"
import { aligned, type Column, tabSeparated } from "./Table.ts"
import { escaped, escapedJson } from "./Text.ts"

const dim = (isColored: boolean) => (text: string): string => isColored ? `\x1b[2m${text}\x1b[22m` : text

type Printing = Effect.Effect<void, Failure, typeof Json["Identifier"]>

/** One value of JSON: indented on a terminal, and in one line otherwise. */
export const json = (value: unknown): Effect.Effect<void, Failure> =>
  streams.writeOut(`${escapedJson(JSON.stringify(value, undefined, streams.isTerminal ? 2 : undefined))}\n`)

/** One value of JSON in one line, wherever it goes: what comes one after another. */
export const jsonLine = (value: unknown): Effect.Effect<void, Failure> =>
  streams.writeOut(`${escapedJson(JSON.stringify(value))}\n`)

const print = (columns: ReadonlyArray<Column>, rows: ReadonlyArray<ReadonlyArray<string>>) =>
  rows.length === 0
    ? Effect.void
    : streams.writeOut(
      streams.isTerminal
        ? aligned(columns, rows, { dim: dim(streams.colors.out), width: streams.columns() })
        : tabSeparated(rows)
    )

/** A column of a list, and what it has of a thing. */
export interface ColumnOf<A> extends Column {
  readonly of: (item: A) => string | null | undefined
}

/** What there is of the things in these columns. With `--json` the things as they came, in an array. */
export const list = <A extends object>(items: ReadonlyArray<A>, columns: ReadonlyArray<ColumnOf<A>>): Printing =>
  Effect.flatMap(Json, (isJson) =>
    isJson
      ? json(UnknownFields.toJson(items))
      : print(columns, items.map((item) => columns.map(({ of }) => of(item) ?? ""))))

/** A row of a list of which nobody knows how long it is. With `--json` the thing as it came, in a line. */
export const row = <A extends object>(item: A, columns: ReadonlyArray<ColumnOf<A>>): Printing =>
  Effect.flatMap(Json, (isJson) =>
    isJson
      ? jsonLine(UnknownFields.toJson(item))
      : streams.isTerminal
      ? print(columns.map(() => ({ name: "" })), [columns.map(({ of }) => of(item) ?? "")])
      : print([], [columns.map(({ of }) => of(item) ?? "")]))

/** Everything that a thing has, a line for each field. With `--json` the thing as it came. */
export const thing = (value: object): Printing =>
  Effect.flatMap(Json, (isJson) => {
    const whole = UnknownFields.toJson(value)
    return isJson ? json(whole) : fields(fieldsOf(whole))
  })

/** A line for each field. */
export const fields = (entries: ReadonlyArray<readonly [name: string, value: string]>): Effect.Effect<void, Failure> =>
  entries.length === 0
    ? Effect.void
    : streams.writeOut(
      streams.isTerminal
        ? aligned([{ name: "" }, { name: "" }], entries, { dim: (text) => text, width: Number.POSITIVE_INFINITY })
        : tabSeparated(entries)
    )

/** A sentence that is no data. */
export const note = (text: string): Effect.Effect<void> =>
  streams.writeError(`${dim(streams.colors.error)(escaped(text))}\n`)

/** A sentence about what should be mended. */
export const warn = (text: string): Effect.Effect<void> =>
  streams.writeError(`${paint("33", "warning:")} ${escaped(text)}\n`)

/** The one line of a failure. With `--json` it is JSON. */
export const failure = (
  { hint, kind, message }: Failure,
  { exitCode, isJson }: { readonly exitCode: number; readonly isJson: boolean }
): Effect.Effect<void> =>
  streams.writeError(
    isJson
      ? `${escapedJson(JSON.stringify({ error: { kind, exitCode, message, ...(hint && { hint }) } }))}\n`
      : `${paint("31", "error:")} ${escaped(message)}${
        hint === undefined ? "" : dim(streams.colors.error)(`; ${escaped(hint)}`)
      }\n`
  )

const paint = (color: string, text: string): string => streams.colors.error ? `\x1b[${color}m${text}\x1b[39m` : text
