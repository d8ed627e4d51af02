/**
 * A process of its own for the heap of one contestant.
 */
import { setImmediate } from "node:timers/promises"
import type { Name } from "./contestants.ts"
import { overFakeDispatcher } from "./fakeTransport.ts"
import type { HeapSizes } from "./memory.ts"

const run = await overFakeDispatcher(process.argv[2] as Name, { name: "get", id: "small" })

const heap = async (): Promise<number> => {
  // Once more for what only the first collection let go of.
  for (let pass = 0; pass < 3; pass++) {
    await setImmediate()
    globalThis.gc!()
  }
  return process.memoryUsage().heapUsed
}

await run(100_000)

const after100000 = await heap()

await run(900_000)

const sizes: HeapSizes = { after100000, after1000000: await heap() }

process.send!(sizes)

process.disconnect()
