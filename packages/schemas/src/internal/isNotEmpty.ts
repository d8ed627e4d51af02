import * as Schema from "effect/Schema"

/**
 * `Schema.isMinLength(1)`, whose general form would weigh on every bundle.
 *
 * @internal
 */
export const isNotEmpty = (expected: string) =>
  Schema.makeFilter<string>((text) => text !== "", {
    expected,
    toJsonSchema: () => ({ minLength: 1 }),
    arbitraryConstraint: { minLength: 1 }
  })
