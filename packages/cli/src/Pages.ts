/** The beginning of a list of which nobody knows how long it is. */
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import * as Output from "./Output.ts"

/**
 * The first of the stream, at most so many; that there are more is said on the standard error. One more is asked for to see that,
 * which takes nothing from whoever has what was asked for, if it fails.
 */
export const first = <A, E, R>(stream: Stream.Stream<A, E, R>, limit: number) =>
  Effect.gen(function*() {
    const found: Array<A> = []
    yield* stream.pipe(
      Stream.take(limit + 1),
      Stream.runForEach((one) => Effect.sync(() => void found.push(one))),
      Effect.catchIf(() => found.length >= limit, () => Output.note("whether there are more could not be seen"))
    )
    if (found.length > limit) yield* Output.note("there are more: --limit says how many are printed")
    return found.slice(0, limit)
  })

/** How many a page has: what is asked for and one more, as far as the API gives as many. */
export const sizeFor = (limit: number): number => Math.min(100, limit + 1)
