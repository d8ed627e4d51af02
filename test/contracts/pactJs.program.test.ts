/**
 * A second witness: what `effect-pact` writes and verifies is no dialect of its own.
 */
import { assert, it } from "vitest"
import { spawnSync } from "node:child_process"

it("the emulator keeps every contract by Pact's own verifier for JavaScript, too", () => {
  const program = new URL("pactJs.ts", import.meta.url).pathname
  const { status, stderr, stdout } = spawnSync(process.execPath, [program], {
    encoding: "utf8",
    env: { ...process.env, PACT_DO_NOT_TRACK: "true" },
    timeout: 60_000
  })
  assert.strictEqual(status, 0, `${stdout}${stderr}`)
}, 60_000)
