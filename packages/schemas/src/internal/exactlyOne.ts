import * as Schema from "effect/Schema"

/**
 * An object of which one field has to be there, and one only: said of the object, since neither field alone is wrong.
 *
 * @internal
 */
export const exactlyOne = <Name extends string>(...names: ReadonlyArray<Name>) =>
  Schema.makeFilter<{ readonly [name in Name]?: unknown }>(
    (value) => names.filter((name) => value[name] !== undefined).length === 1,
    { expected: `exactly one of ${names.join(", ")}`, toJsonSchema: () => ({}) }
  )
