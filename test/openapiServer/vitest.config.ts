import { defineConfig } from "vitest/config"

// `*.spec.ts`, so that the suite of the workspace, which runs without the server, does not find them.
export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: ["*.spec.ts"],
    testTimeout: 300_000
  }
})
