/**
 * One contestant in a process of its own: makes the calls that it is told to make and tells what they took.
 */
import { contestants, type Name } from "./contestants.ts"
import type { Calls } from "./processes.ts"
import type { Run, Target } from "./calls.ts"
import { timed } from "./rounds.ts"

const contestant = await contestants[process.argv[2] as Name].load()

/** A client for each kind of credentials. */
const runs = new Map<Target["credentials"], Promise<Run>>()

process.on("message", async ({ calls, inFlight, operation, target }: Calls) => {
  const { credentials } = target
  if (!runs.has(credentials)) runs.set(credentials, contestant(target))
  const run = await runs.get(credentials)!
  // Connections may have been closed since the round before.
  await run(operation, inFlight, inFlight)
  process.send!(await timed(calls, () => run(operation, calls, inFlight)))
})

process.once("disconnect", () => process.exit())
