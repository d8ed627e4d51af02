/**
 * What a call costs over a transport that costs nothing: the steadiest figure on a machine that has other work to do.
 */
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

const measure = async (...names: ReadonlyArray<Name>) => {
  const runs = new Map<Name, (calls: number) => Promise<void>>()
  for (const name of names) runs.set(name, await overFakeDispatcher(name))
  const measureRounds = (rounds: number) =>
    interleaved(rounds, () => names, (name) => timed(callsPerRound, () => runs.get(name)!(callsPerRound)))
  await measureRounds(warmUpRounds)
  return measureRounds(rounds)
}

export const fakeFetchRatios = async (): Promise<FakeFetchRatios> => {
  const measured = await measure("fetch-limited", "sunco-promise", "effect-FetchHttpClient", "sunco-FetchHttpClient")
  return {
    promise: ratio(measured, "sunco-promise", "fetch-limited", cpuPerCall),
    fetchHttpClient: ratio(measured, "sunco-FetchHttpClient", "effect-FetchHttpClient", cpuPerCall)
  }
}

export const fakeTransportRatios = async (): Promise<FakeTransportRatios> => {
  const measured = await measure("dispatch", "sunco", "sunco-traced")
  return {
    untraced: ratio(measured, "sunco", "dispatch", cpuPerCall),
    traced: ratio(measured, "sunco-traced", "dispatch", cpuPerCall)
  }
}
