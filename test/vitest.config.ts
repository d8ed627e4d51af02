import { defineConfig } from "vitest/config"

export default defineConfig({
  test: {
    root: new URL("..", import.meta.url).pathname,
    include: ["packages/*/test/**/*.test.ts", "test/**/*.test.ts"],
    // Threads share one process: a start costs less, and native Pact code loses interactions between forks.
    pool: "threads",
    testTimeout: 15_000
  }
})
