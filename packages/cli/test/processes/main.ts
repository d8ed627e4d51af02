/**
 * `pnpm test:cli [FILTER...]`: the command `sunco` as it is published, in processes of its own: in pipes, and in a pseudo-terminal, for
 * which `script` of util-linux has to be there.
 */
import { spawnSync } from "node:child_process"
import * as Arguments from "sunco-workshop/commandLine/Arguments"
import { createVitest } from "vitest/node"

const filters = Arguments.read("test:cli", ["FILTER..."])

const config = new URL("vitest.config.ts", import.meta.url).pathname

if (!spawnSync("script", ["--version"], { encoding: "utf8" }).stdout?.includes("util-linux")) {
  console.error("script of util-linux is not installed: `apt-get install util-linux`, or bsdutils on Debian")
  process.exitCode = 1
} else {
  const vitest = await createVitest("test", { config, run: true, watch: false })
  for (const filter of filters) {
    const found = await vitest.globTestSpecifications([filter])
    if (found.length === 0) Arguments.refuse("test:cli", `no file of tests has ${JSON.stringify(filter)} in its path`)
  }
  await vitest.start(Array.from(filters))
  await vitest.exit()
}
