/** What a run found, for people and for programs. Nothing in it is anybody's: statuses, codes, names of fields and types. */
import * as Schema from "effect/Schema"
import * as Answers from "./answers.ts"
import type { Answered } from "./askFacts.ts"
import type { Fact } from "./Fact.ts"
import type { FalseId } from "./FalseIds.ts"
import type { CleanUp } from "./Ledger.ts"
import type { Observations } from "./Observed.ts"
import { Difference, type Replayed } from "./Replay.ts"
import { Verdict } from "./verdicts.ts"

const optional = Schema.optionalKey(Schema.String)

const Answer = Schema.Struct({ name: Schema.String, text: Schema.String })

export const LiveReport = Schema.Struct({
  /** Where the API is, and which app was asked. */
  baseUrl: Schema.String,
  appId: Schema.String,
  /** What every name begins with that the run has made up. */
  run: Schema.String,
  contracts: Schema.Array(Schema.Struct({
    interaction: Schema.String,
    operation: Schema.String,
    verdict: Verdict,
    expected: Schema.Int,
    answered: optional,
    why: optional,
    differences: Schema.Array(Difference)
  })),
  facts: Schema.Array(Schema.Struct({
    name: Schema.String,
    question: Schema.String,
    /** The option of the emulator that has the same answers. */
    assumption: optional,
    verdict: Verdict,
    /** The answers, by name and in words. */
    assumed: Answer,
    found: Schema.optionalKey(Answer),
    said: optional,
    why: optional
  })),
  falseIds: Schema.Array(Schema.Struct({
    operation: Schema.String,
    parameter: Schema.String,
    verdict: Verdict,
    assumed: Schema.Array(Schema.String),
    answered: optional,
    why: optional
  })),
  answers: Schema.Struct({
    requests: Schema.Int,
    headers: Schema.Array(Schema.String),
    tooMany: Schema.Struct({ count: Schema.Int, withRetryAfter: Schema.Int, withoutEnvelope: Schema.Int })
  }),
  cleanUp: Schema.Struct({
    made: Schema.Int,
    deleted: Schema.Int,
    left: Schema.Array(Schema.Struct({ kind: Schema.String, id: Schema.String, why: Schema.String }))
  })
})

export type LiveReport = typeof LiveReport.Type

export const make = (found: {
  readonly baseUrl: string
  readonly appId: string
  readonly run: string
  readonly replayed: ReadonlyArray<Replayed>
  readonly answered: ReadonlyArray<Answered>
  readonly falseIds: ReadonlyArray<FalseId>
  readonly observed: Observations
  readonly cleanUp: CleanUp
}): LiveReport => {
  const { answered, appId, baseUrl, cleanUp, falseIds, observed, replayed, run } = found
  return {
    baseUrl,
    appId,
    run,
    contracts: replayed.map(({ answered, differences, interaction, verdict, why }) => ({
      interaction: interaction.description,
      operation: interaction.operation,
      verdict,
      expected: interaction.status,
      ...present({ answered: answered && Answers.format(answered), why }),
      differences
    })),
    facts: answered.map(({ fact, found, said, verdict, why }) => ({
      name: fact.name,
      question: fact.question,
      ...present({ assumption: fact.assumption }),
      verdict,
      assumed: answerOf(fact, fact.assumed),
      ...(found === undefined ? undefined : { found: answerOf(fact, found) }),
      ...present({ said, why })
    })),
    falseIds: falseIds.map(({ answered, assumed, operation, parameter, verdict, why }) => ({
      operation,
      parameter,
      verdict,
      assumed,
      ...present({ answered: answered && Answers.format(answered), why })
    })),
    answers: observed,
    cleanUp
  }
}

/** One that nobody has thought of has no words. */
const answerOf = (fact: Fact, name: string): typeof Answer.Type => ({
  name,
  text: Object.entries(fact.answers).find(([one]) => one === name)?.[1] ?? "something else"
})

/** Without what is not there. */
const present = <const Names extends string>(texts: { readonly [Name in Names]: string | undefined }) => {
  const there: { [Name in Names]?: string } = {}
  for (const name in texts) {
    const text = texts[name]
    if (text !== undefined) there[name] = text
  }
  return there
}

/** Whether everything that could be told is as it was assumed, and nothing is left behind. */
export const isAsAssumed = ({ cleanUp, contracts, facts, falseIds }: LiveReport): boolean =>
  [...contracts, ...facts, ...falseIds].every(({ verdict }) => verdict !== "otherwise") && cleanUp.left.length === 0
