import { inspect, stripVTControlCharacters, styleText } from "node:util"
import type { Exchange } from "./Exchange.ts"
import type { Report, Round, StepRun } from "./round.ts"
import type { Step } from "./Step.ts"
import { steps } from "./stories.ts"

/** Lines of at most {@link width} columns, with colour. */
type Lines = ReadonlyArray<string>

const width = 80
const requestWidth = 42
/** Of a value that is not divided: what stands before and after it on its line has room too. */
const undividedWidth = 48
/** Of a text that has a name before it, deep in an object. */
const longestText = 56

const painted = (format: Parameters<typeof styleText>[0]) => (text: string) =>
  styleText(format, text, { validateStream: false })
const bold = painted("bold")
const cyan = painted("cyan")
const dim = painted("dim")
const green = painted("green")
const red = painted("red")
const yellow = painted("yellow")

const number = (step: Step): string => String(steps.indexOf(step) + 1).padStart(3)

/** Without the service where it is that of most. */
const methodOf = ({ call }: Step): string => call.replace("Users.", "")

const methodWidth = Math.max(...steps.map((step) => methodOf(step).length))

const titleWidth = Math.max(...steps.map((step) => `${number(step)}  ${step.title}`.length))

const columns = (text: string): number => stripVTControlCharacters(text).length

/** Fills lines with pieces that stay whole; the lines after the first one are indented. */
const filled = (start: string, indent: number, pieces: ReadonlyArray<string>): Array<string> => {
  const lines: Array<string> = []
  let line = start
  for (const piece of pieces) {
    const isEmpty = line === start
    const longer = isEmpty ? line + piece : `${line} ${piece}`
    if (isEmpty || columns(longer) <= width) {
      line = longer
    } else {
      lines.push(line)
      line = " ".repeat(indent) + piece
    }
  }
  return [...lines, line].map((line) => line.trimEnd())
}

const wrapped = (start: string, text: string): Array<string> => filled(start, start.length, text.split(" "))

const shown = (start: string, value: unknown): Array<string> =>
  value instanceof Error
    ? wrapped(start, `${value.name}: ${value.message}`)
    : filled(start, start.length + 2, piecesOf(value))

/** What is short stays on one line, what is not is divided into its fields; of a long text the beginning is enough. */
const piecesOf = (value: unknown): Array<string> => {
  if (typeof value === "string" && value.length > longestText) return [inspect(`${value.slice(0, longestText - 1)}…`)]
  const text = value === undefined
    ? "void"
    : inspect(value, { breakLength: Number.POSITIVE_INFINITY, compact: true, depth: null })
  if (typeof value !== "object" || value === null || text.length <= undividedWidth) return [text]
  const [open, close] = Array.isArray(value) ? ["[", "]"] : ["{", "}"]
  const fields = Object.entries(value).map(([name, field]) => {
    const [first = "", ...rest] = piecesOf(field)
    return [Array.isArray(value) ? first : `${name}: ${first}`, ...rest]
  })
  const pieces = fields.flatMap((field, i) =>
    i === fields.length - 1 ? field : [...field.slice(0, -1), `${field.at(-1)},`]
  )
  return pieces.map((piece, i) => (i === 0 ? `${open} ` : "") + piece + (i === pieces.length - 1 ? ` ${close}` : ""))
}

const duration = (millis: number): string => millis < 1000 ? `${millis} ms` : `${(millis / 1000).toFixed(2)} s`

