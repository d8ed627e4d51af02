import * as Schema from "effect/Schema"

/**
 * `format: uri` without a dialect: any validator of it accepts no more than this pattern does. What is generated satisfies every
 * one of them.
 *
 * @internal
 */
export const isUri = Schema.isPattern(/^[A-Za-z][A-Za-z0-9+.-]*:.*$/su, {
  expected: "an absolute URI",
  toJsonSchema: () => ({ format: "uri" }),
  arbitraryConstraint: {
    patterns: [{ source: "^https?://[a-z]{1,9}\\.example(/[a-z~-]{1,9}){0,5}$", flags: "" }]
  }
})
