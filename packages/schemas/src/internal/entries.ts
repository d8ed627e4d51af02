import * as Schema from "effect/Schema"

/**
 * How many entries a list takes.
 *
 * @internal
 */
export const entries = (minimum: number, maximum: number) =>
  Schema.makeFilter<ReadonlyArray<unknown>>(({ length }) => length >= minimum && length <= maximum, {
    expected: minimum === 0
      ? `at most ${maximum} entries`
      : minimum === maximum
      ? `exactly ${maximum} ${maximum === 1 ? "entry" : "entries"}`
      : `${minimum} to ${maximum} entries`,
    toJsonSchema: () => ({ ...(minimum > 0 && { minItems: minimum }), maxItems: maximum }),
    arbitraryConstraint: { minLength: minimum, maxLength: Math.min(maximum, minimum + 2) }
  })
