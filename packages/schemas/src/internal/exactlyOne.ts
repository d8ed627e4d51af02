import * as Schema from "effect/Schema"

/**
 * An object of which one of some fields has to be there, and one only: said of the object, since no field alone is wrong.
 *
 * @internal
 */
export const exactlyOne = <A>(choices: Schema.Struct.Fields, others: Schema.Struct.Fields = {}): Schema.Codec<A> => {
  const names = Object.keys(choices)
  const isOne = Schema.makeFilter<{ readonly [name: string]: unknown }>(
    (value) => names.filter((name) => value[name] !== undefined).length === 1,
    {
      expected: `exactly one of ${names.slice(0, -1).join(", ")} and ${names.at(-1)}`,
      toJsonSchema: () => ({}),
      arbitraryConstraint: { minProperties: 1, maxProperties: 1 + Object.keys(others).length }
    }
  )
  // What the filter holds is said by a union of types, which a schema of a struct does not have.
  return Schema.Struct({ ...choices, ...others }).check(isOne) as unknown as Schema.Codec<A>
}
