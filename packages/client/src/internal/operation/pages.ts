import type { From, Meta, Page } from "@sunco/schemas/Page"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Stream from "effect/Stream"

/** What of a page's answer is its place among the others. */
interface Paged {
  readonly meta?: Meta | null
}

/**
 * The page that an answer is. Where it does not say whether there is more, a cursor in the direction of the request does.
 *
 * @internal
 */
export const pageOf = <A>(items: ReadonlyArray<A>, { meta }: Paged, backwards: boolean): Page<A> => {
  const after = meta?.afterCursor ?? undefined
  const before = meta?.beforeCursor ?? undefined
  return {
    items,
    hasMore: meta?.hasMore ?? (backwards ? before : after) !== undefined,
    ...(before === undefined ? undefined : { before }),
    ...(after === undefined ? undefined : { after })
  }
}

/**
 * Whether a list goes backwards from where it begins. `byDefault` is for one that begins nowhere in particular.
 *
 * @internal
 */
export const isBackwards = (from: Partial<From> | undefined, byDefault: boolean): boolean =>
  from?.before !== undefined || from?.after === undefined && byDefault

/** Of `list`, its last two arguments are where it begins, and the options. */
type List<Args extends ReadonlyArray<unknown>, A, E> = (...args: Args) => Effect.Effect<Page<A>, E>

/**
 * Everything of a list, a page when it is needed. Each page is a call with a deadline and retries of its own.
 *
 * What a page has is given in the direction of the stream: those of a page that is read backwards come last first. It ends
 * where the vendor says that there is no more, where there is no cursor, and where a cursor leads nowhere.
 *
 * @internal
 */
export const streamOf = <Args extends ReadonlyArray<unknown>, A, E>(
  list: List<Args, A, E>,
  backwardsByDefault = false
): (...args: Args) => Stream.Stream<A, E> => {
  const fromAt = list.length - 2
  const streamed = (...args: Args): Stream.Stream<A, E> => {
    const from = args[fromAt] as From | undefined
    const backwards = isBackwards(from, backwardsByDefault)
    const name = backwards ? "before" : "after"
    return Stream.paginate(from, (from) => {
      const call = Array.from({ length: list.length }, (_, at) => at === fromAt ? from : args[at])
      return Effect.map(list(...call as unknown as Args), (page) => {
        const cursor = page[name]
        const goesOn = page.hasMore && cursor !== undefined && cursor !== from?.[name]
        return [
          backwards ? page.items.toReversed() : page.items,
          goesOn ? Option.some({ ...from, [name]: cursor } as From) : Option.none()
        ]
      })
    })
  }
  // Every face finds the options behind the arguments.
  return Object.defineProperty(streamed, "length", { value: list.length })
}
