import { spawn } from "node:child_process"
import { once } from "node:events"
import { createInterface } from "node:readline"
import { text } from "node:stream/consumers"
import { inject } from "vitest"
import { install, type PackageManager, pathOf } from "./install.ts"

export interface Consumer {
  readonly directory: string
  /** What the package manager printed while it installed. */
  readonly installation: string
  /**
   * Runs a command in the project's directory, with its `node_modules/.bin` in the PATH, and gives what it printed. `SUNCO_*`
   * name an emulator that has just started, for this run alone. Fails, with all that was printed, where the command does.
   */
  readonly run: (command: string, ...args: ReadonlyArray<string>) => Promise<string>
}

/**
 * Installs a project as a user would.
 *
 * A project is a directory beside this file: its sources, and a package.json of which the `dependencies` name packages of this
 * repository with `"*"` and everything else with a version. It is copied to a directory outside the repository, those packages
 * are installed from their tarballs, and what it says is tested in a `*.spec.ts` beside this file:
 *
 * ```text
 * describe.each(["npm", "pnpm"] as const)("a project of %s", (packageManager) => {
 *   it("runs", async () => {
 *     const { run } = consume("project", packageManager)
 *     assert.strictEqual(await run("node", "program.js"), "what it prints\n")
 *   })
 * })
 * ```
 *
 * `pnpm test:consumers project` runs `project.spec.ts` alone.
 */
export const consume = (project: string, packageManager: PackageManager): Consumer => {
  const { directory, output } = install({
    project,
    packageManager,
    packages: inject("packages"),
    scratch: inject("scratch")
  })
  return {
    directory,
    installation: output,
    run: async (command, ...args) => {
      await using emulator = await startEmulator()
      const child = spawn(command, args, {
        cwd: directory,
        // Nothing of whoever runs this, who may have the names and keys of an app of the vendor's there.
        env: { PATH: pathOf(directory), NO_COLOR: "1", ...emulator.environment },
        stdio: ["ignore", "pipe", "pipe"],
        // Before the test gives up, which would leave the process behind.
        timeout: 100_000
      })
      const [stdout, stderr, [status]] = await Promise.all([
        text(child.stdout),
        text(child.stderr),
        once(child, "close")
      ])
      if (status === 0) return stdout
      throw new Error(`${[command, ...args].join(" ")} ended with ${status} in ${project}\n${stdout}${stderr}`)
    }
  }
}

const startEmulator = async () => {
  const child = spawn(inject("emulator"), ["--json"], {
    env: { PATH: pathOf(inject("scratch")) },
    stdio: ["ignore", "pipe", "inherit"]
  })
  const [line]: ReadonlyArray<string> = await once(createInterface(child.stdout), "line")
  const { appId, keyId, keySecret, url }: Readonly<Record<string, string>> = JSON.parse(line!)
  return {
    environment: { SUNCO_APP_ID: appId, SUNCO_BASE_URL: url, SUNCO_KEY_ID: keyId, SUNCO_KEY_SECRET: keySecret },
    [Symbol.asyncDispose]: async () => {
      child.kill()
      await once(child, "exit")
    }
  }
}
