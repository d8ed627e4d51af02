/** Plans an input and reads it again, as a job does. */
import { CreateUser } from "@sunco/schemas/UserPayloads"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import { mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { ChunkSource, PlannedChunk, Refusal, Row, RowKind } from "../../src/internal/ChunkSource.ts"
import { chunkSource } from "../../src/internal/input/chunkSource.ts"
import type { Format } from "../../src/internal/input/description.ts"
import { wholeFile } from "../../src/internal/input/file.ts"

/** Users to create, told apart by brand and externalId. */
export const users: RowKind<CreateUser> = {
  schema: CreateUser,
  key: ({ brandId, externalId }) => externalId === undefined ? undefined : JSON.stringify([brandId ?? null, externalId])
}

type Csv = Extract<Format, { _tag: "Csv" }>

/** Of the users above: CSV with a header of the fields' own names. */
export const csv = (columns: Csv["columns"] = {}): Csv => ({
  _tag: "Csv",
  columns,
  delimiter: ",",
  trim: false
})

export const ndjson: Format = { _tag: "Ndjson" }

/** The path of a file that is gone with the scope. */
export const fileOf = (content: string | Uint8Array) =>
  Effect.acquireRelease(
    Effect.promise(async () => {
      const directory = await mkdtemp(join(tmpdir(), "sunco-bulk-"))
      const path = join(directory, "rows")
      await writeFile(path, content)
      return { directory, path }
    }),
    ({ directory }) => Effect.promise(() => rm(directory, { recursive: true }))
  ).pipe(Effect.map(({ path }) => path))

/** A file that another process could read. */
export const sourceOfFile = (path: string, format: Format, maxRowBytes = 4096): ChunkSource =>
  chunkSource({ version: 1, format, path, staged: false, maxRowBytes }, wholeFile(path))

/** Bytes that come in blocks of these sizes, one after the other and over again. */
export const sourceOfBlocks = (
  bytes: Uint8Array,
  sizes: ReadonlyArray<number>,
  format: Format,
  maxRowBytes = 4096
): ChunkSource => {
  const blocks: Array<Buffer> = []
  for (let start = 0, turn = 0; start < bytes.length; turn++) {
    const end = start + Math.max(1, sizes[turn % sizes.length] ?? bytes.length)
    blocks.push(Buffer.from(bytes.subarray(start, end)))
    start = end
  }
  return chunkSource({ version: 1, format, staged: true, maxRowBytes }, Stream.fromIterable(blocks))
}

export interface Outcome<A> {
  readonly chunks: ReadonlyArray<PlannedChunk>
  readonly refusals: ReadonlyArray<Refusal>
  readonly rows: ReadonlyArray<Row<A>>
}

/** What the plan says, and what each chunk has when it is read again. */
export const planAndRead = <A>(source: ChunkSource, kind: RowKind<A>, chunkRows: number) =>
  Effect.gen(function*() {
    const chunks = yield* Stream.runCollect(source.plan(kind, { chunkRows: () => chunkRows }))
    const rows = yield* Effect.forEach(chunks, ({ reference, text }) => source.read(kind, reference, text))
    const outcome: Outcome<A> = {
      chunks,
      refusals: chunks.flatMap(({ refusals }) => refusals),
      rows: rows.flat()
    }
    return outcome
  })
