/** What `release` leaves for `release:publish`. It imports nothing but Node, as the latter does. */
import { createHash } from "node:crypto"
import { readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"

/** What is to be published, in a file beside the tarballs. */
export interface Release {
  /** The commit that the tarballs were made of. */
  readonly commit: string
  /** Each after those that it needs. */
  readonly packages: ReadonlyArray<{
    readonly name: string
    readonly version: string
    /** The name of a file in the same directory. */
    readonly tarball: string
    /** In the form that npm has for it: `sha512-` and the hash in base 64. */
    readonly integrity: string
  }>
}

/** Where it is unless another directory is named. */
export const releaseDirectory = fileURLToPath(new URL("../../../.release", import.meta.url))

export const manifestFile = "manifest.json"

export const integrityOf = (path: string): string =>
  `sha512-${createHash("sha512").update(readFileSync(path)).digest("base64")}`
