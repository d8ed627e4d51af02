/**
 * `pnpm bench:cli [ROUNDS]`: how long `sunco` takes to start, as it is published, in milliseconds of the clock and as a multiple of
 * `node -e 0` in the same round; medians. Fails where `--version` takes more than 1.5 times as long, or `--help` more than 4 times.
 */
import { spawnSync } from "node:child_process"
import { mkdtempDisposableSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { interleaved } from "sunco-workshop/bench/rounds"
import { spread } from "sunco-workshop/bench/statistics"
import * as Arguments from "sunco-workshop/commandLine/Arguments"
import { build } from "./build.ts"

const [given = "21"] = Arguments.read("bench:cli", ["ROUNDS"])
const rounds = /^[1-9]\d*$/.test(given)
  ? Number(given)
  : Arguments.refuse("bench:cli", `expected a number of rounds above 0, not ${JSON.stringify(given)}`)

using directory = mkdtempDisposableSync(join(tmpdir(), "sunco-cli-bench-"))
await build(directory.path)
writeFileSync(join(directory.path, "package.json"), JSON.stringify({ type: "module" }))
const sunco = join(directory.path, "sunco.js")

const started = {
  "node -e 0": ["-e", "0"],
  "sunco --version": [sunco, "--version"],
  "sunco --help": [sunco, "--help"],
  "sunco users --help": [sunco, "users", "--help"]
}

const limits: Readonly<Record<string, number>> = { "sunco --version": 1.5, "sunco --help": 4, "sunco users --help": 4 }

const names = Object.keys(started) as Array<keyof typeof started>

const env = { PATH: process.env["PATH"], NODE_COMPILE_CACHE: join(directory.path, "compiled") }

const start = (name: keyof typeof started): number => {
  const begun = performance.now()
  const { error, status } = spawnSync(process.execPath, started[name], { env })
  if (status !== 0) throw new Error(`${name} ended with ${status}`, { cause: error })
  return performance.now() - begun
}

// The first start compiles.
names.forEach(start)

const measured = await interleaved(rounds, () => names, start)
const medianOf = (of: (took: (name: keyof typeof started) => number) => number) =>
  spread(measured.map((round) => of((name) => round.get(name) ?? Number.NaN))).median

for (const name of names) {
  const millis = medianOf((took) => took(name))
  const times = medianOf((took) => took(name) / took("node -e 0"))
  const limit = limits[name]
  const isTooSlow = limit !== undefined && times > limit
  const bound = limit === undefined ? "" : `, ${isTooSlow ? "more than" : "at most"} ${limit}`
  console.log(`${name.padEnd(20)}${millis.toFixed(0).padStart(5)} ms  ${times.toFixed(2)}${bound}`)
  if (isTooSlow) process.exitCode = 1
}
