import * as Result from "effect/Result"
import { createHash, type Hash } from "node:crypto"
import { deflateRawSync } from "node:zlib"
import { InputError } from "../../InputError.ts"
import type { PlannedChunk, Refusal, RowKind } from "../ChunkSource.ts"
import { type ContentReader, isLine, problemOfLine } from "./contentReader.ts"
import { invalid, type Problem, rowReader } from "./rowReader.ts"
import type { Line, Scanned } from "./scanner.ts"

/** What is read at once when a chunk is taken; rows are far below it, at 500 a chunk. */
const mostBytes = 4 * 1024 * 1024

interface Settings<A> {
  readonly kind: RowKind<A>
  readonly content: ContentReader<unknown>
  readonly path: string | undefined
  readonly staged: boolean
  readonly maxRowBytes: number
  readonly chunkRows: (rowsBefore: number) => number
}

/** What stands in staged text for a line that is too long, so that the lines below keep their numbers. */
const blankFor = ({ lines }: Scanned<unknown>): Buffer => Buffer.from("\n".repeat(lines))

/** Bytes that follow one another, put together again as far as they are one piece of memory: a call for each row would be many. */
class Pieces {
  readonly #take: (bytes: Buffer) => void
  #piece: Buffer | undefined

  constructor(take: (bytes: Buffer) => void) {
    this.#take = take
  }

  add(bytes: Buffer): void {
    const piece = this.#piece
    if (piece !== undefined && piece.buffer === bytes.buffer && piece.byteOffset + piece.length === bytes.byteOffset) {
      this.#piece = Buffer.from(piece.buffer, piece.byteOffset, piece.length + bytes.length)
      return
    }
    this.end()
    this.#piece = bytes
  }

  end(): void {
    if (this.#piece !== undefined) this.#take(this.#piece)
    this.#piece = undefined
  }
}

/** By the mark that spreadsheets put before it. */
const isUtf16 = (bytes: Buffer): boolean =>
  bytes[0] === 0xff && bytes[1] === 0xfe || bytes[0] === 0xfe && bytes[1] === 0xff

/** A chunk under way. */
interface Draft {
  readonly no: number
  readonly firstLine: number
  readonly start: number
  readonly hash: Hash
  readonly pieces: Pieces
  /** Of a staged chunk. */
  readonly text: Array<Buffer>
  readonly refusals: Array<Refusal>
  readonly keys: Array<{ readonly line: number; readonly key: string }>
  readonly mostRows: number
  rows: number
}

/** Cuts an input into chunks, with the memory of one. A chunk's hash and text begin with the header, where there is one. */
export const chunkPlanner = <A>({ chunkRows, content, kind, maxRowBytes, path, staged }: Settings<A>) => {
  const scanner = content.scanner(maxRowBytes, true)
  const read = rowReader(kind)
  const header: Array<Buffer> = []
  const beginning = createHash("sha256")
  let jsonOf: ((content: unknown) => Result.Result<unknown, Problem>) | undefined
  let position = 0
  let line = 1
  let no = 0
  let rowsBefore = 0
  let draft: Draft | undefined

  const malformed = (problem: string) =>
    new InputError({ kind: "Malformed", ...path === undefined ? {} : { path }, line, problem })

  const begin = (): Draft => {
    const hash = beginning.copy()
    const text: Array<Buffer> = []
    const pieces = new Pieces((bytes) => {
      hash.update(bytes)
      if (staged) text.push(bytes)
    })
    const mostRows = chunkRows(rowsBefore)
    return { no: no++, firstLine: line, start: position, hash, pieces, text, refusals: [], keys: [], mostRows, rows: 0 }
  }

  const finish = ({ firstLine, hash, keys, no, pieces, refusals, rows, start, text }: Draft): PlannedChunk => {
    pieces.end()
    rowsBefore += rows
    return {
      reference: { no, firstLine, lines: line - firstLine, rows, start, end: position, hash: hash.digest("hex") },
      refusals,
      keys,
      ...staged ? { text: deflateRawSync(Buffer.concat([...header, ...text])) } : {}
    }
  }

  const readLine = (
    found: Line<unknown>,
    json: (content: unknown) => Result.Result<unknown, Problem>,
    draft: Draft
  ) => {
    const problem = readProblem(found, json, draft)
    if (problem !== undefined) draft.refusals.push({ line, ...problemOfLine(found, problem) })
    draft.rows++
  }

  const readProblem = (
    found: Line<unknown>,
    json: (content: unknown) => Result.Result<unknown, Problem>,
    draft: Draft
  ): Problem | undefined => {
    if (found.problem !== undefined) return invalid(found.problem)
    const value = json(found.content)
    if (Result.isFailure(value)) return value.failure
    const row = read(value.success)
    if (Result.isFailure(row)) return row.failure
    draft.keys.push({ line, key: row.success.key })
    return undefined
  }

  /** Everything up to the end of the header, which is not there when there is none. */
  const readHeader = (found: Scanned<unknown>): Result.Result<void, InputError> => {
    header.push(found.bytes)
    beginning.update(found.bytes)
    if (!isLine(found)) return Result.succeed(undefined)
    if (found.problem !== undefined) return Result.fail(malformed(`the header cannot be read: ${found.problem}`))
    const below = content.below(kind, found.content)
    if (Result.isFailure(below)) return Result.fail(malformed(below.failure))
    jsonOf = below.success
    return Result.succeed(undefined)
  }

  if (!content.hasHeader) {
    const below = content.below(kind, undefined)
    if (Result.isFailure(below)) return Result.fail(malformed(below.failure))
    jsonOf = below.success
  }

  return Result.succeed({
    /** The chunks that end in a block. */
    add: (block: Buffer, isLast: boolean): Result.Result<ReadonlyArray<PlannedChunk>, InputError> => {
      if (position === 0 && isUtf16(block)) return Result.fail(malformed("the file is UTF-16; save it as UTF-8"))
      const chunks: Array<PlannedChunk> = []
      for (const found of scanner.scan(block, isLast)) {
        if (jsonOf === undefined) {
          const headed = readHeader(found)
          if (Result.isFailure(headed)) return Result.fail(headed.failure)
        } else {
          draft ??= begin()
          draft.pieces.add(staged && found.isTooLong === true ? blankFor(found) : found.bytes)
          if (isLine(found)) readLine(found, jsonOf, draft)
        }
        position += found.bytes.length
        line += found.lines
        if (
          draft !== undefined && (draft.rows >= draft.mostRows || position - draft.start >= mostBytes && draft.rows > 0)
        ) {
          chunks.push(finish(draft))
          draft = undefined
        }
      }
      if (!isLast) return Result.succeed(chunks)
      if (jsonOf === undefined) return Result.fail(malformed("the header is missing"))
      // Nothing but blank lines is no chunk.
      if (draft !== undefined && draft.rows > 0) chunks.push(finish(draft))
      draft = undefined
      return Result.succeed(chunks)
    }
  })
}
