/**
 * What an installation of either client brings.
 */
import { existsSync, readdirSync, readFileSync, realpathSync, statSync } from "node:fs"
import { dirname, join } from "node:path"

interface Manifest {
  readonly files?: ReadonlyArray<string>
  readonly dependencies?: Readonly<Record<string, string>>
  readonly peerDependencies?: Readonly<Record<string, string>>
}

export interface Installed {
  readonly packages: number
  readonly bytes: number
}

const json = (path: string) => JSON.parse(readFileSync(path, "utf8"))

const bytesBelow = (path: string): number =>
  readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((bytes, entry) => bytes + statSync(join(entry.parentPath, entry.name)).size, 0)

/** The vendor's client with all that it depends on, but for what only one platform needs. */
export const vendor = (): Installed => {
  const modules = join(import.meta.dirname, "node_modules")
  const { packages }: { readonly packages: Readonly<Record<string, { readonly os?: unknown }>> } = json(
    join(modules, ".package-lock.json")
  )
  const everywhere = Object.keys(packages).filter((path) => packages[path]?.os === undefined)
  return { packages: everywhere.length, bytes: bytesBelow(modules) }
}

const directoryOf = (name: string, from: string): string => {
  const directory = join(from, "node_modules", name)
  return existsSync(directory) ? realpathSync(directory) : directoryOf(name, dirname(from))
}

/** This project's client with its transport, without `effect`, and `effect`. */
export const sunco = (): { readonly client: Installed; readonly effect: Installed } => {
  const found = new Map<string, number>()
  const visit = (name: string, from: string): void => {
    if (found.has(name)) return
    const directory = directoryOf(name, from)
    const { dependencies, files, peerDependencies }: Manifest = json(join(directory, "package.json"))
    // A package of the workspace has more in its directory than is published.
    const published = directory.includes("/node_modules/") ? ["."] : files ?? []
    const directories = published.map((path) => join(directory, path)).filter((path) => existsSync(path))
    found.set(name, directories.reduce((bytes, path) => bytes + bytesBelow(path), 0))
    for (const needed of Object.keys({ ...dependencies, ...peerDependencies })) visit(needed, directory)
  }
  visit("effect", import.meta.dirname)
  const effect = sum(found.values())
  visit("@sunco/client", import.meta.dirname)
  const all = sum(found.values())
  return { effect, client: { packages: all.packages - effect.packages, bytes: all.bytes - effect.bytes } }
}

const sum = (sizes: Iterable<number>): Installed => {
  const all = Array.from(sizes)
  return { packages: all.length, bytes: all.reduce((total, bytes) => total + bytes, 0) }
}
