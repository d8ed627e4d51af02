import * as NodeServices from "@effect/platform-node/NodeServices"
import { assert, describe, it, layer } from "@effect/vitest"
import { Emulator } from "@sunco/emulator/Emulator"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type { PlatformError } from "effect/PlatformError"
import * as ChildProcess from "effect/process/ChildProcess"
import type { ChildProcessSpawner } from "effect/process/ChildProcessSpawner"
import * as Redacted from "effect/Redacted"
import * as Stream from "effect/Stream"
import { globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { dirname } from "node:path"
import { fileURLToPath } from "node:url"
import { OtlpCollector } from "../faults/OtlpCollector.ts"
import { expectedOutput, inMarkdown, inSource } from "./examples.ts"
import { LoopbackProxy } from "./LoopbackProxy.ts"
import { byProgram } from "./marks.ts"

const root = fileURLToPath(new URL("../..", import.meta.url))
/** Where programs run, and find what they write. */
const working = "test/.tsbuild/documents"

/** Where programs are, so that `effect` is for them what it is for those who read the document. */
const generated = (document: string): string =>
  document.startsWith("packages/effect3/") ? "packages/effect3/.tsbuild/documents" : working

const find = (...patterns: ReadonlyArray<string>): ReadonlyArray<string> =>
  globSync(patterns, { cwd: root, exclude: ["**/node_modules/**"] }).sort()

/** Those that are published, and that a program can import: the examples of a command are commands, and have tests of their own. */
const packages = find("packages/*/package.json")
  .filter((file) => {
    const { exports, private: isPrivate }: {
      readonly private?: boolean
      readonly exports: Readonly<Record<string, string | null>>
    } = JSON.parse(readFileSync(`${root}/${file}`, "utf8"))
    return isPrivate !== true && Object.values(exports).some((target) => target?.endsWith(".ts"))
  })
  .map(dirname)

const documents = find(
  "{.,packages/*,contracts,test,test/*}/README.md",
  "packages/*/AGENTS.md",
  "{packages/*,contracts}/src/**/*.ts"
).map((document) => {
  const text = readFileSync(`${root}/${document}`, "utf8")
  return { document, blocks: document.endsWith(".md") ? inMarkdown(text) : inSource(text) }
})

const examples = documents.flatMap(({ blocks, document }) =>
  blocks.filter(({ language }) => language === "ts").map(({ code, line }) => {
    const runner = /from "(@effect\/)?vitest"/.test(code)
      ? "vitest"
      : code.includes("from \"node:test\"")
      ? "node"
      : undefined
    const program = `${generated(document)}/${document}.${line}.${runner === "vitest" ? "spec." : ""}ts`
    return { code, document, runner, line, program }
  })
)

const node = Effect.fnUntraced(function*(
  directory: string,
  args: ReadonlyArray<string>,
  environment: Record<string, string> = {}
) {
  const child = yield* ChildProcess.make(process.execPath, args, {
    cwd: `${root}${directory}`,
    // Not the environment of whoever runs this, which may name the vendor's API and a key for it.
    env: { PATH: process.env["PATH"], PACT_DO_NOT_TRACK: "true", ...environment },
    stdin: "ignore",
    forceKillAfter: "1 second"
  })
  const text = (bytes: typeof child.stdout) => Stream.mkString(Stream.decodeText(bytes))
  return yield* Effect.all({ stdout: text(child.stdout), stderr: text(child.stderr), exitCode: child.exitCode }, {
    concurrency: "unbounded"
  })
}, Effect.scoped)

/** How a program ended, and what it printed. */
interface Ended {
  readonly failure: string | undefined
  readonly stdout: string
}

/** Runs programs in one process, and those that one takes down with it in another. */
const run = (
  programs: ReadonlyArray<string>,
  environment: Record<string, string>
): Effect.Effect<ReadonlyArray<readonly [program: string, ended: Ended]>, PlatformError, ChildProcessSpawner> =>
  Effect.gen(function*() {
    if (programs.length === 0) return []
    const { exitCode, stderr, stdout } = yield* node(
      working,
      [`${root}test/documents/runner.ts`, ...programs.map((program) => root + program)],
      environment
    )
    const printed = byProgram(stdout, root)
    const complained = byProgram(stderr, root)
    const begun = Array.from(printed.keys())
    const ended = begun.map((program, index) => {
      const text = printed.get(program) ?? ""
      const failure = exitCode !== 0 && index === begun.length - 1 ? text + complained.get(program) : undefined
      return [program, { failure, stdout: text }] as const
    })
    assert.notStrictEqual(begun.length, 0, stderr)
    return [...ended, ...(yield* run(programs.slice(begun.length), environment))]
  })

/** Tests need a test runner, one for all of them. */
const runTests = (programs: ReadonlyArray<string>) =>
  Effect.gen(function*() {
    const report = `${root}${working}/tests.json`
    const { stderr, stdout } = yield* node(working, [
      `${root}node_modules/vitest/vitest.mjs`,
      "run",
      "--root=.",
      "--reporter=default",
      "--reporter=json",
      `--outputFile=${report}`,
      ...programs.map((program) => program.slice(`${working}/`.length))
    ])
    const { testResults }: {
      readonly testResults: ReadonlyArray<{ readonly name: string; readonly status: string }>
    } = JSON.parse(readFileSync(report, "utf8"))
    return programs.map((program) => {
      const passed = testResults.some(({ name, status }) => name === `${root}${program}` && status === "passed")
      return [program, { failure: passed ? undefined : stdout + stderr, stdout: "" }] as const
    })
  })

/** Node's own test runner takes each for itself. */
const runNodeTests = (programs: ReadonlyArray<string>) =>
  Effect.forEach(
    programs,
    (program) =>
      Effect.map(node(working, ["--test", root + program]), ({ exitCode, stderr, stdout }) =>
        [program, { failure: exitCode === 0 ? undefined : stdout + stderr, stdout: "" }] as const)
  )

const tsc = ["node_modules/typescript/bin/tsc", "--pretty", "false", "--project", "test/documents/tsconfig.blocks.json"]

class Programs extends Context.Service<Programs, {
  /** What the compiler says of all of them, an entry for each error. */
  readonly errors: ReadonlyArray<string>
  readonly ended: ReadonlyMap<string, Ended>
}>()("sunco-test/documents/Programs") {
  static readonly layer = Layer.effect(
    Programs,
    Effect.gen(function*() {
      for (const { document } of examples) rmSync(`${root}/${generated(document)}`, { recursive: true, force: true })
      for (const { code, line, program } of examples) {
        mkdirSync(dirname(`${root}/${program}`), { recursive: true })
        // A line has the number that it has in the document, so what names a line of the one names it in the other.
        writeFileSync(`${root}/${program}`, "\n".repeat(line - 1) + code)
      }
      const runBy = (one: typeof examples[number]["runner"]) => examples.filter(({ runner }) => runner === one)
      const others = runBy(undefined)
      const half = Math.ceil(others.length / 2)
      const collector = yield* OtlpCollector
      const proxy = yield* LoopbackProxy
      const runs = [others.slice(0, half), others.slice(half)].map((examples) =>
        Effect.flatMap(Emulator, ({ appId, keyId, keySecret, url }) =>
          run(examples.map(({ program }) => program), {
            SUNCO_APP_ID: appId,
            SUNCO_BASE_URL: url,
            SUNCO_KEY_ID: keyId,
            SUNCO_KEY_SECRET: Redacted.value(keySecret),
            // For the examples that ask for them.
            OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
            HTTP_PROXY: proxy.url
          })).pipe(Effect.provide(Layer.fresh(Emulator.layer())))
      )
      const [{ exitCode, stderr, stdout }, ...ended] = yield* Effect.all(
        [
          node(".", tsc),
          runTests(runBy("vitest").map(({ program }) => program)),
          runNodeTests(runBy("node").map(({ program }) => program)),
          ...runs
        ],
        { concurrency: 2 }
      )
      const errors = `${stdout}${stderr}`.trimEnd().split(/\n(?=\S)/).filter((error) => error !== "")
      assert.strictEqual(exitCode === 0, errors.length === 0)
      return { errors, ended: new Map(ended.flat()) }
    })
  )
}

// Effect's logger begins with the time, which no document can foresee.
const isLogged = (line: string): boolean => /^\[\d\d:\d\d:\d\d\.\d{3}\] /.test(line)

describe("the documents", () => {
  it("close their blocks, and have them in languages that are known here", () => {
    const strange = documents.flatMap(({ blocks, document }) =>
      blocks.filter(({ closed, language }) => !closed || !["ts", "sh", "json", "text", "python"].includes(language))
        .map(({ closed, language, line }) => `${document}:${line - 1} ${closed ? `is "${language}"` : "is not closed"}`)
    )
    assert.deepStrictEqual(strange, [])
  })

  it.each(["README.md", ...packages.map((path) => `${path}/README.md`)])("have an example in %s", (path) => {
    assert.include(examples.map(({ document }) => document), path)
  })

  it.each(packages)("have an example in the sources of %s", (path) => {
    assert.isTrue(examples.some(({ document }) => document.startsWith(`${path}/src/`)))
  })
})

const services = Layer.mergeAll(NodeServices.layer, OtlpCollector.layer, LoopbackProxy.layer)

layer(Layer.provideMerge(Programs.layer, services), {
  excludeTestServices: true,
  timeout: "4 minutes"
})("the examples", (it) => {
  it.effect("import nothing that has a type error", () =>
    Effect.gen(function*() {
      const { errors } = yield* Programs
      const others = errors.filter((error) => !examples.some(({ program }) => error.startsWith(`${program}(`)))
      assert.deepStrictEqual(others, [])
    }))

  it.effect("export traces, metrics and the log of the client where they say so", () =>
    Effect.gen(function*() {
      yield* Programs
      const collector = yield* OtlpCollector
      assert.include(String(collector.received("traces")), "Users.getOrCreate")
      assert.include(String(collector.received("metrics")), "sunco.client.requests")
      assert.include(String(collector.received("logs")), "Users.getOrCreate: 201")
    }))

  it.effect("go through a proxy where they say so", () =>
    Effect.gen(function*() {
      yield* Programs
      assert.isAbove((yield* LoopbackProxy).asked(), 0)
    }))

  for (const { code, document, line, program, runner } of examples) {
    const where = `${document}:${line}`
    const inDocument = (text: string) => text.replaceAll(program, document)

    it.effect(`compile, run and print what they say: ${where}`, () =>
      Effect.gen(function*() {
        const { ended, errors } = yield* Programs
        const own = errors.filter((error) => error.startsWith(`${program}(`))
        assert.deepStrictEqual(own.map(inDocument), [])

        const { failure, stdout } = ended.get(program)!
        assert.isUndefined(failure, inDocument(`${where} fails\n${failure}`))
        if (runner !== undefined) return

        const printed = stdout === "" ? [] : stdout.replace(/\n$/, "").split("\n").filter((line) => !isLogged(line))
        assert.deepStrictEqual(printed.map((line) => line.trimEnd()), expectedOutput(code), `${where} prints`)
      }))
  }
})
