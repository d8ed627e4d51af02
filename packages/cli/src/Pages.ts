/** The beginning or the end of a list of which nobody knows how long it is. */
import type { From, Page } from "@sunco/schemas/Page"
import * as Effect from "effect/Effect"
import * as Output from "./Output.ts"

type Ask<A, E, R> = (from: From | undefined) => Effect.Effect<Page<A>, E, R>

interface Part {
  /** How many at most. */
  readonly limit: number
  readonly from?: From | undefined
}

/**
 * Asks for one page after another until there is what was asked for, and for none behind it: whether there are more stands in the
 * page itself. That there are is said on the standard error.
 */
const walked = (direction: "after" | "before") => <A, E, R>(ask: Ask<A, E, R>, { from, limit }: Part) =>
  Effect.gen(function*() {
    const found: Array<A> = []
    const seen = new Set([from?.[direction]])
    let at = from
    while (true) {
      const { hasMore, items, [direction]: cursor } = yield* ask(at)
      found.push(...(direction === "before" ? items.toReversed() : items))
      // A cursor that leads back to a page before it would go round for ever.
      const goesOn = hasMore && cursor !== undefined && !seen.has(cursor)
      if (found.length > limit || (found.length === limit && goesOn)) {
        yield* Output.note("there are more: --limit says how many are printed")
      }
      if (found.length >= limit || !goesOn) return found.slice(0, limit)
      seen.add(cursor)
      at = direction === "before" ? { before: cursor } : { after: cursor }
    }
  })

/** The first of a list, or those that come after a place in it. */
export const first = walked("after")

/** The last of a list whose page without a place is the last one, or those that come before a place in it; in its own order. */
export const last = <A, E, R>(ask: Ask<A, E, R>, part: Part) =>
  Effect.map(walked("before")(ask, part), (newestFirst) => newestFirst.toReversed())

/** How many a page has: what is asked for, as far as the API gives as many. */
export const sizeFor = (limit: number): number => Math.min(100, limit)
