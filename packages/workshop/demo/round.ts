import * as Cause from "effect/Cause"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Result from "effect/Result"
import type { Exchange } from "./Exchange.ts"
import * as Layout from "./layout.ts"
import { Printer } from "./Printer.ts"
import type { Failure, Outcome, Step } from "./Step.ts"
import { stories } from "./stories.ts"
import { Traffic } from "./Traffic.ts"

/** A step as it went. */
export interface StepRun {
  readonly sent: ReadonlyArray<Exchange>
  readonly got: unknown
  readonly claims: ReadonlyArray<string>
  /** Empty when everything is as it should be. */
  readonly problems: ReadonlyArray<string>
  /** Whether nothing was sent before in this round. */
  readonly isFirst: boolean
}

/** What became of a step. */
export interface Report {
  readonly step: Step
  readonly state: "done" | "failed" | "left out" | "not run"
  readonly requests: number
}

/** The steps with one kind of credentials. */
export interface Round {
  readonly name: string
  readonly reports: ReadonlyArray<Report>
}

/**
 * Runs the steps one after the other and shows each; after one that fails, nothing is run any more. `run` gives the
 * reason for a step that is to be left out.
 */
export const playRound = Effect.fnUntraced(function*(options: {
  /** The kind of credentials. */
  readonly name: string
  /** All was shown before: only what depends on credentials is run, and one line for each request is enough. */
  readonly again: boolean
  readonly run: (step: Step) => Effect.Effect<Outcome, Failure> | string
}) {
  const { again, name, run } = options
  const { print } = yield* Printer
  const { latest } = yield* Traffic
  const reports: Array<Report> = []
  const report = (step: Step, state: Report["state"], requests = 0) => reports.push({ step, state, requests })

  const perform = Effect.fnUntraced(function*(step: Step, outcome: Effect.Effect<Outcome, Failure>) {
    if (!again) yield* print(...Layout.stepTitle(step))
    const isFirst = reports.every(({ requests }) => requests === 0)
    const stepRun = stepRunOf(yield* Effect.exit(outcome), yield* latest, isFirst)
    yield* print(...again ? Layout.briefStepRun(step, stepRun) : Layout.stepRun(stepRun))
    report(step, stepRun.problems.length === 0 ? "done" : "failed", stepRun.sent.length)
  })

  for (const { perCredential, steps, title } of stories) {
    if (again && !perCredential) continue
    if (!again && !hasFailed({ reports })) yield* print(...Layout.storyTitle(title))
    for (const step of steps) {
      const outcome = run(step)
      if (hasFailed({ reports })) {
        report(step, "not run")
      } else if (typeof outcome === "string") {
        if (!again) yield* print(...Layout.leftOut(step, outcome))
        report(step, "left out")
      } else {
        yield* perform(step, outcome)
      }
    }
  }
  return { name, reports } satisfies Round
})

export const hasFailed = ({ reports }: Pick<Round, "reports">): boolean =>
  reports.some(({ state }) => state === "failed")

const stepRunOf = (
  exit: Exit.Exit<Outcome, Failure>,
  sent: ReadonlyArray<Exchange>,
  isFirst: boolean
): StepRun => {
  if (Exit.isFailure(exit)) return { sent, got: undefined, claims: [], problems: [problemOf(exit.cause)], isFirst }
  const claims = Object.entries(exit.value.holds(sent))
  return {
    sent,
    got: exit.value.got,
    claims: claims.map(([claim]) => claim),
    problems: claims.filter(([, holds]) => !holds).map(([claim]) => `not so: ${claim}`),
    isFirst
  }
}

const problemOf = (cause: Cause.Cause<Failure>): string =>
  Result.match(Cause.findError(cause), {
    onSuccess: ({ message }) => message,
    onFailure: (bug) => Cause.pretty(bug)
  })
