import * as SchemaAST from "effect/SchemaAST"
import type { Sealing } from "./sealing.ts"

// Beside its schema it would bring that, and what it is made of, into the bundle of whoever reads.
const annotation = "~@sunco/schemas/secret"

/**
 * Marks a schema as one of a secret. It has with it what a reader does with secrets, so that who reads none has nothing of it
 * in a bundle.
 *
 * @internal
 */
export const markSecret = (sealing: Sealing) => ({ [annotation]: sealing })

/** What it has to be in a program. @internal */
export const inWords = "a secret in Redacted"

/** @internal */
export const sealingOf: (ast: SchemaAST.AST) => Sealing | undefined = SchemaAST.resolveAt<Sealing>(annotation)

/**
 * That of the first secret that a value of the schema can hold, at any depth.
 *
 * @internal
 */
export const sealingWithin = (ast: SchemaAST.AST, seen: Set<SchemaAST.AST> = new Set()): Sealing | undefined => {
  const sealing = sealingOf(ast)
  if (sealing !== undefined || seen.has(ast)) return sealing
  seen.add(ast)
  for (const part of partsOf(ast)) {
    const found = sealingWithin(part, seen)
    if (found !== undefined) return found
  }
  return undefined
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
