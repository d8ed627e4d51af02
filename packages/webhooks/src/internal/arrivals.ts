import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import type { Arrivals } from "../Arrivals.ts"

/** `any`: the type says which events an expectation is asked of. */
interface Expectation {
  readonly type: string
  readonly matches: (event: any) => boolean
  readonly met: Deferred.Deferred<any>
}

/** @internal */
export const makeArrivals = (): Arrivals["Service"] => {
  const expected = new Set<Expectation>()
  return {
    publish: (event) =>
      Effect.sync(() => {
        for (const expectation of expected) {
          if (expectation.type !== event.type || !expectation.matches(event)) continue
          expected.delete(expectation)
          Deferred.doneUnsafe(expectation.met, Effect.succeed(event))
        }
      }),
    expect: (type, matches = () => true) =>
      Effect.map(
        Effect.acquireRelease(
          Effect.sync(() => {
            const expectation: Expectation = { type, matches, met: Deferred.makeUnsafe() }
            expected.add(expectation)
            return expectation
          }),
          (expectation) => Effect.sync(() => expected.delete(expectation))
        ),
        ({ met }) => Deferred.await(met)
      )
  }
}
