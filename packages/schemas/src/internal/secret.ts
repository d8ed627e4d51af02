import * as SchemaAST from "effect/SchemaAST"

// Beside its schema it would bring that, and what it is made of, into the bundle of whoever reads.
const annotation = "~@sunco/schemas/secret"

/** @internal */
export const markSecret = { [annotation]: true }

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
