import * as Schema from "effect/Schema"
import * as SchemaAST from "effect/SchemaAST"

const annotation = "~@sunco/schemas/digits"

/**
 * An id that the vendor documents as a number, in a `sealedStruct`: it is its digits there, as every other id, and nothing is odd about
 * either.
 *
 * @internal
 */
export const digits: Schema.Codec<string> = Schema.String.annotate({ [annotation]: true })

/** @internal */
export const isDigits = (ast: SchemaAST.AST): boolean => SchemaAST.resolveAt(annotation)(ast) === true
