/**
 * `pnpm pack:check`: packs every public package, and says what is wrong with what a user would get.
 */
import { execFileSync, spawnSync } from "node:child_process"
import { mkdirSync, mkdtempDisposableSync, readFileSync, statSync } from "node:fs"
import { tmpdir } from "node:os"
import { join, posix } from "node:path"
import * as Arguments from "sunco-workshop/commandLine/Arguments"
import { pack, type Packed, root, subpaths } from "./pack.ts"

Arguments.read("pack:check")

/** What may be in a tarball. */
const expected = [
  /^(package\.json|LICENSE|[A-Z]+\.md)$/,
  /^dist\/[\w/-]+\.(js|d\.ts)(\.map)?$/,
  /^(src|bin)\/[\w/-]+\.ts$/,
  /^pacts\/[\w-]+\.json$/
]

const required = ["README.md", "CHANGELOG.md", "LICENSE"]

/** Those that bring an `effect` where an application has none, or one of Effect 3: it is not what these hand to it that matters. */
const bringEffect = ["@sunco/emulator"]

/** Those that have all that they need in their own files: whoever installs one installs no other package. */
const needNothing = ["@sunco/cli"]

const declarationLimit = 30_000

const inManifest = ({ manifest, name }: Packed): ReadonlyArray<string> => {
  const { dependencies, engines, exports, license, peerDependencies, publishConfig, repository, sideEffects } = manifest
  return Object.entries({
    "speaks of the workspace (workspace:, catalog:)": /"(workspace|catalog):/.test(JSON.stringify(manifest)),
    "has no license": license === undefined,
    "does not say where its sources are": repository?.directory === undefined,
    "does not say which Node it needs": engines?.node === undefined,
    "does not say that no module has side effects": JSON.stringify(sideEffects) !== "[]",
    "would not be published for all, with its provenance": publishConfig?.access !== "public" ||
      publishConfig.provenance !== true,
    "brings an effect of its own, or should and does not": needNothing.includes(name)
      ? dependencies !== undefined || peerDependencies !== undefined
      : bringEffect.includes(name)
      ? dependencies?.["effect"] === undefined || peerDependencies?.["effect"] !== undefined
      : dependencies?.["effect"] !== undefined || peerDependencies?.["effect"] === undefined,
    "leaves its internal modules open": exports["./internal/*"] !== null
  }).flatMap(([problem, isThere]) => isThere ? [`package.json ${problem}`] : [])
}

/** The sources that a map names must be there, or a debugger and "go to definition" show nothing. */
const inMap = (directory: string, map: string, files: ReadonlyArray<string>): ReadonlyArray<string> => {
  const { sources, sourcesContent }: {
    readonly sources: ReadonlyArray<string>
    readonly sourcesContent?: ReadonlyArray<string>
  } = JSON.parse(readFileSync(join(directory, map), "utf8"))
  return sources
    .filter((source, index) =>
      sourcesContent?.[index] === undefined && !files.includes(posix.join(posix.dirname(map), source))
    )
    .map((source) => `${map} names ${source}, which is not there`)
}

const run = (command: string, ...args: ReadonlyArray<string>): ReadonlyArray<string> => {
  const { error, status, stderr, stdout } = spawnSync(join(root, "node_modules/.bin", command), args, {
    encoding: "utf8"
  })
  if (error !== undefined) throw error
  return status === 0 ? [] : [`${command} says\n${stdout}${stderr}`]
}

const check = (packed: Packed, scratch: string): ReadonlyArray<string> => {
  const { files, name, tarball } = packed
  const directory = join(scratch, name)
  mkdirSync(directory, { recursive: true })
  execFileSync("tar", ["-xzf", tarball, "-C", directory, "--strip-components=1"])
  return [
    ...inManifest(packed),
    ...required.filter((file) => !files.includes(file)).map((file) => `${file} is not there`),
    ...files.filter((file) => !expected.some((pattern) => pattern.test(file))).map((file) => `${file} is there`),
    ...files.filter((file) => file.endsWith(".d.ts")).flatMap((file) => {
      const { size } = statSync(join(directory, file))
      return size > declarationLimit ? [`${file} has ${size} bytes, more than ${declarationLimit}`] : []
    }),
    ...files.filter((file) => file.endsWith(".map")).flatMap((map) => inMap(directory, map, files)),
    ...run("publint", "--strict", tarball),
    // It leaves patterns out, so it is told what they match.
    ...run("attw", "--profile", "esm-only", tarball, "--entrypoints", ...subpaths(packed).open)
  ]
}

using directory = mkdtempDisposableSync(join(tmpdir(), "sunco-pack-"))

for (const packed of pack(directory.path)) {
  const problems = check(packed, directory.path)
  console.log(`${packed.name} ${packed.version}: ${packed.files.length} files, ${problems.length} problems`)
  for (const problem of problems) console.error(`  ${problem}`)
  if (problems.length > 0) process.exitCode = 1
}
