import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { readFileSync } from "node:fs"
import { spawnSync } from "node:child_process"
import { basename, join } from "node:path"
import { afterAll, assert, describe, inject, it } from "vitest"
import { neededOf } from "sunco-workshop/release/environment"
import { root } from "sunco-workshop/release/pack"
import { inMarkdown } from "../documents/examples.ts"
import { pathOf } from "./install.ts"

const blocks = inMarkdown(readFileSync(join(root, "README.md"), "utf8"))

const blockWith = (text: string) =>
  blocks.find(({ code, language }) => language === "sh" && code.includes(text))?.code ?? ""

const [packing = "", ...installing] = blockWith("npm pkg set").split("\n\n")

const methods = { npm: installing.join("\n\n"), pnpm: blockWith("pnpm-workspace.yaml") }

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

  it.each(["npm", "pnpm"] as const)("installs all of them with %s", (packageManager) => {
    const project = mkdtempSync(join(inject("scratch"), "unpublished-"))
    writeFileSync(
      join(project, "package.json"),
      "{ \"name\": \"unpublished\", \"version\": \"1.0.0\", \"type\": \"module\" }"
    )
    writeFileSync(
      join(project, "program.js"),
      `import { SunshineContracts } from "@sunco/contracts"
       import { states } from "@sunco/contracts/EmulatedProvider"
       import { Users } from "@sunco/client"
       import { Emulator } from "@sunco/emulator/promise"
       import { Pact } from "effect-pact"
       console.log(SunshineContracts.length > 0, typeof states, typeof Users, typeof Emulator, typeof Pact)`
    )
    const run = (command: string, ...args: ReadonlyArray<string>) => {
      const { status, stderr, stdout } = spawnSync(command, args, {
        cwd: project,
        encoding: "utf8",
        env: { ...neededOf(process.env), PATH: pathOf(project), sunco: clone }
      })
      assert.strictEqual(status, 0, `${stdout}${stderr}`)
      return stdout
    }
    run("bash", "-ec", methods[packageManager])
    assert.strictEqual(run("node", "program.js"), "true object function object function\n")
  }, 300_000)
})
