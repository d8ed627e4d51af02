import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { fakeBroker } from "./FakeBroker.ts"
import { readPact } from "./Fixtures.ts"
import { run } from "./Process.ts"

const packageDirectory = fileURLToPath(new URL("..", import.meta.url))
/** Where the package's own name and its peers resolve, as they do for whoever installs it. */
const directory = `${packageDirectory}.tsbuild/readme`

const blocks = Array.from(
  readFileSync(`${packageDirectory}README.md`, "utf8").matchAll(/^```ts\n([^]*?)^```$/gm),
  (match) => match[1]!
)

/** Runs exported effects of a block, in the directory of all of them. */
const runExports = (block: number, names: ReadonlyArray<string>, environment: Record<string, string> = {}) =>
  run([
    "--input-type=module",
    "--eval",
    `const block = await import("./block${block}.ts")
     const Effect = await import("effect/Effect")
     for (const name of ${JSON.stringify(names)}) console.log(JSON.stringify(await Effect.runPromise(block[name])))`
  ], { directory, environment })

const blockWith = (text: string) => blocks.findIndex((block) => block.includes(text))

describe("the README", () => {
  it.effect("is a round of contracts that works: consumer, provider, messages, broker", () =>
    Effect.gen(function*() {
      rmSync(directory, { recursive: true, force: true })
      mkdirSync(directory, { recursive: true })
      blocks.forEach((block, index) =>
        writeFileSync(`${directory}/block${index}${block.includes("@effect/vitest") ? ".test" : ""}.ts`, block)
      )

      const first = blockWith("it.effect(\"gets a user\"")
      const vitest = `${packageDirectory}node_modules/vitest/vitest.mjs`
      const consumer = yield* run([vitest, "run", "--root", directory, `block${first}`], { directory })
      assert.strictEqual(consumer.exitCode, 0, consumer.stdout + consumer.stderr)
      assert.lengthOf(readPact(`${directory}/pacts/web-users.json`).interactions, 1)

      const provider = yield* runExports(blockWith("export const verify ="), ["verify"])
      assert.strictEqual(provider.exitCode, 0, provider.stderr)
      assert.include(provider.stdout, "\"interactions\":[\"a request to get a user\"]")

      const messages = yield* runExports(blockWith("Interaction.message"), ["contract", "verifyMessages"])
      assert.strictEqual(messages.exitCode, 0, messages.stderr)
      assert.include(messages.stdout, "\"interactions\":[\"a user was deleted\"]")

      const { received, url } = yield* fakeBroker({})
      const broker = yield* runExports(blockWith("broker.publish"), ["publish"], {
        PACT_BROKER_BASE_URL: url,
        PACT_BROKER_TOKEN: "t"
      })
      assert.strictEqual(broker.exitCode, 0, broker.stderr)
      assert.includeMembers(received.map((_) => _.target.split("?")[0]!), [
        "/contracts/publish",
        "/matrix",
        "/deployed/e1"
      ])
    }), 60_000)
})
