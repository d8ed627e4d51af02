/**
 * `pnpm test:browser`: the emulator's pages in a Chromium that reaches nothing but this machine.
 */
import * as Arguments from "sunco-workshop/commandLine/Arguments"
import { startVitest } from "vitest/node"
import { findChromium } from "./Chromium.ts"

Arguments.read("test:browser")

if (findChromium() === undefined) {
  console.error("Chromium is not installed: `apt-get install chromium`, or `brew install --cask chromium` on a Mac")
  process.exitCode = 1
} else {
  const vitest = await startVitest("test", [], {
    config: new URL("vitest.config.ts", import.meta.url).pathname,
    run: true
  })
  await vitest.close()
}
