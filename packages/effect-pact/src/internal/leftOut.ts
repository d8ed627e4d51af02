import * as Effect from "effect/Effect"
import { InvalidPact, type Located } from "../PactFile.ts"

/** Pact refuses a file for one interaction that it does not know; a file is never taken for what is left of it. */
export const refuse = (located: ReadonlyArray<Located>): Effect.Effect<void, InvalidPact> =>
  Effect.forEach(
    located,
    ({ file, pact: { leftOut: [first] } }) =>
      first === undefined
        ? Effect.void
        : new InvalidPact({
          file,
          problem: `Pact knows no interaction of the type ${JSON.stringify(first.type)} (${first.path})`
        }),
    { discard: true }
  )
