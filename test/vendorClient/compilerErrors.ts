/**
 * What the compiler says of a program.
 */
import { strictEqual } from "node:assert"
import { spawnSync } from "node:child_process"
import { mkdirSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"

// Below this directory, so that a program finds the packages that are compared.
const directory = join(import.meta.dirname, ".tsbuild")

const tsc = join(import.meta.dirname, "../../node_modules/typescript/bin/tsc")

const flags =
  "--ignoreConfig --noEmit --pretty false --strict --allowImportingTsExtensions --module nodenext --types node"

/** The text of each error of the program, in its order. */
export const compilerErrors = (program: string): ReadonlyArray<string> => {
  mkdirSync(directory, { recursive: true })
  writeFileSync(join(directory, "program.ts"), program)
  const { status, stdout } = spawnSync(process.execPath, [tsc, ...flags.split(" "), "program.ts"], {
    cwd: directory,
    encoding: "utf8"
  })
  rmSync(directory, { recursive: true })
  const errors = Array.from(stdout.matchAll(/^program\.ts\(.*?\): error TS\d+: (.*)$/gmu), ([, text = ""]) => text)
  strictEqual(errors.length === 0, status === 0, stdout)
  return errors
}
