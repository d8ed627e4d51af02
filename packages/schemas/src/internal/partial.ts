import * as Schema from "effect/Schema"
import type * as SchemaAST from "effect/SchemaAST"
import type { PartialSchema } from "../Partial.ts"

/** @internal */
export const partial = <A extends object>({ ast }: Schema.Codec<A>): PartialSchema<A> => {
  if (ast._tag !== "Objects" || ast.encoding !== undefined) throw new Error("Expected the schema of an object")
  const fields = Object.fromEntries(
    ast.propertySignatures.map(({ name, type }) => [name, Schema.optionalKey(schemaOf(type))])
  )
  const rest = ast.indexSignatures.map(({ parameter, type }) =>
    Schema.Record(schemaOf<Schema.Record.Key>(parameter), schemaOf(type))
  )
  const struct = Schema.Struct(fields)
  const [first, ...others] = rest
  const whole = first === undefined ? struct : Schema.StructWithRest(struct, [first, ...others])
  // The names and types of the fields are those of `A`, which an AST does not know.
  return Object.assign(Schema.make<Schema.Codec<Partial<A>>>(whole.ast), { fields }) as unknown as PartialSchema<A>
}

const schemaOf = <S extends Schema.Constraint = Schema.Codec<unknown>>(ast: SchemaAST.AST): S =>
  Schema.make<S>(ast as S["ast"])
