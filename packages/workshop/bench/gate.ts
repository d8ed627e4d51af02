/**
 * What a call costs over a transport that costs nothing: the steadiest figure on a machine that has other work to do.
 */
import { type CaseName, cases } from "./cases.ts"
import type { Name } from "./contestants.ts"
import { overFakeDispatcher } from "./fakeTransport.ts"
import { cpuPerCall, interleaved, ratio, timed } from "./rounds.ts"
import type { Spread } from "./statistics.ts"

const rounds = 60

const callsPerRound = 5_000

/** A round is some milliseconds at first, so the first ones are for the compiler. */
const warmUpRounds = 6

/** CPU per call, as a multiple of what `dispatch` and `JSON.parse` cost. */
export interface FakeTransportRatios {
  readonly untraced: Spread
  readonly traced: Spread
}

/** CPU per call, as a multiple of what the same costs by hand. */
export interface FakeFetchRatios {
  readonly promise: Spread
  readonly fetchHttpClient: Spread
}

/** The cases whose calls can be made over a fake transport, by what is called. */
export const fakeTransportCases = ["get-64", "create", "missing"] as const satisfies ReadonlyArray<CaseName>

export type FakeTransportCase = (typeof fakeTransportCases)[number]

const measure = async (name: CaseName, ...contestants: ReadonlyArray<Name>) => {
  const { operation } = cases[name]
  const runs = new Map<Name, (calls: number) => Promise<void>>()
  for (const contestant of contestants) runs.set(contestant, await overFakeDispatcher(contestant, operation))
  const measureRounds = (rounds: number) =>
    interleaved(
      rounds,
      () => contestants,
      (contestant) => timed(callsPerRound, () => runs.get(contestant)!(callsPerRound))
    )
  await measureRounds(warmUpRounds)
  return measureRounds(rounds)
}

export const fakeFetchRatios = async (): Promise<FakeFetchRatios> => {
  const measured = await measure(
    "get-64",
    "fetch-limited",
    "sunco-promise",
    "effect-FetchHttpClient",
    "sunco-FetchHttpClient"
  )
  return {
    promise: ratio(measured, "sunco-promise", "fetch-limited", cpuPerCall),
    fetchHttpClient: ratio(measured, "sunco-FetchHttpClient", "effect-FetchHttpClient", cpuPerCall)
  }
}

export const fakeTransportRatios = async (name: FakeTransportCase): Promise<FakeTransportRatios> => {
  const measured = await measure(name, "dispatch", "sunco", "sunco-traced")
  return {
    untraced: ratio(measured, "sunco", "dispatch", cpuPerCall),
    traced: ratio(measured, "sunco-traced", "dispatch", cpuPerCall)
  }
}
