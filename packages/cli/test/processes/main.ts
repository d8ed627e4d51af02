/**
 * `pnpm test:cli [FILTER...]`: the command `sunco` as it is published, in processes of its own: in pipes, in a pseudo-terminal, and in
 * the shells that complete it. `script` of util-linux, bash, zsh and fish have to be there; without PostgreSQL what is tested with it
 * is left out, and it says so.
 */
import { spawnSync } from "node:child_process"
import * as Arguments from "sunco-workshop/commandLine/Arguments"
import { programs } from "sunco-workshop/servers/PostgresServer"
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

const vitest = await createVitest("test", {
  config,
  run: true,
  watch: false,
  exclude: programs === undefined ? ["**/postgres.spec.ts"] : []
})

for (const filter of filters) {
  const found = await vitest.globTestSpecifications([filter])
  if (found.length === 0) Arguments.refuse("test:cli", `no file of tests has ${JSON.stringify(filter)} in its path`)
}

if (missing.length > 0) {
  console.error(`test:cli: ${missing.join(", ")} not installed: \`apt-get install bash bsdutils fish zsh\``)
  process.exitCode = 1
} else {
  if (programs === undefined) console.error("test:cli: left out: bulk in PostgreSQL, which is not installed")
  await vitest.start(Array.from(filters))
}
await vitest.exit()
