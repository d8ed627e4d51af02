import { readdirSync } from "node:fs"
import { join } from "node:path"
import { assert, beforeAll, describe, it } from "vitest"
import { consume, type Consumer } from "./consume.ts"

describe.each(["npm", "pnpm"] as const)("the command `sunco`, installed by %s", (packageManager) => {
  let consumer: Consumer
  beforeAll(() => {
    consumer = consume("command", packageManager)
  })

  it("brings no other package", () => {
    const installed = readdirSync(join(consumer.directory, "node_modules"), { recursive: true, encoding: "utf8" })
      .filter((file) => /(^|\/)(effect|undici|@effect\/[\w-]+|@sunco\/(?!cli)[\w-]+)\/package\.json$/.test(file))
    assert.deepStrictEqual(installed, [])
  })

  it("runs, also on the oldest release of Node that it is for", async () => {
    assert.match(await consumer.run("sunco", "--version"), /^\d+\.\d+\.\d+\n$/)
    const made = await consumer.run("sunco", "users", "create", "--external-id", "ada", "--json")
    assert.strictEqual(JSON.parse(made).externalId, "ada")
    const oldest = await consumer.run(
      "node_modules/node-22/bin/node",
      "node_modules/@sunco/cli/dist/sunco.js",
      "users",
      "list",
      "nobody@example.com",
      "--json"
    )
    assert.strictEqual(oldest, "[]\n")
  })
})
