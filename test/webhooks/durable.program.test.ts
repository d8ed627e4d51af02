import { describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { join } from "node:path"
import { durableFaults, folder } from "./DurableFaults.ts"

describe("a durable receiver over SQLite", () => {
  durableFaults(Effect.map(folder, (folder) => join(folder, "events.sqlite")), it.live)
})
