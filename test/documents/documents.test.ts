import * as NodeServices from "@effect/platform-node/NodeServices"
import { assert, describe, it, layer } from "@effect/vitest"
import { Emulator } from "@sunco/emulator/Emulator"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as ChildProcess from "effect/process/ChildProcess"
import * as Redacted from "effect/Redacted"
import * as Semaphore from "effect/Semaphore"
import * as Stream from "effect/Stream"
import { globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { dirname } from "node:path"
import { fileURLToPath } from "node:url"
import { expectedOutput, inMarkdown, inSource } from "./examples.ts"

const root = fileURLToPath(new URL("../..", import.meta.url))
const generated = "test/.tsbuild/documents"

const find = (...patterns: ReadonlyArray<string>): ReadonlyArray<string> =>
  globSync(patterns, { cwd: root, exclude: ["**/node_modules/**"] }).sort()

const packages = find("packages/*/package.json").map(dirname)

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
    const isTest = /from "(@effect\/)?vitest"/.test(code)
    return { code, document, isTest, line, program: `${document}.${line}.${isTest ? "spec." : ""}ts` }
  })
)

const node = Effect.fnUntraced(function*(
  directory: string,
  args: ReadonlyArray<string>,
  environment: Record<string, string> = {}
) {
  const child = yield* ChildProcess.make(process.execPath, args, {
    cwd: `${root}/${directory}`,
    // Not the environment of whoever runs this, which may name the vendor's API and a key for it.
    env: {
      PATH: process.env["PATH"],
      NODE_COMPILE_CACHE: `${root}/${generated}/.cache`,
      PACT_DO_NOT_TRACK: "true",
      ...environment
    },
    stdin: "ignore",
    forceKillAfter: "1 second"
  })
  const text = (bytes: typeof child.stdout) => Stream.mkString(Stream.decodeText(bytes))
  return yield* Effect.all({ stdout: text(child.stdout), stderr: text(child.stderr), exitCode: child.exitCode }, {
    concurrency: "unbounded"
  })
}, Effect.scoped)

const tsc = ["node_modules/typescript/bin/tsc", "--pretty", "false", "--project", "test/documents/tsconfig.blocks.json"]
const vitest = [`${root}/node_modules/vitest/vitest.mjs`, "run", "--root", "."]

class Programs extends Context.Service<Programs, {
  /** What the compiler says of all of them, an entry for each error. */
  readonly errors: ReadonlyArray<string>
  /** Limits how many run at a time. */
  readonly semaphore: Semaphore.Semaphore
}>()("sunco-test/documents/Programs") {
  static readonly layer = Layer.effect(
    Programs,
    Effect.gen(function*() {
      rmSync(`${root}/${generated}`, { recursive: true, force: true })
      for (const { code, line, program } of examples) {
        mkdirSync(dirname(`${root}/${generated}/${program}`), { recursive: true })
        // A line has the number that it has in the document, so what names a line of the one names it in the other.
        writeFileSync(`${root}/${generated}/${program}`, "\n".repeat(line - 1) + code)
      }
      const { exitCode, stderr, stdout } = yield* node(".", tsc)
      const errors = `${stdout}${stderr}`.trimEnd().split(/\n(?=\S)/).filter((error) => error !== "")
      assert.strictEqual(exitCode === 0, errors.length === 0)
      return { errors, semaphore: yield* Semaphore.make(2) }
    })
  )
}

// Effect's logger begins with the time, which no document can foresee.
const isLogged = (line: string): boolean => /^\[\d\d:\d\d:\d\d\.\d{3}\] /.test(line)

describe("the documents", () => {
  it("close their blocks, and have them in languages that are known here", () => {
    const strange = documents.flatMap(({ blocks, document }) =>
      blocks.filter(({ closed, language }) => !closed || !["ts", "sh", "json", "text"].includes(language))
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

layer(Layer.provideMerge(Programs.layer, NodeServices.layer), {
  concurrent: true,
  excludeTestServices: true,
  timeout: "1 minute"
})("the examples", (it) => {
  it.effect("import nothing that has a type error", () =>
    Effect.gen(function*() {
      const { errors } = yield* Programs
      const others = errors.filter((error) =>
        !examples.some(({ program }) => error.startsWith(`${generated}/${program}(`))
      )
      assert.deepStrictEqual(others, [])
    }))

  for (const { code, document, isTest, line, program } of examples) {
    const where = `${document}:${line}`
    const inDocument = (text: string) =>
      text.replaceAll(`${generated}/${program}`, document).replaceAll(program, document)

    it.effect(`compile, run and print what they say: ${where}`, () =>
      Effect.gen(function*() {
        const { errors, semaphore } = yield* Programs
        const own = errors.filter((error) => error.startsWith(`${generated}/${program}(`))
        assert.deepStrictEqual(own.map(inDocument), [])

        const emulator = yield* Emulator
        const { exitCode, stderr, stdout } = yield* node(generated, isTest ? [...vitest, program] : [program], {
          SUNCO_APP_ID: emulator.appId,
          SUNCO_BASE_URL: emulator.url,
          SUNCO_KEY_ID: emulator.keyId,
          SUNCO_KEY_SECRET: Redacted.value(emulator.keySecret)
        }).pipe(
          Effect.timeoutOrElse({
            duration: "10 seconds",
            orElse: () => Effect.die(new Error(`${where} does not end`))
          }),
          semaphore.withPermit
        )
        assert.strictEqual(exitCode, 0, inDocument(`${where} fails\n${stdout}${stderr}`))
        if (isTest) return

        const printed = stdout === "" ? [] : stdout.replace(/\n$/, "").split("\n").filter((line) => !isLogged(line))
        assert.deepStrictEqual(printed.map((line) => line.trimEnd()), expectedOutput(code), `${where} prints`)
      }).pipe(Effect.provide(Emulator.layer())), 30_000)
  }
})