const counted = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? "" : "s"}`

const heading = (text: string): Lines => ["", bold(text), dim("─".repeat(width)), ""]

export const prose = (text: string): Lines => text.split("\n").flatMap((line) => wrapped("", line))

export const introduction = (where: string): Lines => [
  ...heading("Sunshine Conversations, called from an Effect program"),
  ...prose(where),
  "",
  ...filled("", 0, [
    "→ what was sent  ",
    "← what the program got  ",
    "✓ what was checked",
    "… the base URL and /v2/apps/{appId}"
  ]).map(dim)
]

export const jwtIntroduction: Lines = [
  ...heading("The same with JWTs"),
  ...prose(
    "The client mints one from the key (HS256, kid, scope, exp) and keeps it until shortly before it expires. " +
      "Bodies and answers are as above."
  ),
  ""
]

export const storyTitle = (text: string): Lines => ["", bold(cyan(text))]

export const stepTitle = (step: Step): Lines => [...titleLine(step), ...wrapped("     ", step.why).map(dim)]

export const leftOut = (step: Step, reason: string): Lines => [
  ...titleLine(step),
  ...wrapped("     – left out: ", reason).map(yellow)
]

/** Numbered, with the method at the right edge. */
const titleLine = (step: Step): Lines => {
  const start = `${number(step)}  ${step.title}`
  return ["", bold(start) + cyan(step.call.padStart(width - start.length))]
}

export const stepRun = ({ claims, got, isFirst, problems, sent }: StepRun): Lines => [
  ...sent.flatMap((exchange, i) => [
    ...filled("     → ", 7, [requestAndEnding(exchange), ...notes(exchange, sent[i - 1])]),
    ...(isFirst && i === 0 ? [authorization(exchange)] : []),
    ...(exchange.body === undefined ? [] : shown("       ", exchange.body))
  ]),
  ...(problems.length > 0
    ? problems.flatMap(problem)
    : [...shown("     ← ", got), ...wrapped("     ✓ ", claims.join("; ")).map(green)])
]

export const briefStepRun = (step: Step, { isFirst, problems, sent }: StepRun): Lines => [
  ...sent.flatMap((exchange, i) => [
    ...filled("", 10, [
      `  ${i === 0 ? mark(problems) : " "} ${(i === 0 ? methodOf(step) : "").padEnd(methodWidth)}`,
      requestAndEnding(exchange)
    ]),
    ...(isFirst && i === 0 ? [authorization(exchange)] : [])
  ]),
  ...problems.flatMap(problem)
]

const mark = (problems: ReadonlyArray<string>): string => problems.length === 0 ? green("✓") : red("✗")

const problem = (text: string): Lines => text.split("\n").flatMap((line) => wrapped("     ✗ ", line)).map(red)

const authorization = (exchange: Exchange): string => dim(`       authorization: ${exchange.authorization}`)

const requestAndEnding = ({ method, status, target }: Exchange): string => {
  const ending = status === undefined
    ? red("–")
    : (status < 300 ? green : status < 500 ? yellow : red)(String(status))
  return `${`${method} ${target}`.padEnd(requestWidth)} ${ending}`
}

/** What came with the answer, and how long the client waited after one that it did not accept. */
const notes = ({ at, note }: Exchange, before: Exchange | undefined): Lines => {
  const isRetry = before !== undefined && (before.status === undefined || before.status === 429 || before.status >= 500)
  const all = [note, isRetry ? `${duration(at - before.at)} later` : undefined].filter((text) => text !== undefined)
  return all.length === 0 ? [] : [dim(` ${all.join(", ")}`)]
}

export const tidiedUp = (deleted: number): Lines => ["", `Tidied up: ${counted(deleted, "user")} deleted.`]

/** A line for each step, a column for each round, and in it the number of requests. */
export const summary = (rounds: ReadonlyArray<Round>, millis: number): Lines => {
  const row = (start: string, call: string, cells: ReadonlyArray<string>) =>
    `${start.padEnd(titleWidth)}  ${call.padEnd(methodWidth)}${cells.map((cell) => cell.padStart(9)).join("")}`
  const cell = (step: Step, { reports }: Round) => {
    const report = reports.find((report) => report.step === step)
    return report === undefined ? "" : cells[report.state](report.requests)
  }
  const reports = rounds.flatMap((round) => round.reports)
  const failed = reports.filter(({ state }) => state === "failed").length
  return [
    ...heading("Summary"),
    dim(row("     step", "method", rounds.map(({ name }) => name))),
    ...steps.map((step) =>
      row(`${number(step)}  ${step.title}`, methodOf(step), rounds.map((round) => cell(step, round))).trimEnd()
    ),
    dim(row("     requests", "", rounds.map(({ reports }) => String(sum(reports.map(({ requests }) => requests)))))),
    "",
    failed === 0
      ? green(`✓ everything did what it should, ${duration(millis)}`)
      : red(`✗ ${counted(failed, "step")} did not do what it should`)
  ]
}

const cells: { readonly [State in Report["state"]]: (requests: number) => string } = {
  "done": (requests) => `✓ ${requests}`,
  "failed": (requests) => `✗ ${requests}`,
  "left out": () => "left out",
  "not run": () => "not run"
}

const sum = (numbers: ReadonlyArray<number>): number => numbers.reduce((sum, number) => sum + number, 0)
