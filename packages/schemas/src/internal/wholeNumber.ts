import * as Order from "effect/Order"
import * as Schema from "effect/Schema"

/** @internal */
export const wholeNumber = (minimum: number, maximum: number) =>
  Schema.makeFilter<number>((value) => Number.isInteger(value) && value >= minimum && value <= maximum, {
    expected: `a whole number from ${minimum} to ${maximum}`,
    toJsonSchema: () => ({ type: "integer", minimum, maximum }),
    arbitraryConstraint: { number: "integer", order: Order.Number, minimum, maximum }
  })
