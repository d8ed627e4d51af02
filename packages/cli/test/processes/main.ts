/**
 * `pnpm test:cli [FILTER...]`: the command `sunco` as it is published, in processes of its own: in pipes, in a pseudo-terminal, and in
 * the shells that complete it. `script` of util-linux, bash, zsh and fish have to be there.
 */
import { spawnSync } from "node:child_process"
import * as Arguments from "sunco-workshop/commandLine/Arguments"
import { createVitest } from "vitest/node"

const filters = Arguments.read("test:cli", ["FILTER..."])

const config = new URL("vitest.config.ts", import.meta.url).pathname

const isThere = (command: string) => spawnSync(command, ["--version"]).error === undefined

const missing = ["bash", "zsh", "fish"].filter((command) => !isThere(command)).concat(
  // Other systems have another command of that name.
  spawnSync("script", ["--version"], { encoding: "utf8" }).stdout?.includes("util-linux")
    ? []
    : ["script of util-linux"]
)

const vitest = await createVitest("test", { config, run: true, watch: false })

for (const filter of filters) {
  const found = await vitest.globTestSpecifications([filter])
  if (found.length === 0) Arguments.refuse("test:cli", `no file of tests has ${JSON.stringify(filter)} in its path`)
}

if (missing.length > 0) {
  console.error(`test:cli: ${missing.join(", ")} not installed: \`apt-get install bash bsdutils fish zsh\``)
  process.exitCode = 1
} else {
  await vitest.start(Array.from(filters))
}
await vitest.exit()
