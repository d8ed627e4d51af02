import { defineConfig } from "vitest/config"

// `*.spec.ts`, so that the suite of the workspace, which needs no registry, does not find them.
export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: ["*.spec.ts"],
    globalSetup: "packages.ts",
    // An installation waits for the registry, and the newest compilers for the processor.
    testTimeout: 120_000,
    hookTimeout: 300_000
  }
})
