/** The command `sunco` as a process, with an environment and a home of its own. */
import type { Emulator } from "@sunco/emulator/Emulator"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import type * as Scope from "effect/Scope"
import { spawn } from "node:child_process"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { inject } from "vitest"

export interface Ended {
  readonly stdout: string
  readonly stderr: string
  readonly exitCode: number | null
}

export interface Options {
  readonly env?: Readonly<Record<string, string | undefined>>
  /** All of the standard input; nothing where it is left out. */
  readonly stdin?: string
  readonly cwd?: string
}

export const program = (): string => inject("sunco")

/** Not the environment of whoever runs this, which may name an account and a key for it. */
const environment = (env: Options["env"] = {}) => ({
  PATH: process.env["PATH"],
  TERM: "xterm-256color",
  ...env
})

/** A process that is running, and what it has printed. */
export interface Running {
  readonly stdout: () => string
  readonly stderr: () => string
  /** Ends when the standard output, or the standard error, has what is looked for. */
  readonly until: (pattern: RegExp | string, stream?: "stdout" | "stderr") => Effect.Effect<string>
  readonly type: (keys: string) => Effect.Effect<void>
  readonly kill: (signal: NodeJS.Signals) => Effect.Effect<void>
  readonly ended: Effect.Effect<Ended>
}

const start = (
  command: string,
  args: ReadonlyArray<string>,
  options: Options & { readonly holdsInput?: boolean }
): Effect.Effect<Running, never, Scope.Scope> =>
  Effect.acquireRelease(
    Effect.sync(() => {
      const child = spawn(command, args, {
        cwd: options.cwd,
        env: environment(options.env),
        stdio: "pipe"
      })
      const printed = { stdout: "", stderr: "" }
      for (const name of ["stdout", "stderr"] as const) {
        child[name].setEncoding("utf8").on("data", (text: string) => {
          printed[name] += text
        })
      }
      child.stdin.on("error", () => {})
      if (options.holdsInput !== true) child.stdin.end(options.stdin ?? "")
      const ended = new Promise<Ended>((resolve, reject) => {
        child.on("error", reject)
        child.on("close", (exitCode) => resolve({ ...printed, exitCode }))
      })
      return { child, printed, ended }
    }),
    ({ child }) => Effect.sync(() => child.kill("SIGKILL"))
  ).pipe(Effect.map(({ child, ended, printed }) => ({
    stdout: () => printed.stdout,
    stderr: () => printed.stderr,
    until: (pattern, stream = "stdout") =>
      Effect.callback<string>((resume) => {
        const look = () => {
          const text = printed[stream]
          if (typeof pattern === "string" ? text.includes(pattern) : pattern.test(text)) {
            child[stream].off("data", look)
            resume(Effect.succeed(text))
          }
        }
        child[stream].on("data", look)
        child.on(
          "close",
          () => resume(Effect.die(new Error(`it ended without ${pattern}:\n${printed.stdout}${printed.stderr}`)))
        )
        look()
      }),
    type: (keys) => Effect.sync(() => void child.stdin.write(keys)),
    kill: (signal) => Effect.sync(() => void child.kill(signal)),
    ended: Effect.promise(() => ended)
  })))

/** Starts it in pipes. */
export const running = (args: ReadonlyArray<string>, options: Options = {}) =>
  start(process.execPath, [program(), ...args], { ...options, holdsInput: options.stdin === undefined })

/** Runs it in pipes to its end. */
export const sunco = (args: ReadonlyArray<string>, options: Options = {}): Effect.Effect<Ended> =>
  Effect.scoped(Effect.flatMap(start(process.execPath, [program(), ...args], options), ({ ended }) => ended))

/** The command in a shell. */
const asFunction = "sunco() { \"$NODE\" \"$PROGRAM\" \"$@\"; }; "

/** What that names; no variable of `SUNCO_*` that is not an account's. */
const named = () => ({ NODE: process.execPath, PROGRAM: program() })

/** As a shell has it: `sunco` is the command. */
export const inShell = (script: string, options: Options = {}): Effect.Effect<Ended> =>
  Effect.scoped(
    Effect.flatMap(
      start("bash", ["--norc", "-c", asFunction + script], {
        ...options,
        env: { ...named(), ...options.env }
      }),
      ({ ended }) => ended
    )
  )

const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`

/** Starts a shell command in a pseudo-terminal: what it prints is what a person sees, both streams in one. */
const startInTerminal = (
  command: string,
  options: Options = {}
) =>
  start("script", [
    "--quiet",
    "--return",
    "--echo",
    "never",
    "--command",
    `stty cols 80 rows 24; exec ${command}`,
    "/dev/null"
  ], { ...options, holdsInput: true })

/** Starts it in a pseudo-terminal of 80 columns. */
export const inTerminal = (args: ReadonlyArray<string>, options?: Options) =>
  startInTerminal([process.execPath, program(), ...args].map(quoted).join(" "), options)

/** A script whose output is a pseudo-terminal, in which `sunco` is the command. */
export const interactiveScript = (file: string, options: Options = {}) =>
  startInTerminal(`bash --norc -c ${quoted(`${asFunction}. ${quoted(file)}`)}`, {
    ...options,
    env: { ...named(), ...options.env }
  })

/** A shell that somebody types in, to whom `sunco` is the command. */
export const interactiveShell = (options: Options = {}) =>
  Effect.tap(
    startInTerminal("bash --norc --noprofile -i", {
      ...options,
      env: { ...named(), PS1: "$ ", ...options.env }
    }),
    ({ type }) => type(`${asFunction}\n`)
  )

/** A directory that is gone at the end. */
export const temporaryDirectory = Effect.acquireRelease(
  Effect.sync(() => mkdtempSync(join(tmpdir(), "sunco-home-"))),
  (path) => Effect.sync(() => rmSync(path, { recursive: true, force: true }))
)

/** The environment that points it at an emulator. */
export const accountOf = (
  { appId, keyId, keySecret, url }: Pick<Emulator["Service"], "appId" | "keyId" | "keySecret" | "url">
) => ({
  SUNCO_APP_ID: appId,
  SUNCO_BASE_URL: url,
  SUNCO_KEY_ID: keyId,
  SUNCO_KEY_SECRET: Redacted.value(keySecret)
})
