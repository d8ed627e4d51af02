import { readFileSync } from "node:fs"
import { join } from "node:path"
import { assert, describe, it } from "vitest"
import { inMarkdown } from "../documents/examples.ts"
import { root } from "sunco-workshop/release/pack"
import { consume } from "./consume.ts"
import project from "./openTelemetry/package.json" with { type: "json" }

describe.each(["npm", "pnpm"] as const)(
  "the packages of OpenTelemetry that the README names, installed by %s",
  (packageManager) => {
    it("fit together, and export the spans of a call", async () => {
      const { run } = consume("openTelemetry", packageManager)
      assert.strictEqual(await run("node", "program.js"), "POST /v2/apps/:appId/users\nUsers.create\n")
    })
  }
)

it("they are those of the project that is tested", () => {
  const readme = readFileSync(join(root, "packages/client/README.md"), "utf8")
  const block = inMarkdown(readme).find(({ code }) => code.startsWith("npm install @effect/opentelemetry"))
  const named = block?.code.replaceAll("\\\n", "").split(/\s+/).slice(2)
  const tested = Object.entries(project.dependencies).filter(([name]) => name.includes("opentelemetry"))
  assert.deepStrictEqual(named, tested.map(([name, version]) => `${name}@${version}`))
})
