/** What bulk work may cost, and whether it keeps to that. */
import { exactly, type Measured, measured } from "./budget.ts"
import type { Imported } from "./bulkProcess.ts"
import { type Cost, type Kept, type Killed, latency, lease, type Processes, type Store } from "./bulkRuns.ts"
import { cell, megabytes, table } from "./report.ts"
import { callsPerSecond, cpuPerCall, ratio, type Round, spreadOf } from "./rounds.ts"
import { spread } from "./statistics.ts"

/** A line of the budget; a store that it is not about is not there. */
export interface BulkLine {
  readonly what: string
  readonly stores: Readonly<Partial<Record<Store, Measured | undefined>>>
}

const heads = { sqlite: "SQLite", postgres: "PostgreSQL" }

const storeNames = ["sqlite", "postgres"] as const satisfies ReadonlyArray<Store>

const line = (
  what: string,
  bound: "at most" | "at least",
  limits: Readonly<Partial<Record<Store, number>>>,
  spreadOf: (store: Store) => Parameters<typeof measured>[2]
): BulkLine => ({
  what,
  stores: Object.fromEntries(
    Object.entries(limits).map(([store, limit]) => [store, measured(bound, limit, spreadOf(store as Store))])
  )
})

const both = (limit: number) => ({ sqlite: limit, postgres: limit })

/** Of each store that was measured. */
export type Of<A> = Readonly<Partial<Record<Store, A>>>

const base: Kept = "bare"

const took = (rounds: ReadonlyArray<Round<unknown>>, name: Kept) => rounds.some((round) => round.has(name))

const perRow = ({ calls }: Imported, seconds: number): number => seconds * 1e6 / calls

const wrongLine = (where: string, wrong: (store: Store) => number | undefined): BulkLine =>
  line(`users missing or written twice, ${where}`, "at most", both(0), (store) => {
    const users = wrong(store)
    return users === undefined ? undefined : exactly(users)
  })

export const costLines = (rounds: ReadonlyArray<Round<Cost>>): ReadonlyArray<BulkLine> => [
  line(
    "CPU of a row, as a multiple of the calls alone",
    "at most",
    { sqlite: 1.15, postgres: 1.2 },
    (store) => took(rounds, store) ? ratio(rounds, store, base, cpuPerCall) : undefined
  ),
  line(
    "rows a second of one process, as a multiple of the calls alone",
    "at least",
    both(0.9),
    (store) => took(rounds, store) ? ratio(rounds, store, base, callsPerSecond) : undefined
  ),
  line("CPU of the database, us a row", "at most", { postgres: 8 }, (store) => {
    const micros = rounds.flatMap((round) => {
      const cost = round.get(store)
      return cost?.database === undefined ? [] : [perRow(cost, cost.database)]
    })
    return micros.length === 0 ? undefined : spread(micros)
  }),
  wrongLine(
    "one process",
    (store) => took(rounds, store) ? rounds.reduce((sum, round) => sum + (round.get(store)?.wrong ?? 0), 0) : undefined
  )
]

export const ownLine = (rounds: ReadonlyArray<Round<Imported>>): BulkLine =>
  line(
    "CPU of a row beside the calls alone, of a client that answers at once, us",
    "at most",
    both(15),
    (store) =>
      took(rounds, store)
        ? spread(rounds.map((round) => {
          const bare = round.get(base)!
          const ours = round.get(store)!
          return perRow(ours, ours.cpuSeconds) - perRow(bare, bare.cpuSeconds)
        }))
        : undefined
  )

const one = (figure: number | undefined) => figure === undefined ? undefined : exactly(figure)

export const writesLine = (writesOfChunk: Of<number>): BulkLine =>
  line(
    "statements that write, for one more chunk without exceptions",
    "at most",
    both(5),
    (store) => one(writesOfChunk[store])
  )

/** Bytes. */
export interface HeapOfRows {
  readonly of100000: number
  readonly of1000000: number
}

export const heapLine = (heaps: Of<HeapOfRows>): BulkLine =>
  line("heap of 1,000,000 rows, as a multiple of that of 100,000", "at most", both(1.1), (store) => {
    const heap = heaps[store]
    return one(heap && heap.of1000000 / heap.of100000)
  })

export const heapTable = (heaps: Of<HeapOfRows>): ReadonlyArray<string> =>
  table([
    ["MB of heap and buffers at most", "of 100,000 rows", "of 1,000,000"],
    ...storeNames.flatMap((store) => {
      const heap = heaps[store]
      return heap === undefined ? [] : [[heads[store], megabytes(heap.of100000), megabytes(heap.of1000000)]]
    })
  ])

export const killedLines = (killed: Of<Killed>): ReadonlyArray<BulkLine> => [
  line(
    `seconds by which the last row is later after a SIGKILL, of a lease of ${lease / 1000}`,
    "at most",
    both(lease / 1000 + 5),
    (store) => {
      const runs = killed[store]
      return one(runs && runs.killed.seconds - runs.undisturbed.seconds)
    }
  ),
  wrongLine("after a SIGKILL", (store) => killed[store]?.killed.wrong)
]

export const processesLines = (processes: Of<Processes>): ReadonlyArray<BulkLine> => [
  ...([[2, 1.7], [3, 2.2]] as const).map(([count, least]) =>
    line(
      `rows a second of ${count} processes, as a multiple of one, at ${latency} ms an answer`,
      "at least",
      both(least),
      (store) => {
        const lasted = processes[store]
        return one(lasted && lasted[1].seconds / lasted[count].seconds)
      }
    )
  ),
  wrongLine("several processes", (store) => {
    const lasted = processes[store]
    return lasted && lasted[1].wrong + lasted[2].wrong + lasted[3].wrong
  })
]

export const isMet = ({ stores }: BulkLine): boolean =>
  Object.values(stores).every((measured) => measured?.verdict !== "not met")

/** What the multiples are of: microseconds of processor time for a row, and rows a second. */
export const rowTable = (rounds: ReadonlyArray<Round<Imported>>): ReadonlyArray<string> =>
  table([
    ["", "CPU us/row", "rows/s"],
    ...([base, ...storeNames] as const).filter((kept) => took(rounds, kept)).map((kept) => [
      kept === base ? "the calls alone" : heads[kept],
      (spreadOf(rounds, kept, cpuPerCall).median * 1e6).toFixed(1),
      spreadOf(rounds, kept, callsPerSecond).median.toFixed(0)
    ])
  ])

export const bulkTable = (lines: ReadonlyArray<BulkLine>): ReadonlyArray<string> =>
  table([
    ["budget of bulk work", heads.sqlite, heads.postgres],
    ...lines.map(({ stores, what }) => [
      what,
      ...storeNames.map((store) => store in stores ? cell(stores[store]) : "")
    ])
  ])
