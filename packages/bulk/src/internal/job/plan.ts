import * as Arr from "effect/Array"
import * as Clock from "effect/Clock"
import * as SecureRandom from "effect/crypto/SecureRandom"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Schedule from "effect/Schedule"
import * as Stream from "effect/Stream"
import type { OutputError, StoreUnavailable } from "../../BulkError.ts"
import type { InputError } from "../../InputError.ts"
import type { ChunkSource, PlannedChunk } from "../ChunkSource.ts"
import { makeRepeatedKeys } from "../input/repeatedKeys.ts"
import type { Log } from "../store/log.ts"
import type { JobOptions } from "../work/jobOptions.ts"
import { rowWorkOf } from "../work/rowWork.ts"
import { chunkRowsOf } from "./chunkRows.ts"

/** Refusals of one transaction. */
const refusalsAtOnce = 1000

/** Rows that are there twice come in no order; to put as many in order costs the database a fraction of the pages. */
const repeatedAtOnce = 50_000

/** Chunks of one transaction, where they are no more than places in a file, and are found sooner than the lease ends. */
const chunksAtOnce = 20

/** The chunk that a line is in: the last one that begins no later. */
const chunkOf = (firstLines: ReadonlyArray<number>) => (line: number): number => {
  let low = 0
  let high = firstLines.length
  while (high - low > 1) {
    const middle = low + high >> 1
    if (firstLines[middle]! <= line) low = middle
    else high = middle
  }
  return low
}

/** Another has taken the planning over. */
class Overtaken {
  readonly _tag = "Overtaken"
}

/**
 * Plans a job that is not planned yet, or waits until another has done it. Nothing is sent before the plan is whole; one that was
 * begun by a process that is gone is begun anew.
 *
 * @internal
 */
export const plan = (
  log: Log,
  job: string,
  source: ChunkSource,
  { digest, isResumed, leaseMillis, options }: {
    readonly options: JobOptions
    readonly digest: string | undefined
    readonly leaseMillis: number
    /** Whoever only goes on with a job leaves it where the input cannot be read: it may be elsewhere. */
    readonly isResumed: boolean
  }
): Effect.Effect<void, InputError | OutputError | StoreUnavailable> => {
  const planner = SecureRandom.uuidV4Unsafe()
  const { kind } = rowWorkOf(options)

  const unlessOvertaken = (isOurs: Effect.Effect<boolean, StoreUnavailable>) =>
    Effect.filterOrFail(isOurs, (isOurs) => isOurs, () => new Overtaken())

  const planned = Effect.gen(function*() {
    // A stream may be slower than the lease is long.
    yield* log.renewPlanning(job, planner, leaseMillis).pipe(
      Effect.ignore,
      Effect.repeat(Schedule.spaced(Duration.millis(leaseMillis / 3))),
      Effect.forkScoped
    )
    const keys = yield* makeRepeatedKeys
    const firstLines: Array<number> = []
    let waiting: Array<Omit<PlannedChunk, "keys">> = []
    let written = yield* Clock.currentTimeMillis
    const write = Effect.suspend(() => {
      const chunks = waiting
      waiting = []
      return Arr.isArrayNonEmpty(chunks)
        ? unlessOvertaken(log.addPlanned(job, planner, chunks, leaseMillis))
        : Effect.void
    })
    yield* Stream.runForEach(
      source.plan(kind, { chunkRows: chunkRowsOf(options), digest }),
      ({ keys: ofRows, ...chunk }) =>
        Effect.gen(function*() {
          waiting.push(chunk)
          firstLines.push(chunk.reference.firstLine)
          yield* keys.add(ofRows)
          const now = yield* Clock.currentTimeMillis
          const refusals = waiting.reduce((sum, { refusals }) => sum + refusals.length, 0)
          if (
            waiting.length < chunksAtOnce && chunk.text === undefined && refusals < refusalsAtOnce &&
            now - written < leaseMillis / 4
          ) return
          yield* write
          written = now
        })
    )
    yield* write
    yield* keys.repeated(options.duplicates).pipe(
      Stream.grouped(repeatedAtOnce),
      Stream.flatMap((repeated) => Stream.fromIterable(repeated.toSorted((one, other) => one.line - other.line))),
      Stream.grouped(refusalsAtOnce),
      Stream.runForEach((repeated) =>
        // Neither this nor SQLite waits for anything, and others of the process have to.
        Effect.andThen(
          unlessOvertaken(log.addRepeated(job, planner, chunkOf(firstLines), repeated, leaseMillis)),
          Effect.yieldNow
        )
      )
    )
    yield* unlessOvertaken(log.planned(job, planner, options.paused === true ? "paused" : "running"))
  }).pipe(
    Effect.scoped,
    Effect.tapError((error) =>
      (error._tag === "InputError" || error._tag === "OutputError") && !isResumed
        ? log.forget(job, planner)
        : Effect.void
    ),
    Effect.catchTag("Overtaken", () => Effect.void),
    // Whoever comes next need not wait for the lease.
    Effect.onExit((exit) => exit._tag === "Failure" ? Effect.ignore(log.releasePlanning(job, planner)) : Effect.void)
  )

  const untilPlanned: Effect.Effect<void, InputError | OutputError | StoreUnavailable> = Effect.gen(function*() {
    while (true) {
      const row = yield* log.job(job)
      if (row?.state !== "planning") return
      if (yield* log.takePlanning(job, planner, leaseMillis)) yield* planned
      else yield* Effect.sleep(Duration.millis(Math.min(500, leaseMillis / 4)))
    }
  })
  return untilPlanned
}
