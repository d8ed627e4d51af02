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
import { masked } from "./internal/usedSecrets.ts"
import { revealed } from "./Secrets.ts"
import { aligned, broken, type Column, tabSeparated } from "./Table.ts"
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
  /** Left out on a terminal, whose lines are short. */
  readonly isForScripts?: boolean
  readonly of: (item: A) => string | null | undefined
}

/** Whether secrets are printed; they are `<redacted>` otherwise. */
export interface Showing {
  readonly showSecret?: boolean
}

/** A thing as it came. */
const whole = (thing: object, { showSecret = false }: Showing): object =>
  showSecret ? revealed(UnknownFields.toJson(thing)) : UnknownFields.toJson(thing)

/** What there is of the things in these columns. With `--json` the things as they came, in an array. */
export const list = <A extends object>(
  items: ReadonlyArray<A>,
  columns: ReadonlyArray<ColumnOf<A>>,
  showing: Showing = {}
): Printing =>
  Effect.flatMap(Json, (isJson) =>
    isJson
      ? json(whole(items, showing))
      : print(shown(columns), items.map((item) => cellsOf(item, columns))))

const shown = <A>(columns: ReadonlyArray<ColumnOf<A>>): ReadonlyArray<ColumnOf<A>> =>
  streams.isTerminal ? columns.filter(({ isForScripts }) => isForScripts !== true) : columns

const cellsOf = <A>(item: A, columns: ReadonlyArray<ColumnOf<A>>): ReadonlyArray<string> =>
  shown(columns).map(({ of }) => of(item) ?? "")

/** A row of a list of which nobody knows how long it is. With `--json` the thing as it came, in a line. */
export const row = <A extends object>(item: A, columns: ReadonlyArray<ColumnOf<A>>): Printing =>
  Effect.flatMap(Json, (isJson) =>
    isJson
      ? jsonLine(UnknownFields.toJson(item))
      : print(shown(columns).map(() => ({ name: "" })), [cellsOf(item, columns)]))

/** Everything that a thing has, a line for each field. With `--json` the thing as it came. */
export const thing = (value: object, showing: Showing = {}): Printing =>
  Effect.flatMap(Json, (isJson) => {
    const all = whole(value, showing)
    return isJson ? json(all) : fields(fieldsOf(all))
  })

/** What was done something with, for a command that prints nothing else: only with `--json`, which is always one value. */
export const onlyJson = (value: object): Printing =>
  Effect.flatMap(Json, (isJson) => isJson ? json(whole(value, {})) : Effect.void)

/** A line for each field. */
export const fields = (entries: ReadonlyArray<readonly [name: string, value: string]>): Effect.Effect<void, Failure> =>
  entries.length === 0
    ? Effect.void
    : streams.writeOut(
      streams.isTerminal
        ? aligned([{ name: "" }, { name: "" }], entries, { dim: (text) => text, width: Number.POSITIVE_INFINITY })
        : tabSeparated(entries)
    )

/** A line of something that was looked at, and what to do about it. */
export const check = (
  { name, remedy, status, text }: {
    readonly name: string
    readonly status: "ok" | "warning" | "failed"
    readonly text: string
    readonly remedy?: string
  }
): Effect.Effect<void, Failure> => {
  if (!streams.isTerminal) return streams.writeOut(tabSeparated([[status, name, text, remedy ?? ""]]))
  const found = escaped(text)
  const whole = remedy === undefined ? found : `${found}; ${escaped(remedy)}`
  const lines = broken(whole, streams.columns() - hanging.length)
  // A break takes the place of a space, so that the remedy begins where it did.
  const indented = (part: string) => part.replaceAll("\n", `\n${hanging}`)
  const mark = marks[status](streams.colors.out)
  const rest = lines.slice(found.length)
  return streams.writeOut(
    `${mark} ${name.padEnd(hanging.length - 2)}${indented(lines.slice(0, found.length))}${
      rest === "" ? "" : dim(streams.colors.out)(indented(rest))
    }\n`
  )
}

/** What stands before the text of a check, as space. */
const hanging = " ".repeat(14)

const marked = (color: string, mark: string) => (isColored: boolean): string =>
  isColored ? `\x1b[${color}m${mark}\x1b[39m` : mark

const marks = { ok: marked("32", "✓"), warning: marked("33", "!"), failed: marked("31", "✗") }

/** A sentence that is no data. */
export const note = (text: string): Effect.Effect<void> =>
  streams.writeError(`${dim(streams.colors.error)(escaped(masked(text)))}\n`)

/** A sentence about what should be mended. */
export const warn = (text: string): Effect.Effect<void> =>
  streams.writeError(`${paint("33", "warning:")} ${escaped(masked(text))}\n`)

/** The one line of a failure. With `--json` it is JSON. */
export const failure = (
  { hint, kind, message }: Failure,
  { exitCode, isJson }: { readonly exitCode: number; readonly isJson: boolean }
): Effect.Effect<void> =>
  streams.writeError(
    isJson
      ? `${
        escapedJson(JSON.stringify({ error: { kind, exitCode, message: masked(message), ...(hint && { hint }) } }))
      }\n`
      : `${paint("31", "error:")} ${escaped(masked(message))}${
        hint === undefined ? "" : dim(streams.colors.error)(`; ${escaped(hint)}`)
      }\n`
  )

const paint = (color: string, text: string): string => streams.colors.error ? `\x1b[${color}m${text}\x1b[39m` : text
