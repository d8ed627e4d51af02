import * as Option from "effect/Option"
import * as Predicate from "effect/Predicate"
import * as Schema from "effect/Schema"
import * as SchemaGetter from "effect/SchemaGetter"

/**
 * A request field that may be left out: the caller's `undefined` counts as absent, the wire has the value or no key.
 * `Schema.optional` alone would let the JSON codec turn `undefined` into `null`, which clears the field at the vendor.
 *
 * @internal
 */
export const omittable = <S extends Schema.Top>(schema: S) =>
  Schema.optionalKey(schema).pipe(
    Schema.decodeTo(Schema.optionalKey(Schema.UndefinedOr(Schema.toType(schema))), {
      decode: SchemaGetter.passthroughSupertype<S["Type"] | undefined, S["Type"]>(),
      encode: SchemaGetter.transformOptional<S["Type"], S["Type"] | undefined>(Option.filter(Predicate.isNotUndefined))
    })
  )
