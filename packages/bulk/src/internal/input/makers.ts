import type * as Stream from "effect/Stream"
import { resolve } from "node:path"
import { chunkSource, rowBlocks } from "./chunkSource.ts"
import type { Columns, Format } from "./description.ts"
import { blocksOfPath, make, type Opaque } from "./sourceOf.ts"

/** More than the vendor takes, 100 kB, even where letters are escaped in JSON. */
const defaultMaxRowBytes = 256 * 1024

interface Options {
  readonly staged?: boolean | undefined
  readonly maxRowBytes?: number | undefined
}

const file = (path: string, format: Format, options: Options | undefined): Opaque => {
  // Other processes have other working directories.
  const absolute = resolve(path)
  return make(chunkSource(
    {
      version: 1,
      format,
      path: absolute,
      staged: options?.staged ?? false,
      maxRowBytes: options?.maxRowBytes ?? defaultMaxRowBytes
    },
    blocksOfPath(absolute)
  ))
}

export const ndjsonFile = (path: string, options?: Options): Opaque => file(path, { _tag: "Ndjson" }, options)

export const csvFile = (
  path: string,
  options?: Options & {
    readonly columns?: Columns | undefined
    readonly delimiter?: string | undefined
    readonly nullText?: string | undefined
  }
): Opaque =>
  file(path, {
    _tag: "Csv",
    columns: options?.columns ?? {},
    delimiter: options?.delimiter ?? ",",
    ...options?.nullText === undefined ? {} : { nullText: options.nullText },
    trim: false
  }, options)

export const ids = (path: string, options?: Options): Opaque =>
  file(path, { _tag: "Csv", columns: ["id"], delimiter: ",", trim: true }, options)

export const stream = <E>(rows: Stream.Stream<unknown, E>, options?: Omit<Options, "staged">): Opaque =>
  make(chunkSource(
    {
      version: 1,
      format: { _tag: "Ndjson" },
      staged: true,
      maxRowBytes: options?.maxRowBytes ?? defaultMaxRowBytes
    },
    rowBlocks(rows)
  ))
