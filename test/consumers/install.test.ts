import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { delimiter, join } from "node:path"
import { assert, describe, it, onTestFinished } from "vitest"
import { pinned } from "sunco-workshop/release/pack"
import { install, type PackageManager } from "./install.ts"

const secrets = { NPM_TOKEN: "npm_1", NODE_AUTH_TOKEN: "npm_2", SUNCO_KEY_SECRET: "s", AWS_SECRET_ACCESS_KEY: "s" }

/** Installs a project with package managers that only note what they are told, and what they could know. */
const noted = (packageManager: PackageManager) => {
  const scratch = mkdtempSync(join(tmpdir(), "sunco-install-"))
  const before = { ...process.env }
  onTestFinished(() => {
    rmSync(scratch, { recursive: true })
    for (const name of Object.keys(secrets)) delete process.env[name]
    Object.assign(process.env, before)
  })
  const commands = join(scratch, "bin")
  mkdirSync(commands)
  for (const name of ["npm", "npx"]) {
    const file = join(commands, name)
    writeFileSync(file, `#!/bin/sh\necho "${name} $*" >> ${scratch}/told\nenv >> ${scratch}/known\n`)
    chmodSync(file, 0o755)
  }
  Object.assign(process.env, secrets, { PATH: [commands, process.env["PATH"]].join(delimiter) })
  const { directory } = install({ packageManager, packages: [], project: "nodes", scratch })
  const read = (path: string) => readFileSync(path, "utf8")
  return {
    told: read(join(scratch, "told")).trim().split("\n"),
    known: read(join(scratch, "known")),
    workspace: JSON.parse(read(join(directory, "pnpm-workspace.yaml")))
  }
}

describe.each(["npm", "pnpm"] as const)("what is installed for a check, by %s", (packageManager) => {
  it("gets no secret of whoever runs the check", () => {
    const { known } = noted(packageManager)
    assert.include(known, "PATH=")
    for (const name of Object.keys(secrets)) assert.notInclude(known, name)
  })

  it("runs no script at its installation but those that are named, and is no younger than the repository's own", () => {
    const { told: [installation = "", ...others], workspace } = noted(packageManager)
    assert.match(installation, /^np[mx] .*install .*--ignore-scripts/)
    assert.deepStrictEqual(others, ["npm rebuild node-22 node-24 node-newest"])
    if (packageManager === "npm") {
      const youngest = /--before=(\S+)/.exec(installation)?.[1] ?? ""
      assert.isAtMost(Date.parse(youngest), Date.now() - 3 * 24 * 60 * 60_000)
    } else {
      assert.include(installation, ` pnpm@${pinned.version} `)
      assert.deepStrictEqual(workspace, { overrides: {}, minimumReleaseAge: 4320, hoist: false })
    }
  })
})

it("the pinned pnpm has a whole version and a whole hash", () => {
  assert.match(pinned.version, /^12\.\d+\.\d+$/)
  assert.match(pinned.integrity, /^sha512-[A-Za-z\d+/]{86}==$/)
})
