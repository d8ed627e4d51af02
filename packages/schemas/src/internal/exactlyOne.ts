import * as Schema from "effect/Schema"
import * as SchemaAST from "effect/SchemaAST"

/**
 * An object of which one of some fields has to be there, and one only: said of the object, since no field alone is wrong.
 *
 * @internal
 */
export const exactlyOne = <A>(choices: Schema.Struct.Fields, others: Schema.Struct.Fields = {}): Schema.Codec<A> =>
  choosing(1, choices, others)

/**
 * An object of which one of some fields may be there, but no two.
 *
 * @internal
 */
export const atMostOne = <A>(choices: Schema.Struct.Fields, others: Schema.Struct.Fields = {}): Schema.Codec<A> =>
  choosing(0, choices, others)

const choosing = <A>(least: 0 | 1, choices: Schema.Struct.Fields, others: Schema.Struct.Fields): Schema.Codec<A> => {
  const names = Object.keys(choices)
  const required = Object.values(others).filter(({ ast }) => !SchemaAST.isOptional(ast)).length
  const isChosen = Schema.makeFilter<{ readonly [name: string]: unknown }>(
    (value) => {
      const { length } = names.filter((name) => value[name] !== undefined)
      return length >= least && length <= 1
    },
    {
      expected: `${least === 1 ? "exactly" : "at most"} one of ${names.slice(0, -1).join(", ")} and ${names.at(-1)}`,
      toJsonSchema: () => ({}),
      arbitraryConstraint: { minProperties: least + required, maxProperties: 1 + Object.keys(others).length }
    }
  )
  // What the filter holds is said by a union of types, which a schema of a struct does not have.
  return Schema.Struct({ ...choices, ...others }).check(isChosen) as unknown as Schema.Codec<A>
}
