/**
 * Where the time of a contestant goes, by V8's sampling profiler in this process.
 */
import { Session } from "node:inspector/promises"
import type { Operation } from "./calls.ts"
import type { Name } from "./contestants.ts"
import { overFakeDispatcher } from "./fakeTransport.ts"

const calls = 300_000

export interface SelfTime {
  /** The function and where it stands. */
  readonly where: string
  readonly microsPerCall: number
  /** Of the whole. */
  readonly share: number
}

/** Time in the function itself, without what it calls; the most first. */
export const selfTimes = async (name: Name, operation: Operation): Promise<ReadonlyArray<SelfTime>> => {
  const run = await overFakeDispatcher(name, operation)
  await run(calls / 10)
  const session = new Session()
  session.connect()
  await session.post("Profiler.enable")
  await session.post("Profiler.setSamplingInterval", { interval: 100 })
  await session.post("Profiler.start")
  await run(calls)
  const { profile: { nodes, samples = [], timeDeltas = [] } } = await session.post("Profiler.stop")
  session.disconnect()
  const places = new Map(nodes.map(({ callFrame, id }) => [id, placeOf(callFrame)]))
  const micros = new Map<string, number>()
  samples.forEach((id, index) => {
    const place = places.get(id)!
    micros.set(place, (micros.get(place) ?? 0) + timeDeltas[index]!)
  })
  const total = timeDeltas.reduce((sum, delta) => sum + delta, 0)
  return Array.from(micros, ([where, time]) => ({ where, microsPerCall: time / calls, share: time / total }))
    .sort((a, b) => b.share - a.share)
}

const repository = new URL("../../..", import.meta.url).href

const placeOf = (
  { functionName, lineNumber, url }: {
    readonly functionName: string
    readonly lineNumber: number
    readonly url: string
  }
): string => {
  const file = url.replace(/^.*\/node_modules\//, "").replace(repository, "")
  return [functionName || "(anonymous)", ...(file === "" ? [] : [`${file}:${lineNumber + 1}`])].join(" ")
}
