import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import * as Stream from "effect/Stream"
import { createHash } from "node:crypto"
import { promisify } from "node:util"
import { inflateRaw } from "node:zlib"
import { InputError } from "../../InputError.ts"
import type { ChunkReference, ChunkSource, Row, RowKind } from "../ChunkSource.ts"
import { chunkPlanner } from "./chunkPlanner.ts"
import { type ContentReader, contentReader, isLine } from "./contentReader.ts"
import { type Description, DescriptionJson } from "./description.ts"
import { fieldNamed, fieldsOf } from "./fieldsOf.ts"
import { blocksOf } from "./file.ts"
import { rowMaker, rowReader } from "./rowReader.ts"

const inflate = promisify(inflateRaw)

/** JSON of each row on a line; what JSON cannot say is `null`, which no row is. */
const ndjsonOf = (rows: ReadonlyArray<unknown>): Buffer => {
  let text = ""
  for (const row of rows) text += `${jsonOf(row)}\n`
  return Buffer.from(text)
}

const jsonOf = (row: unknown): string => {
  try {
    return JSON.stringify(row) ?? "null"
  } catch {
    return "null"
  }
}

export const rowBlocks = <E>(rows: Stream.Stream<unknown, E>): Stream.Stream<Buffer, InputError> =>
  rows.pipe(
    Stream.mapArray((rows) => [ndjsonOf(rows)]),
    // Whatever failed may repeat a row.
    Stream.mapError(() => new InputError({ kind: "Unreadable", problem: "the stream of rows failed" }))
  )

