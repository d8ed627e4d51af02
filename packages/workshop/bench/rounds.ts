import { type Spread, spread } from "./statistics.ts"

/** What some calls took: of the clock, and of all cores. */
export interface Sample {
  readonly calls: number
  readonly seconds: number
  readonly cpuSeconds: number
}

/** What was measured in one round, by the name of whom. */
export type Round<A = Sample> = ReadonlyMap<string, A>

/**
 * Every other round goes in reverse: a machine that gets slower or faster meanwhile is as much to the advantage of the first
 * as of the last.
 */
export const interleaved = async <Name extends string, A>(
  rounds: number,
  takePart: (round: number) => ReadonlyArray<Name>,
  measure: (name: Name) => A | Promise<A>
): Promise<ReadonlyArray<Round<A>>> => {
  const measured: Array<Round<A>> = []
  for (let round = 0; round < rounds; round++) {
    const names = takePart(round)
    const values = new Map<string, A>()
    for (const name of round % 2 === 0 ? names : names.toReversed()) values.set(name, await measure(name))
    measured.push(values)
  }
  return measured
}

/** Times what this process does. */
export const timed = async (calls: number, run: () => Promise<void>): Promise<Sample> => {
  const cpu = process.cpuUsage()
  const start = performance.now()
  await run()
  const seconds = (performance.now() - start) / 1000
  const { system, user } = process.cpuUsage(cpu)
  return { calls, seconds, cpuSeconds: (system + user) / 1e6 }
}

export const secondsPerCall = ({ calls, seconds }: Sample): number => seconds / calls

export const callsPerSecond = ({ calls, seconds }: Sample): number => calls / seconds

export const cpuPerCall = ({ calls, cpuSeconds }: Sample): number => cpuSeconds / calls

/** What one measured, over the rounds in which it took part. */
export const spreadOf = <A>(rounds: ReadonlyArray<Round<A>>, name: string, figure: (value: A) => number): Spread =>
  spread(rounds.flatMap((round) => {
    const value = round.get(name)
    return value === undefined ? [] : [figure(value)]
  }))

/**
 * One as a multiple of the other, of each round on its own: what slows the machine down for a while slows both, and medians
 * over all rounds would compare the quiet rounds of one with the noisy rounds of the other.
 */
export const ratio = <A>(
  rounds: ReadonlyArray<Round<A>>,
  name: string,
  base: string,
  figure: (value: A) => number
): Spread =>
  spread(rounds.flatMap((round) => {
    const value = round.get(name)
    const baseValue = round.get(base)
    return value === undefined || baseValue === undefined ? [] : [figure(value) / figure(baseValue)]
  }))
