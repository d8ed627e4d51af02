import * as Schema from "effect/Schema"
import * as SchemaAST from "effect/SchemaAST"
import type { Received } from "../Received.ts"
import { openStruct } from "./openStruct.ts"
import { sealingOf } from "./secret.ts"

/**
 * What an answer is read with where a request sends this, so that a thing that goes both ways is declared once: the same types
 * without a limit, a format or a check, objects that are open, and fields that are optional but for `type`. Fields that are
 * others in an answer, or that only an answer has, are given beside it.
 *
 * A literal stays what it is, since it tells the members of a union apart; a choice of several may grow, and is any text.
 *
 * @internal
 */
export function relaxed<Sent extends object>(sent: Schema.Codec<Sent, unknown>): Schema.Codec<Received<Sent>>
export function relaxed<Sent extends object, Fields extends { readonly [name: string]: Field }>(
  sent: Schema.Codec<Sent, unknown>,
  fields: Fields
): Schema.Codec<
  & Received<Omit<Sent, keyof Fields>>
  & { readonly [Name in keyof Fields]?: Schema.Schema.Type<Fields[Name]> }
>
export function relaxed(
  sent: Schema.Codec<object, unknown>,
  fields: { readonly [name: string]: Field } = {}
): Schema.Codec<unknown> {
  const { ast } = sent
  if (ast._tag !== "Objects") throw new Error("Expected the schema of an object")
  const all: { [name: string]: Field } = {}
  for (const { name, type } of ast.propertySignatures) {
    all[String(name)] = name === "type" ? relax(type) : Schema.optionalKey(relax(type))
  }
  for (const [name, schema] of Object.entries(fields)) all[name] = Schema.optionalKey(schema)
  // The types of the fields are said above, which an AST does not know.
  return openStruct(all) as unknown as Schema.Codec<unknown>
}

type Field = Schema.Codec<unknown, unknown>

/** By what was relaxed: a schema that holds itself would be relaxed without end. */
const relaxedOf = new WeakMap<SchemaAST.AST, Schema.Codec<unknown>>()

const relax = (ast: SchemaAST.AST): Schema.Codec<unknown> => {
  const schema = relaxedOf.get(ast) ?? relaxAnew(ast)
  relaxedOf.set(ast, schema)
  return schema
}

const relaxAnew = (ast: SchemaAST.AST): Schema.Codec<unknown> => {
  const sealing = sealingOf(ast)
  if (sealing !== undefined) return Schema.make((sealing.unchecked?.ast ?? ast) as Schema.Codec<unknown>["ast"])
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
