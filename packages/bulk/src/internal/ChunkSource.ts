/**
 * What the inputs give to the jobs: chunks of rows, each of which can be read again at another time and in another process.
 *
 * An input is read twice. While a job is planned, one pass says where the chunks are, which lines are refused and which keys the
 * others have. While it runs, a chunk is read by its reference, and its rows are those that were not refused.
 */
import type * as Effect from "effect/Effect"
import type * as Schema from "effect/Schema"
import type * as Stream from "effect/Stream"
import type { InputError } from "../InputError.ts"

/** Where a chunk's rows are: enough to read it again. */
export interface ChunkReference {
  /** From zero, in the order of the input. */
  readonly no: number
  /** One-based. A record of CSV may have several lines: it has the number of its first. */
  readonly firstLine: number
  readonly lines: number
  /** Records, those that are refused too; blank lines are none. */
  readonly rows: number
  /** Bytes of the file, `end` excluded; of staged text from zero. */
  readonly start: number
  readonly end: number
  /** SHA-256 of the header, where a file has one, and of those bytes, as hex. */
  readonly hash: string
}

/** A row as it was read; `line` is one-based in its input. */
export interface Row<A> {
  readonly line: number
  readonly value: A
}

/** Why a line is no row. It never has the row's values. */
export interface Refusal {
  readonly line: number
  readonly field?: string | undefined
  /** `NoKey` where the row has no key, `Invalid` for all else. */
  readonly reason: "Invalid" | "NoKey"
  readonly message: string
}

export interface PlannedChunk {
  readonly reference: ChunkReference
  readonly refusals: ReadonlyArray<Refusal>
  /** The chunk itself, where nobody else could read it later (`staged`). */
  readonly text?: Uint8Array | undefined
  /** Of each row that is not refused, for the search of those that are there twice. */
  readonly keys: ReadonlyArray<{ readonly line: number; readonly key: string }>
}

/** Where the externalId of a row comes from that has none: a field of the row, as it is or hashed (SHA-256, hex). */
export interface KeyFrom {
  readonly field: string
  readonly hash: boolean
}

/** What rows are. */
export interface RowKind<A> {
  readonly schema: Schema.Codec<A, unknown>
  /** What tells a row from others; a row without one is refused. */
  readonly key: (row: A) => string | undefined
  readonly keyFrom?: KeyFrom | undefined
}

/** Of an input that is made: what a job keeps of it as JSON, and what is made of that again in another process. */
export interface ChunkSource {
  /** JSON that `fromDescription` takes back: a path and how it is read, no content. */
  readonly description: string
  /** The text goes with the chunk, because what is read here cannot be read again. */
  readonly staged: boolean
  /**
   * One pass, with the memory of one chunk; how many rows a chunk has may depend on how many are in those before it. Fails with `InputError` of the kind `Changed` at its end where the content has not the
   * `digest` that is given.
   */
  readonly plan: <A>(
    kind: RowKind<A>,
    options: {
      readonly chunkRows: (rowsBefore: number) => number
      readonly digest?: string | undefined
    }
  ) => Stream.Stream<PlannedChunk, InputError>
  /** SHA-256 of the whole input, as hex, of its bytes as they are; of a stream none, which cannot be read twice. */
  readonly digest: Effect.Effect<string | undefined, InputError>
  /**
   * The rows of a chunk that are not refused. Fails with `InputError` of the kind `Changed` where the bytes have another hash.
   * `text` is that of the plan, of staged inputs. Where it is known which lines are not wanted, those that were refused among them,
   * the others are not looked at again: what was planned of the same bytes holds.
   */
  readonly read: <A>(
    kind: RowKind<A>,
    reference: ChunkReference,
    text?: Uint8Array,
    unwanted?: ReadonlySet<number>
  ) => Effect.Effect<ReadonlyArray<Row<A>>, InputError>
}
