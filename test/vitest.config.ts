import { availableParallelism } from "node:os"
import { defineConfig } from "vitest/config"

// Here and not in `test.env`: native Pact code reads the environment of the process, of which a worker thread has a copy.
process.env["PACT_DO_NOT_TRACK"] = "true"

/** The tests that have a command of their own, beside those of the other directories that have a configuration. */
export const apart = {
  /** They start programs as processes: this repository's own, the examples of the documents, Pact's command line. */
  programs: ["**/*.program.test.ts", "packages/effect3/test/build.test.ts"],
  /** They look at what is held in memory, which takes the longer the more a test runner has there. */
  memory: ["**/*.memory.test.ts", "packages/client/test/hostileServer.test.ts"]
}

export const base = {
  root: new URL("..", import.meta.url).pathname,
  exclude: ["**/node_modules/**", "**/.tsbuild/**", "**/dist/**"],
  testTimeout: 15_000,
  // Vitest would leave one of two cores idle.
  maxWorkers: Math.max(2, availableParallelism() - 1)
}

export default defineConfig({
  test: {
    ...base,
    include: ["packages/*/test/**/*.test.ts", "contracts/test/**/*.test.ts", "test/**/*.test.ts"],
    exclude: [...base.exclude, ...apart.programs, ...apart.memory],
    // Threads share one process: a start costs less, and native Pact code loses interactions between forks.
    pool: "threads",
    // Files share the modules that they import, which take longer than most tests; none of them keeps what a test would notice.
    isolate: false
  }
})
