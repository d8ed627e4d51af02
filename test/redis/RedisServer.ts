/**
 * A `redis-server` of its own on a free port of loopback, with a temporary folder, gone with its scope.
 */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { type ChildProcess, spawn } from "node:child_process"
import { mkdtempSync, rmSync } from "node:fs"
import { type AddressInfo, createServer } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"

export class RedisServer extends Context.Service<RedisServer, {
  readonly url: string
  /** It keeps its connections and answers nothing. */
  readonly pause: Effect.Effect<void>
  readonly resume: Effect.Effect<void>
  /** It dies, with all that it knew. */
  readonly kill: Effect.Effect<void>
  readonly startAgain: Effect.Effect<void>
}>()("test/redis/RedisServer") {
  static readonly layer = Layer.effect(
    RedisServer,
    Effect.gen(function*() {
      const folder = yield* Effect.acquireRelease(
        Effect.sync(() => mkdtempSync(join(tmpdir(), "redis-"))),
        (folder) => Effect.sync(() => rmSync(folder, { recursive: true, force: true }))
      )
      const port = yield* freePort
      let server: ChildProcess | undefined
      const start = Effect.flatMap(
        Effect.sync(() =>
          server = spawn(
            "redis-server",
            ["--bind", "127.0.0.1", "--port", String(port), "--dir", folder, "--save", ""],
            {
              stdio: ["ignore", "pipe", "inherit"]
            }
          )
        ),
        ready
      )
      const kill = Effect.suspend(() => {
        const dying = server
        server = undefined
        return dying === undefined ? Effect.void : death(dying)
      })
      // Also when this process ends without closing its scopes.
      const lastResort = () => void server?.kill("SIGKILL")
      process.once("exit", lastResort)
      yield* Effect.addFinalizer(() => Effect.tap(kill, () => Effect.sync(() => process.off("exit", lastResort))))
      yield* start
      return RedisServer.of({
        url: `redis://127.0.0.1:${port}`,
        pause: Effect.sync(() => void server?.kill("SIGSTOP")),
        resume: Effect.sync(() => void server?.kill("SIGCONT")),
        kill,
        startAgain: start
      })
    })
  )
}

const freePort: Effect.Effect<number> = Effect.callback((resume) => {
  const server = createServer().listen(0, "127.0.0.1", () => {
    const { port } = server.address() as AddressInfo
    server.close(() => resume(Effect.succeed(port)))
  })
})

const ready = (server: ChildProcess): Effect.Effect<void> =>
  Effect.callback((resume) => {
    let output = ""
    server.stdout!.on("data", (chunk: Buffer) => {
      output += chunk.toString()
      if (output.includes("Ready to accept connections")) resume(Effect.void)
    })
    server.once("error", (error) => resume(Effect.die(error)))
    server.once("exit", () => resume(Effect.die(new Error(`redis-server ended:\n${output}`))))
  })

const death = (server: ChildProcess): Effect.Effect<void> =>
  Effect.callback((resume) => {
    server.once("exit", () => resume(Effect.void))
    server.kill("SIGKILL")
  })
