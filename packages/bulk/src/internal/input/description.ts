import * as Schema from "effect/Schema"

/** The field that a column is, how its cells are read where the field leaves that open, or `null` for one that is left out. */
export const Column = Schema.NullOr(Schema.Union([
  Schema.String,
  Schema.Struct({ field: Schema.String, as: Schema.Literals(["text", "number", "boolean"]) })
]))

/** @internal */
export type Column = typeof Column.Type

/** By the names of the header; or a list, of a file without a header. */
export const Columns = Schema.Union([Schema.Array(Column), Schema.Record(Schema.String, Column)])

/** @internal */
export type Columns = typeof Columns.Type

export const isList = (columns: Columns): columns is ReadonlyArray<Column> => Array.isArray(columns)

const Format = Schema.Union([
  Schema.TaggedStruct("Ndjson", {}),
  Schema.TaggedStruct("Csv", {
    columns: Columns,
    delimiter: Schema.String,
    nullText: Schema.optionalKey(Schema.String),
    /** Cells without the blanks around them. */
    trim: Schema.Boolean
  })
])

/** How the bytes of an input are read. */
export type Format = typeof Format.Type

/** What a job keeps of an input. */
export const Description = Schema.Struct({
  version: Schema.Literal(1),
  format: Format,
  /** None of a stream. */
  path: Schema.optionalKey(Schema.String),
  staged: Schema.Boolean,
  maxRowBytes: Schema.Int
})

/** @internal */
export type Description = typeof Description.Type

export const DescriptionJson = Schema.fromJsonString(Description)
