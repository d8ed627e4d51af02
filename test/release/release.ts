/**
 * `pnpm release [--dry-run]`: publishes every package of which the registry does not have the version yet, when all checks have
 * passed. With `--dry-run` nothing leaves this machine; instead of the tests, the making of the next version is rehearsed.
 */
import { spawnSync } from "node:child_process"
import { globSync, mkdtempDisposableSync, readFileSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { pnpm, root } from "./pack.ts"

interface Workspace {
  readonly name: string
  readonly path: string
  readonly private?: boolean
  readonly version: string
}

const publicPackages = (directory: string): ReadonlyArray<Workspace> => {
  const all: ReadonlyArray<Workspace> = JSON.parse(
    pnpm(["list", "--recursive", "--depth=-1", "--json"], { cwd: directory, stdout: "pipe" })
  )
  return all.filter((workspace) => workspace.private !== true)
}

/** Makes the next version in a copy of what is committed, and looks at what came of it. */
const rehearseVersion = async (copy: string): Promise<void> => {
  const { status } = spawnSync("git", ["clone", "--quiet", root, copy], { stdio: "inherit" })
  if (status !== 0) throw new Error("git clone failed")
  const change = "Something new."
  writeFileSync(join(copy, ".changeset/rehearsal.md"), `---\n"@sunco/client": minor\n---\n\n${change}\n`)
  const before = publicPackages(copy)
  pnpm(["release:version"], { cwd: copy })
  const after = publicPackages(copy)

  const version = after[0]?.version
  const told: { readonly version: string } = await import(join(copy, "packages/client/src/internal/version.ts"))
  const changeLogs = after.map(({ path }) => readFileSync(join(path, "CHANGELOG.md"), "utf8"))
  const problems = Object.entries({
    "the version is what it was": before.some((workspace) => workspace.version === version),
    "a package has a version of its own": after.some((workspace) => workspace.version !== version),
    "the client takes itself for another version": told.version !== version,
    "a change log does not have the version": !changeLogs.every((log) => log.includes(`\n## ${version}\n`)),
    "no change log has the change": !changeLogs.some((log) => log.includes(change))
  }).flatMap(([problem, isThere]) => isThere ? [problem] : [])
  if (problems.length > 0) throw new Error(`The next version, ${version}: ${problems.join("; ")}`)
}

if (process.argv.includes("--dry-run")) {
  using directory = mkdtempDisposableSync(join(tmpdir(), "sunco-release-"))
  await rehearseVersion(join(directory.path, "copy"))
  pnpm(["pack:check"])
  pnpm(["publish", "--recursive", "--dry-run", "--no-git-checks"])
} else {
  const pending = globSync(".changeset/*.md", { cwd: root })
  if (pending.length > 0) throw new Error(`pnpm release:version first, and commit: there is ${pending.join(", ")}`)
  const addressless = publicPackages(root).filter(({ path }) => {
    const { repository }: { readonly repository?: { readonly url?: string } } = JSON.parse(
      readFileSync(join(path, "package.json"), "utf8")
    )
    return repository?.url === undefined
  })
  if (addressless.length > 0) {
    throw new Error(
      `npm's provenance names the repository: repository.url is to be set for ${
        addressless.map(({ name }) => name).join(", ")
      }`
    )
  }
  for (const check of ["check", "test", "pack:check", "test:consumers"]) pnpm([check])
  pnpm(["publish", "--recursive"])
  pnpm(["exec", "changeset", "tag"])
}
