import * as NodeServices from "@effect/platform-node/NodeServices"
import { assert, describe, layer } from "@effect/vitest"
import * as CliOutput from "effect/cli/CliOutput"
import * as Effect from "effect/Effect"
import { readFileSync } from "node:fs"
import { file, reference } from "../reference.ts"
import * as HelpPages from "../src/HelpPages.ts"
import { topics } from "../src/Topics.ts"

const { formatHelpDoc } = CliOutput.defaultFormatter({ colors: false, globalFlags: "summary" })

describe("the help", () => {
  layer(NodeServices.layer)((it) => {
    it.effect("fits on a terminal of 80 columns", () =>
      Effect.gen(function*() {
        const pages = yield* HelpPages.all
        const lines = [
          ...pages.flatMap(({ doc, path }) => formatHelpDoc(doc).split("\n").map((line) => [path.join(" "), line])),
          ...Object.entries(topics).flatMap(([topic, text]) => text.split("\n").map((line) => [topic, line]))
        ]
        assert.isAbove(pages.length, 30)
        assert.deepStrictEqual(lines.filter(([, line = ""]) => CliOutput.displayWidth(line) > 80), [])
      }))

    it.effect("is in REFERENCE.md: `node packages/cli/reference.ts` writes it", () =>
      Effect.gen(function*() {
        assert.strictEqual(readFileSync(file, "utf8"), yield* reference)
      }))
  })
})
