/**
 * `pnpm test:redis`: the limiter that several processes share, against a real `redis-server`.
 */
import { spawnSync } from "node:child_process"
import * as Arguments from "sunco-workshop/commandLine/Arguments"
import { startVitest } from "vitest/node"

Arguments.read("test:redis")

if (spawnSync("redis-server", ["--version"]).error === undefined) {
  const vitest = await startVitest("test", [], {
    config: new URL("vitest.config.ts", import.meta.url).pathname,
    run: true
  })
  await vitest.close()
} else {
  console.error("redis-server is not installed: `apt-get install redis-server`, or `brew install redis` on a Mac")
  process.exitCode = 1
}
