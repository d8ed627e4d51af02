/**
 * Part of `pnpm release:version`: writes the client's version where the client itself, which may be in a browser, can read it.
 */
import { readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import * as Arguments from "sunco-workshop/commandLine/Arguments"
import { root } from "./pack.ts"

Arguments.read("version.ts")

const { version }: { readonly version: string } = JSON.parse(
  readFileSync(join(root, "packages/client/package.json"), "utf8")
)

const module = join(root, "packages/client/src/internal/version.ts")

writeFileSync(
  module,
  readFileSync(module, "utf8").replace(/(?<=^export const version = ).+$/m, JSON.stringify(version))
)
