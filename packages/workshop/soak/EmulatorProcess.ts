/**
 * The emulator as a process of its own, as `pnpm emulator` starts it.
 */
import { ControlApi } from "@sunco/emulator/ControlApi"
import * as Effect from "effect/Effect"
import * as HttpApiClient from "effect/http-api/HttpApiClient"
import { spawn } from "node:child_process"
import { createInterface } from "node:readline"

const command = new URL("../../emulator/bin/emulator.ts", import.meta.url).pathname

interface Access {
  readonly url: string
  readonly appId: string
  readonly keyId: string
  readonly keySecret: string
}

/** How to reach it, and the client of its own endpoints. */
export const start = Effect.gen(function*() {
  const child = yield* Effect.acquireRelease(
    Effect.sync(() => spawn(process.execPath, [command, "--json"], { stdio: ["ignore", "pipe", "inherit"] })),
    (child) =>
      Effect.callback<void>((resume) => {
        if (child.exitCode !== null) return resume(Effect.void)
        child.once("exit", () => resume(Effect.void))
        child.kill()
      })
  )
  const access = yield* Effect.callback<Access>((resume) => {
    const lines = createInterface(child.stdout)
    lines.once("line", (line) => resume(Effect.sync(() => JSON.parse(line))))
    lines.once("close", () => resume(Effect.die(new Error("the emulator has ended"))))
  })
  const { Emulator } = yield* HttpApiClient.make(ControlApi, { baseUrl: access.url })
  return { access, control: Emulator }
})
