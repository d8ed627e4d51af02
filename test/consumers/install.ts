import { spawnSync } from "node:child_process"
import { cpSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { env, execPath } from "node:process"
import { neededOf } from "sunco-workshop/release/environment"
import { type Packed, pinned, root } from "sunco-workshop/release/pack"

export type PackageManager = "npm" | "pnpm"

/** In minutes. What is installed here has no lock file, so a version that is younger is not taken, as in the repository itself. */
const minimumReleaseAge = Number(
  /^minimumReleaseAge: (\d+)$/m.exec(readFileSync(join(root, "pnpm-workspace.yaml"), "utf8"))?.[1]
)

const youngest = new Date(Date.now() - minimumReleaseAge * 60_000).toISOString()

/** None of them runs what a package wants to be run when it is installed. */
const commands: Readonly<Record<PackageManager, ReadonlyArray<string>>> = {
  npm: ["npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", `--before=${youngest}`],
  pnpm: ["npx", "-y", `pnpm@${pinned.version}`, "install", "--ignore-scripts"]
}

/** But for these dependencies, by name: a Node that is to be tested with puts the binary of this platform in place. */
const builds = ["node-22", "node-24", "node-newest"]

/** The PATH of a project: its own commands, then the Node of the repository, then what the machine has. */
export const pathOf = (directory: string): string =>
  [join(directory, "node_modules/.bin"), dirname(execPath), env["PATH"]].join(":")

interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>
}

/** The packages of these names, and those of this repository that they need in turn. */
const withNeeded = (names: ReadonlyArray<string>, packages: ReadonlyArray<Packed>): ReadonlyArray<Packed> => {
  const found = new Set(packages.filter(({ name }) => names.includes(name)))
  for (const { manifest } of found) {
    for (const needed of packages) if (needed.name in (manifest.dependencies ?? {})) found.add(needed)
  }
  return Array.from(found)
}

const tarballsOf = (packages: ReadonlyArray<Packed>) =>
  Object.fromEntries(packages.map(({ name, tarball }) => [name, `file:${tarball}`]))

/** Copies a project to a fresh directory, and installs what its package.json names: packages of this repository from tarballs. */
export const install = ({ packageManager, packages, project, scratch }: {
  readonly packageManager: PackageManager
  readonly packages: ReadonlyArray<Packed>
  readonly project: string
  readonly scratch: string
}) => {
  const directory = mkdtempSync(join(scratch, `${project}-${packageManager}-`))
  cpSync(join(import.meta.dirname, project), directory, { recursive: true })

  const path = join(directory, "package.json")
  const manifest: Manifest = JSON.parse(readFileSync(path, "utf8"))
  const named = Object.keys(manifest.dependencies)
  const needed = withNeeded(named, packages)
  // A project names what it needs itself; what these need in turn stands where each package manager has it, and not beside them,
  // where an `effect` of the project would be in its way.
  const dependencies = { ...manifest.dependencies, ...tarballsOf(needed.filter(({ name }) => named.includes(name))) }
  const overrides = tarballsOf(needed.filter(({ name }) => !named.includes(name)))
  writeFileSync(path, JSON.stringify({ ...manifest, dependencies, overrides }))
  writeFileSync(
    join(directory, "pnpm-workspace.yaml"),
    // Without hoisting a package finds what its manifest names, and nothing else.
    JSON.stringify({ overrides: tarballsOf(needed), minimumReleaseAge, hoist: false })
  )

  const run = ([command = "", ...args]: ReadonlyArray<string>): string => {
    const { error, status, stderr, stdout } = spawnSync(command, args, {
      cwd: directory,
      encoding: "utf8",
      env: { ...neededOf(env), PATH: pathOf(directory) }
    })
    if (status === 0) return stdout + stderr
    throw new Error(`${packageManager} cannot install test/consumers/${project}\n${stdout}${stderr}`, { cause: error })
  }
  const output = run(commands[packageManager])
  const built = named.filter((name) => builds.includes(name))
  if (built.length > 0) run(["npm", "rebuild", ...built])
  return { directory, output }
}
