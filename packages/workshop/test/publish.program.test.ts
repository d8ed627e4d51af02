import { spawnSync } from "node:child_process"
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { delimiter, dirname, join } from "node:path"
import { assert, describe, it, onTestFinished } from "vitest"
import { integrityOf, manifestFile, type Release } from "../release/packedRelease.ts"

const publish = join(import.meta.dirname, "../release/publish.ts")

/** Note what they are told. npm knows what is published of a file of that name, and git has no tags. */
const fakes = {
  npm: `echo "npm $*" >> "$NOTES"
if [ "$1" = view ]; then
  cat "$REGISTRY/$2" 2> /dev/null || { echo "npm error code E404" >&2; exit 1; }
fi`,
  git: `echo "git $*" >> "$NOTES"
[ "$1" = tag ]`
}

/** A directory as \`pnpm release\` leaves it. */
const packed = () => {
  const scratch = mkdtempSync(join(tmpdir(), "sunco-publish-"))
  onTestFinished(() => rmSync(scratch, { recursive: true }))
  const [directory, commands, registry] = ["release", "bin", "registry"].map((name) => {
    mkdirSync(join(scratch, name))
    return join(scratch, name)
  }) as [string, string, string]
  for (const [name, script] of Object.entries(fakes)) {
    writeFileSync(join(commands, name), `#!/bin/sh\n${script}\n`)
    chmodSync(join(commands, name), 0o755)
  }
  const release: Release = {
    commit: "4f2a",
    packages: ["schemas", "client"].map((name) => {
      const tarball = `${name}-1.0.0.tgz`
      writeFileSync(join(directory, tarball), `the bytes of ${name}`)
      return { name, version: "1.0.0", tarball, integrity: integrityOf(join(directory, tarball)) }
    })
  }
  writeFileSync(join(directory, manifestFile), JSON.stringify(release))
  const notes = join(scratch, "notes")
  return {
    directory,
    registry,
    release,
    run: (...args: ReadonlyArray<string>) => {
      const { status, stderr, stdout } = spawnSync(process.execPath, [publish, directory, ...args], {
        encoding: "utf8",
        env: {
          PATH: [commands, dirname(process.execPath), "/usr/bin", "/bin"].join(delimiter),
          NOTES: notes,
          REGISTRY: registry
        }
      })
      return { status, stderr, stdout, told: existsSync(notes) ? readFileSync(notes, "utf8").trim().split("\n") : [] }
    }
  }
}

describe("release:publish", () => {
  it("publishes the tarballs that were packed, in their order, and tags the commit that they are of", () => {
    const { directory, run } = packed()
    const { status, stderr, stdout, told } = run("--integrity", integrityOf(join(directory, manifestFile)))
    assert.deepStrictEqual({ status, stderr, stdout }, {
      status: 0,
      stderr: "",
      stdout: "schemas@1.0.0 published\nclient@1.0.0 published\n"
    })
    assert.deepStrictEqual(
      told,
      ["schemas", "client"].flatMap((name) => [
        `npm view ${name}@1.0.0 dist.integrity`,
        `npm publish ${directory}/${name}-1.0.0.tgz --ignore-scripts`,
        `git rev-parse --verify --quiet refs/tags/${name}@1.0.0`,
        `git tag ${name}@1.0.0 4f2a`
      ])
    )
  })

  it("publishes nothing with --dry-run, and tags nothing", () => {
    const { run } = packed()
    const { status, told } = run("--dry-run")
    assert.strictEqual(status, 0)
    assert.lengthOf(told, 2)
    for (const command of told) assert.match(command, /^npm publish .+ --ignore-scripts --dry-run$/)
  })

  it("leaves what is published already, as after a run that was cut off", () => {
    const { registry, release, run } = packed()
    writeFileSync(join(registry, "schemas@1.0.0"), release.packages[0]!.integrity)
    const { stdout, told } = run()
    assert.strictEqual(stdout, "schemas@1.0.0 was published before\nclient@1.0.0 published\n")
    assert.lengthOf(told.filter((command) => command.startsWith("npm publish")), 1)
  })

  it("stops at a version of which the registry has other bytes", () => {
    const { registry, run } = packed()
    writeFileSync(join(registry, "schemas@1.0.0"), "sha512-others")
    const { status, stderr, told } = run()
    assert.deepStrictEqual([status, stderr], [1, "schemas@1.0.0 is published already, and is another\n"])
    assert.deepStrictEqual(told, ["npm view schemas@1.0.0 dist.integrity"])
  })

  it.each<[string, (directory: string) => void, RegExp]>([
    [
      "a tarball is another",
      (_) => writeFileSync(join(_, "client-1.0.0.tgz"), "others"),
      /^client-1.0.0.tgz is not what/
    ],
    ["a tarball is missing", (_) => rmSync(join(_, "client-1.0.0.tgz")), /^client-1.0.0.tgz is missing/],
    [
      "a file is there that nobody packed",
      (_) => writeFileSync(join(_, "evil.tgz"), ""),
      /^evil.tgz is not in manifest/
    ]
  ])("asks npm for nothing where %s", (_, change, problem) => {
    const { directory, run } = packed()
    change(directory)
    const { status, stderr, told } = run()
    assert.strictEqual(status, 1)
    assert.match(stderr, problem)
    assert.deepStrictEqual(told, [])
  })

  it("asks npm for nothing where the manifest is not the one that release has named", () => {
    const { directory, release, run } = packed()
    const integrity = integrityOf(join(directory, manifestFile))
    writeFileSync(join(directory, manifestFile), JSON.stringify({ ...release, commit: "another" }))
    const { status, stderr, told } = run("--integrity", integrity)
    assert.deepStrictEqual([status, stderr], [1, `manifest.json is not the one of ${integrity}\n`])
    assert.deepStrictEqual(told, [])
  })

  it("needs nothing that is installed", () => {
    for (const file of ["publish.ts", "packedRelease.ts"]) {
      const source = readFileSync(join(import.meta.dirname, "../release", file), "utf8")
      const imported = Array.from(source.matchAll(/(?:from|import\() ?"([^"]+)"/g), ([, specifier]) => specifier)
      assert.isNotEmpty(imported)
      for (const specifier of imported) assert.match(specifier!, /^(node:\w+|\.\/packedRelease\.ts)$/)
    }
  })
})
