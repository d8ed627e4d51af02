import type * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import * as SchemaAST from "effect/SchemaAST"

const annotation = "~@sunco/schemas/secret"

/** @internal */
export const secret: Schema.Codec<Redacted.Redacted, string> = Schema.RedactedFromValue(Schema.String).annotate({
  [annotation]: true
})

/** @internal */
export const isSecret = (ast: SchemaAST.AST): boolean => SchemaAST.resolveAt(annotation)(ast) === true

/**
 * Whether a value of the schema can hold a secret at any depth.
 *
 * @internal
 */
export const holdsSecret = (ast: SchemaAST.AST, seen: Set<SchemaAST.AST> = new Set()): boolean => {
  if (isSecret(ast)) return true
  if (seen.has(ast)) return false
  seen.add(ast)
  return partsOf(ast).some((part) => holdsSecret(part, seen))
}

const partsOf = (ast: SchemaAST.AST): ReadonlyArray<SchemaAST.AST> => {
  switch (ast._tag) {
    case "Suspend":
      return [ast.thunk()]
    case "Union":
      return ast.types
    case "Arrays":
      return [...ast.elements, ...ast.rest]
    case "Objects":
      return [...ast.propertySignatures, ...ast.indexSignatures].map(({ type }) => type)
  }
  return []
}
