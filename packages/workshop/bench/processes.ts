import { type ChildProcess, fork } from "node:child_process"
import type { Imported, Settings } from "./bulkProcess.ts"
import type { Operation, Target } from "./calls.ts"
import type { Name } from "./contestants.ts"
import type { HeapSizes } from "./memory.ts"
import type { Sample } from "./rounds.ts"

/** What the process of a contestant is asked for. */
export interface Calls {
  readonly target: Target
  readonly operation: Operation
  readonly calls: number
  readonly inFlight: number
}

const start = (module: string, args: ReadonlyArray<string>, execArgv: Array<string> = []): ChildProcess =>
  fork(new URL(module, import.meta.url), args, { execArgv })

/** What the process says next. Why it ended instead, it has said on stderr. */
const message = (child: ChildProcess): Promise<unknown> =>
  new Promise((resolve, reject) => {
    const onExit = () => reject(new Error(`${child.spawnargs.slice(1).join(" ")} has ended`))
    child.once("exit", onExit)
    child.once("message", (value) => {
      child.off("exit", onExit)
      resolve(value)
    })
  })

export interface Server extends Disposable {
  readonly url: string
}

export const startServer = async (): Promise<Server> => {
  const child = start("serverProcess.ts", [])
  return { url: `http://127.0.0.1:${await message(child)}`, [Symbol.dispose]: () => child.kill() }
}

export interface ContestantProcess extends Disposable {
  readonly measure: (calls: Calls) => Promise<Sample>
}

export const startContestant = (name: Name): ContestantProcess => {
  const child = start("contestantProcess.ts", [name])
  return {
    measure: async (calls) => {
      child.send(calls)
      return await message(child) as Sample
    },
    [Symbol.dispose]: () => child.kill()
  }
}

/** Without V8's habit of dropping code that has long been idle: it frees megabytes, under which a leak would not be seen. */
const forHeap = ["--expose-gc", "--no-flush-bytecode"]

export const heapSizes = async (name: Name): Promise<HeapSizes> =>
  await message(start("heapProcess.ts", [name], forHeap)) as HeapSizes

export interface ImportProcess extends Disposable {
  /** It fails where the process was killed. */
  readonly imported: Promise<Imported>
  readonly kill: () => void
}

export const startImport = (settings: Settings): ImportProcess => {
  const child = start("bulkProcess.ts", [JSON.stringify(settings)], settings.watch === "heap" ? forHeap : [])
  const imported = message(child) as Promise<Imported>
  // Who kills it does not ask.
  imported.catch(() => {})
  const kill = () => void child.kill("SIGKILL")
  return { imported, kill, [Symbol.dispose]: kill }
}
