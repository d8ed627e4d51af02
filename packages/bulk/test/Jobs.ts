/** Jobs against the emulator in memory, with a database in memory or in a file, by a clock that the test has. */
import { Bulk, BulkWorker, Input, type Input as Inputs, type Report, SqliteClient } from "@sunco/bulk"
import { Sunshine } from "@sunco/client"
import { Emulator, type EmulatorOptions } from "@sunco/emulator"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Fiber from "effect/Fiber"
import * as Layer from "effect/Layer"
import * as Scope from "effect/Scope"
import * as Stream from "effect/Stream"
import * as TestClock from "effect/testing/TestClock"

/** The database, the vendor and a client of it, and nobody who works. */
export const layerNoWorker = (
  options?: EmulatorOptions,
  filename = ":memory:",
  bulk?: Pick<BulkWorker.Options, "lease">
) =>
  Bulk.layer(bulk).pipe(
    Layer.provideMerge(SqliteClient.layer({ filename })),
    Layer.provideMerge(Sunshine.layerFromConfig()),
    Layer.provideMerge(Emulator.layerTest(options))
  )

/** The same, and a worker. */
export const layer = (options?: EmulatorOptions, worker?: BulkWorker.Options) =>
  Layer.provideMerge(BulkWorker.layer(worker), layerNoWorker(options))

/** A worker that a test starts and stops; gives what stops it. */
export const working = (options?: BulkWorker.Options) =>
  Effect.gen(function*() {
    const scope = yield* Scope.make()
    yield* Layer.buildWithScope(Layer.fresh(BulkWorker.layer(options)), scope)
    return Scope.close(scope, Exit.void)
  })

export const rowsOf = (...rows: ReadonlyArray<unknown>): Inputs.Input => Input.stream(Stream.fromIterable(rows))

export const customers = (count: number): Inputs.Input =>
  Input.stream(Stream.map(Stream.range(1, count), (n) => ({ externalId: `customer-${n}` })))

/** Lets time pass until the effect has ended. */
export const inTime = <A, E, R>(effect: Effect.Effect<A, E, R>): Effect.Effect<A, E, R> =>
  Effect.gen(function*() {
    const fiber = yield* Effect.forkChild(effect)
    while (fiber.pollUnsafe() === undefined) {
      yield* TestClock.adjust("100 millis")
      // What reads files and answers is not in that clock.
      yield* macrotask
    }
    return yield* Fiber.join(fiber)
  })

/** Lets time pass, and what is not in that clock happen. */
export const after = (millis: number): Effect.Effect<void> =>
  Effect.forEach(
    Array.from({ length: Math.ceil(millis / 100) }),
    () => Effect.andThen(TestClock.adjust("100 millis"), macrotask),
    { discard: true }
  )

export const macrotask = Effect.callback<void>((resume) => {
  const immediate = setImmediate(() => resume(Effect.void))
  return Effect.sync(() => clearImmediate(immediate))
})

/** The rows that have an outcome: as many as the report says that there are. */
export const sumOf = ({ outcomes }: Pick<Report, "outcomes">): number =>
  Object.values(outcomes).reduce((sum: number, count) => sum + (count ?? 0), 0)

/** How often each externalId was written to. */
export const writes = Effect.gen(function*() {
  const { requests } = yield* Emulator
  const counts = new Map<string, number>()
  for (const { applied, body, operation } of yield* requests) {
    if (!applied || operation !== "Users.create") continue
    const { externalId } = body as { readonly externalId: string }
    counts.set(externalId, (counts.get(externalId) ?? 0) + 1)
  }
  return counts
})
