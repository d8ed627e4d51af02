import { defineConfig } from "vitest/config"

export default defineConfig({
  test: {
    root: new URL("../..", import.meta.url).pathname,
    include: ["test/redis/*.redis.ts"],
    testTimeout: 30_000
  }
})
