import * as Effect from "effect/Effect"
import { allFacts } from "./allFacts.ts"
import type { Fact } from "./Fact.ts"
import type { Verdict } from "./verdicts.ts"

/** What became of one question. */
export interface Answered {
  readonly fact: Fact
  readonly verdict: Verdict
  /** The name of the answer. */
  readonly found?: string
  readonly said?: string
  /** Why nothing can be told. */
  readonly why?: string
}

/** Asks all that can be asked, one after the other, each with things of its own. */
export const askFacts = Effect.forEach(allFacts, (fact) =>
  "unasked" in fact
    ? Effect.succeed<Answered>({ fact, verdict: "untold", why: fact.unasked })
    : Effect.scoped(fact.ask).pipe(
      Effect.match({
        onFailure: ({ message }): Answered => ({ fact, verdict: "untold", why: message }),
        onSuccess: ({ answer, said }): Answered => ({
          fact,
          verdict: answer === fact.assumed ? "held" : "otherwise",
          found: answer,
          said
        })
      })
    ))
