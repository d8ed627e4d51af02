import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { build } from "../../build.ts"
import type { TestProject } from "vitest/node"

declare module "vitest" {
  interface ProvidedContext {
    /** The file that is the command `sunco`, as it is published. */
    readonly sunco: string
    /** The modules of other packages that are in it. */
    readonly bundled: ReadonlyArray<string>
  }
}

/** Builds the command once for all tests, outside of the repository, where it finds no other package. */
export default async ({ provide }: TestProject) => {
  const directory = mkdtempSync(join(tmpdir(), "sunco-cli-"))
  provide("bundled", (await build(directory)).filter((module) => module.includes("node_modules")))
  writeFileSync(join(directory, "package.json"), JSON.stringify({ type: "module" }))
  provide("sunco", join(directory, "sunco.js"))
  return () => rmSync(directory, { recursive: true })
}
