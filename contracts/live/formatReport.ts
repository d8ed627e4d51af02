/** A report as people read it: what is otherwise comes first; contracts that are kept are only counted. */
import type { LiveReport } from "./LiveReport.ts"
import type { Verdict } from "./verdicts.ts"

export const formatReport = (report: LiveReport): string =>
  [
    `${report.baseUrl}, app ${report.appId}, run ${report.run}`,
    ...section("CONTRACTS", "kept", report.contracts, ofContract, false),
    ...section("FACTS", "as assumed", report.facts, ofFact),
    ...section("FALSE IDS", "as declared", report.falseIds, ofFalseId),
    ...ofAnswers(report),
    ...ofCleanUp(report)
  ].join("\n")

interface Judged {
  readonly verdict: Verdict
  readonly why?: string
}

/** What is said of one thing: alone, and beside others of which the same is said. */
interface Text {
  readonly name: string
  readonly lines: ReadonlyArray<string>
}

const section = <A extends Judged>(
  title: string,
  asAssumed: string,
  all: ReadonlyArray<A>,
  text: (one: A) => Text,
  showsHeld = true
): ReadonlyArray<string> => {
  const { held = [], otherwise = [], untold = [] } = Object.groupBy(all, ({ verdict }) => verdict)
  return all.length === 0 ? [] : [
    "",
    `${title}: ${held.length} ${asAssumed}, ${otherwise.length} otherwise, ${untold.length} untold`,
    ...otherwise.flatMap((one) => {
      const { lines, name } = text(one)
      return [`  OTHERWISE ${name}`, ...lines.map((line) => `    ${line}`)]
    }),
    ...Array.from(
      Map.groupBy(untold, ({ why = "" }) => why),
      ([why, same]) => [`  untold: ${why}`, ...same.map((one) => `    ${text(one).name}`)]
    ).flat(),
    ...(showsHeld ? held.map((one) => `  held: ${text(one).name}`) : [])
  ]
}

const ofContract = (
  { answered, differences, expected, interaction, operation }: LiveReport["contracts"][number]
): Text => ({
  name: `${operation} ${expected}: ${interaction}`,
  lines: [
    `answered ${answered ?? "nothing"}`,
    ...differences.map(({ expected, found, part, path }) =>
      `${part}${path === "" ? "" : ` ${path}`}: ${expected ?? "nothing"} is expected, found was ${found ?? "nothing"}`
    )
  ]
})

const ofFact = ({ assumed, found, name, question, said }: LiveReport["facts"][number]): Text => ({
  name: `${name}: ${question} ${found?.text ?? `${assumed.text} (assumed)`}`,
  lines: [`it was assumed: ${assumed.text}`, `seen by: ${said ?? "nothing"}`]
})

const ofFalseId = ({ answered, assumed, operation, parameter }: LiveReport["falseIds"][number]): Text => ({
  name: `${operation} ${parameter}: ${answered ?? "nothing"}`,
  lines: [`404 is known with ${assumed.join(" or ")}`]
})

const ofAnswers = ({ answers: { headers, requests, tooMany } }: LiveReport): ReadonlyArray<string> => [
  "",
  `ANSWERS: ${requests}, with the headers ${headers.join(", ")}`,
  tooMany.count === 0
    ? "  none said that there were too many requests"
    : `  ${tooMany.count} said that there were too many requests (429), ${tooMany.withRetryAfter} of them with Retry-After, ` +
      `${tooMany.withoutEnvelope} of them without the envelope of errors`
]

const ofCleanUp = ({ cleanUp: { deleted, left, made } }: LiveReport): ReadonlyArray<string> => [
  "",
  `MADE: ${made}, deleted again: ${deleted}`,
  ...left.map(({ id, kind, why }) => `  LEFT, please look: ${kind} ${id}: ${why}`)
]
