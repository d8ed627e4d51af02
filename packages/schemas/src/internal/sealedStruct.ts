import * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import * as SchemaAST from "effect/SchemaAST"
import * as SchemaTransformation from "effect/SchemaTransformation"
import { sealingOfRest } from "./sealing.ts"
import { markSecret, sealingOf } from "./secret.ts"

/** The schema alone hides what a reader has not: a program may decode by itself. */
const hidden = Schema.Unknown.pipe(
  Schema.decodeTo(
    Schema.Unknown,
    SchemaTransformation.transform<unknown, unknown>({
      decode: (value) => value === null || Redacted.isRedacted(value) ? value : Redacted.make(value),
      encode: (value) => Redacted.isRedacted(value) ? Redacted.value(value) : value
    })
  )
).annotate(markSecret(sealingOfRest))

const rest = Schema.Record(Schema.String, hidden)

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
 * The same of an object that is declared already, and of every object that it declares below it.
 *
 * @internal
 */
export const sealed = <A extends object>({ ast }: Schema.Codec<A, unknown>): Schema.Codec<A> => {
  if (ast._tag !== "Objects") throw new Error("Expected the schema of an object")
  // The names and types of the fields are those of `A`, which an AST does not know.
  return sealedPart(ast) as unknown as Schema.Codec<A>
}

const sealedPart = (ast: SchemaAST.AST): Schema.Codec<unknown> => {
  if (isOpenWithin(ast)) {
    switch (ast._tag) {
      case "Union":
        return Schema.Union(ast.types.map(sealedPart))
      case "Arrays":
        return Schema.Array(sealedPart(ast.rest[0]!))
      case "Objects":
        return sealedStruct(
          Object.fromEntries(
            ast.propertySignatures.map(({ name, type }) => [
              name,
              SchemaAST.isOptional(type) ? Schema.optionalKey(sealedPart(type)) : sealedPart(type)
            ])
          )
        ) as unknown as Schema.Codec<unknown>
    }
  }
  return Schema.make(ast as Schema.Codec<unknown>["ast"])
}

/** Whether it is an object that is not sealed, or holds one. A secret is none, and a record declares all that it holds. */
const isOpenWithin = (ast: SchemaAST.AST): boolean => {
  if (sealingOf(ast) !== undefined) return false
  switch (ast._tag) {
    case "Union":
      return ast.types.some(isOpenWithin)
    case "Arrays":
      return ast.rest.some(isOpenWithin)
    case "Objects":
      return ast.propertySignatures.length > 0 &&
        (ast.propertySignatures.some(({ type }) => isOpenWithin(type)) ||
          !ast.indexSignatures.some(({ type }) => sealingOf(type)?.isOfRest))
  }
  return false
}
