import { defineConfig } from "vitest/config"

export default defineConfig({
  test: {
    root: new URL("../..", import.meta.url).pathname,
    include: ["test/bulk/*.bulk.ts"],
    testTimeout: 240_000,
    // Each has processes enough for itself.
    fileParallelism: false
  }
})
