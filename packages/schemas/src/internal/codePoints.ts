import * as Schema from "effect/Schema"

/**
 * The vendor's JSON Schema lengths count characters, that is code points; JavaScript's `length` counts UTF-16 units.
 *
 * @internal
 */
export const codePoints = (minimum: number, maximum: number) =>
  Schema.makeFilter<string>(
    (text) => {
      // A character has one unit or two, so that most texts need not be counted.
      if (text.length >= 2 * minimum && text.length <= maximum) return true
      let count = 0
      for (const _ of text) count++
      return count >= minimum && count <= maximum
    },
    {
      expected: minimum === 0
        ? `at most ${maximum} characters`
        : minimum === maximum
        ? `${maximum} characters`
        : `${minimum} to ${maximum} characters`,
      toJsonSchema: () => ({ ...(minimum > 0 && { minLength: minimum }), maxLength: maximum }),
      // In UTF-16 units, so that what is generated has at most as many code points.
      arbitraryConstraint: { minLength: minimum, maxLength: maximum }
    }
  )
