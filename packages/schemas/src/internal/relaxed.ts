import * as Schema from "effect/Schema"
import * as SchemaAST from "effect/SchemaAST"
import type { Received } from "../Received.ts"
import { openStruct } from "./openStruct.ts"
import { isSecret } from "./secret.ts"

/**
 * What an answer is read with where a request sends this, so that a thing that goes both ways is declared once: the same types
 * without a limit, a format or a check, objects that are open, and fields that are optional but for `type`. Fields whose answer
 * is another are given beside it.
 *
 * A literal stays what it is, since it tells the members of a union apart; a choice of several may grow, and is any text.
 *
 * @internal
 */
export const relaxed = <
  Sent extends object,
  Fields extends { readonly [Name in keyof Sent]?: Schema.Codec<unknown, unknown> } = {}
>(
  sent: Schema.Codec<Sent, unknown>,
  fields?: Fields
): Schema.Codec<
  Received<{ readonly [Name in keyof Sent]: Name extends keyof Fields ? Schema.Schema.Type<Fields[Name]> : Sent[Name] }>
> => {
  const { ast } = sent
  if (ast._tag !== "Objects") throw new Error("Expected the schema of an object")
  const given: { readonly [name: PropertyKey]: Schema.Codec<unknown, unknown> | undefined } = { ...fields }
  const read = Object.fromEntries(
    ast.propertySignatures.map(({ name, type }) => {
      const schema = given[name] ?? relax(type)
      return [name, name === "type" ? schema : Schema.optionalKey(schema)]
    })
  )
  // The names and types of the fields are those of `Sent`, which an AST does not know.
  return openStruct(read) as never
}

/** By what was relaxed: a schema that holds itself would be relaxed without end. */
const relaxedOf = new WeakMap<SchemaAST.AST, Schema.Codec<unknown>>()

const relax = (ast: SchemaAST.AST): Schema.Codec<unknown> => {
  const schema = relaxedOf.get(ast) ?? relaxAnew(ast)
  relaxedOf.set(ast, schema)
  return schema
}

const relaxAnew = (ast: SchemaAST.AST): Schema.Codec<unknown> => {
  if (isSecret(ast)) return Schema.make(ast as Schema.Codec<unknown>["ast"])
  if (ast.encoding !== undefined) return relax(ast.encoding[ast.encoding.length - 1]!.to)
  switch (ast._tag) {
    case "String":
      return Schema.String
    case "Number":
      return Schema.Finite
    case "Boolean":
      return Schema.Boolean
    case "Union":
      return ast.types.every(isText) ? Schema.String : Schema.Union(ast.types.map(relax))
    case "Arrays":
      return Schema.Array(relax(ast.rest[0]!))
    case "Objects":
      return relaxObject(ast)
    case "Suspend":
      return Schema.suspend(() => relax(ast.thunk()))
  }
  // Literals, null and unknown are as they are.
  return Schema.make(ast as Schema.Codec<unknown>["ast"])
}

const isText = (ast: SchemaAST.AST): boolean => ast._tag === "Literal" && typeof ast.literal === "string"

const relaxObject = ({ indexSignatures: [rest], propertySignatures }: SchemaAST.Objects): Schema.Codec<unknown> =>
  rest !== undefined && propertySignatures.length === 0
    ? Schema.Record(Schema.String, relax(rest.type))
    : openStruct(
      Object.fromEntries(
        propertySignatures.map(({ name, type }) => [
          name,
          SchemaAST.isOptional(type) ? Schema.optionalKey(relax(type)) : relax(type)
        ])
      )
    )
