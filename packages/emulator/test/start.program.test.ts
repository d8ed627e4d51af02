import { assert, it } from "@effect/vitest"
import { execFileSync } from "node:child_process"

it("the start of an emulator loads nothing of its pages' library", () => {
  const output = execFileSync(process.execPath, [new URL("startProcess.ts", import.meta.url).pathname])
  assert.deepStrictEqual(JSON.parse(output.toString()), { status: 200, atStart: false, afterwards: true })
})
