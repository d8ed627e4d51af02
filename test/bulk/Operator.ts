/**
 * The parent's view of a process that runs `operatorProcess.ts`: it starts the job, or joins it, and works on it.
 */
import type { ImportOptions, Report } from "@sunco/bulk"
import * as Effect from "effect/Effect"
import { type ChildProcess, fork } from "node:child_process"

export interface Settings {
  readonly store: { readonly sqlite: string } | { readonly postgres: string }
  readonly url: string
  readonly appId: string
  readonly keyId: string
  readonly keySecret: string
  readonly file: string
  readonly job: string
  readonly mode: ImportOptions["mode"]
  readonly chunkRows: number
  readonly inFlight: number
  readonly leaseMillis: number
  /** The share of requests that fail in some way. */
  readonly faults: number
  /** Requests a second, of all operators together. */
  readonly perSecond?: number
  /** A Redis whose limiter they share; without one each takes its part of the rate. */
  readonly redis?: string
  /** Before which statement it kills itself, by words of it: when it comes the first time, or the nth. */
  readonly diesAt?: { readonly statement: string; readonly nth?: number }
}

export interface Operator {
  readonly kill: (signal: NodeJS.Signals) => Effect.Effect<void>
  /** What it has said when the job was done. */
  readonly report: Effect.Effect<Report>
}

/** It ends when the job is done, or when it is killed. */
export const start = Effect.fnUntraced(function*(settings: Settings) {
  const child: ChildProcess = yield* Effect.acquireRelease(
    Effect.sync(() =>
      fork(new URL("operatorProcess.ts", import.meta.url), [JSON.stringify(settings)], {
        stdio: ["ignore", "inherit", "inherit", "ipc"]
      })
    ),
    (child) => killed(child, "SIGKILL")
  )
  let said: Report | undefined
  child.on("message", (report) => {
    said = report as Report
  })
  return {
    kill: (signal) => signal === "SIGKILL" ? killed(child, signal) : Effect.sync(() => void child.kill(signal)),
    report: Effect.callback<Report>((resume) => {
      const end = () =>
        resume(
          said === undefined ? Effect.die(new Error("the process has ended without a report")) : Effect.succeed(said)
        )
      if (child.exitCode !== null || child.signalCode !== null) return end()
      child.once("exit", end)
    })
  } satisfies Operator
})

const killed = (child: ChildProcess, signal: NodeJS.Signals): Effect.Effect<void> =>
  Effect.callback((resume) => {
    if (child.exitCode !== null || child.signalCode !== null) return resume(Effect.void)
    child.once("exit", () => resume(Effect.void))
    child.kill(signal)
  })