/** `blocks` is the whole input, where this process has it. */
export const chunkSource = (
  description: Description,
  blocks: Stream.Stream<Buffer, InputError>
): ChunkSource => {
  const { format, maxRowBytes, path, staged } = description
  const content = contentReader(format)
  const at = path === undefined ? {} : { path }

  /** What would make every row wrong, and is none of theirs. */
  const checked = <A>({ keyFrom, schema }: RowKind<A>): Effect.Effect<void, InputError> => {
    const problem = keyFrom !== undefined && fieldNamed(fieldsOf(schema), keyFrom.field) === undefined
      ? `no key can come from ${keyFrom.field}: no row has such a field`
      : format._tag === "Csv" && !/^[^"\r\n]$/u.test(format.delimiter)
      ? "the delimiter must be one character, and neither a quote nor a line break"
      : undefined
    return problem === undefined ? Effect.void : Effect.fail(new InputError({ kind: "Malformed", ...at, problem }))
  }

  const plan: ChunkSource["plan"] = (kind, { chunkRows, digest }) =>
    Stream.unwrap(Effect.gen(function*() {
      yield* checked(kind)
      const planner = yield* Effect.fromResult(
        chunkPlanner({ kind, content, path, staged, maxRowBytes, chunkRows })
      )
      return Stream.map(digest === undefined ? blocks : withDigest(blocks, digest, at), Option.some).pipe(
        Stream.concat(Stream.succeed(Option.none<Buffer>())),
        Stream.mapEffect((block) =>
          Effect.suspend(() =>
            Effect.fromResult(planner.add(Option.getOrElse(block, () => Buffer.alloc(0)), Option.isNone(block)))
          )
        ),
        Stream.flattenIterable
      )
    }))

  /** Header and rows: of staged text as it was kept, of a file where they are. */
  const chunkBlocks = (
    { end, start }: ChunkReference,
    text: Uint8Array | undefined
  ): Effect.Effect<Stream.Stream<Buffer, InputError>, InputError> => {
    if (text !== undefined) {
      return Effect.map(
        Effect.tryPromise({
          try: () => inflate(text),
          catch: () => new InputError({ kind: "Changed", ...at, problem: "the staged text of a chunk cannot be read" })
        }),
        (text) => Stream.succeed(text)
      )
    }
    if (staged || path === undefined) {
      return Effect.fail(new InputError({ kind: "Unreadable", ...at, problem: "the staged text of a chunk is gone" }))
    }
    const rows = blocksOf(path, start, end)
    return content.hasHeader
      ? Effect.map(headerBytes(path, content, maxRowBytes), (header) => Stream.concat(Stream.succeed(header), rows))
      : Effect.succeed(rows)
  }

  const read: ChunkSource["read"] = (kind, reference, text, unwanted) =>
    Effect.gen(function*() {
      yield* checked(kind)
      const reader = chunkReader(kind, content, reference, maxRowBytes, unwanted)
      yield* Stream.runForEach(yield* chunkBlocks(reference, text), (block) => Effect.sync(() => reader.add(block)))
      const rows = reader.end()
      if (rows === undefined) {
        return yield* new InputError({
          kind: "Changed",
          ...at,
          line: reference.firstLine,
          problem: "the input is not what it was when the job was planned"
        })
      }
      return rows
    })

  return {
    description: Schema.encodeSync(DescriptionJson)(description),
    staged,
    plan,
    digest: path === undefined ? Effect.succeed(undefined) : Effect.suspend(() => {
      const hash = createHash("sha256")
      return Effect.map(
        Stream.runForEach(blocks, (block) => Effect.sync(() => hash.update(block))),
        () => hash.digest("hex")
      )
    }),
    read
  }
}

/** The blocks, and a failure after the last one where they are not those that were read before. */
const withDigest = (
  blocks: Stream.Stream<Buffer, InputError>,
  digest: string,
  at: { readonly path?: string }
): Stream.Stream<Buffer, InputError> =>
  Stream.suspend(() => {
    const hash = createHash("sha256")
    return Stream.concat(
      Stream.tap(blocks, (block) => Effect.sync(() => hash.update(block))),
      Stream.suspend(() =>
        hash.digest("hex") === digest
          ? Stream.empty
          : Stream.fail(
            new InputError({ kind: "Changed", ...at, problem: "the input is not what it was when the job was begun" })
          )
      )
    )
  })

/** Rows of bytes that were a chunk when it was planned; they are nobody's before the hash was compared. */
const chunkReader = <A>(
  kind: RowKind<A>,
  content: ContentReader<unknown>,
  { firstLine, hash: expected, start }: ChunkReference,
  maxRowBytes: number,
  unwanted: ReadonlySet<number> | undefined
) => {
  const hash = createHash("sha256")
  const scanner = content.scanner(maxRowBytes, content.hasHeader || start === 0)
  const readRow = rowReader(kind)
  const makeRow = rowMaker(kind)
  const rows: Array<Row<A>> = []
  let below = content.hasHeader ? undefined : content.below(kind, undefined)
  let line = firstLine

  const scan = (block: Buffer, isLast: boolean) => {
    for (const found of scanner.scan(block, isLast)) {
      // The header, and what is before it.
      if (below === undefined) {
        if (isLine(found)) below = content.below(kind, found.content)
        continue
      }
      if (isLine(found) && found.content !== undefined && Result.isSuccess(below)) {
        if (unwanted === undefined) {
          const row = Result.flatMap(below.success(found.content), readRow)
          if (Result.isSuccess(row)) rows.push({ line, value: row.success.value })
        } else if (!unwanted.has(line)) {
          const json = below.success(found.content)
          if (Result.isSuccess(json)) rows.push({ line, value: makeRow(json.success) })
        }
      }
      line += found.lines
    }
  }

  return {
    add: (block: Buffer): void => {
      hash.update(block)
      scan(block, false)
    },
    /** `undefined` where the bytes are others. */
    end: (): ReadonlyArray<Row<A>> | undefined => {
      scan(Buffer.alloc(0), true)
      return hash.digest("hex") === expected ? rows : undefined
    }
  }
}

/** From the beginning of a file to the end of its header, as it is now. */
const headerBytes = (
  path: string,
  content: ContentReader<unknown>,
  maxRowBytes: number
): Effect.Effect<Buffer, InputError> =>
  Effect.suspend(() => {
    const scanner = content.scanner(maxRowBytes, true)
    const pieces: Array<Buffer> = []
    let isFound = false
    const scan = (block: Buffer, isLast: boolean): void => {
      for (const found of scanner.scan(block, isLast)) {
        if (isFound) return
        pieces.push(found.bytes)
        isFound = isLine(found)
      }
    }
    return blocksOf(path).pipe(
      Stream.runForEachWhile((block) =>
        Effect.sync(() => {
          scan(block, false)
          return !isFound
        })
      ),
      Effect.map(() => {
        if (!isFound) scan(Buffer.alloc(0), true)
        return Buffer.concat(pieces)
      })
    )
  })
