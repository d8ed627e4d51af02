/**
 * A PostgreSQL of its own on a free port of loopback, with a temporary folder, gone with its scope.
 */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { type ChildProcess, execFileSync, spawn } from "node:child_process"
import { chownSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
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

/** PostgreSQL's own words: the first hangs up on everybody and ends in order, the other recovers when it starts. */
type Shutdown = "fast" | "immediate"

const signals = { fast: "SIGINT", immediate: "SIGQUIT" } as const

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
    const stop = (how: Shutdown) =>
      Effect.suspend(() => {
        const stopping = server
        server = undefined
        return stopping === undefined ? Effect.void : death(stopping, signals[how])
      })
    // Also when this process ends without closing its scopes.
    const lastResort = () => void server?.kill("SIGQUIT")
    process.once("exit", lastResort)
    yield* Effect.addFinalizer(() =>
      Effect.tap(stop("immediate"), () => Effect.sync(() => process.off("exit", lastResort)))
    )
    yield* start
    return PostgresServer.of({
      url: `postgres://${user}@127.0.0.1:${port}/postgres`,
      restart: (how, downMillis) => stop(how).pipe(Effect.andThen(Effect.sleep(downMillis)), Effect.andThen(start)),
      cpuSeconds: Effect.sync(() => server?.pid === undefined ? undefined : cpuSecondsOf(server.pid))
    })
  })

export class PostgresServer extends Context.Service<PostgresServer, {
  /** Without the password. */
  readonly url: string
  /** It hangs up on everybody, and loses nothing that was committed; it is back after so long. */
  readonly restart: (how: Shutdown, downMillis: number) => Effect.Effect<void>
  /** Processor time of all its processes since it started, in seconds; none where the system has no `/proc`. */
  readonly cpuSeconds: Effect.Effect<number | undefined>
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

/** That of a process, of its children, and of those that have ended. */
const cpuSecondsOf = (pid: number): number | undefined => {
  if (!existsSync("/proc/self/stat")) return undefined
  const ticks = readdirSync("/proc").filter((name) => /^\d+$/.test(name)).flatMap((name) => {
    const fields = statOf(name)
    if (Number(name) === pid) return fields.slice(11, 15)
    return fields[1] === String(pid) ? fields.slice(11, 13) : []
  })
  // Linux tells it in hundredths of a second to every program, whatever it counts in itself.
  return ticks.reduce((sum, tick) => sum + Number(tick), 0) / 100
}

/** What stands behind the name of the program, which may have blanks and brackets: its state is the first. */
const statOf = (pid: string): ReadonlyArray<string> => {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "latin1")
    return text.slice(text.lastIndexOf(")") + 2).split(" ")
  } catch {
    // It has ended meanwhile.
    return []
  }
}
