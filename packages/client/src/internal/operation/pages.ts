import type { From, Meta, Page, SizedFrom } from "@sunco/schemas/Page"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Stream from "effect/Stream"
import { Walk } from "./walk.ts"

/** Of an answer, its place among the pages. */
interface Paged {
  readonly meta?: Meta
}

/** The last two arguments are where it begins, and the options. */
type Asking<Args extends ReadonlyArray<unknown>, A, E> = (...args: Args) => Effect.Effect<A, E>

/** @internal */
export interface Pages<Args extends ReadonlyArray<unknown>, A, E> {
  readonly list: Asking<Args, Page<A>, E>
  readonly stream: (...args: Args) => Stream.Stream<A, E>
}

/**
 * The two ways to read a list that the vendor pages: one page, or everything, a page when it is needed.
 *
 * Each page is a call with a deadline and retries of its own. A stream gives what a page has in its own direction: the last
 * first, where it goes backwards. It ends where the vendor says that there is no more, where there is no cursor to go on with,
 * and where a cursor leads back to one before it. `order` is of a list whose page without any cursor is the last one.
 *
 * @internal
 */
export const pagesOf = <Args extends ReadonlyArray<unknown>, Answer extends Paged, A, E>(
  ask: Asking<Args, Answer, E>,
  items: (answer: Answer) => ReadonlyArray<A>,
  order?: "newest first"
): Pages<Args, A, E> => {
  const fromAt = ask.length - 2
  // The type of the arguments says so, but not the compiler.
  const fromIn = (args: Args) => args[fromAt] as From | undefined
  const directionOf = (from: From | undefined) =>
    from?.before !== undefined || order !== undefined && from?.after === undefined ? "before" : "after"

  const list = (...args: Args) =>
    Effect.map(ask(...args), (answer): Page<A> => {
      const { afterCursor: after, beforeCursor: before, hasMore } = answer.meta ?? {}
      const cursors = { ...(before != null && { before }), ...(after != null && { after }) }
      // Where it is not said, a cursor to go on with says so.
      return { items: items(answer), hasMore: hasMore ?? directionOf(fromIn(args)) in cursors, ...cursors }
    })

  const stream = (...args: Args) => {
    const from = fromIn(args)
    const direction = directionOf(from)
    return Stream.suspend(() => {
      const walk = new Walk(from?.[direction])
      return Stream.paginate(from, (from) => {
        const asked = Array.from({ length: ask.length }, (_, at) => at === fromAt ? from : args[at])
        return Effect.map(list(...asked as unknown as Args), (page) => {
          const cursor = page[direction]
          const goesOn = page.hasMore && cursor !== undefined && !walk.returnsTo(cursor)
          return [
            direction === "before" ? page.items.toReversed() : page.items,
            goesOn ? Option.some({ ...from, [direction]: cursor } as From) : Option.none()
          ]
        })
      })
    })
  }

  // Every face finds the options behind the arguments.
  const asMany = <F>(method: F): F => Object.defineProperty(method, "length", { value: ask.length })
  return { list: asMany(list), stream: asMany(stream) }
}

/**
 * Whether a list has more than a page that was asked for from its beginning. Where it is not said, a cursor to go on with says so.
 *
 * @internal
 */
export const hasMoreThan = ({ meta: { afterCursor, hasMore } = {} }: Paged): boolean => hasMore ?? afterCursor != null

/**
 * Of an operation that the vendor pages, all of its answer.
 *
 * @internal
 */
export const wholePage = <Answer extends Paged>(answer: Answer): Answer => answer

/**
 * Where a page begins in the words of a query. What is no name of it is none there either, and is refused with it.
 *
 * @internal
 */
export const pageQuery = (from: SizedFrom | undefined): { readonly [name: string]: never } =>
  Object.fromEntries(
    Object.entries(from ?? {}).filter(([, value]) => value !== undefined).map((
      [name, value]
    ) => [`page[${name}]`, value])
  ) as never
