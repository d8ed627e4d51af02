import { type Assumptions } from "../../Assumptions.ts"
import { type From } from "../store.ts"

/** "Default 25" (OpenAPI 17.12.1, `page`). */
const defaultSize = 25

/**
 * Where the page begins that a query asks for.
 *
 * @internal
 */
export const pageFrom = (
  query: {
    readonly "page[after]"?: string | undefined
    readonly "page[before]"?: string | undefined
    readonly "page[size]"?: number | undefined
  },
  { goneCursor }: Required<Assumptions>
): From => ({
  after: query["page[after]"],
  before: query["page[before]"],
  size: query["page[size]"] ?? defaultSize,
  goneCursor
})

/**
 * Records as a list has them.
 *
 * @internal
 */
export const inOrder = <A>(oldestFirst: ReadonlyArray<A>, { listOrder }: Required<Assumptions>): ReadonlyArray<A> =>
  listOrder === "oldestFirst" ? oldestFirst : oldestFirst.toReversed()
