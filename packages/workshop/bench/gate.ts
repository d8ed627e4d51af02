/**
 * What a call costs over a transport that costs nothing: the steadiest figure on a machine that has other work to do.
 */
import { type CaseName, cases } from "./cases.ts"
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

/** The cases whose calls can be made over a fake transport, by what is called. */
export const fakeTransportCases = ["get-64", "create", "missing"] as const satisfies ReadonlyArray<CaseName>

export type FakeTransportCase = (typeof fakeTransportCases)[number]

export const fakeTransportRatios = async (name: FakeTransportCase): Promise<FakeTransportRatios> => {
  const { operation } = cases[name]
  const runs = {
    dispatch: await overFakeDispatcher("dispatch", operation),
    sunco: await overFakeDispatcher("sunco", operation),
    "sunco-traced": await overFakeDispatcher("sunco-traced", operation)
  }
  const names = Object.keys(runs) as ReadonlyArray<keyof typeof runs>
  const measure = (rounds: number) =>
    interleaved(rounds, () => names, (name) => timed(callsPerRound, () => runs[name](callsPerRound)))
  await measure(warmUpRounds)
  const measured = await measure(rounds)
  return {
    untraced: ratio(measured, "sunco", "dispatch", cpuPerCall),
    traced: ratio(measured, "sunco-traced", "dispatch", cpuPerCall)
  }
}
