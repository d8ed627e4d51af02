/**
 * `pnpm release [--dry-run]`: packs every public package into `.release` when all checks have passed. It publishes nothing, which
 * is for `release:publish`: what the checks install and run has no business where one may publish. With `--dry-run`, instead of the
 * tests, the making of the next version is rehearsed, and what `release:publish` would do with the packages.
 */
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import * as Effect from "effect/Effect"
import { execFileSync, spawnSync } from "node:child_process"
import { existsSync, globSync, mkdirSync, mkdtempDisposableSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { homedir, tmpdir } from "node:os"
import { basename, join } from "node:path"
import * as CommandLine from "sunco-workshop/commandLine/CommandLine"
import { hasPublishToken, neededOf, publishTokensIn } from "./environment.ts"
import { pack, pinned, pnpm, root } from "./pack.ts"
import { integrityOf, manifestFile, type Release, releaseDirectory } from "./packedRelease.ts"

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

/** Packs into a directory, which then has nothing else in it. */
const packInto = (directory: string): void => {
  rmSync(directory, { recursive: true, force: true })
  mkdirSync(directory)
  const release: Release = {
    commit: git("rev-parse", "HEAD"),
    packages: pack(directory).map(({ name, tarball, version }) => ({
      name,
      version,
      tarball: basename(tarball),
      integrity: integrityOf(tarball)
    }))
  }
  writeFileSync(join(directory, manifestFile), `${JSON.stringify(release, undefined, 2)}\n`)
}

const git = (...args: ReadonlyArray<string>): string =>
  execFileSync("git", args, { cwd: root, encoding: "utf8" }).trim()

const publish = (...args: ReadonlyArray<string>): void => {
  const { status } = spawnSync(process.execPath, [join(import.meta.dirname, "publish.ts"), ...args], {
    env: neededOf(process.env),
    stdio: "inherit"
  })
  if (status !== 0) throw new Error("release:publish failed")
}

const rehearse = async () => {
  using directory = mkdtempDisposableSync(join(tmpdir(), "sunco-release-"))
  await rehearseVersion(join(directory.path, "copy"))
  pnpm(["pack:check"])
  const packages = join(directory.path, "packages")
  packInto(packages)
  publish(packages, "--dry-run", "--integrity", integrityOf(join(packages, manifestFile)))
}

const uncommitted = (): ReadonlyArray<string> =>
  git("status", "--porcelain") === "" ? [] : ["there is something that no commit has"]

/** Whoever runs here could publish, and so could every package that the checks install. */
const publishTokens = (): ReadonlyArray<string> => {
  const npmrc = process.env["npm_config_userconfig"] ?? join(homedir(), ".npmrc")
  return [
    ...publishTokensIn(process.env),
    ...[npmrc, join(root, ".npmrc")].filter((file) => existsSync(file) && hasPublishToken(readFileSync(file, "utf8")))
  ].map((place) => `${place} lets one publish: leave that to the place where release:publish is run`)
}

/** npm compares what it downloads with what the registry says, and this what the registry says with what is pinned here. */
const anotherPackageManager = (): ReadonlyArray<string> => {
  const { status, stdout } = spawnSync("npm", ["view", `pnpm@${pinned.version}`, "dist.integrity"], {
    encoding: "utf8",
    env: neededOf(process.env)
  })
  if (status !== 0) return [`npm cannot say what the registry has as pnpm ${pinned.version}`]
  return stdout.trim() === pinned.integrity ? [] : [`the registry's pnpm ${pinned.version} is not the pinned one`]
}

/** What stands in the way of a release. */
const obstacles = (): ReadonlyArray<string> => [
  ...publishTokens(),
  ...anotherPackageManager(),
  ...uncommitted(),
  ...globSync(".changeset/*.md", { cwd: root }).map((file) => `${file}: pnpm release:version first, and commit`),
  ...publicPackages(root).flatMap(({ name, path }) => {
    const { repository }: { readonly repository?: { readonly url?: string } } = JSON.parse(
      readFileSync(join(path, "package.json"), "utf8")
    )
    return repository?.url === undefined ? [`${name}: repository.url is not set, which npm's provenance names`] : []
  })
]

const hasNone = (obstacles: ReadonlyArray<string>): boolean => {
  for (const obstacle of obstacles) console.error(obstacle)
  if (obstacles.length > 0) process.exitCode = 1
  return obstacles.length === 0
}

const release = () => {
  if (!hasNone(obstacles())) return
  for (const check of ["check", "test", "test:programs", "test:memory", "pack:check", "test:consumers"]) pnpm([check])
  if (!hasNone(uncommitted())) return
  packInto(releaseDirectory)
  const integrity = integrityOf(join(releaseDirectory, manifestFile))
  console.log(`Packed into ${releaseDirectory}. Where you may publish, with that directory in a checkout:

  node packages/workshop/release/publish.ts --integrity ${integrity}`)
}

const command = Command.make("release", {
  dryRun: Flag.Boolean("dry-run").pipe(
    Flag.withDefault(false),
    Flag.withDescription("Packs into no directory that stays, and rehearses the next version and publishing")
  )
}, ({ dryRun }) => dryRun ? Effect.promise(rehearse) : Effect.sync(release)).pipe(
  Command.withDescription("Checks every public package and packs it, for release:publish.")
)

CommandLine.run(command)
