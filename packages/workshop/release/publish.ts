/**
 * `node packages/workshop/release/publish.ts [DIRECTORY] [--integrity HASH] [--dry-run]`: publishes what `pnpm release` has packed into a
 * directory, `.release` unless another is named, as it is, and tags the commit that it was packed from.
 *
 * It imports nothing but Node, installs nothing and runs nothing but npm and git: where one may publish, no code of others runs.
 * With `--integrity`, the directory is the one of which `pnpm release` has printed that.
 */
import { spawnSync } from "node:child_process"
import { existsSync, readdirSync, readFileSync } from "node:fs"
import { basename, join, resolve } from "node:path"
import { parseArgs } from "node:util"
import { integrityOf, manifestFile, type Release, releaseDirectory } from "./packedRelease.ts"

const usage = "it takes DIRECTORY, --integrity <hash>, --dry-run"

class Refused extends Error {}

const commandLine = (): ReturnType<typeof parse> => {
  try {
    return parse()
  } catch (error) {
    console.error(`release:publish: ${error instanceof Error ? error.message.split(". ")[0] : error}; ${usage}`)
    process.exit(2)
  }
}

const parse = () => {
  const { positionals: [directory = releaseDirectory, ...more], values } = parseArgs({
    allowPositionals: true,
    options: { "dry-run": { type: "boolean", default: false }, integrity: { type: "string" } }
  })
  if (more.length > 0) throw new Refused(`Unexpected argument '${more[0]}'`)
  if (values.integrity?.startsWith("sha512-") === false) throw new Refused("--integrity is not sha512-...")
  if (!existsSync(join(directory, manifestFile))) {
    throw new Refused(`There is no ${manifestFile} in '${directory}', which \`pnpm release\` writes`)
  }
  return { directory: resolve(directory), dryRun: values["dry-run"], integrity: values.integrity }
}

/** What is wrong with a directory. */
const problems = (directory: string, { packages }: Release, integrity: string | undefined): ReadonlyArray<string> => {
  const named = packages.map(({ tarball }) => tarball)
  return [
    ...(integrity === undefined || integrityOf(join(directory, manifestFile)) === integrity
      ? []
      : [`${manifestFile} is not the one of ${integrity}`]),
    ...(packages.length === 0 ? [`${manifestFile} names no package`] : []),
    ...readdirSync(directory)
      .filter((file) => file !== manifestFile && !named.includes(file))
      .map((file) => `${file} is not in ${manifestFile}`),
    ...packages.flatMap(({ integrity, tarball }) => {
      if (tarball !== basename(tarball)) return [`${tarball} is not in the directory`]
      const path = join(directory, tarball)
      if (!existsSync(path)) return [`${tarball} is missing`]
      return integrityOf(path) === integrity ? [] : [`${tarball} is not what was packed`]
    })
  ]
}

const run = (command: string, ...args: ReadonlyArray<string>) => {
  const { error, status, stderr, stdout } = spawnSync(command, args, { cwd: import.meta.dirname, encoding: "utf8" })
  if (error !== undefined) throw error
  return { isDone: status === 0, output: stdout.trim(), complaint: stderr.trim() }
}

/** The hash of what the registry has under a name and a version. */
const published = (package_: string): string | undefined => {
  const { complaint, isDone, output } = run("npm", "view", package_, "dist.integrity")
  if (isDone) return output === "" ? undefined : output
  if (/\bE404\b/.test(complaint)) return undefined
  throw new Refused(`npm cannot say whether ${package_} is published\n${complaint}`)
}

const publish = (directory: string, release: Release, dryRun: boolean): void => {
  for (const { integrity, name, tarball, version } of release.packages) {
    const package_ = `${name}@${version}`
    const there = dryRun ? undefined : published(package_)
    if (there !== undefined && there !== integrity) {
      throw new Refused(`${package_} is published already, and is another`)
    }
    if (there === undefined) {
      const { complaint, isDone } = run(
        "npm",
        "publish",
        join(directory, tarball),
        "--ignore-scripts",
        ...(dryRun ? ["--dry-run"] : [])
      )
      if (!isDone) throw new Refused(`npm cannot publish ${package_}\n${complaint}`)
    }
    if (!dryRun && !run("git", "rev-parse", "--verify", "--quiet", `refs/tags/${package_}`).isDone) {
      const { complaint, isDone } = run("git", "tag", package_, release.commit)
      if (!isDone) throw new Refused(`git cannot tag ${release.commit}\n${complaint}`)
    }
    console.log(
      `${package_} ${there !== undefined ? "was published before" : dryRun ? "would be published" : "published"}`
    )
  }
}

const { directory, dryRun, integrity } = commandLine()
try {
  const release: Release = JSON.parse(readFileSync(join(directory, manifestFile), "utf8"))
  const found = problems(directory, release, integrity)
  if (found.length > 0) throw new Refused(found.join("\n"))
  publish(directory, release, dryRun)
} catch (error) {
  if (!(error instanceof Refused)) throw error
  console.error(error.message)
  process.exitCode = 1
}
