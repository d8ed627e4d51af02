import * as SchemaAST from "effect/SchemaAST"

/**
 * Whether encoding gives what it is given: nothing in the schema, at whatever depth, has another form on the wire.
 *
 * `SchemaAST.toEncoded` gives the same object then, except for what holds itself, such as a message that quotes a message.
 *
 * @internal
 */
export const encodesAsItIs = (ast: SchemaAST.AST, seen: Set<SchemaAST.AST> = new Set()): boolean => {
  if (seen.has(ast)) return true
  seen.add(ast)
  if (ast.encoding !== undefined) return false
  const all = (parts: ReadonlyArray<SchemaAST.AST>) => parts.every((part) => encodesAsItIs(part, seen))
  switch (ast._tag) {
    case "Suspend":
      return encodesAsItIs(ast.thunk(), seen)
    case "Union":
      return all(ast.types)
    case "Arrays":
      return all(ast.elements) && all(ast.rest)
    case "Objects":
      return all(ast.propertySignatures.map(({ type }) => type)) &&
        all(ast.indexSignatures.flatMap(({ parameter, type }) => [parameter, type]))
  }
  return SchemaAST.toEncoded(ast) === ast
}
