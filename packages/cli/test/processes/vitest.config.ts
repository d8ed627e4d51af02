import { defineConfig } from "vitest/config"

export default defineConfig({
  test: {
    root: new URL("../../../..", import.meta.url).pathname,
    include: ["packages/cli/test/processes/*.spec.ts"],
    globalSetup: [new URL("built.ts", import.meta.url).pathname],
    pool: "threads",
    maxWorkers: 2,
    // A process takes its time on a machine that is busy.
    testTimeout: 60_000
  }
})
