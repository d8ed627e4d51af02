import { defineConfig } from "vitest/config"
import { apart, base } from "./vitest.config.ts"

export default defineConfig({
  test: { ...base, include: apart.programs, pool: "threads", isolate: false }
})
