import * as NodeServices from "@effect/platform-node/NodeServices"
import { assert, describe, layer } from "@effect/vitest"
import * as CliOutput from "effect/cli/CliOutput"
import * as Effect from "effect/Effect"
import { readFileSync } from "node:fs"
import { file, reference } from "../reference.ts"
import * as HelpPages from "../src/HelpPages.ts"
import * as HelpText from "../src/HelpText.ts"
import { topics } from "../src/Topics.ts"

const helpText = HelpText.make({ colors: false })

describe("the help", () => {
  layer(NodeServices.layer)((it) => {
    it.effect("fits on a terminal of 80 columns", () =>
      Effect.gen(function*() {
        const pages = yield* HelpPages.all
        const lines = [
          ...pages.flatMap(({ doc, path }) => helpText(doc).split("\n").map((line) => [path.join(" "), line])),
          ...Object.entries(topics).flatMap(([topic, text]) => text.split("\n").map((line) => [topic, line]))
        ]
        assert.isAbove(pages.length, 30)
        assert.deepStrictEqual(lines.filter(([, line = ""]) => CliOutput.displayWidth(line) > 80), [])
      }))

    it.effect("has one word for what a flag or an argument takes", () =>
      Effect.gen(function*() {
        const pages = yield* HelpPages.all
        const types = pages.flatMap(({ doc }) => doc.flags.map(({ name, type }) => `--${name} ${type}`))
        assert.deepStrictEqual(types.filter((text) => / .* |\b(string|integer|choice|float)\b/.test(text)), [])
        const rows = pages.flatMap(({ doc }) => /\nARGUMENTS\n(.*?)\n\n/s.exec(helpText(doc))?.[1]?.split("\n") ?? [])
        assert.isAbove(rows.length, 30)
        assert.deepStrictEqual(rows.filter((row) => !/^ {2}\S+ {3,}\S/.test(row)), [])
      }))

    it.effect("is in REFERENCE.md: `node packages/cli/reference.ts` writes it", () =>
      Effect.gen(function*() {
        assert.strictEqual(readFileSync(file, "utf8"), yield* reference)
      }))
  })
})
