import { readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { assert, beforeAll, describe, inject, it } from "vitest"
import { subpaths } from "sunco-workshop/release/pack"
import { consume, type Consumer } from "./consume.ts"

describe.each(["npm", "pnpm"] as const)("every module, installed by %s", (packageManager) => {
  let consumer: Consumer
  let open: ReadonlyArray<string>
  let closed: ReadonlyArray<string>

  beforeAll(() => {
    consumer = consume("modules", packageManager)
    const { dependencies } = JSON.parse(readFileSync(join(consumer.directory, "package.json"), "utf8"))
    const all = inject("packages").filter(({ name }) => name in dependencies).map((packed) => {
      const found = subpaths(packed)
      const specifier = (subpath: string) => packed.name + subpath.slice(1)
      return { open: found.open.map(specifier), closed: found.closed.map(specifier) }
    })
    open = all.flatMap((found) => found.open)
    closed = all.flatMap((found) => found.closed)
  })

  it("can be imported, but for what is internal", async () => {
    assert.includeMembers([...open], [
      "@sunco/client",
      "@sunco/client/Users",
      "@sunco/schemas/User",
      "effect-pact/Pact"
    ])
    assert.strictEqual(await consumer.run("node", "import.js", ...open), "")
    assert.includeMembers([...closed], ["effect-pact/internal/pactCli", "@sunco/emulator/bin/emulator"])
    assert.isTrue(closed.some((specifier) => specifier.startsWith("@sunco/client/internal/")))
    assert.strictEqual(
      await consumer.run("node", "import.js", ...closed),
      closed.map((specifier) => `${specifier} ERR_PACKAGE_PATH_NOT_EXPORTED\n`).join("")
    )
  })

  describe.each(["typescript-7", "typescript-6", "typescript-5"])("is declared for %s", (compiler) => {
    it.each([["nodenext", "nodenext"], ["esnext", "bundler"]])(
      "with modules of %s, found by %s",
      async (...settings) => {
        const [module, moduleResolution] = settings
        writeFileSync(
          join(consumer.directory, "modules.ts"),
          open.filter((specifier) => !specifier.endsWith(".json"))
            .map((specifier, index) => `export * as module${index} from "${specifier}"\n`).join("")
        )
        const arguments_ = ["--module", module, "--moduleResolution", moduleResolution]
        await consumer.run("node", `node_modules/${compiler}/bin/tsc`, "--project", ".", ...arguments_)
      }
    )
  })
})
