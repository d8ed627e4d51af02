/**
 * `node packages/workshop/bench/bulk.ts [ROWS]`: the processor time that an import takes for a row, with a file of SQLite, beside the same
 * calls over a stream of lines that keeps nothing. The client's transport answers at once. Fails where it takes more than 1.15
 * times as much.
 */
import { fork } from "node:child_process"
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import * as Arguments from "sunco-workshop/commandLine/Arguments"
import type { Imported } from "./bulkProcess.ts"
import { percentile, spread } from "./statistics.ts"

const [given = "20000"] = Arguments.read("bench:bulk", ["ROWS"])
const rows = Number(given)
if (!Number.isSafeInteger(rows) || rows < 1) {
  Arguments.refuse("bench:bulk", `unexpected ${JSON.stringify(given)}; ROWS is a whole number above zero`)
}

const rounds = 3
const limit = 1.15

const folder = mkdtempSync(join(tmpdir(), "sunco-bench-"))
process.once("exit", () => rmSync(folder, { recursive: true, force: true }))
const file = join(folder, "users.ndjson")

const user = (n: number) => ({
  externalId: `customer-${n}`,
  signedUpAt: "2026-11-23T09:30:00.000Z",
  profile: { givenName: "Ada", surname: "Lovelace", email: `ada.${n}@example.com` },
  metadata: { plan: "pro", seats: 3 }
})

const written = openSync(file, "w")
for (let from = 0; from < rows; from += 1000) {
  const lines = Array.from({ length: Math.min(1000, rows - from) }, (_, n) => `${JSON.stringify(user(from + n))}\n`)
  writeSync(written, lines.join(""))
}
closeSync(written)

const imported = (name: "bare" | "bulk", round: number): Promise<Imported> =>
  new Promise((resolve, reject) => {
    const child = fork(
      new URL("bulkProcess.ts", import.meta.url),
      [name, file, join(folder, `${name}-${round}.db`), String(rows)],
      { execArgv: ["--expose-gc"] }
    )
    child.once("message", (message) => resolve(message as Imported))
    child.once("exit", () => reject(new Error(`${name} has ended without a figure`)))
  })

const measured = { bare: new Array<Imported>(), bulk: new Array<Imported>() }

for (let round = 0; round < rounds; round++) {
  for (const name of ["bare", "bulk"] as const) measured[name].push(await imported(name, round))
}

for (const name of ["bare", "bulk"] as const) {
  const ratios = spread(measured[name].map(({ micros }, round) => micros / measured.bare[round]!.micros))
  console.log(
    `${name} ${percentile(measured[name].map(({ micros }) => micros), 0.5).toFixed(0).padStart(4)} us a row,`,
    `${ratios.median.toFixed(2)} [${ratios.p10.toFixed(2)}-${ratios.p90.toFixed(2)}] of bare,`,
    `heap ${percentile(measured[name].map(({ heap }) => heap), 0.5).toFixed(1)} MB at ${rows} rows`
  )
  if (ratios.median > limit) process.exitCode = 1
}
