/**
 * `pnpm release [--dry-run]`: publishes every package of which the registry does not have the version yet, when all checks have
 * passed. With `--dry-run` nothing leaves this machine; instead of the tests, the making of the next version is rehearsed.
 */
import * as NodeRuntime from "@effect/platform-node/NodeRuntime"
import * as NodeServices from "@effect/platform-node/NodeServices"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import * as Effect from "effect/Effect"
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

const rehearse = async () => {
  using directory = mkdtempDisposableSync(join(tmpdir(), "sunco-release-"))
  await rehearseVersion(join(directory.path, "copy"))
  pnpm(["pack:check"])
  pnpm(["publish", "--recursive", "--dry-run", "--no-git-checks"])
}

/** What stands in the way of a release. */
const obstacles = (): ReadonlyArray<string> => [
  ...globSync(".changeset/*.md", { cwd: root }).map((file) => `${file}: pnpm release:version first, and commit`),
  ...publicPackages(root).flatMap(({ name, path }) => {
    const { repository }: { readonly repository?: { readonly url?: string } } = JSON.parse(
      readFileSync(join(path, "package.json"), "utf8")
    )
    return repository?.url === undefined ? [`${name}: repository.url is not set, which npm's provenance names`] : []
  })
]

const release = () => {
  const found = obstacles()
  for (const obstacle of found) console.error(obstacle)
  if (found.length > 0) {
    process.exitCode = 1
    return
  }
  for (const check of ["check", "test", "pack:check", "test:consumers"]) pnpm([check])
  pnpm(["publish", "--recursive"])
  pnpm(["exec", "changeset", "tag"])
}

const command = Command.make("release", {
  dryRun: Flag.Boolean("dry-run").pipe(
    Flag.withDefault(false),
    Flag.withDescription("Publishes nothing, and rehearses the next version")
  )
}, ({ dryRun }) => dryRun ? Effect.promise(rehearse) : Effect.sync(release)).pipe(
  Command.withDescription("Publishes every package of which the registry does not have the version yet.")
)

Command.run(command, { version: "private" }).pipe(Effect.provide(NodeServices.layer), NodeRuntime.runMain)
