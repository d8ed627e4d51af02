/**
 * What the client may cost, and whether it keeps to that.
 */
import type { CaseName } from "./cases.ts"
import type { Name } from "./contestants.ts"
import { type FakeFetchRatios, type FakeTransportCase, fakeTransportCases, type FakeTransportRatios } from "./gate.ts"
import { growth, type Memory } from "./memory.ts"
import type { CaseFigures, Figures } from "./network.ts"
import type { Spread } from "./statistics.ts"

export interface Limit {
  readonly bound: "at most" | "at least"
  readonly value: number
}

export type Verdict = "met" | "not met"

export const verdict = (median: number, { bound, value }: Limit): Verdict =>
  (bound === "at most" ? median <= value : median >= value) ? "met" : "not met"

export interface Measured {
  readonly limit: Limit
  readonly spread: Spread
  readonly verdict: Verdict
}

/** A line of the budget; what was not measured in this run is not there. */
export interface Line {
  readonly what: string
  readonly untraced: Measured | undefined
  /** Where there is a limit for it. */
  readonly traced?: Measured | undefined
  /** The vendor's client has no limit. */
  readonly vendor: Spread | undefined
}

export type AllFakeTransportRatios = Readonly<Record<FakeTransportCase, FakeTransportRatios>>

/** What there is to hold against the budget. */
export interface Measurements {
  readonly cases: ReadonlyArray<CaseFigures>
  readonly fakeTransport: AllFakeTransportRatios | undefined
  readonly fakeFetch: FakeFetchRatios | undefined
  readonly memory: Memory | undefined
}

export const measured = (bound: Limit["bound"], value: number, spread: Spread | undefined): Measured | undefined => {
  const limit = { bound, value }
  return spread && { limit, spread, verdict: verdict(spread.median, limit) }
}

export const exactly = (value: number): Spread => ({ median: value, p10: value, p90: value })

const fakeTransportLimits: Readonly<
  Record<FakeTransportCase, { readonly what: string; readonly untraced: number; readonly traced: number }>
> = {
  "get-64": { what: "of a get", untraced: 2.2, traced: 3 },
  create: { what: "of a create", untraced: 2.8, traced: 3.6 },
  // Who calls `dispatch` by hand throws an error of its own, with all frames of its stack.
  missing: { what: "of a get of nobody (404)", untraced: 1.7, traced: 2.6 }
}

export const fakeTransportLine = (name: FakeTransportCase, ratios: FakeTransportRatios | undefined): Line => {
  const { traced, untraced, what } = fakeTransportLimits[name]
  return {
    what: `CPU ${what} over a fake transport, as a multiple of dispatch and JSON.parse`,
    untraced: measured("at most", untraced, ratios?.untraced),
    traced: measured("at most", traced, ratios?.traced),
    vendor: undefined
  }
}

const untracedLine = (what: string, most: number, spread: Spread | undefined): Line => ({
  what,
  untraced: measured("at most", most, spread),
  vendor: undefined
})

export const fakeFetchLines = (ratios: FakeFetchRatios | undefined): ReadonlyArray<Line> => [
  untracedLine("CPU of promises over a fake fetch, as a multiple of fetch with a time limit", 1.7, ratios?.promise),
  untracedLine(
    "CPU on FetchHttpClient over a fake fetch, as a multiple of the same by hand",
    1,
    ratios?.fetchHttpClient
  )
]

export const memoryLine = (memory: Memory | undefined): Line => ({
  what: "MB more on the heap after 1,000,000 calls than after 100,000",
  untraced: measured("at most", 1, memory && exactly(growth(memory.untraced))),
  traced: measured("at most", 1, memory && exactly(growth(memory.traced))),
  vendor: undefined
})

export const budget = ({ cases, fakeFetch, fakeTransport, memory }: Measurements): ReadonlyArray<Line> => {
  const line = (
    what: string,
    name: CaseName,
    ratio: keyof Figures["ratios"],
    bound: Limit["bound"],
    untraced: number,
    traced: number
  ): Line => {
    const figures = cases.find((measured) => measured.name === name)?.figures
    const of = (contestant: Name) => figures?.get(contestant)?.ratios[ratio]
    return {
      what,
      untraced: measured(bound, untraced, of("sunco")),
      traced: measured(bound, traced, of("sunco-traced")),
      vendor: of("vendor")
    }
  }
  const beside = cases.find(({ name }) => name === "get-64")?.cpuBeside
  return [
    line("CPU per call, 64 in flight", "get-64", "cpu", "at most", 1, 1.15),
    line("throughput, 64 in flight", "get-64", "throughput", "at least", 1, 0.9),
    line("latency, one at a time", "get-1", "latency", "at most", 1, 1.05),
    line("CPU per call, 512 in flight", "get-512", "cpu", "at most", 1, 1.15),
    untracedLine(
      "CPU of promises, as a multiple of fetch with a time limit",
      1.15,
      beside?.("sunco-promise", "fetch-limited")
    ),
    untracedLine(
      "CPU on FetchHttpClient, as a multiple of the same by hand",
      1,
      beside?.("sunco-FetchHttpClient", "effect-FetchHttpClient")
    ),
    line("CPU of a create, 64 in flight", "create", "cpu", "at most", 1.1, 1.3),
    line("CPU of a get of nobody (404), 64 in flight", "missing", "cpu", "at most", 1.2, 1.4),
    ...fakeTransportCases.map((name) => fakeTransportLine(name, fakeTransport?.[name])),
    ...fakeFetchLines(fakeFetch),
    memoryLine(memory)
  ]
}

export const isMet = ({ traced, untraced }: Line): boolean =>
  [untraced, traced].every((column) => column?.verdict !== "not met")
