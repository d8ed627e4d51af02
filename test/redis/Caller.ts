/**
 * The parent's view of a process that runs `callerProcess.ts`.
 */
import type { Limiter } from "@sunco/client"
import * as Effect from "effect/Effect"
import { fork } from "node:child_process"

export interface Settings {
  readonly url: string
  readonly appId: string
  readonly keyId: string
  readonly keySecret: string
  readonly redis: string
  readonly limit: Limiter.Options
}

/** Starts it, and gives what makes so many calls at once: how each of them ended. */
export const start = Effect.fnUntraced(function*(settings: Settings) {
  const child = yield* Effect.acquireRelease(
    Effect.sync(() => fork(new URL("callerProcess.ts", import.meta.url), [JSON.stringify(settings)])),
    (child) =>
      Effect.callback<void>((resume) => {
        if (child.exitCode !== null) return resume(Effect.void)
        child.once("exit", () => resume(Effect.void))
        child.kill("SIGKILL")
      })
  )
  const answer = Effect.callback<unknown>((resume) => {
    const onMessage = (message: unknown) => {
      child.off("exit", onExit)
      resume(Effect.succeed(message))
    }
    const onExit = () => resume(Effect.die(new Error("the caller has ended")))
    child.once("message", onMessage)
    child.once("exit", onExit)
  })
  yield* answer
  return (calls: number): Effect.Effect<ReadonlyArray<string>> =>
    Effect.suspend(() => {
      child.send(calls)
      return Effect.map(answer, (outcomes) => outcomes as ReadonlyArray<string>)
    })
})
