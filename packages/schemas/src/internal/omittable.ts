import * as Option from "effect/Option"
import * as Predicate from "effect/Predicate"
import * as Schema from "effect/Schema"
import type * as SchemaAST from "effect/SchemaAST"
import * as SchemaGetter from "effect/SchemaGetter"
import * as SchemaTransformation from "effect/SchemaTransformation"
import { deferred } from "./deferred.ts"

/** One for all, by which an omittable field is known. `any`: of a field of any type. */
const leavesOutUndefined = SchemaTransformation.makeTransformation<any, any>({
  decode: SchemaGetter.passthrough(),
  encode: SchemaGetter.transformOptional(Option.filter(Predicate.isNotUndefined))
})

/**
 * A request field that may be left out: the caller's `undefined` counts as absent, the wire has the value or no key.
 * `Schema.optional` alone would let the JSON codec turn `undefined` into `null`, which clears the field at the vendor.
 *
 * @internal
 */
export const omittable = <S extends Schema.Top>(schema: S) =>
  deferred(() =>
    Schema.optionalKey(schema).pipe(
      Schema.decodeTo(Schema.optionalKey(Schema.UndefinedOr(Schema.toType(schema))), leavesOutUndefined)
    )
  )

/**
 * What an omittable field has where it has a value; `undefined` of any other field.
 *
 * @internal
 */
export const omitted = ({ encoding }: SchemaAST.AST): SchemaAST.AST | undefined =>
  encoding?.length === 1 && encoding[0].transformation === leavesOutUndefined ? encoding[0].to : undefined
