/**
 * Where the rows of a job come from: a file of NDJSON or CSV, a list of ids, a stream.
 *
 * An input is read once while the job is planned, which finds every line that is wrong before anything is sent. Each chunk is
 * read again when its turn comes.
 *
 * @since 0.1.0
 */
import type * as Stream from "effect/Stream"
import type { TypeId } from "./internal/input/sourceOf.ts"
import * as internal from "./internal/input/makers.ts"

/**
 * An input of a job. Nothing is opened before a job is planned, and options that mean nothing are told where a job is started
 * (`InvalidOptions`).
 *
 * @category models
 * @since 0.1.0
 */
export interface Input {
  readonly [TypeId]: unknown
}

/**
 * How a file is read.
 *
 * @category models
 * @since 0.1.0
 */
export interface FileOptions {
  /**
   * Whether the database of the jobs keeps the content of each chunk until it is done: for machines that cannot read the file.
   * It holds personal data meanwhile. Without it every machine that works must find the same file at the same absolute path.
   */
  readonly staged?: boolean | undefined
  /** How many bytes a row may take in the file; longer ones are refused. 262,144 by default: the vendor takes 100 kB. */
  readonly maxRowBytes?: number | undefined
}

/**
 * The field that a column is, such as `profile.givenName`; or with how its cells are read, of a field that takes several types,
 * as those of `metadata` do; or `null` for a column that is left out.
 *
 * @category models
 * @since 0.1.0
 */
export type Column =
  | string
  | { readonly field: string; readonly as: "text" | "number" | "boolean" }
  | null

/**
 * How a file of CSV is read.
 *
 * @category models
 * @since 0.1.0
 */
export interface CsvOptions extends FileOptions {
  /**
   * By the names in the header: which field each column is. Those that are not named here are the fields of their own names. A list
   * instead says it of a file that has no header.
   */
  readonly columns?: { readonly [name: string]: Column } | ReadonlyArray<Column> | undefined
  /** What is between two cells: one character, `,` by default. */
  readonly delimiter?: string | undefined
  /** A cell with this text is `null`, which clears a field at the vendor. Without it none is. */
  readonly nullText?: string | undefined
}

/**
 * A file of NDJSON: an object on each line. Blank lines are passed over.
 *
 * A line is refused that is not JSON, is not UTF-8, is too long, or has a number that JavaScript would round.
 *
 * **Example** (Users of a customer database)
 *
 * ```ts
 * import * as Input from "@sunco/bulk/Input"
 *
 * // {"externalId":"crm-1","profile":{"givenName":"Ada"},"metadata":{"plan":"pro"}}
 * export const users = Input.ndjsonFile("users.ndjson")
 * ```
 *
 * @category constructors
 * @since 0.1.0
 */
export const ndjsonFile: (path: string, options?: FileOptions) => Input = internal.ndjsonFile

/**
 * A file of CSV in UTF-8: a header, and a row in each record. Cells may be quoted, and have line breaks where they are. An empty cell
 * is a field that is not there; a record of nothing but empty cells is passed over.
 *
 * Cells are text, but for the fields that are something else, such as `toBeRetained`. `metadata` takes text, numbers and booleans:
 * a column says which, because `007` is a number to a program and not to its owner.
 *
 * A record is refused that has more or fewer columns than the header, or a cell that cannot be read as it should. Where a quote is
 * not closed, or is within a cell that is not quoted, the line is refused and the next one begins another record.
 *
 * **Example** (Columns of other names)
 *
 * ```ts
 * import * as Input from "@sunco/bulk/Input"
 *
 * export const users = Input.csvFile("export.csv", {
 *   delimiter: ";",
 *   columns: {
 *     "Customer": "externalId",
 *     "First name": "profile.givenName",
 *     "E-mail": "profile.email",
 *     "Seats": { field: "metadata.seats", as: "number" },
 *     "Notes": null
 *   }
 * })
 * ```
 *
 * @category constructors
 * @since 0.1.0
 */
export const csvFile: (path: string, options?: CsvOptions) => Input = internal.csvFile

/**
 * A list of users, an id or externalId on each line. Blank lines are passed over, and blanks around an id.
 *
 * It may be CSV of one column without a header: an id with a comma or a quote in it is quoted. For a file with a header, or with
 * `brandId` beside the id, use {@link csvFile}.
 *
 * **Example** (Who asked to be erased)
 *
 * ```ts
 * import * as Input from "@sunco/bulk/Input"
 *
 * export const requests = Input.ids("erase.txt")
 * ```
 *
 * @category constructors
 * @since 0.1.0
 */
export const ids: (path: string, options?: FileOptions) => Input = internal.ids

/**
 * Rows from anywhere, such as a query. The database of the jobs keeps each chunk until it is done, and holds personal data until
 * then. The line of a row is its number in the stream.
 *
 * A job whose planning was cut short must be given the stream again, from its beginning.
 *
 * **Example** (Two rows of a program's own)
 *
 * ```ts
 * import * as Input from "@sunco/bulk/Input"
 * import * as Stream from "effect/Stream"
 *
 * export const users = Input.stream(Stream.make(
 *   { externalId: "crm-1", profile: { givenName: "Ada" } },
 *   { externalId: "crm-2", profile: { givenName: "Grace" } }
 * ))
 * ```
 *
 * @category constructors
 * @since 0.1.0
 */
export const stream: <E>(
  rows: Stream.Stream<unknown, E>,
  options?: Pick<FileOptions, "maxRowBytes">
) => Input = internal.stream
