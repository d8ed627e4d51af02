/** A git repository with a pact in it, and `pnpm contracts:publish` run there. */
import * as Names from "@sunco/contracts/Names"
import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import * as ChildProcess from "effect/process/ChildProcess"
import type { ChildProcessSpawner } from "effect/process/ChildProcessSpawner"
import * as Stream from "effect/Stream"
import { readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"

/** As much of a pact as the tests change. */
export interface PactContent {
  readonly consumer: { readonly name: string }
  readonly provider: { readonly name: string }
  readonly interactions: ReadonlyArray<{
    readonly description: string
  }>
}

const contracts = (path: string) => fileURLToPath(new URL(path, new URL("../../contracts/", import.meta.url)))

const committed = (consumer: string, provider: string): PactContent =>
  JSON.parse(readFileSync(contracts(`pacts/${consumer}-${provider}.json`), "utf8"))

/** The pacts that this repository publishes: of calls, and of events. */
export const pact = committed(Names.consumer, Names.provider)

export const eventsPact = committed(Names.webhooksConsumer, Names.webhooksProvider)

/** Sorted, since neither file nor broker keeps an order. */
export const descriptionsOf = ({ interactions }: PactContent): ReadonlyArray<string> =>
  interactions.map(({ description }) => description).sort()

type Environment = Readonly<Record<string, string>>

export interface Finished {
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
}

const text = <E, R>(output: Stream.Stream<Uint8Array, E, R>) => Stream.mkString(Stream.decodeText(output))

/** Sees nothing of the environment but what it is given: these tests may run in a build that says much about itself. */
const run = (
  command: string,
  args: ReadonlyArray<string>,
  cwd: string,
  env: Environment = {}
): Effect.Effect<Finished, never, ChildProcessSpawner> =>
  Effect.gen(function*() {
    const child = yield* ChildProcess.make(command, args, {
      cwd,
      env: { PATH: process.env["PATH"], GIT_CONFIG_GLOBAL: "/dev/null", ...env },
      stdin: "ignore"
    })
    const [stdout, stderr, exitCode] = yield* Effect.all([text(child.stdout), text(child.stderr), child.exitCode], {
      concurrency: "unbounded"
    })
    return { exitCode: Number(exitCode), stdout, stderr }
  }).pipe(Effect.scoped, Effect.orDie)

export const make = Effect.gen(function*() {
  const files = yield* FileSystem.FileSystem
  const directory = yield* files.makeTempDirectoryScoped()
  const git = Effect.fnUntraced(function*(...args: ReadonlyArray<string>) {
    const identity = ["-c", "user.name=Ada", "-c", "user.email=ada@example.com"]
    const { exitCode, stderr, stdout } = yield* run("git", [...identity, ...args], directory)
    return exitCode === 0 ? stdout.trim() : yield* Effect.die(stderr)
  })
  const write = (pact: PactContent) =>
    Effect.orDie(files.writeFileString(`${directory}/pact.json`, JSON.stringify(pact)))
  yield* git("init", "--initial-branch=main")
  return {
    directory,
    git,
    write,
    /** Gives its id. */
    commit: Effect.fnUntraced(function*(pact: PactContent) {
      yield* write(pact)
      yield* git("add", "--all")
      yield* git("commit", "--message=Change the contracts")
      return yield* git("rev-parse", "HEAD")
    }),
    publish: (env: Environment, ...flags: ReadonlyArray<string>) =>
      run(process.execPath, [contracts("bin/publish.ts"), "--pacts=.", ...flags], directory, env)
  }
})
