/** The beginning of a list of which nobody knows how long it is. */
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import * as Output from "./Output.ts"

/** The first of the stream, at most so many; that there are more is said on the standard error. */
export const first = <A, E, R>(stream: Stream.Stream<A, E, R>, limit: number) =>
  Effect.gen(function*() {
    const found = yield* Stream.runCollect(Stream.take(stream, limit + 1))
    if (found.length > limit) yield* Output.note("there are more: --limit says how many are printed")
    return found.slice(0, limit)
  })

/** How many a page has: what is asked for and one more, as far as the API gives as many. */
export const sizeFor = (limit: number): number => Math.min(100, limit + 1)
