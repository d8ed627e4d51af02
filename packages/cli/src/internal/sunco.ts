#!/usr/bin/env node
/**
 * The command `sunco`. What `--version` prints stands here, and all else is loaded when it is asked for: it takes longer to load
 * than Node takes to start.
 */
// As a whole: one that is too old, and is told so below, does not have what is used of it.
import module from "node:module"
import manifest from "../../package.json" with { type: "json" }

const { engines, version } = manifest
const given = process.argv.slice(2)

const [major = 0, minor = 0] = process.versions.node.split(".").map(Number)
const [, neededMajor = 0, neededMinor = 0] = /(\d+)\.(\d+)/.exec(engines.node)?.map(Number) ?? []

if (given.length === 1 && (given[0] === "--version" || given[0] === "-v")) {
  process.stdout.on("error", ({ code }: NodeJS.ErrnoException) => {
    // Whoever reads it may leave first.
    if (code === "EPIPE" || code === "EOF") return
    process.stderr.write(`error: the output cannot be written (${code})\n`)
    process.exitCode = 1
  }).write(`${version}\n`)
} else if (major < neededMajor || (major === neededMajor && minor < neededMinor)) {
  process.stderr.write(`error: sunco needs Node ${engines.node}, and this is ${process.versions.node}\n`)
  process.exitCode = 1
} else {
  module.enableCompileCache()
  // Node would let the other one win, and warn of both on the standard error.
  if (process.env["NO_COLOR"]) delete process.env["FORCE_COLOR"]
  const { main } = await import("./main.ts")
  main(given, version)
}
