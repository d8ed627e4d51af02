/** Users on purpose: what is compared is of the core of each client. */
import { assert, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { comparison, header } from "./comparison.ts"

const comparedIn = (document: string): ReadonlyArray<string> => {
  const lines = readFileSync(join(import.meta.dirname, document), "utf8").split("\n")
  const begin = lines.indexOf(header[0]!)
  if (begin === -1) return []
  const end = lines.findIndex((line, index) => index > begin && !line.startsWith("|"))
  return lines.slice(begin + header.length, end)
}

it.live("what the documents say of the two clients is what is measured", () =>
  Effect.gen(function*() {
    const measured = yield* comparison
    assert.deepStrictEqual(comparedIn("README.md"), measured)
    // The first page of the project may choose among the rows.
    const chosen = comparedIn("../../README.md")
    assert.deepStrictEqual(chosen, measured.filter((row) => chosen.includes(row)))
  }), 60_000)
