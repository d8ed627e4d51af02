/**
 * Every contestant in a process of its own against one server, round after round.
 */
import { type Case, type CaseName, cases } from "./cases.ts"
import { base, type Name } from "./contestants.ts"
import { type ContestantProcess, startContestant, startServer } from "./processes.ts"
import { callsPerSecond, cpuPerCall, interleaved, ratio, type Round, secondsPerCall, spreadOf } from "./rounds.ts"
import type { Spread } from "./statistics.ts"

export interface Figures {
  readonly callsPerSecond: Spread
  /** CPU seconds. */
  readonly cpuPer10000: Spread
  /** As multiples of the base in the same rounds. */
  readonly ratios: {
    readonly throughput: Spread
    /** Of the time that a call takes. */
    readonly latency: Spread
    readonly cpu: Spread
  }
}

export interface CaseFigures {
  readonly name: CaseName
  readonly figures: ReadonlyMap<Name, Figures>
  /** CPU per call of one as a multiple of another's than the base's, where both were measured. */
  readonly cpuBeside: (name: Name, other: Name) => Spread | undefined
}

export interface Selection {
  readonly rounds: number
  readonly cases: ReadonlyArray<CaseName>
  readonly contestants: ReadonlyArray<Name>
}

/** Enough for the compiler to be done with what every call does. */
const warmUpCalls = 10_000

export const measureCases = async function*({ contestants, ...selected }: Selection): AsyncGenerator<CaseFigures> {
  const participants = (candidates: ReadonlyArray<Name>) =>
    candidates.filter((name) => name === base || contestants.includes(name))
  using stack = new DisposableStack()
  const { url } = stack.use(await startServer())
  const processes = new Map<Name, ContestantProcess>()
  const started = async (name: Name) => {
    const running = processes.get(name)
    if (running !== undefined) return running
    const contestant = stack.use(startContestant(name))
    processes.set(name, contestant)
    await contestant.measure({ ...callsOf(cases["get-64"], url), calls: warmUpCalls })
    return contestant
  }
  for (const name of selected.cases) {
    const measured: Case = cases[name]
    const always = participants(measured.inEveryRound)
    const everybody = participants([...measured.inEveryRound, ...measured.inSomeRounds])
    const measure = async (contestant: Name) => (await started(contestant)).measure(callsOf(measured, url))
    await interleaved(1, () => everybody, measure)
    const rounds = await interleaved(
      selected.rounds,
      (round) => round % 3 === 0 ? everybody : always,
      measure
    )
    const figures = new Map(everybody.map((contestant) => [contestant, figuresOf(contestant, rounds)]))
    yield {
      name,
      figures,
      cpuBeside: (name, other) =>
        figures.has(name) && figures.has(other) ? ratio(rounds, name, other, cpuPerCall) : undefined
    }
  }
}

const callsOf = ({ callsPerRound, credentials, inFlight, operation }: Case, url: string) => ({
  target: { url, credentials },
  operation,
  calls: callsPerRound,
  inFlight
})

const figuresOf = (name: Name, rounds: ReadonlyArray<Round>): Figures => ({
  callsPerSecond: spreadOf(rounds, name, callsPerSecond),
  cpuPer10000: spreadOf(rounds, name, (sample) => cpuPerCall(sample) * 10_000),
  ratios: {
    throughput: ratio(rounds, name, base, callsPerSecond),
    latency: ratio(rounds, name, base, secondsPerCall),
    cpu: ratio(rounds, name, base, cpuPerCall)
  }
})
