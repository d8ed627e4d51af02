import * as Schema from "effect/Schema"

/**
 * A lone surrogate has no UTF-8 form: `encodeURIComponent` throws on it and `URLSearchParams` silently replaces it.
 *
 * @internal
 */
export const isWellFormed = Schema.makeFilter<string>((text) => text.isWellFormed(), {
  expected: "text without lone surrogates",
  toJsonSchema: () => ({})
})
