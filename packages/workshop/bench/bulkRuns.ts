/** Imports in processes of their own, on a store and at a vendor, and what they took. */
import { Emulator } from "@sunco/emulator"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Redacted from "effect/Redacted"
import type * as Scope from "effect/Scope"
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { PostgresServer } from "sunco-workshop/servers/PostgresServer"
import type { Access, Imported, Settings } from "./bulkProcess.ts"
import { type ImportProcess, startImport } from "./processes.ts"
import { interleaved, type Round } from "./rounds.ts"

export type Store = "sqlite" | "postgres"

/** `bare` keeps nothing: the calls alone. */
export type Kept = Store | "bare"

/** In milliseconds, where a process is killed. */
export const lease = 8000

/** How long the vendor takes for an answer, in milliseconds, where several processes work. */
export const latency = 100

/** The lease where nobody is killed, as it is when nothing else is said. */
const usualLease = 30_000

/** A round of several processes is about their waiting, and need not be long. */
const rowsOfProcesses = 10_000

/** What an import took, and what is wrong at the vendor after it: users that are missing, there twice, or written twice. */
export interface Cost extends Imported {
  /** Processor time of the database where it is another process, in seconds. */
  readonly database: number | undefined
  readonly wrong: number
}

/** Of an import by several processes, from the start of the first to the end of the last. */
export interface Lasted {
  readonly seconds: number
  readonly wrong: number
}

export interface Killed {
  readonly undisturbed: Lasted
  readonly killed: Lasted
}

/** An import by one process, by two and by three. */
export type Processes = Readonly<Record<1 | 2 | 3, Lasted>>

const user = (n: number) => ({
  externalId: `customer-${n}`,
  signedUpAt: "2026-11-23T09:30:00.000Z",
  profile: { givenName: "Ada", surname: "Lovelace", email: `ada.${n}@example.com` },
  metadata: { plan: "pro", seats: 3 }
})

const writeUsers = (file: string, rows: number): void => {
  const written = openSync(file, "w")
  for (let from = 0; from < rows; from += 1000) {
    const lines = Array.from({ length: Math.min(1000, rows - from) }, (_, n) => `${JSON.stringify(user(from + n))}\n`)
    writeSync(written, lines.join(""))
  }
  closeSync(written)
}

interface Vendor extends Access {
  readonly users: Effect.Effect<number>
}

/** An emulator for one import, and what is wrong in it afterwards. */
const atVendor = <A>(rows: number, slow: number, run: (vendor: Vendor) => Effect.Effect<A>) => {
  const written = new Set<unknown>()
  let again = 0
  const EmulatorLayer = Emulator.layer({
    requestsKept: 0,
    onRequest: ({ applied, body, operation }) => {
      if (!applied || operation !== "Users.create") return
      const { externalId } = body as { readonly externalId: string }
      if (written.has(externalId)) again++
      written.add(externalId)
    }
  })
  return Effect.gen(function*() {
    const { appId, faults, keyId, keySecret, stored, url } = yield* Emulator
    if (slow > 0) yield* faults.add({ _tag: "SlowHeaders", milliseconds: slow })
    const users = Effect.map(stored("Users"), ({ length }) => length)
    const ran = yield* run({ appId, keyId, keySecret: Redacted.value(keySecret), url, users })
    const there = yield* stored("Users")
    const distinct = new Set(there.map(({ externalId }) => externalId)).size
    return { ran, wrong: (rows - distinct) + (there.length - distinct) + again }
  }).pipe(Effect.provide(EmulatorLayer), Effect.orDie)
}

export type BulkRuns = Effect.Success<typeof makeBulkRuns>

