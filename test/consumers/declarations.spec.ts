import { readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { assert, it } from "vitest"
import { inMarkdown } from "../documents/examples.ts"
import { root } from "sunco-workshop/release/pack"
import { consume } from "./consume.ts"

const { code } = inMarkdown(readFileSync(join(root, "packages/client/AGENTS.md"), "utf8")).find(({ language }) =>
  language === "ts"
)!

// With npm the packages that the client needs lie beside it, and may be named.
it("a library on the client, installed by pnpm, has declarations that name what it depends on and nothing else", async () => {
  const { directory, run } = consume("declarations", "pnpm")
  writeFileSync(join(directory, "accounts.ts"), code)
  await run("tsc")
  await run("tsc", "-p", "tsconfig.promise.json")
  for (const name of ["accounts", "inferred", "promised"]) {
    const declarations = readFileSync(join(directory, `compiled/${name}.d.ts`), "utf8")
    assert.include(declarations, "User")
    assert.notMatch(declarations, /@sunco\/schemas|\.pnpm|\bany\b/, name)
  }
})
