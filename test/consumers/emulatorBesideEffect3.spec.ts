import { readFileSync } from "node:fs"
import { createRequire } from "node:module"
import { join } from "node:path"
import { assert, beforeAll, describe, it } from "vitest"
import { consume, type Consumer } from "./consume.ts"

/** The version of `effect` that the modules of a package import. */
const effectOf = (specifier: string, directory: string) => {
  const require = createRequire(join(directory, "program.ts"))
  const { resolve } = createRequire(require.resolve(specifier))
  const { version }: { readonly version: string } = JSON.parse(readFileSync(resolve("effect/package.json"), "utf8"))
  return version
}

describe.each(["npm", "pnpm"] as const)("the emulator beside Effect 3, installed by %s", (packageManager) => {
  let consumer: Consumer
  beforeAll(() => {
    consumer = consume("emulatorBesideEffect3", packageManager)
  })

  it("comes without a complaint, and brings Effect 4 for itself alone", () => {
    assert.notMatch(consumer.installation, /ERESOLVE|EBADENGINE|peer/i)
    assert.match(effectOf("@sunco/emulator/package.json", consumer.directory), /^4\./)
    assert.match(effectOf("@sunco/effect3/package.json", consumer.directory), /^3\./)
  })

  it("is what the compiler takes for well typed", () => consumer.run("tsc"))

  it("is what a program of Effect 3 is tested with", async () => {
    assert.strictEqual(await consumer.run("node", "program.ts"), "[ 'Ada', 'UserNotFound' ]\n[ 503, 200, 404 ]\n")
  })
})

describe.each(["npm", "pnpm"] as const)("the emulator beside Effect 4, installed by %s", (packageManager) => {
  it("shares the application's own", () => {
    const { directory } = consume("installation", packageManager)
    const require = createRequire(join(directory, "program.ts"))
    const { resolve } = createRequire(require.resolve("@sunco/emulator/package.json"))
    assert.strictEqual(resolve("effect/package.json"), require.resolve("effect/package.json"))
  })
})
