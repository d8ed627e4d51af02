import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as PersistedQueue from "effect/persistence/PersistedQueue"
import * as Redacted from "effect/Redacted"
import * as Schedule from "effect/Schedule"
import * as Schema from "effect/Schema"
import { SqlClient } from "effect/sql/SqlClient"
import { InvalidOptions, StoreUnavailable } from "../../BulkError.ts"
import type { Options } from "../../BulkWorker.ts"
import type { Options as SqliteOptions } from "../../SqliteClient.ts"
import { type Check, finiteTime, millisOf, must, object, problemsOf, text, wholeAboveZero } from "../optionChecks.ts"
import { makeLog, queueTable } from "../store/log.ts"
import { migrate } from "../store/migrations.ts"
import { makeChunkRunner } from "./chunkRunner.ts"

/** What a queue has of a chunk: where it is in the log. Older versions stay readable. */
const Item = Schema.Struct({
  version: Schema.Literal(1),
  job: Schema.String,
  no: Schema.Int,
  round: Schema.Int
})

/** So many chunks are offered at once; the others follow. */
const offersAtOnce = 500

/**
 * A crash takes an attempt, and no number of crashes may lose a chunk.
 *
 * @see https://github.com/Effect-TS/effect/pull/7547
 */
const maxAttempts = 1_000_000

/** @internal */
export const openLog = Effect.gen(function*() {
  const sql = yield* SqlClient
  yield* migrate.pipe(
    // Makes the table of the queue, for who looks before there was any worker.
    Effect.andThen(Effect.scoped(Layer.build(PersistedQueue.layerStoreSql({ tableName: queueTable })))),
    Effect.mapError((cause) => new StoreUnavailable({ cause: Redacted.make(cause) }))
  )
  return makeLog(sql)
})

interface Settings {
  readonly chunks: number
  readonly inFlight: number
  readonly leaseMillis: number
  readonly pollInterval: Duration.Input
  readonly retryDelayMillis: number
}

const workerChecks: { readonly [Name in keyof Required<Options>]: Check } = {
  chunks: wholeAboveZero,
  inFlight: wholeAboveZero,
  // SQLite has the time of a lease in seconds.
  lease: finiteTime(" of 2 seconds or more", (millis) => millis >= 2000),
  pollInterval: finiteTime(" above zero", (millis) => millis > 0),
  retryDelay: finiteTime("", (millis) => millis >= 0)
}

const sqliteChecks: { readonly [Name in keyof Required<SqliteOptions>]: Check } = {
  filename: text,
  busyTimeoutMillis: must(
    "a whole number of milliseconds",
    (value) => value === 0 || wholeAboveZero(value, "").length === 0
  )
}

/** Of a worker, and of what is given together with those. */
const optionChecks = object({ ...workerChecks, ...sqliteChecks })

/**
 * Of jobs that are in a file; they are looked at before it is opened.
 *
 * @internal
 */
export const checkSqliteOptions = (options: SqliteOptions & Options): Effect.Effect<void, InvalidOptions> =>
  Effect.suspend(() => {
    const problems = problemsOf(object({ ...workerChecks, ...sqliteChecks }, ["filename"]), options)
    return problems.length === 0 ? Effect.void : Effect.fail(new InvalidOptions({ problems }))
  })

/** @internal */
export const settingsOf = (options: Options | undefined): Effect.Effect<Settings, InvalidOptions> => {
  const problems = options === undefined ? [] : problemsOf(optionChecks, options)
  if (problems.length > 0) return Effect.fail(new InvalidOptions({ problems }))
  return Effect.succeed({
    chunks: options?.chunks ?? 4,
    inFlight: options?.inFlight ?? 64,
    leaseMillis: millisOf(options?.lease ?? "30 seconds"),
    pollInterval: options?.pollInterval ?? "1 second",
    retryDelayMillis: millisOf(options?.retryDelay ?? "30 seconds")
  })
}

/** @internal */
export const startWorker = (options: Options | undefined) =>
  Effect.gen(function*() {
    const settings = yield* settingsOf(options)
    const log = yield* openLog
    const runner = yield* makeChunkRunner(log, settings)
    const lease = Duration.millis(settings.leaseMillis)
    const queues = yield* Layer.build(
      Layer.merge(
        PersistedQueue.layer,
        // Those of chunks that are done say nothing any more.
        PersistedQueue.layerCleanup({ timeToLive: "1 day", failedTimeToLive: "30 days" })
      ).pipe(
        Layer.provide(PersistedQueue.layerStoreSql({
          tableName: queueTable,
          pollInterval: settings.pollInterval,
          lockRefreshInterval: Duration.millis(settings.leaseMillis / 3),
          lockExpiration: lease
        }))
      )
    ).pipe(Effect.mapError((cause) => new StoreUnavailable({ cause: Redacted.make(cause) })))
    const queue = yield* Effect.provideContext(
      PersistedQueue.make({
        name: `sunco-bulk:${runner.appId}`,
        schema: Item,
        maxAttempts,
        retrySchedule: Schedule.spaced("1 second")
      }),
      queues
    )
    let isClosing = false

    const offer = Effect.gen(function*() {
      while (true) {
        const chunks = yield* log.chunksToOffer(runner.appId, offersAtOnce)
        for (const { job, no, offers, round } of chunks) {
          yield* queue.offer({ version: 1, job, no, round }, { id: `${job}/${no}.${round}/${offers}` })
        }
        yield* log.offered(chunks)
        if (chunks.length < offersAtOnce) return
      }
    })

    const take = queue.take(({ job, no, round }) => {
      // Whoever comes next may have it at once.
      if (isClosing) return Effect.interrupt
      const key = { job, no, round }
      return Effect.flatMap(
        runner.runChunk(key),
        (isDone) => isDone ? Effect.void : log.offerAgain(key)
      )
    })

    yield* offer.pipe(
      Effect.catch(() => Effect.logWarning("chunks could not be offered")),
      Effect.repeat(Schedule.spaced(settings.pollInterval)),
      Effect.forkScoped
    )
    for (let n = 0; n < settings.chunks; n++) {
      yield* take.pipe(
        Effect.sandbox,
        // The cause may have the text of a statement, and no values; its name is enough here.
        Effect.tapError(() => Effect.logWarning("a chunk could not be worked on, and is tried again")),
        Effect.retry(Schedule.spaced("500 millis")),
        Effect.forever,
        Effect.forkScoped
      )
    }
    yield* Effect.addFinalizer(() => {
      isClosing = true
      return runner.close
    })
  })
