import { defineConfig } from "vitest/config"

// Native Pact code reads the environment of the process, of which a worker thread has a copy.
process.env["PACT_DO_NOT_TRACK"] = "true"

// `*.spec.ts`, so that the suite of the workspace, which runs without a broker, does not find them.
export default defineConfig({
  test: {
    root: new URL("../..", import.meta.url).pathname,
    include: ["test/broker/*.spec.ts"],
    pool: "threads",
    // The broker's SQLite takes one writer at a time.
    fileParallelism: false,
    testTimeout: 120_000
  }
})
