/**
 * `node packages/workshop/bench/importTime.ts`: how long importing the client takes, beside importing only what it needs of Effect and undici.
 * Fails when the client takes more than 30 ms on top.
 *
 * It is measured on what is built, as an installed package has it, in a process for each import.
 */
import { identity } from "effect/Function"
import { execFileSync } from "node:child_process"
import { mkdtempDisposableSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import * as Arguments from "sunco-workshop/commandLine/Arguments"
import { bundle } from "../release/bundle.ts"
import { interleaved, spreadOf } from "./rounds.ts"
import { type Spread, spread } from "./statistics.ts"

Arguments.read("bench:import")

const limit = 30

const rounds = 15

/** What a program on Node imports that calls the Users API with a key. */
const modules = ["@sunco/client/Users", "@sunco/client/Credentials", "@sunco/client/UndiciTransport"]

const packages = join(import.meta.dirname, "../..")

// Beside this file, so that `effect` and `undici` resolve to the same packages.
using directory = mkdtempDisposableSync(join(import.meta.dirname, "installed-"))

for (const name of ["schemas", "client"] as const) {
  const installed = join(directory.path, "node_modules/@sunco", name)
  await bundle(name, join(installed, "dist"))
  const manifest = JSON.parse(readFileSync(join(packages, name, "package.json"), "utf8"))
  // As pnpm does when it packs: the exports of the workspace are the sources.
  writeFileSync(join(installed, "package.json"), JSON.stringify({ ...manifest, ...manifest.publishConfig }))
}

const script = (name: string, lines: ReadonlyArray<string>): string => {
  const file = join(directory.path, name)
  writeFileSync(file, lines.join("\n"))
  return file
}

const run = (file: string): string => execFileSync(process.execPath, [file], { encoding: "utf8" })

const importing = (names: ReadonlyArray<string>) => names.map((name) => `import ${JSON.stringify(name)}`)

/** Every module of another package that a module of this project imports, in the order in which Node resolves them. */
const needed: ReadonlyArray<string> = JSON.parse(run(script("graph.mjs", [
  `import { registerHooks } from "node:module"`,
  `const needed = new Set()`,
  `registerHooks({`,
  `  resolve(specifier, context, next) {`,
  `    const resolved = next(specifier, context)`,
  `    const ours = (url) => url?.includes("/node_modules/@sunco/")`,
  `    if (ours(context.parentURL) && !ours(resolved.url) && !resolved.url.startsWith("node:")) needed.add(specifier)`,
  `    return resolved`,
  `  }`,
  `})`,
  ...modules.map((name) => `await import(${JSON.stringify(name)})`),
  `console.log(JSON.stringify([...needed]))`
])))

const timing = (name: string, imported: ReadonlyArray<string>): string =>
  script(`time-${name}.mjs`, [
    `const start = performance.now()`,
    `await import(${JSON.stringify(script(`${name}.mjs`, importing(imported)))})`,
    `console.log(performance.now() - start)`
  ])

const scripts = { client: timing("client", modules), needed: timing("needed", needed) }

const names = ["client", "needed"] as const

const measure = (rounds: number) => interleaved(rounds, () => names, (name) => Number(run(scripts[name])))

// The first ones read from the disk.
await measure(1)

const measured = await measure(rounds)

const print = (what: string, { median, p10, p90 }: Spread) =>
  console.log(`${median.toFixed(0).padStart(4)} ms [${p10.toFixed(0)}-${p90.toFixed(0)}]  ${what}`)

const onTop = spread(measured.map((round) => round.get("client")! - round.get("needed")!))

print(`to import ${modules.join(", ")}`, spreadOf(measured, "client", identity))
print(`to import the ${needed.length} modules of other packages that they need`, spreadOf(measured, "needed", identity))
print(`on top, of at most ${limit}`, onTop)

if (onTop.median > limit) process.exitCode = 1
