import * as Schema from "effect/Schema"
import { Cursor, Links, Meta } from "../Page.ts"
import { essential } from "./essential.ts"
import { wholeNumber } from "./wholeNumber.ts"

/**
 * The fields of a query that asks for a page. Both cursors at once are a bad request to the vendor, which `oneCursor` refuses.
 *
 * @internal
 */
export const pageFields = {
  "page[after]": Schema.optionalKey(Cursor),
  "page[before]": Schema.optionalKey(Cursor)
}

/**
 * A number in a program and text in a query.
 *
 * @internal
 */
export const sizedPageFields = {
  ...pageFields,
  "page[size]": Schema.optionalKey(Schema.FiniteFromString.check(wholeNumber(1, 100)))
}

/** @internal */
export const oneCursor = Schema.makeFilter<{ readonly "page[after]"?: string; readonly "page[before]"?: string }>(
  (query) => query["page[after]"] === undefined || query["page[before]"] === undefined,
  { expected: "one of after and before, not both", toJsonSchema: () => ({}) }
)

/**
 * What the answer of a list has beside the list.
 *
 * @internal
 */
export const paged = {
  meta: Schema.optionalKey(essential(Meta)),
  links: Schema.optionalKey(Links)
}

/**
 * A page has up to 100 records, of whatever size.
 *
 * @internal
 */
export const pageLimits = { responseBytes: 32 * 1024 * 1024 } as const
