import { existsSync } from "node:fs"
import { join } from "node:path"
import { assert, describe, it } from "vitest"
import { consume } from "./consume.ts"

describe.each(["npm", "pnpm"] as const)("a program with promises, installed by %s", (packageManager) => {
  it("compiles and runs, and needs neither undici nor types of Node", async () => {
    const { directory, run } = consume("promise", packageManager)
    assert.isFalse(existsSync(join(directory, "node_modules/undici")))
    await run("tsc")
    assert.strictEqual(
      await run("node", "program.ts"),
      [
        "201 ada",
        "UserAlreadyExists: Users.create: another user has the externalId",
        "Ada",
        "false",
        "Users.get: the user does not exist",
        "InvalidInput no",
        "Error: the caller went away",
        "false 6",
        "true",
        "Unauthorized",
        ""
      ].join("\n")
    )
  })
})
