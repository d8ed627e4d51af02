import * as Schema from "effect/Schema"

// Fields of answers, of which there are many.

/** @internal */
export const text = Schema.optionalKey(Schema.String)

/** @internal */
export const nullableText = Schema.optionalKey(Schema.NullOr(Schema.String))

/** @internal */
export const flag = Schema.optionalKey(Schema.Boolean)
