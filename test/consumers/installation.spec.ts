import { readdirSync } from "node:fs"
import { join } from "node:path"
import { assert, beforeAll, describe, it } from "vitest"
import { consume, type Consumer } from "./consume.ts"

describe.each(["npm", "pnpm"] as const)("the client and the emulator, installed by %s", (packageManager) => {
  let consumer: Consumer
  beforeAll(() => {
    consumer = consume("installation", packageManager)
  })

  it("come without a complaint", () => {
    assert.notMatch(consumer.installation, /ERESOLVE|EBADENGINE|peer/i)
  })

  it("bring nothing native, and nothing of Pact", () => {
    const files = readdirSync(join(consumer.directory, "node_modules"), { recursive: true, encoding: "utf8" })
    assert.isTrue(files.some((file) => file.endsWith("@sunco/emulator/package.json")))
    assert.deepStrictEqual(
      files.filter((file) => /\.node$|\/binding\.gyp$|@pact-foundation|effect-pact/.test(file)),
      []
    )
  })
})
