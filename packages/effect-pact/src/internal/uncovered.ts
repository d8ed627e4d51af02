import * as Predicate from "effect/Predicate"
import type * as Schema from "effect/Schema"
import * as AST from "effect/SchemaAST"
import { example, type Pattern } from "../Matcher.ts"
import { formatPath, type Path } from "./jsonPath.ts"
import { accepts, isJson, isText, members, wireOf } from "./wireSchema.ts"

const names: { readonly [Tag in AST.AST["_tag"]]?: string } = {
  Null: "null",
  String: "a string",
  Number: "a number",
  Boolean: "a boolean",
  Arrays: "an array",
  Objects: "an object"
}

const nameOf = (ast: AST.AST): string => AST.isLiteral(ast) ? JSON.stringify(ast.literal) : names[ast._tag] ?? ast._tag

/** The text that tells an object from others of a union. */
const kindOf = (ast: AST.AST): string | undefined =>
  AST.isObjects(ast)
    ? ast.propertySignatures.flatMap(({ type }) => isText(type) && !AST.isOptional(type) ? [type.literal] : [])[0]
    : undefined

// The values are of the type that the schema says, as it accepts them; the filters only tell the compiler so.
const walk = (ast: AST.AST, values: ReadonlyArray<Schema.Json>, path: Path): ReadonlyArray<string> => {
  const say = (what: string, at = path) => `${formatPath(at)}: never ${what}`
  const alternatives = members(ast)
  // A set of literals is one matcher, whichever of them an example shows.
  if (alternatives.length > 1 && !alternatives.every(AST.isLiteral)) {
    return alternatives.flatMap((member) => {
      const accepted = values.filter((value) => accepts(member, value))
      const kind = kindOf(member)
      if (accepted.length === 0) return [say(kind === undefined ? nameOf(member) : `of the kind ${kind}`)]
      // In a union of objects each has fields of its own.
      return walk(member, accepted, kind === undefined ? path : [...path, `(${kind})`])
    })
  }
  const only = alternatives[0] ?? ast
  if (AST.isArrays(only)) {
    const arrays = values.filter(Array.isArray) as ReadonlyArray<Schema.JsonArray>
    const [item] = [...only.elements, ...only.rest]
    return [
      ...(only.elements.length === 0 && arrays.every((array) => array.length > 0) ? [say("empty")] : []),
      ...(arrays.every((array) => array.length === 0)
        ? [say("with an item")]
        : item === undefined
        ? []
        : walk(item, arrays.flat(), [...path, "*"]))
    ]
  }
  if (!AST.isObjects(only)) return []
  const objects = values.filter(Predicate.isObject) as ReadonlyArray<Schema.JsonObject>
  const named = new Set(only.propertySignatures.map((signature) => signature.name))
  return [
    ...only.propertySignatures.flatMap(({ name, type }) => {
      const key = String(name)
      const at = [...path, key]
      const having = objects.filter((object) => key in object)
      return [
        ...(AST.isOptional(type) && having.length === 0 ? [say("present", at)] : []),
        ...(AST.isOptional(type) && having.length === objects.length ? [say("absent", at)] : []),
        ...(having.length > 0 ? walk(type, having.map((object) => object[key]!), at) : [])
      ]
    }),
    ...only.indexSignatures.filter(({ type }) => !isJson(type)).flatMap(({ type }) =>
      walk(
        type,
        objects.flatMap((object) => Object.entries(object).flatMap(([key, value]) => named.has(key) ? [] : [value])),
        [...path, "*"]
      )
    )
  ]
}

/** See `SchemaMatchers.uncovered`. */
export const uncovered = (
  schema: Schema.ConstraintDecoder<unknown>,
  examples: ReadonlyArray<Pattern>
): ReadonlyArray<string> => walk(wireOf(schema), examples.map(example), [])
