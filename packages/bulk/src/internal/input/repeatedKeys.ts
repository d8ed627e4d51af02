import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"
import * as Stream from "effect/Stream"
import { hash, randomUUID } from "node:crypto"
import { type FileHandle, open, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { OutputError } from "../../BulkError.ts"
import { outputError } from "../outputError.ts"

/** The line of a row, which is the row's name, and its key. */
export interface KeyOfLine {
  readonly line: number
  readonly key: string
}

/** A row whose key another row has, and the line of the row that stays. */
export interface Repeated {
  readonly line: number
  readonly of: number
}

/** Finds the rows of an input that have the same key, however many rows there are. */
export interface RepeatedKeys {
  /** In the order of the input. */
  readonly add: (keys: ReadonlyArray<KeyOfLine>) => Effect.Effect<void, OutputError>
  /** Once all are added, in no order: with `refuse` all rows of a key but the first, with `last` all but the last. */
  readonly repeated: (duplicates: "refuse" | "last") => Stream.Stream<Repeated, OutputError>
}

/**
 * Keys are put by their digests into so many parts, each of which is looked through by itself. A table with an index would
 * write a page for each row, because digests are everywhere in it.
 */
const parts = 256

/** Three words of the digest and the line: a file has less than four thousand million lines. */
const wordsOfRow = 4

/** Of a part in memory, and a block of it in the file. */
const rowsOfBlock = 256
const bytesOfBlock = rowsOfBlock * wordsOfRow * 4

/** A part: what is in the file of it, and what is not yet. */
interface Part {
  readonly blocks: Array<number>
  words: Uint32Array<ArrayBuffer>
  rows: number
}

const emptyBlock = () => new Uint32Array(rowsOfBlock * wordsOfRow)

const wordAt = (digest: string, at: number): number =>
  (digest.charCodeAt(at) | digest.charCodeAt(at + 1) << 8 | digest.charCodeAt(at + 2) << 16 |
    digest.charCodeAt(at + 3) << 24) >>> 0

/** The directory is told, in which something can be done about it. */
const attempt = <A>(evaluate: () => Promise<A>): Effect.Effect<A, OutputError> =>
  Effect.tryPromise({ try: evaluate, catch: (error) => outputError(tmpdir(), error) })

/** A file that nobody else can open: it has no name any more, where the system allows that. */
const openUnnamed = async (): Promise<{ readonly file: FileHandle; readonly close: () => Promise<void> }> => {
  const path = join(tmpdir(), `sunco-bulk-${randomUUID()}`)
  const file = await open(path, "wx+", 0o600)
  const isGone = await rm(path).then(() => true, () => false)
  return {
    file,
    close: async () => {
      await file.close()
      if (!isGone) await rm(path, { force: true })
    }
  }
}

/** With a megabyte in memory; beyond 65,536 keys or less the rest, 16 bytes for each, is in a temporary file until the scope ends. */
export const makeRepeatedKeys: Effect.Effect<RepeatedKeys, never, Scope.Scope> = Effect.gen(function*() {
  const all: ReadonlyArray<Part> = Array.from({ length: parts }, () => ({ blocks: [], words: emptyBlock(), rows: 0 }))
  let opened: Awaited<ReturnType<typeof openUnnamed>> | undefined
  let blocks = 0
  yield* Effect.addFinalizer(() => Effect.promise(async () => opened?.close()))

  const write = async (full: ReadonlyArray<readonly [Part, Uint32Array<ArrayBuffer>]>): Promise<void> => {
    const { file } = opened ??= await openUnnamed()
    for (const [part, words] of full) {
      part.blocks.push(blocks)
      const start = blocks++ * bytesOfBlock
      // Of a disk that is nearly full less may be written, and only the next write fails.
      for (let done = 0; done < bytesOfBlock;) {
        const { bytesWritten } = await file.write(
          new Uint8Array(words.buffer),
          done,
          bytesOfBlock - done,
          start + done
        )
        done += bytesWritten
      }
    }
  }

  const add: RepeatedKeys["add"] = (keys) =>
    Effect.suspend(() => {
      const full: Array<readonly [Part, Uint32Array<ArrayBuffer>]> = []
      for (const { key, line } of keys) {
        // A text costs half of what a buffer costs.
        const digest = hash("sha256", key, "binary")
        const part = all[digest.charCodeAt(12)]!
        const at = part.rows++ * wordsOfRow
        part.words[at] = wordAt(digest, 0)
        part.words[at + 1] = wordAt(digest, 4)
        part.words[at + 2] = wordAt(digest, 8)
        part.words[at + 3] = line
        if (part.rows < rowsOfBlock) continue
        full.push([part, part.words])
        part.words = emptyBlock()
        part.rows = 0
      }
      return full.length === 0 ? Effect.void : attempt(() => write(full))
    })

  const wordsInFile = async ({ blocks, rows, words }: Part): Promise<Uint32Array> => {
    const read = new Uint32Array((blocks.length * rowsOfBlock + rows) * wordsOfRow)
    for (const [index, block] of blocks.entries()) {
      const bytes = new Uint8Array(read.buffer, index * bytesOfBlock, bytesOfBlock)
      const { bytesRead } = await opened!.file.read(bytes, 0, bytesOfBlock, block * bytesOfBlock)
      if (bytesRead < bytesOfBlock) throw new Error("the temporary file of keys is cut off")
    }
    read.set(words.subarray(0, rows * wordsOfRow), blocks.length * rowsOfBlock * wordsOfRow)
    return read
  }

  const wordsOf = (part: Part): Effect.Effect<Uint32Array, OutputError> =>
    part.blocks.length === 0
      ? Effect.sync(() => part.words.subarray(0, part.rows * wordsOfRow))
      : attempt(() => wordsInFile(part))

  return {
    add,
    repeated: (duplicates) =>
      Stream.fromIterable(all).pipe(
        Stream.mapEffect((part) => Effect.map(wordsOf(part), (words) => repeatedIn(words, duplicates))),
        Stream.flattenIterable
      )
  }
})

/** By a table of the rows that stay, which is a little more than half empty. */
const repeatedIn = (words: Uint32Array, duplicates: "refuse" | "last"): ReadonlyArray<Repeated> => {
  const size = 2 ** Math.ceil(Math.log2(words.length / wordsOfRow * 2 + 1))
  /** Where the row begins, counted from one. */
  const table = new Uint32Array(size)
  const repeated: Array<Repeated> = []
  for (let at = 0; at < words.length; at += wordsOfRow) {
    let slot = words[at]! & size - 1
    for (; table[slot] !== 0; slot = slot + 1 & size - 1) {
      const before = table[slot]! - 1
      if (
        words[before] === words[at] && words[before + 1] === words[at + 1] && words[before + 2] === words[at + 2]
      ) break
    }
    if (table[slot] !== 0) {
      const line = words[at + 3]!
      const earlier = words[table[slot]! + 2]!
      repeated.push(duplicates === "refuse" ? { line, of: earlier } : { line: earlier, of: line })
      if (duplicates === "refuse") continue
    }
    table[slot] = at + 1
  }
  return repeated
}
