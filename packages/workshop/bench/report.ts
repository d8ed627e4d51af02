import type { Line, Measured } from "./budget.ts"
import { cases } from "./cases.ts"
import { contestants } from "./contestants.ts"
import type { Memory } from "./memory.ts"
import type { CaseFigures } from "./network.ts"
import type { SelfTime } from "./profile.ts"
import type { Spread } from "./statistics.ts"

export const table = (rows: ReadonlyArray<ReadonlyArray<string>>): ReadonlyArray<string> => {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)))
  return rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column]!)).join("  ").trimEnd())
}

const withSpread = ({ median, p10, p90 }: Spread): string =>
  `${median.toFixed(2)} [${p10.toFixed(2)}-${p90.toFixed(2)}]`

/** The base comes first; behind every other ratio stand the 10th and the 90th percentile of the rounds. */
export const caseTable = ({ figures, name }: CaseFigures): ReadonlyArray<string> => {
  const { about, inFlight } = cases[name]
  const oneAtATime = inFlight === 1
  const rows = Array.from(figures, ([contestant, { callsPerSecond, cpuPer10000, ratios }]) => [
    contestant,
    oneAtATime ? (1e6 / callsPerSecond.median).toFixed(0) : callsPerSecond.median.toFixed(0),
    withSpread(oneAtATime ? ratios.latency : ratios.throughput),
    cpuPer10000.median.toFixed(3),
    withSpread(ratios.cpu),
    contestants[contestant].about
  ])
  const heads = [name, oneAtATime ? "us/call" : "calls/s", "x undici", "CPU s/10,000", "x undici", about]
  return table([heads, ...rows])
}

export const cell = (measured: Measured | undefined): string => {
  if (measured === undefined) return "not measured"
  const { limit, spread, verdict } = measured
  return `${withSpread(spread)} ${limit.bound === "at most" ? "<=" : ">="} ${limit.value.toFixed(2)} ${verdict}`
}

export const budgetTable = (lines: ReadonlyArray<Line>): ReadonlyArray<string> =>
  table([
    ["budget", "no tracer", "tracer installed", "vendor's client"],
    ...lines.map((line) => [
      line.what,
      cell(line.untraced),
      "traced" in line ? cell(line.traced) : "",
      line.vendor === undefined ? "" : withSpread(line.vendor)
    ])
  ])

export const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(2)

export const memoryTable = ({ traced, untraced }: Memory): ReadonlyArray<string> =>
  table([
    ["MB on the heap", "after 100,000 calls", "after 1,000,000"],
    ["no tracer", megabytes(untraced.after100000), megabytes(untraced.after1000000)],
    ["tracer installed", megabytes(traced.after100000), megabytes(traced.after1000000)]
  ])

export const selfTimeTable = (times: ReadonlyArray<SelfTime>): ReadonlyArray<string> =>
  table([
    ["us/call", "share", "self time"],
    ...times.map(({ microsPerCall, share, where }) => [
      microsPerCall.toFixed(3),
      `${(share * 100).toFixed(1)} %`,
      where
    ])
  ])
