/**
 * A PostgreSQL of its own on a free port of loopback, with a temporary folder, gone with its scope.
 */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { type ChildProcess, execFileSync, spawn } from "node:child_process"
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs"
import { type AddressInfo, createServer } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"

const debian = "/usr/lib/postgresql"

/** Where its programs are; Debian has each version in a folder of its own, and none of them in the path. */
export const programs: string | undefined = [
  ...(existsSync(debian) ? readdirSync(debian).sort().toReversed().map((version) => join(debian, version, "bin")) : []),
  ...(process.env["PATH"] ?? "").split(":")
].find((folder) => existsSync(join(folder, "initdb")) && existsSync(join(folder, "postgres")))

/** It refuses to run as root: then it is the user that its package has made. */
const asOwner: { readonly uid?: number; readonly gid?: number } = process.getuid?.() === 0
  ? { uid: idOf("-u"), gid: idOf("-g") }
  : {}

function idOf(flag: string): number {
  return Number(execFileSync("id", [flag, "postgres"], { encoding: "utf8" }))
}

const user = "bulk"

const server = (password: string | undefined) =>
  Effect.gen(function*() {
    const folder = yield* Effect.acquireRelease(
      Effect.sync(() => mkdtempSync(join(tmpdir(), "postgres-"))),
      (folder) => Effect.sync(() => rmSync(folder, { recursive: true, force: true }))
    )
    if (asOwner.uid !== undefined) chownSync(folder, asOwner.uid, asOwner.gid!)
    const data = join(folder, "data")
    const run = (program: string, ...args: ReadonlyArray<string>) =>
      spawn(join(programs!, program), args, { stdio: ["ignore", "ignore", "pipe"], cwd: folder, ...asOwner })
    const how = password === undefined
      ? ["-A", "trust"]
      : ["-A", "scram-sha-256", `--pwfile=${join(folder, "password")}`]
    if (password !== undefined) writeFileSync(join(folder, "password"), password)
    yield* ended(run("initdb", "-D", data, "-U", user, ...how, "--no-sync", "-E", "UTF8"))
    const port = yield* freePort
    let server: ChildProcess | undefined
    const start = Effect.suspend(() => {
      server = run("postgres", "-D", data, "-h", "127.0.0.1", "-p", String(port), "-k", folder, "-c", "fsync=off")
      return ready(server)
    })
    const stop = Effect.suspend(() => {
      const stopping = server
      server = undefined
      // SIGQUIT is an immediate shutdown: it recovers when it starts.
      return stopping === undefined ? Effect.void : death(stopping, "SIGQUIT")
    })
    // Also when this process ends without closing its scopes.
    const lastResort = () => void server?.kill("SIGQUIT")
    process.once("exit", lastResort)
    yield* Effect.addFinalizer(() => Effect.tap(stop, () => Effect.sync(() => process.off("exit", lastResort))))
    yield* start
    return PostgresServer.of({
      url: `postgres://${user}@127.0.0.1:${port}/postgres`,
      restart: (downMillis) => stop.pipe(Effect.andThen(Effect.sleep(downMillis)), Effect.andThen(start))
    })
  })

export class PostgresServer extends Context.Service<PostgresServer, {
  /** Without the password. */
  readonly url: string
  /** It stops at once, and loses nothing that was committed; it is back after so long. */
  readonly restart: (downMillis: number) => Effect.Effect<void>
}>()("sunco-workshop/PostgresServer") {
  /** Takes everybody. */
  static readonly layer = Layer.effect(PostgresServer, server(undefined))
  static readonly layerWithPassword = (password: string) => Layer.effect(PostgresServer, server(password))
}

const freePort: Effect.Effect<number> = Effect.callback((resume) => {
  const server = createServer().listen(0, "127.0.0.1", () => {
    const { port } = server.address() as AddressInfo
    server.close(() => resume(Effect.succeed(port)))
  })
})

const ended = (child: ChildProcess): Effect.Effect<void> =>
  Effect.callback((resume) => {
    let output = ""
    child.stderr!.on("data", (chunk: Buffer) => output += chunk.toString())
    child.once("error", (error) => resume(Effect.die(error)))
    child.once("exit", (code) => resume(code === 0 ? Effect.void : Effect.die(new Error(output))))
  })

const ready = (server: ChildProcess): Effect.Effect<void> =>
  Effect.callback((resume) => {
    let output = ""
    server.stderr!.on("data", (chunk: Buffer) => {
      output += chunk.toString()
      if (output.includes("ready to accept connections")) resume(Effect.void)
    })
    server.once("error", (error) => resume(Effect.die(error)))
    server.once("exit", () => resume(Effect.die(new Error(`postgres ended:\n${output}`))))
  })

const death = (server: ChildProcess, signal: NodeJS.Signals): Effect.Effect<void> =>
  Effect.callback((resume) => {
    server.once("exit", () => resume(Effect.void))
    server.kill(signal)
  })
