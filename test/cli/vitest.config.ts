import { defineConfig } from "vitest/config"
import { base } from "../vitest.config.ts"

export default defineConfig({
  test: {
    ...base,
    include: ["test/cli/*.spec.ts"],
    globalSetup: ["test/cli/built.ts"],
    pool: "threads",
    // A process takes its time on a machine that is busy.
    testTimeout: 60_000
  }
})
