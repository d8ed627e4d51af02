import { spawnSync } from "node:child_process"
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { basename, join } from "node:path"
import { afterAll, assert, describe, inject, it } from "vitest"
import { neededOf } from "sunco-workshop/release/environment"
import { root } from "sunco-workshop/release/pack"
import { inMarkdown } from "../documents/examples.ts"
import { pathOf } from "./install.ts"

const blocks = inMarkdown(readFileSync(join(root, "README.md"), "utf8"))

const blockWith = (text: string) =>
  blocks.find(({ code, language }) => language === "sh" && code.includes(text))?.code ?? ""

const [packing = "", ...installing] = blockWith("pnpm@12 pack --recursive").split("\n\n")

const program = {
  4: `import { SunshineContracts } from "@sunco/contracts"
      import { states } from "@sunco/contracts/EmulatedProvider"
      import { Users } from "@sunco/client"
      import { Emulator } from "@sunco/emulator/promise"
      import { Pact } from "effect-pact"
      console.log([SunshineContracts, states, Users, Emulator, Pact].includes(undefined))`,
  3: `import { Users } from "@sunco/effect3"
      import { Emulator } from "@sunco/emulator/promise"
      console.log([Users, Emulator].includes(undefined))`
}

describe("what the README says of packages that are not published", () => {
  /** In the place of a clone, so that nothing is packed while something else is. */
  const clone = mkdtempSync(join(inject("scratch"), "clone-"))
  afterAll(() => rmSync(clone, { recursive: true }))
  for (const { tarball } of inject("packages")) cpSync(tarball, join(clone, ".packed", basename(tarball)))

  it("packs what it installs", () => {
    assert.strictEqual(
      packing,
      "(cd \"$sunco\" && npx -y pnpm@12 build && npx -y pnpm@12 pack --recursive --pack-destination \"$sunco/.packed\")"
    )
  })

  it.each<[string, keyof typeof program, string]>([
    ["npm", 4, installing.join("\n\n")],
    ["pnpm", 4, blockWith("pnpm-workspace.yaml")],
    ["npm", 3, blockWith("npm pkg set")]
  ])("installs them with %s, for Effect %s", (_, effect, block) => {
    const project = mkdtempSync(join(inject("scratch"), "unpublished-"))
    writeFileSync(
      join(project, "package.json"),
      "{ \"name\": \"unpublished\", \"version\": \"1.0.0\", \"type\": \"module\" }"
    )
    writeFileSync(join(project, "program.js"), program[effect])
    const run = (command: string, ...args: ReadonlyArray<string>) => {
      const { status, stderr, stdout } = spawnSync(command, args, {
        cwd: project,
        encoding: "utf8",
        env: { ...neededOf(process.env), PATH: pathOf(project), sunco: clone }
      })
      assert.strictEqual(status, 0, `${stdout}${stderr}`)
      return stdout
    }
    run("bash", "-ec", block)
    assert.strictEqual(run("node", "program.js"), "false\n")
  }, 300_000)
})
