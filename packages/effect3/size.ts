/**
 * `node size.ts`, after `node build.ts`: what this package adds to a bundle that has Effect 3 and its platform already, in
 * kilobytes after gzip.
 */
import { mkdtempDisposableSync, writeFileSync } from "node:fs"
import { createRequire } from "node:module"
import { join } from "node:path"
import { pathToFileURL } from "node:url"
import { gzipSync } from "node:zlib"
import * as Arguments from "sunco-workshop/commandLine/Arguments"

Arguments.read("size.ts")

const dist = join(import.meta.dirname, "dist")

using directory = mkdtempDisposableSync(join(import.meta.dirname, ".tsbuild/size-"))

const entry = join(directory.path, "entry.js")

writeFileSync(
  entry,
  `export { layerJwt } from "${dist}/Credentials.js"\nexport { Users } from "${dist}/Users.js"\n`
)

// The bundlers are those that the client is measured with.
const fromWorkshop = createRequire(join(import.meta.dirname, "../workshop/package.json"))
const { build } = await import(pathToFileURL(fromWorkshop.resolve("esbuild")).href)
const { rolldown } = await import(pathToFileURL(fromWorkshop.resolve("rolldown")).href)

const { outputFiles } = await build({
  entryPoints: [entry],
  external: ["effect/*", "@effect/platform/*"],
  bundle: true,
  format: "esm",
  platform: "browser",
  minify: true,
  write: false
})

const bundle = await rolldown({ input: entry, external: /^(effect|@effect\/platform)\//, platform: "browser" })

const { output } = await bundle.generate({ format: "esm", minify: true })

for (const [bundler, code] of [["esbuild", outputFiles[0].text], ["rolldown", output[0].code]]) {
  console.log(`${bundler}: ${(gzipSync(code, { level: 9 }).length / 1000).toFixed(1)} kB`)
}
