import { availableParallelism } from "node:os"
import { defineConfig } from "vitest/config"

// Here and not in `test.env`: native Pact code reads the environment of the process, of which a worker thread has a copy.
process.env["PACT_DO_NOT_TRACK"] = "true"

export default defineConfig({
  test: {
    root: new URL("..", import.meta.url).pathname,
    include: ["packages/*/test/**/*.test.ts", "contracts/test/**/*.test.ts", "test/**/*.test.ts"],
    exclude: ["**/node_modules/**", "**/.tsbuild/**", "**/dist/**"],
    // Threads share one process: a start costs less, and native Pact code loses interactions between forks.
    pool: "threads",
    // Files share the modules that they import, which take longer than most tests; none of them keeps what a test would notice.
    isolate: false,
    // Vitest would leave one of two cores idle.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    testTimeout: 15_000
  }
})
