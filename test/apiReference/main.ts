/**
 * `pnpm reference [--out DIR] [--check]`: writes the API reference of every public module, or only says what is wrong with it.
 */
import { globSync } from "node:fs"
import { join, relative } from "node:path"
import { fileURLToPath } from "node:url"
import { parseArgs } from "node:util"
import * as ApiReference from "./ApiReference.ts"
import { publicModules } from "./publicModules.ts"

const root = fileURLToPath(new URL("../..", import.meta.url))

const { values: { check, out } } = parseArgs({
  options: { check: { type: "boolean", default: false }, out: { type: "string", default: join(root, ".docs") } }
})

const modules = globSync(join(root, "packages/*/package.json")).sort().flatMap(publicModules)
const reference = await ApiReference.make({ modules, tsconfig: join(root, "test/apiReference/tsconfig.json") })
for (const problem of reference.problems) console.error(problem)
if (reference.problems.length > 0) {
  process.exitCode = 1
} else if (!check) {
  await reference.write(out)
}
console.log(
  `${modules.length} modules, ${reference.problems.length} problems${
    check || process.exitCode === 1 ? "" : `, in ${relative(process.cwd(), out)}`
  }`
)
