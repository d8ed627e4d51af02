import * as NodeServices from "@effect/platform-node/NodeServices"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as ChildProcess from "effect/process/ChildProcess"
import * as Stream from "effect/Stream"
import { readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"

const root = fileURLToPath(new URL("../../..", import.meta.url))

const { scripts }: { readonly scripts: Readonly<Record<string, string>> } = JSON.parse(
  readFileSync(`${root}package.json`, "utf8")
)

/** As pnpm runs a script: what it is given stands at the end, in quotes. */
const run = Effect.fnUntraced(function*(script: string, ...given: ReadonlyArray<string>) {
  const child = yield* ChildProcess.make("sh", ["-c", [script, ...given.map((text) => `'${text}'`)].join(" ")], {
    cwd: root,
    env: {
      PATH: `${root}node_modules/.bin:${process.env["PATH"]}`,
      NODE_COMPILE_CACHE: `${root}packages/workshop/.tsbuild/commandLine`
    },
    stdin: "ignore",
    forceKillAfter: "1 second"
  })
  const text = (bytes: typeof child.stdout) => Stream.mkString(Stream.decodeText(bytes))
  const ended = yield* Effect.all(
    { stdout: text(child.stdout), stderr: text(child.stderr), exitCode: child.exitCode },
    {
      concurrency: "unbounded"
    }
  )
  return { given, ...ended }
}, Effect.scoped)

type Ended = Effect.Success<ReturnType<typeof run>>

/** It has said what is wrong, with what, and nothing else. */
const isRefused = ({ exitCode, given, stderr, stdout }: Ended, named: string) => {
  assert.deepStrictEqual({ given, exitCode, stdout }, { given, exitCode: 2, stdout: "" }, stderr)
  assert.match(stderr, /^[\w:.-]+: .+\n$/)
  assert.include(stderr, named)
}

/** What a script does not run without. */
const required: Readonly<Record<string, string>> = {
  "contracts:vendor": " --spec README.md",
  "spec:diff": " --spec README.md",
  "spec:watch": " --spec README.md",
  "test:openapi": " --spec README.md"
}

describe("every script of the repository", { concurrent: true, timeout: 60_000 }, () => {
  it.live.each(Object.entries(scripts))(
    "%s refuses a flag and an argument that it does not know",
    ([name, script]) =>
      Effect.gen(function*() {
        const otherwiseFine = script + (required[name] ?? "")
        const [flag, argument] = yield* Effect.all(
          [run(otherwiseFine, "--nope"), run(otherwiseFine, "no-such-thing")],
          {
            concurrency: 2
          }
        )
        isRefused(flag, "--nope")
        isRefused(argument, "no-such-thing")
        // What it takes, in the line of each: those that have a value do not do without.
        const valued = Array.from(flag.stderr.matchAll(/(--[\w-]+) </g), ([, name = ""]) => name)
        for (const ended of yield* Effect.forEach(valued, (name) => run(script, name), { concurrency: 2 })) {
          isRefused(ended, ended.given[0]!)
        }
      }).pipe(Effect.provide(NodeServices.layer))
  )

  it.live.each<[string, string, string]>([
    ["soak", "--minutes", "0"],
    ["soak", "--minutes", "Infinity"],
    ["soak", "--seed", ""],
    ["bench", "--rounds", "0"],
    ["bench", "--rounds", "1.5"],
    ["bench", "--cases", "get-1,get-2"],
    ["bench", "--contestants", ""],
    ["bench", "--profile", "vendor"],
    ["bench", "--memory", "--gate"],
    ["bench:bulk", "--rows", "0"],
    ["bench:bulk", "--rounds", "1.5"],
    ["bench:bulk", "--only", "cost,none"],
    ["emulator", "--port", "65536"],
    ["reference", "--out", ""],
    ["contracts:live", "--per-second", "0"],
    ["contracts:live", "--only", "all"],
    ["contracts:vendor", "--spec", "/none.yaml"],
    ["contracts:publish", "--pacts", "/none"],
    ["demo", "--live", "--live"],
    ["release:publish", "--integrity", "md5-x"]
  ])("%s refuses %s %j", ([name, flag, value]) =>
    Effect.gen(function*() {
      isRefused(yield* run(scripts[name]!, flag, value), flag)
    }).pipe(Effect.provide(NodeServices.layer)))
})
