/** A file of users, and what an operator is told of it. */
import { Emulator } from "@sunco/emulator"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import type * as Scope from "effect/Scope"
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { Settings } from "./Operator.ts"

/** Of a worker that is not heard of; the shortest that there is. */
export const leaseMillis = 2000

export const folder = Effect.acquireRelease(
  Effect.sync(() => mkdtempSync(join(tmpdir(), "sunco-bulk-"))),
  (path) => Effect.sync(() => rmSync(path, { recursive: true, force: true }))
)

/** A file of so many users, and what an operator is told of it. */
export const job = (
  rows: number,
  store: (folder: string) => Settings["store"],
  options?: Partial<Settings>
): Effect.Effect<Settings, never, Emulator | Scope.Scope> =>
  Effect.gen(function*() {
    const { appId, keyId, keySecret, url } = yield* Emulator
    const path = yield* folder
    const file = join(path, "users.ndjson")
    const users = Array.from({ length: rows }, (_, n) =>
      JSON.stringify({ externalId: `customer-${n}`, profile: { givenName: `Ada ${n}` } }))
    writeFileSync(file, `${users.join("\n")}\n`)
    return {
      store: store(path),
      url,
      appId,
      keyId,
      keySecret: Redacted.value(keySecret),
      file,
      job: `job-${Math.random().toString(36).slice(2)}`,
      mode: "create",
      chunkRows: 50,
      inFlight: 8,
      leaseMillis,
      faults: 0,
      ...options
    }
  })
