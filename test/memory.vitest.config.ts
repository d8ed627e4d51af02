import { defineConfig } from "vitest/config"
import { apart, base } from "./vitest.config.ts"

export default defineConfig({
  // A process for each file, so that nothing is there but what it has put there.
  test: { ...base, include: apart.memory, pool: "forks" }
})
