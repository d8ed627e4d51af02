/**
 * Pages of the lists that the vendor pages by cursors.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import { codePoints } from "./internal/codePoints.ts"
import { essential } from "./internal/essential.ts"
import { openStruct } from "./internal/openStruct.ts"

/**
 * One page, and the cursors of its neighbours, each only where there is a neighbour.
 *
 * @category models
 * @since 0.1.0
 */
export interface Page<A> {
  readonly items: ReadonlyArray<A>
  /** Whether there is more in the direction in which the page was asked for. */
  readonly hasMore: boolean
  /** Where the page before this one ends: the `before` of the next call. */
  readonly before?: string
  /** Where the page after this one begins: the `after` of the next call. */
  readonly after?: string
}

/**
 * Where a page begins: behind a record, or in front of it, never both. Cursors are ids of records.
 *
 * @category models
 * @since 0.1.0
 */
export type From =
  | { readonly after: string; readonly before?: undefined }
  | { readonly before: string; readonly after?: undefined }

/**
 * Where a page begins, and how many records it has at most: 1 to 100, and 25 where nothing is said.
 *
 * @category models
 * @since 0.1.0
 */
export type SizedFrom = (From | { readonly after?: undefined; readonly before?: undefined }) & {
  readonly size?: number | undefined
}

/**
 * Schema of a cursor: the id of a record, 24 characters.
 *
 * @see OpenAPI 17.12.1, `page`
 * @category schemas
 * @since 0.1.0
 */
export const Cursor: Schema.Codec<string> = Schema.String.check(codePoints(24, 24)).annotate({
  identifier: "Cursor"
})

/**
 * What an answer says of its page.
 *
 * @see OpenAPI 17.12.1, `meta`
 * @category models
 * @since 0.1.0
 */
export interface Meta {
  readonly hasMore?: boolean
  readonly afterCursor?: string | null
  readonly beforeCursor?: string | null
}

const cursor = Schema.optionalKey(essential(Schema.NullOr(Schema.String)))

/**
 * Schema of {@link Meta}. Each field may be missing, and so may all of it; what is there in another form makes the answer unreadable,
 * because a list that ends too early looks like a list.
 *
 * @category schemas
 * @since 0.1.0
 */
export const Meta: Schema.Codec<Meta> = essential(
  openStruct({
    hasMore: Schema.optionalKey(essential(Schema.Boolean)),
    afterCursor: cursor,
    beforeCursor: cursor
  })
).annotate({ identifier: "Meta" })

/**
 * The addresses of the neighbouring pages, as the vendor thinks of itself: cursors are what is followed.
 *
 * @see OpenAPI 17.12.1, `links`
 * @category models
 * @since 0.1.0
 */
export interface Links {
  readonly prev?: string | null
  readonly next?: string | null
}

const link = Schema.optionalKey(Schema.NullOr(Schema.String))

/**
 * Schema of {@link Links}.
 *
 * @category schemas
 * @since 0.1.0
 */
export const Links: Schema.Codec<Links> = openStruct({ prev: link, next: link }).annotate({
  identifier: "Links"
})
