/**
 * `pnpm test:vendor-client`: installs the vendor's client here, as the lock file beside this file has it, and runs the `*.spec.ts`.
 */
import { spawnSync } from "node:child_process"
import { join } from "node:path"
import * as Arguments from "sunco-workshop/commandLine/Arguments"
import { neededOf } from "sunco-workshop/release/environment"
import { root } from "sunco-workshop/release/pack"

Arguments.read("test:vendor-client")

const run = (command: string, ...args: ReadonlyArray<string>): void => {
  const { error, status } = spawnSync(command, args, { cwd: root, env: neededOf(process.env), stdio: "inherit" })
  if (error !== undefined) throw error
  if (status !== 0) process.exit(status ?? 1)
}

run("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix", import.meta.dirname)
run(process.execPath, join(root, "test/suite.ts"), join(import.meta.dirname, "vitest.config.ts"))
