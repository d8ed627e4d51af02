import { readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { assert, describe, it } from "vitest"
import { inMarkdown } from "../documents/examples.ts"
import { root } from "sunco-workshop/release/pack"
import { consume } from "./consume.ts"

const { code } = inMarkdown(readFileSync(join(root, "packages/client/AGENTS.md"), "utf8")).find(({ language }) =>
  language === "ts"
)!

describe.each(["npm", "pnpm"] as const)("a library on the client, installed by %s", (packageManager) => {
  it("has declarations of what it gives, whose types are all of packages that it names itself", async () => {
    const { directory, run } = consume("declarations", packageManager)
    writeFileSync(join(directory, "accounts.ts"), code)
    await run("tsc")
    for (const name of ["accounts", "inferred"]) {
      const declarations = readFileSync(join(directory, `compiled/${name}.d.ts`), "utf8")
      assert.isNotEmpty(declarations)
      assert.notMatch(declarations, /@sunco\/schemas|\.pnpm|\bany\b/)
    }
  })
})
