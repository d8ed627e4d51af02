import type * as Schema from "effect/Schema"
import * as SchemaAST from "effect/SchemaAST"

const annotation = "~@sunco/schemas/essential"

/**
 * A field that may be absent and may not be odd: put aside it would be taken for absent, and a list would end too early. What
 * cannot be read of it makes what it is a part of unreadable, as if it were required.
 *
 * @internal
 */
export const essential = <S extends Schema.Top>(schema: S): S["Rebuild"] => schema.annotate({ [annotation]: true })

/** @internal */
export const isEssential = (ast: SchemaAST.AST): boolean =>
  !SchemaAST.isOptional(ast) || SchemaAST.resolveAt(annotation)(ast) === true
