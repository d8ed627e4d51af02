/**
 * The Pact Broker, which is a Ruby application: on a free port of 127.0.0.1, with Basic authentication and a database in a
 * temporary folder, gone with its scope. Its gems are installed once, outside the checkout.
 */
import * as Config from "effect/Config"
import * as Console from "effect/Console"
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import * as ChildProcess from "effect/process/ChildProcess"
import type { ChildProcessHandle } from "effect/process/ChildProcessSpawner"
import * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import * as Stream from "effect/Stream"
import { randomUUID } from "node:crypto"
import { availableParallelism, homedir } from "node:os"
import { fileURLToPath } from "node:url"

export class NoRuby extends Schema.TaggedError<NoRuby>()("NoRuby", {}) {
  override get message(): string {
    return "Left out: there is no Ruby with Bundler here, and PACT_BROKER_BASE_URL names no broker that runs"
  }
}

export class NotStarted extends Schema.TaggedError<NotStarted>()("NotStarted", {
  command: Schema.String,
  output: Schema.Array(Schema.String)
}) {
  override get message(): string {
    return [`There is no broker: \`${this.command}\` ended`, ...this.output.slice(-20)].join("\n  ")
  }
}

const fileIn = (name: string) => fileURLToPath(new URL(name, import.meta.url))

const gemDirectory = Effect.gen(function*() {
  const cache = yield* Config.withDefault(Config.String("XDG_CACHE_HOME"), "")
  return `${cache || `${homedir()}/.cache`}/sunco/broker-gems`
})

const bundle = (gems: string, args: ReadonlyArray<string>, env: Record<string, string | Redacted.Redacted> = {}) =>
  ChildProcess.make("bundle", args, {
    cwd: gems,
    extendEnv: true,
    env: {
      BUNDLE_GEMFILE: `${gems}/Gemfile`,
      BUNDLE_PATH: gems,
      BUNDLE_APP_CONFIG: `${gems}/.bundle`,
      // A machine may be set to refuse a Gemfile without a lock file.
      BUNDLE_DEPLOYMENT: "false",
      BUNDLE_FROZEN: "false",
      BUNDLE_SILENCE_ROOT_WARNING: "true",
      MAKEFLAGS: `-j${availableParallelism()}`,
      RUBYOPT: "-W0",
      ...env
    },
    killSignal: "SIGKILL"
  })

const lines = ({ all }: ChildProcessHandle) => Stream.splitLines(Stream.decodeText(all))

const runToItsEnd = (gems: string, ...args: ReadonlyArray<string>) =>
  Effect.gen(function*() {
    const process = yield* bundle(gems, args)
    const [output, exitCode] = yield* Effect.all([Stream.runCollect(lines(process)), process.exitCode], {
      concurrency: "unbounded"
    })
    if (exitCode !== 0) return yield* new NotStarted({ command: `bundle ${args.join(" ")}`, output })
  }).pipe(Effect.scoped)

const installedGems = Effect.gen(function*() {
  const files = yield* FileSystem.FileSystem
  const gems = yield* gemDirectory
  yield* files.makeDirectory(gems, { recursive: true })
  // Bundler writes a lock file beside it.
  yield* files.copyFile(fileIn("Gemfile"), `${gems}/Gemfile`)
  yield* runToItsEnd(gems, "check").pipe(
    Effect.catchReason("PlatformError", "NotFound", () => new NoRuby()),
    Effect.catchTag("NotStarted", () =>
      Effect.andThen(
        Console.log(`Installing the Pact Broker in ${gems}: once, and for minutes`),
        runToItsEnd(gems, "install")
      ))
  )
  return gems
})

export const start = Effect.gen(function*() {
  const gems = yield* installedGems
  const files = yield* FileSystem.FileSystem
  const folder = yield* files.makeTempDirectoryScoped({ prefix: "pact-broker-" })
  const username = "sunco"
  const password = Redacted.make(randomUUID())
  const args = [
    "exec",
    "puma",
    "--environment=production",
    "--bind=tcp://127.0.0.1:0",
    "--threads=1:2",
    fileIn("config.ru")
  ]
  const process = yield* bundle(gems, args, {
    PACT_BROKER_SQLITE: `${folder}/broker.sqlite`,
    PACT_BROKER_HIDE_PACTFLOW_MESSAGES: "true",
    PACT_BROKER_BASIC_AUTH_ENABLED: "true",
    PACT_BROKER_BASIC_AUTH_USERNAME: username,
    PACT_BROKER_BASIC_AUTH_PASSWORD: password
  })
  const listening = yield* Deferred.make<string, NotStarted>()
  const output: Array<string> = []
  // To the end, because a pipe that is full would stop the broker.
  yield* lines(process).pipe(
    Stream.runForEach((line) => {
      output.push(line)
      const url = /Listening on (http:\S+)/.exec(line)?.[1]
      return url === undefined ? Effect.void : Deferred.succeed(listening, url)
    }),
    Effect.andThen(Deferred.fail(listening, new NotStarted({ command: `bundle ${args.join(" ")}`, output }))),
    Effect.forkScoped
  )
  return { url: yield* Deferred.await(listening), username, password }
})
