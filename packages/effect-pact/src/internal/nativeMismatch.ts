import * as Schema from "effect/Schema"
import * as SchemaGetter from "effect/SchemaGetter"
import { Mismatch } from "../Mismatch.ts"

const Value = Schema.NullOr(Schema.Union([Schema.String, Schema.Finite]))

const Native = Schema.Struct({
  type: Schema.String,
  mismatch: Schema.optionalKey(Schema.String),
  expected: Schema.optionalKey(Value),
  actual: Schema.optionalKey(Value),
  path: Schema.optionalKey(Schema.String),
  key: Schema.optionalKey(Schema.String),
  parameter: Schema.optionalKey(Schema.String)
})

const parts: { readonly [type: string]: Mismatch["part"] } = {
  MethodMismatch: "method",
  PathMismatch: "path",
  QueryMismatch: "query",
  HeaderMismatch: "header",
  StatusMismatch: "status",
  BodyMismatch: "body",
  BodyTypeMismatch: "body",
  MetadataMismatch: "metadata"
}

const fromNative = (native: typeof Native.Type): Mismatch => {
  const path = native.path ?? native.key ?? native.parameter ?? ""
  // Pact writes "" for what is not there, and JSON, quotes and all, for what is; "/" stands for a whole body.
  const isAbsent = native.actual === undefined || native.actual === null || native.actual === ""
  return {
    part: parts[native.type] ?? "body",
    path: path === "/" ? "" : path,
    expected: String(native.expected ?? "nothing"),
    ...(isAbsent ? {} : { actual: String(native.actual) }),
    message: native.mismatch ?? `expected ${native.expected}, got ${native.actual}`
  }
}

const order: ReadonlyArray<Mismatch["part"]> = ["method", "path", "query", "status", "header", "metadata", "body"]

/** The native library walks hash maps, in another order each time. */
export const inOrder = (mismatches: ReadonlyArray<Mismatch>): ReadonlyArray<Mismatch> =>
  mismatches.toSorted((a, b) =>
    order.indexOf(a.part) - order.indexOf(b.part) || (a.path < b.path ? -1 : a.path > b.path ? 1 : 0)
  )

/** A difference as the native library and the verifier write it, into ours. One way only. */
export const nativeMismatch = Native.pipe(
  Schema.decodeTo(Schema.toType(Mismatch), {
    decode: SchemaGetter.transform(fromNative),
    encode: SchemaGetter.forbidden(() => "a mismatch is only ever read")
  })
)
