/** What only a process of its own can show; `packaging.test.ts` has the rest. */
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { readdirSync } from "node:fs"
import { join } from "node:path"
import { readPact, temporaryDirectory } from "./Fixtures.ts"
import { run } from "./Process.ts"

const modules = readdirSync(new URL("../src", import.meta.url)).flatMap((file) =>
  file.endsWith(".ts") ? [file === "index.ts" ? "effect-pact" : `effect-pact/${file.slice(0, -3)}`] : []
)

describe("effect-pact", () => {
  it.effect("loads nothing of Pact by being imported, whole or in parts", () =>
    Effect.gen(function*() {
      assert.includeMembers(modules, ["effect-pact", "effect-pact/Pact", "effect-pact/Verifier", "effect-pact/Broker"])
      assert.deepStrictEqual(yield* run(["programs/loaded.ts", ...modules]), { exitCode: 0, stdout: "[]", stderr: "" })
      // What the test would see if they did.
      assert.include(
        (yield* run(["programs/loaded.ts", "@pact-foundation/pact-core"])).stdout,
        "@pact-foundation/pact-core"
      )
    }))

  it.effect("prints nothing, whatever fails, in any thread", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual(yield* run(["programs/everything.ts"]), { exitCode: 0, stdout: "", stderr: "" })
    }), 30_000)
})

describe("writers of one contract", () => {
  it.effect("lose nothing to each other, in several processes at once", () =>
    Effect.gen(function*() {
      const directory = yield* temporaryDirectory
      const writers = ["a", "b", "c", "d"]
      const ends = yield* Effect.forEach(writers, (name) => run(["programs/writer.ts", directory, name]), {
        concurrency: "unbounded"
      })
      for (const end of ends) assert.deepStrictEqual(end, { exitCode: 0, stdout: "", stderr: "" })
      assert.lengthOf(readPact(join(directory, "web-users.json")).interactions, 80)
    }), 30_000)
})
