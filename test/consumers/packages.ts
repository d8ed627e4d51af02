import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { TestProject } from "vitest/node"
import { pack, type Packed } from "sunco-workshop/release/pack"
import { install } from "./install.ts"

declare module "vitest" {
  interface ProvidedContext {
    /** Every public package. */
    readonly packages: ReadonlyArray<Packed>
    /** A directory outside the repository, for the projects. */
    readonly scratch: string
    /** The command `sunco-emulator`, as npm installs it. */
    readonly emulator: string
  }
}

/** Packs the packages once for all specs, and installs the emulator that their programs talk to. */
export default ({ provide }: TestProject) => {
  const scratch = mkdtempSync(join(tmpdir(), "sunco-consumers-"))
  const packages = pack(scratch)
  const { directory } = install({ packageManager: "npm", packages, project: "emulator", scratch })
  provide("packages", packages)
  provide("scratch", scratch)
  provide("emulator", join(directory, "node_modules/.bin/sunco-emulator"))
  return () => rmSync(scratch, { recursive: true })
}
