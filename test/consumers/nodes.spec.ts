import { assert, beforeAll, describe, it } from "vitest"
import { consume, type Consumer } from "./consume.ts"

let consumer: Consumer
beforeAll(() => {
  consumer = consume("nodes", "npm")
})

describe.each(["node-22", "node-24", "node-newest"])("%s", (name) => {
  const node = `node_modules/${name}/bin/node`

  it.each(["program.js", "thread.js"])("runs %s", async (program) => {
    const version = await consumer.run(node, "--version")
    if (name !== "node-newest") assert.isTrue(version.startsWith(name.replace("node-", "v")))
    assert.strictEqual(await consumer.run(node, program), `${version.trim()} Ada\n`)
  })
})
