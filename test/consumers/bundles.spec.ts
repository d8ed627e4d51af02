import { assert, beforeAll, describe, it } from "vitest"
import { consume, type Consumer } from "./consume.ts"

const bundlers = {
  esbuild: (entry: string, output: string, platform: string) =>
    ["esbuild", entry, "--bundle", "--format=esm", `--platform=${platform}`, `--outfile=${output}`] as const,
  rolldown: (entry: string, output: string, platform: string) =>
    ["rolldown", entry, "--format", "esm", "--platform", platform, "--file", output] as const
}

describe.each(["npm", "pnpm"] as const)("a program that asks nothing of Node, installed by %s", (packageManager) => {
  let consumer: Consumer
  beforeAll(() => {
    consumer = consume("bundles", packageManager)
  })

  describe.each(["esbuild", "rolldown"] as const)("bundled by %s", (bundler) => {
    it("runs under Node", async () => {
      await consumer.run(...bundlers[bundler]("node.js", "node.bundle.js", "node"))
      assert.strictEqual(await consumer.run("node", "node.bundle.js"), "Ada\n")
    })

    it("runs in a worker at the edge", async () => {
      await consumer.run(...bundlers[bundler]("edge.js", "edge.bundle.js", "browser"))
      await consumer.run("workerd", "test", "workerd.capnp")
    })
  })
})
