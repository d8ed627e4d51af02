import * as Schema from "effect/Schema"
import * as Stream from "effect/Stream"
import { resolve } from "node:path"
import { type Checks, flag, must, object, problemsOf, text, wholeAboveZero } from "../optionChecks.ts"
import { chunkSource, rowBlocks } from "./chunkSource.ts"
import { Columns, type Format } from "./description.ts"
import { blocksOfPath, make, makeInvalid, type Opaque } from "./sourceOf.ts"

/** More than the vendor takes, 100 kB, even where letters are escaped in JSON. */
const defaultMaxRowBytes = 256 * 1024

interface Options {
  readonly staged?: boolean | undefined
  readonly maxRowBytes?: number | undefined
}

interface CsvOptions extends Options {
  readonly columns?: Columns | undefined
  readonly delimiter?: string | undefined
  readonly nullText?: string | undefined
}

const streamChecks = { maxRowBytes: wholeAboveZero }

const fileChecks = { ...streamChecks, staged: flag }

const csvChecks = {
  ...fileChecks,
  columns: must("names of fields, null, or a field and how it is read (as)", Schema.is(Columns)),
  delimiter: text,
  nullText: must("text", (value) => typeof value === "string")
}

const rowsFrom = {
  path: must("the path of a file", (value) => typeof value === "string" && value !== ""),
  rows: must("a Stream", Stream.isStream)
}

/** `from` is where the rows come from, by its name. */
const checked = (
  from: { readonly [Name in keyof typeof rowsFrom]?: unknown },
  options: unknown,
  checks: Checks,
  valid: () => Opaque
): Opaque => {
  const problems = [
    ...problemsOf(object(rowsFrom, Object.keys(from)), from),
    ...options === undefined ? [] : problemsOf(object(checks), options)
  ]
  return problems.length === 0 ? valid() : makeInvalid(problems)
}

const file = (
  path: string,
  options: Options | undefined,
  formatOf: () => Format,
  checks: Checks = fileChecks
): Opaque =>
  checked({ path }, options, checks, () => {
    // Other processes have other working directories.
    const absolute = resolve(path)
    return make(chunkSource(
      {
        version: 1,
        format: formatOf(),
        path: absolute,
        staged: options?.staged ?? false,
        maxRowBytes: options?.maxRowBytes ?? defaultMaxRowBytes
      },
      blocksOfPath(absolute)
    ))
  })

export const ndjsonFile = (path: string, options?: Options): Opaque => file(path, options, () => ({ _tag: "Ndjson" }))

export const csvFile = (path: string, options?: CsvOptions): Opaque =>
  file(path, options, () => ({
    _tag: "Csv",
    columns: options?.columns ?? {},
    delimiter: options?.delimiter ?? ",",
    ...options?.nullText === undefined ? {} : { nullText: options.nullText },
    trim: false
  }), csvChecks)

export const ids = (path: string, options?: Options): Opaque =>
  file(path, options, () => ({ _tag: "Csv", columns: ["id"], delimiter: ",", trim: true }))

export const stream = <E>(rows: Stream.Stream<unknown, E>, options?: Omit<Options, "staged">): Opaque =>
  checked({ rows }, options, streamChecks, () =>
    make(chunkSource(
      {
        version: 1,
        format: { _tag: "Ndjson" },
        staged: true,
        maxRowBytes: options?.maxRowBytes ?? defaultMaxRowBytes
      },
      rowBlocks(rows)
    )))
