import { readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { assert, describe, it } from "vitest"
import { inMarkdown } from "../documents/examples.ts"
import { root } from "sunco-workshop/release/pack"
import { consume } from "./consume.ts"

const { code } = inMarkdown(readFileSync(join(root, "README.md"), "utf8")).find(({ language }) => language === "ts")!

describe.each(["npm", "pnpm"] as const)("the first program of the README, installed by %s", (packageManager) => {
  it("runs, as JavaScript and compiled from TypeScript", async () => {
    const { directory, run } = consume("readme", packageManager)
    writeFileSync(join(directory, "program.js"), code)
    assert.strictEqual(await run("node", "program.js"), "{ plan: 'pro' }\n")

    writeFileSync(join(directory, "program.ts"), code)
    await run("tsc")
    assert.strictEqual(await run("node", "compiled/program.js"), "{ plan: 'pro' }\n")
  })
})
