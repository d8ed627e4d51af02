/**
 * `pnpm bench:bulk`: what an import of users costs as a job, beside the same calls over a stream of lines that keeps nothing, on SQLite
 * and on PostgreSQL where that is installed. Every import is a process of its own, 64 in flight. Fails above the budget.
 *
 *     pnpm bench:bulk                everything but the heap, in minutes
 *     pnpm bench:bulk --only heap    the heap of 100,000 rows and of 1,000,000, in minutes too
 *
 * `--only a,b` measures some of it; `--rows N` and `--rounds N` are of what is measured in rounds, `cost` and `own`.
 */
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Schema from "effect/Schema"
import * as CommandLine from "sunco-workshop/commandLine/CommandLine"
import { PostgresServer, programs } from "sunco-workshop/servers/PostgresServer"
import {
  type BulkLine,
  bulkTable,
  costLines,
  heapLine,
  heapTable,
  isMet,
  killedLines,
  type Of,
  ownLine,
  processesLines,
  rowTable,
  writesLine
} from "./bulkBudget.ts"
import type { Imported } from "./bulkProcess.ts"
import { type BulkRuns, makeBulkRuns, type Store } from "./bulkRuns.ts"
import type { Round } from "./rounds.ts"

interface Rounds {
  readonly rounds: number
  readonly rows: number
}

const rowsOfChunk = 500

const ofStores = <A>(runs: BulkRuns, measure: (store: Store) => Effect.Effect<A>): Effect.Effect<Of<A>> =>
  Effect.map(
    Effect.forEach(runs.stores, (store) => Effect.map(measure(store), (measured) => [store, measured] as const)),
    (measured) => Object.fromEntries(measured) as Of<A>
  )

const print = (lines: ReadonlyArray<string>) => Console.log(`${lines.join("\n")}\n`)

/** What was measured in rounds is printed as it is before it is held against the budget. */
const shown = <A extends Imported>(
  measured: Effect.Effect<ReadonlyArray<Round<A>>>,
  lines: (rounds: ReadonlyArray<Round<A>>) => ReadonlyArray<BulkLine>
) => measured.pipe(Effect.tap((rounds) => print(rowTable(rounds))), Effect.map(lines))

/** All that there is to measure, in the order in which it is. */
const measurements = {
  cost: (runs: BulkRuns, { rounds, rows }: Rounds) => shown(runs.costs(rounds, rows), costLines),
  own: (runs: BulkRuns, { rounds, rows }: Rounds) => shown(runs.own(rounds, rows), (own) => [ownLine(own)]),
  writes: (runs: BulkRuns) =>
    Effect.map(
      ofStores(runs, (store) =>
        Effect.map(
          Effect.all({ of100: runs.writes(store, 100 * rowsOfChunk), of200: runs.writes(store, 200 * rowsOfChunk) }),
          ({ of100, of200 }) => (of200 - of100) / 100
        )),
      (writes) => [writesLine(writes)]
    ),
  killed: (runs: BulkRuns) => Effect.map(ofStores(runs, runs.killed), killedLines),
  processes: (runs: BulkRuns) => Effect.map(ofStores(runs, runs.processes), processesLines),
  heap: (runs: BulkRuns) =>
    ofStores(
      runs,
      (store) => Effect.all({ of100000: runs.heap(store, 100_000), of1000000: runs.heap(store, 1_000_000) })
    ).pipe(
      Effect.tap((heaps) => print(heapTable(heaps))),
      Effect.map((heaps) => [heapLine(heaps)])
    )
} satisfies Record<string, (runs: BulkRuns, rounds: Rounds) => Effect.Effect<ReadonlyArray<BulkLine>>>

type Name = keyof typeof measurements

const names = Object.keys(measurements) as ReadonlyArray<Name>

/** A million rows are asked for. */
const usual: ReadonlyArray<Name> = names.filter((name) => name !== "heap")

const count = Schema.Int.check(Schema.isGreaterThan(0))

const command = Command.make("bench:bulk", {
  only: Flag.String("only").pipe(
    Flag.withSchema(CommandLine.listOf(names)),
    Flag.withDescription(`Some of ${names.join(", ")}; all but heap when absent`),
    Flag.withDefault(usual)
  ),
  rows: Flag.Int("rows").pipe(
    Flag.withSchema(count),
    Flag.withDescription("Users of an import, in cost and own"),
    Flag.withDefault(30_000)
  ),
  rounds: Flag.Int("rounds").pipe(
    Flag.withSchema(count),
    Flag.withDescription("How often everybody is measured, in cost and own"),
    Flag.withDefault(4)
  )
}, ({ only, ...rounds }) =>
  Effect.gen(function*() {
    if (programs === undefined) yield* Console.log("PostgreSQL is left out: it is not installed.")
    const runs = yield* makeBulkRuns
    const lines = yield* Effect.forEach(
      names.filter((name) => only.includes(name)),
      (name) => Effect.tap(measurements[name](runs, rounds), (lines) => print(bulkTable(lines)))
    )
    if (!lines.flat().every(isMet)) process.exitCode = 1
  }).pipe(
    Effect.scoped,
    Effect.provide(programs === undefined ? Layer.empty : PostgresServer.layer)
  )).pipe(Command.withDescription("What an import of users costs as a job, beside the same calls alone."))

CommandLine.run(command)
