import { build } from "esbuild"
import { gzipSync } from "node:zlib"
const r = await build({ entryPoints: ["test/bench/size/entry.ts"], bundle: true, minify: true, format: "esm", platform: "browser", metafile: true, write: false, outfile: "bundle.js" })
const out = Object.values(r.metafile!.outputs)[0]!
const total = r.outputFiles[0]!.text.length
const rows = Object.entries(out.inputs).map(([f, { bytesInOutput }]) => [f.replace(/.*node_modules\/effect\//, "effect/"), bytesInOutput] as const).sort((a, b) => b[1] - a[1])
console.log("total min", total)
for (const [f, n] of rows.filter(([f])=>!f.startsWith("effect/"))) console.log(n, f)
console.log("--- effect")
for (const [f, n] of rows.filter(([f])=>f.startsWith("effect/")).slice(0,40)) console.log(n, f)
