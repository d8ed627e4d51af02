import * as Order from "effect/Order"
import * as Schema from "effect/Schema"

/** @internal */
export const wholeNumber = (minimum: number, maximum = Infinity) =>
  Schema.makeFilter<number>((value) => Number.isSafeInteger(value) && value >= minimum && value <= maximum, {
    expected: maximum === Infinity
      ? `a whole number, ${minimum} or above`
      : `a whole number from ${minimum} to ${maximum}`,
    toJsonSchema: () => ({ type: "integer", minimum, ...(maximum !== Infinity && { maximum }) }),
    arbitraryConstraint: {
      number: "integer",
      order: Order.Number,
      minimum,
      maximum: Math.min(maximum, Number.MAX_SAFE_INTEGER)
    }
  })
