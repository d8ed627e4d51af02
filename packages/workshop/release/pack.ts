import { execFileSync, spawnSync } from "node:child_process"
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { neededOf } from "./environment.ts"

export const root = fileURLToPath(new URL("../../..", import.meta.url))

/** The version of pnpm that the root's manifest pins, and the hash of its tarball. */
export const pinned = (() => {
  const { packageManager }: { readonly packageManager: string } = JSON.parse(
    readFileSync(join(root, "package.json"), "utf8")
  )
  const [, version = "", hex = ""] = /^pnpm@([\d.]+)\+sha512\.([\da-f]{128})$/.exec(packageManager) ?? []
  return { version, integrity: `sha512-${Buffer.from(hex, "hex").toString("base64")}` }
})()

/** Runs the pinned pnpm, without what nobody but its owner may know: its output goes where this process's does, or is given. */
export const pnpm = (
  args: ReadonlyArray<string>,
  { cwd = root, stdout = "inherit" as "inherit" | "pipe" } = {}
): string => {
  const { error, status, stdout: text } = spawnSync("npx", ["-y", `pnpm@${pinned.version}`, ...args], {
    cwd,
    env: neededOf(process.env),
    encoding: "utf8",
    maxBuffer: Number.POSITIVE_INFINITY,
    stdio: ["ignore", stdout, "inherit"]
  })
  if (status !== 0) throw new Error(`pnpm ${args.join(" ")} failed`, { cause: error ?? text })
  return text
}

/** What a published manifest says that is looked at here. */
export interface Manifest {
  readonly license?: string
  readonly repository?: { readonly directory?: string }
  readonly sideEffects?: unknown
  readonly engines?: { readonly node?: string }
  readonly publishConfig?: { readonly access?: string; readonly provenance?: boolean }
  readonly exports: Readonly<Record<string, string | null>>
  readonly dependencies?: Readonly<Record<string, string>>
  readonly peerDependencies?: Readonly<Record<string, string>>
}

/** A public package of the workspace, as it is published. */
export interface Packed {
  readonly name: string
  readonly version: string
  /** The path of the tarball. */
  readonly tarball: string
  /** The paths of the files in it. */
  readonly files: ReadonlyArray<string>
  readonly manifest: Manifest
}

/** Builds every public package and packs it into a directory. */
export const pack = (directory: string): ReadonlyArray<Packed> => {
  pnpm(["build"])
  const packed: ReadonlyArray<{
    readonly name: string
    readonly version: string
    readonly filename: string
    readonly files: ReadonlyArray<{ readonly path: string }>
  }> = JSON.parse(pnpm(["pack", "--recursive", "--json", "--pack-destination", directory], { stdout: "pipe" }))
  return packed.map(({ filename, files, name, version }) => ({
    name,
    version,
    tarball: filename,
    files: files.map(({ path }) => path),
    manifest: JSON.parse(execFileSync("tar", ["-xzOf", filename, "package/package.json"], { encoding: "utf8" }))
  }))
}

/** The subpaths of a package that can be imported, and those that one pattern of its exports opens and another closes. */
export const subpaths = ({ files, manifest }: Packed): {
  readonly open: ReadonlyArray<string>
  readonly closed: ReadonlyArray<string>
} => {
  const patterns = Object.entries(manifest.exports)
  const isClosed = (subpath: string) =>
    patterns.some(([pattern, target]) => target === null && subpath.startsWith(pattern.replace("*", "")))
  const all = patterns.flatMap(([pattern, target]) => {
    if (target === null) return []
    const [before = "", after] = target.slice("./".length).split("*")
    if (after === undefined) return [pattern]
    return files
      .filter((file) => file.startsWith(before) && file.endsWith(after))
      .map((file) => pattern.replace("*", file.slice(before.length, file.length - after.length)))
  })
  return { open: all.filter((subpath) => !isClosed(subpath)), closed: all.filter(isClosed) }
}
