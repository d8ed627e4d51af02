/**
 * `pnpm test:openapi --spec FILE`: installs a mock server of others here, as the lock file beside this file has it, and has it judge
 * every operation by the vendor's OpenAPI document.
 */
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import * as Config from "effect/Config"
import * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import * as ChildProcess from "effect/process/ChildProcess"
import { join, resolve } from "node:path"
import * as CommandLine from "sunco-workshop/commandLine/CommandLine"
import { neededOf } from "sunco-workshop/release/environment"
import { root } from "sunco-workshop/release/pack"
import * as Documented from "./Documented.ts"

/** Whether it ended well; what it says goes where this program's words go. */
const run = (command: string, args: ReadonlyArray<string>, env: Readonly<Record<string, string>> = {}) =>
  Effect.gen(function*() {
    const child = yield* ChildProcess.make(command, args, {
      cwd: root,
      env: { ...neededOf(process.env), ...env },
      stdin: "ignore",
      stdout: "inherit",
      stderr: "inherit"
    })
    return (yield* child.exitCode) === 0
  }).pipe(Effect.scoped)

const failed = Effect.sync(() => {
  process.exitCode = 1
})

const openapi = Command.make("test:openapi", {
  spec: Flag.File("spec", { mustExist: true }).pipe(
    Flag.withDescription("The vendor's OpenAPI document, YAML or JSON"),
    Flag.withFallbackConfig(Config.NonEmptyString("SUNCO_VENDOR_SPEC"))
  )
}, ({ spec }) =>
  Effect.gen(function*() {
    yield* Documented.read(spec)
    const here = import.meta.dirname
    const prism = join(here, "prism")
    const suite = [join(root, "test/suite.ts"), join(here, "vitest.config.ts")]
    const isFine = (yield* run("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix", prism])) &&
      (yield* run(process.execPath, suite, { SUNCO_VENDOR_SPEC: resolve(spec) }))
    if (!isFine) yield* failed
  }).pipe(
    Effect.catchTag("NotOpenApi", ({ message }) => Effect.andThen(Console.error(message), failed))
  )).pipe(
    Command.withDescription("Has an OpenAPI mock server of others judge every operation by the vendor's document.")
  )

CommandLine.run(openapi)