/** Everything is in a folder that goes with the scope. */
export const makeBulkRuns = Effect.gen(function*() {
  const postgres = Option.getOrUndefined(yield* Effect.serviceOption(PostgresServer))
  const stores: ReadonlyArray<Store> = postgres === undefined ? ["sqlite"] : ["sqlite", "postgres"]
  const folder = yield* Effect.acquireRelease(
    Effect.sync(() => mkdtempSync(join(tmpdir(), "sunco-bench-"))),
    (path) => Effect.sync(() => rmSync(path, { recursive: true, force: true }))
  )
  let jobs = 0

  const settings = (kept: Kept, rows: number, more: Partial<Settings>): Settings => {
    const job = `bench-${++jobs}`
    const file = join(folder, `${rows}.ndjson`)
    writeUsers(file, rows)
    return {
      file,
      rows,
      job,
      store: kept === "bare"
        ? kept
        : kept === "sqlite"
        ? { sqlite: join(folder, `${job}.db`) }
        : { postgres: postgres!.url },
      vendor: "instant",
      leaseMillis: usualLease,
      watch: "nothing",
      ...more
    }
  }

  const start = (settings: Settings) =>
    Effect.acquireRelease(Effect.sync(() => startImport(settings)), (started) => Effect.sync(() => started.kill()))

  const imported = (settings: Settings) =>
    Effect.scoped(Effect.flatMap(start(settings), ({ imported }) => Effect.promise(() => imported)))

  const databaseSeconds = postgres?.cpuSeconds ?? Effect.succeed(undefined)

  const cost = (kept: Kept, rows: number) =>
    Effect.gen(function*() {
      const before = yield* databaseSeconds
      const { ran, wrong } = yield* atVendor(rows, 0, (vendor) => imported(settings(kept, rows, { vendor })))
      const after = yield* databaseSeconds
      const database = kept === "postgres" && before !== undefined && after !== undefined ? after - before : undefined
      return { ...ran, database, wrong } satisfies Cost
    })

  const inRounds = <A>(rounds: number, measure: (kept: Kept) => Effect.Effect<A>): Effect.Effect<
    ReadonlyArray<Round<A>>
  > =>
    Effect.promise(() =>
      interleaved(rounds, () => ["bare", ...stores] as const, (kept) => Effect.runPromise(measure(kept)))
    )

  /** An import by several processes; what happens meanwhile says whose end counts. */
  const lasted = (
    store: Store,
    processes: number,
    vendorIsSlow: number,
    meanwhile: (
      started: ReadonlyArray<ImportProcess>,
      users: Effect.Effect<number>,
      another: Effect.Effect<ImportProcess, never, Scope.Scope>
    ) => Effect.Effect<ReadonlyArray<ImportProcess>, never, Scope.Scope> = Effect.succeed
  ): Effect.Effect<Lasted> =>
    Effect.map(
      atVendor(rowsOfProcesses, vendorIsSlow, (vendor) =>
        Effect.scoped(Effect.gen(function*() {
          const another = start(settings(store, rowsOfProcesses, { vendor, leaseMillis: lease }))
          const from = performance.now()
          const started = yield* Effect.replicateEffect(another, processes)
          const counted = yield* meanwhile(started, vendor.users, another)
          yield* Effect.promise(() => Promise.all(counted.map(({ imported }) => imported)))
          return (performance.now() - from) / 1000
        }))),
      ({ ran, wrong }) => ({ seconds: ran, wrong })
    )

  return {
    stores,

    /** At a vendor in another process than the client, round by round. */
    costs: (rounds: number, rows: number) => inRounds(rounds, (kept) => cost(kept, rows)),

    /** Of a vendor that answers at once, round by round. */
    own: (rounds: number, rows: number) => inRounds(rounds, (kept) => imported(settings(kept, rows, {}))),

    /** All statements that write, from the first start to the report. */
    writes: (store: Store, rows: number) =>
      Effect.map(imported(settings(store, rows, { watch: "statements" })), ({ writes }) => writes),

    /** In bytes. */
    heap: (kept: Kept, rows: number) =>
      Effect.map(imported(settings(kept, rows, { watch: "heap" })), ({ heap }) => heap),

    /** Two processes, of which one is killed when half of the users are there, and started again. */
    killed: (store: Store): Effect.Effect<Killed> =>
      Effect.all({
        undisturbed: lasted(store, 2, 20),
        killed: lasted(store, 2, 20, ([victim, other], users, another) =>
          Effect.gen(function*() {
            while ((yield* users) < rowsOfProcesses / 2) yield* Effect.sleep("50 millis")
            victim!.kill()
            return [other!, yield* another]
          }))
      }),

    /** At a vendor whose answers are slow. */
    processes: (store: Store): Effect.Effect<Processes> =>
      Effect.all({
        1: lasted(store, 1, latency),
        2: lasted(store, 2, latency),
        3: lasted(store, 3, latency)
      })
  }
})
