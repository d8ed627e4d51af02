import * as Schema from "effect/Schema"
import * as SchemaAST from "effect/SchemaAST"
import type { Unrecognized } from "../Unrecognized.ts"
import { openStruct } from "./openStruct.ts"

/** The fields that have names; `type` is said by others. */
type Named<Fields> = {
  readonly [Name in keyof Fields as string extends Name ? never : Name extends "type" ? never : Name]: Fields[Name]
}

const annotation = "~@sunco/schemas/openUnion"

/**
 * A union of objects told apart by their `type`, which grows at the vendor: an object of any other type is read too, and keeps
 * its fields. The names are the types. `unrecognizedOf` says what an object of another type has for sure.
 *
 * @internal
 */
export const openUnion = <
  Members extends { readonly [type: string]: Schema.Codec<{ readonly type: string }, unknown> },
  Fields extends object = {}
>(
  members: Members,
  unrecognizedOf: (type: Schema.Codec<string>) => Schema.Codec<Fields & { readonly type: string }, unknown> = (type) =>
    openStruct({ type }) as Schema.Codec<any>
): Schema.Codec<Members[keyof Members]["Type"] | (Named<Fields> & Unrecognized)> => {
  const types = Object.keys(members)
  const known = new Set(types)
  // So that a known type that is malformed is not taken for an unknown one.
  const isUnknown = Schema.makeFilter<string>((type) => !known.has(type), {
    expected: "a type that is not declared",
    toJsonSchema: () => ({ not: { enum: types } })
  })
  const unrecognized = unrecognizedOf(Schema.String.check(isUnknown))
  const union = Schema.Union([...Object.values(members), unrecognized]).annotate({ [annotation]: true })
  // What distinguishes the type of an unrecognized `type` from a string is there for the compiler alone.
  return union as unknown as Schema.Codec<Members[keyof Members]["Type"] | (Named<Fields> & Unrecognized)>
}

/** @internal */
export const isOpenUnion = (ast: SchemaAST.AST): boolean => SchemaAST.resolveAt(annotation)(ast) === true
