/**
 * `pnpm reference [--out DIR] [--check]`: writes the API reference of every public module, or only says what is wrong with it.
 */
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { globSync } from "node:fs"
import { join, relative } from "node:path"
import { fileURLToPath } from "node:url"
import * as CommandLine from "sunco-workshop/commandLine/CommandLine"
import * as ApiReference from "./ApiReference.ts"
import { publicModules } from "./publicModules.ts"

const root = fileURLToPath(new URL("../../..", import.meta.url))

const command = Command.make("reference", {
  check: Flag.Boolean("check").pipe(Flag.withDefault(false), Flag.withDescription("Writes nothing")),
  out: Flag.String("out").pipe(
    Flag.withSchema(Schema.NonEmptyString),
    Flag.withDescription("The directory for it"),
    Flag.withDefault(join(root, ".docs"))
  )
}, ({ check, out }) =>
  Effect.promise(async () => {
    const modules = globSync(join(root, "packages/*/package.json")).sort().flatMap(publicModules)
    const reference = await ApiReference.make({
      modules,
      tsconfig: join(root, "packages/workshop/apiReference/tsconfig.json")
    })
    for (const problem of reference.problems) console.error(problem)
    const found = `${modules.length} modules, ${reference.problems.length} problems`
    if (reference.problems.length > 0) process.exitCode = 1
    if (check || reference.problems.length > 0) return console.log(found)
    await reference.write(out)
    console.log(`${found}, in ${relative(process.cwd(), out)}`)
  })).pipe(Command.withDescription("The API reference of every public module, or what is wrong with it."))

CommandLine.run(command)
