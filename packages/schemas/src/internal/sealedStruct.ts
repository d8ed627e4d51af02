import * as Schema from "effect/Schema"
import { sealingOfRest } from "./sealing.ts"
import { markSecret } from "./secret.ts"

const rest = Schema.Record(Schema.String, Schema.Unknown.annotate(markSecret(sealingOfRest)))

/**
 * An object of an answer that has secrets, or is of something that has: what is declared in it and below it is read as of
 * `openStruct`; everything else is wrapped like a secret, since nobody knows what it is: a field that is not declared, and a
 * value that is not what is declared.
 *
 * @internal
 */
export const sealedStruct = <Fields extends Schema.Struct.Fields>(fields: Fields) =>
  Schema.StructWithRest(Schema.Struct(fields), [rest])

/**
 * The same of an object that is declared already.
 *
 * @internal
 */
export const sealed = <A extends object>({ ast }: Schema.Codec<A, unknown>): Schema.Codec<A> => {
  if (ast._tag !== "Objects") throw new Error("Expected the schema of an object")
  const fields = ast.propertySignatures.map((
    { name, type }
  ) => [name, Schema.make<Schema.Codec<unknown>>(type as never)])
  // The names and types of the fields are those of `A`, which an AST does not know.
  return sealedStruct(Object.fromEntries(fields)) as unknown as Schema.Codec<A>
}
