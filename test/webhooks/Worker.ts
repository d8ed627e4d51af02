/** A process that is started for a test, says on its output what it does, and may be killed at any time. */
import * as Effect from "effect/Effect"
import { spawn } from "node:child_process"
import { createServer } from "node:net"
import type { AddressInfo } from "node:net"
import { patiently } from "../faults/Waiting.ts"

export interface Worker {
  /** The lines that it has printed. */
  readonly said: () => ReadonlyArray<string>
  /** SIGKILL, and the end of it. */
  readonly kill: Effect.Effect<void>
}

/** Starts a program that stands beside this file, waits until it says `ready`, and ends it with the scope. */
export const start = (
  program: string,
  args: ReadonlyArray<string>,
  env: { readonly [name: string]: string } = {}
) =>
  Effect.gen(function*() {
    const { ended, output, worker } = yield* Effect.acquireRelease(
      Effect.sync(() => {
        const worker = spawn(process.execPath, [new URL(program, import.meta.url).pathname, ...args], {
          env: { PATH: process.env["PATH"], ...env },
          stdio: ["ignore", "pipe", "inherit"]
        })
        const output = { text: "" }
        worker.stdout.on("data", (piece) => output.text += piece)
        const ended = new Promise<void>((resolve) => worker.once("close", () => resolve()))
        return { worker, output, ended }
      }),
      ({ ended, worker }) =>
        Effect.promise(() => {
          worker.kill("SIGKILL")
          return ended
        })
    )
    const said = () => output.text.split("\n").slice(0, -1)
    yield* patiently(Effect.suspend(() =>
      worker.exitCode === null ? Effect.succeed(said().includes("ready")) : Effect.die(new Error("it has ended"))
    ))
    return {
      said,
      kill: Effect.promise(() => {
        worker.kill("SIGKILL")
        return ended
      })
    } satisfies Worker
  })

/** A port of this machine on which nobody listens: of a server that is to come, and to come again. */
export const freePort: Effect.Effect<number> = Effect.callback((resume) => {
  const server = createServer().listen(0, "127.0.0.1", () => {
    const { port } = server.address() as AddressInfo
    server.close(() => resume(Effect.succeed(port)))
  })
})
