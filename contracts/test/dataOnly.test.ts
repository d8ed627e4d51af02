import { assert, it } from "@effect/vitest"
import { execFileSync } from "node:child_process"

it("the contracts can be read without anything native of Pact's", () => {
  const program = `
    import { SunshineContracts } from "@sunco/contracts"
    const native = process.report.getReport().sharedObjects.filter((file) => file.includes("pact"))
    console.log(JSON.stringify({ contracts: SunshineContracts.length > 0, native }))
  `
  const printed = execFileSync(process.execPath, ["--input-type=module", "--eval", program], {
    cwd: new URL("..", import.meta.url),
    encoding: "utf8"
  })
  assert.deepStrictEqual(JSON.parse(printed), { contracts: true, native: [] })
}, 60_000)
