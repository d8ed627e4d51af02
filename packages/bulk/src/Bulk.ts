/**
 * Bulk work on the users of an app: jobs that can be stopped, looked at and resumed, in one process or in many.
 *
 * @since 0.1.0
 */
import type { Sunshine } from "@sunco/client/Sunshine"
import * as Context from "effect/Context"
import type * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import type { SqlClient } from "effect/sql/SqlClient"
import type * as Stream from "effect/Stream"
import { type InvalidOptions, type JobNotFound, type StartError, StoreUnavailable } from "./BulkError.ts"
import * as BulkWorker from "./BulkWorker.ts"
import type { Input } from "./Input.ts"
import { makeBulk } from "./internal/job/makeBulk.ts"
import { checkSqliteOptions } from "./internal/work/worker.ts"
import type { Job, Progress } from "./Job.ts"
import * as SqliteClient from "./SqliteClient.ts"

/**
 * How fast a job may send, all machines together.
 *
 * @category options
 * @since 0.1.0
 */
export interface Rate {
  /** Requests in one window; they are sent evenly. One a day, or more. */
  readonly limit: number
  readonly window: Duration.Input
}

/**
 * What every job is told.
 *
 * @category options
 * @since 0.1.0
 */
export interface JobOptions {
  /** Your own name of the job, 1 to 100 letters, digits and `._:-`: to start a job of that name again is to join it. */
  readonly job: string
  readonly input: Input
  /** No limit when absent, but for what the vendor says (429). */
  readonly rate?: Rate | undefined
  /**
   * Rows of a chunk, which one worker does at a time; 1 to 5,000. When absent the first chunks have 25, and each that follows no
   * more than half of the rows before it, so that small jobs are seen to move; in the end 500, or as many as the rate lets through
   * in 10 seconds.
   */
  readonly chunkRows?: number | undefined
  /**
   * Of rows with the same key, `refuse` refuses all but the first, and `last` all but the last; `refuse` when absent. A key is the
   * externalId together with the brandId.
   */
  readonly duplicates?: "refuse" | "last" | undefined
  /** Whether ids and externalIds are kept with the outcomes; `false` when absent. */
  readonly includeIds?: boolean | undefined
  /**
   * `true` leaves the job paused when it is planned: nothing is sent before somebody has looked at it, and resumes it. `false` when
   * absent; it says nothing to who joins a job.
   */
  readonly paused?: boolean | undefined
}

/**
 * An import: a row is what `Users.create` takes.
 *
 * @category options
 * @since 0.1.0
 */
export interface ImportOptions extends JobOptions {
  /**
   * What is done where there is a user of the key: `create` leaves it as it is (`exists`, or `found` where it has all that the row
   * has), `upsert` changes it to what the row has, `getOrCreate` leaves it and is content (`found`).
   */
  readonly mode: "create" | "upsert" | "getOrCreate"
  /**
   * Where rows without an externalId have one from: a field of the row, such as `profile.email`, as it is or as its SHA-256. Never
   * from where a row stands, which changes with the file.
   */
  readonly externalIdFrom?: { readonly field: string; readonly hash?: boolean | undefined } | undefined
}

/**
 * An update: a row is an `UpdateRow`, whom it is about and what changes.
 *
 * @category options
 * @since 0.1.0
 */
export interface UpdateOptions extends JobOptions {
  /**
   * `true` sends nothing again after a request of which nobody knows whether it was applied: the row is `unknown`. `false`, when
   * absent, sends it again, and may overwrite what another writer has changed in between.
   */
  readonly strict?: boolean | undefined
}

/**
 * An erasure: a row is a `UserAddress`. `duplicates` may be what it is by default: who is there twice is erased once.
 *
 * @category options
 * @since 0.1.0
 */
export interface EraseOptions extends JobOptions {
  /** `Users.delete`, which takes conversations as well, or `Users.deletePersonalInformation`. Neither can be undone. */
  readonly how: "delete" | "personalInformation"
  /** Who has asked for it, for the evidence; it is kept until the job is purged. */
  readonly requestedBy: string
}

/**
 * An export: a row is a `UserAddress`.
 *
 * @category options
 * @since 0.1.0
 */
export interface ExportOptions extends JobOptions {
  /**
   * The file, NDJSON with a user on each line as the vendor gave it, in the order of the input but for rows that went through in a
   * later round. It may not be there when the job is started, and its directory must be. It is whole when it is there; a job that
   * was cancelled gives none. What is there by then and is not the job's own stays: `finished` fails with `OutputError` (`EEXIST`)
   * until it is taken away. Until the job is purged its parts are in a directory beside it, of the same name with `.parts` at its
   * end and some letters before that, which every machine that works must find at the same path.
   */
  readonly to: string
}

/**
 * A chunk of a job, or what is left of it: where it is, and nothing of what it has. It is JSON, so that an engine can keep it.
 *
 * @category models
 * @since 0.1.0
 */
export interface Chunk {
  readonly job: string
  /** Which of the input, from 0. */
  readonly no: number
  /** 0 is all of it; another has the rows that did not go through in those before. */
  readonly round: number
}

/**
 * The jobs of an app.
 *
 * **Details**
 *
 * What starts a job returns when the job is planned: the input was read once, rows that are wrong are refused, and nothing was
 * sent. Then workers work on it, in this process or in others; `finished` of the job waits for them.
 *
 * To start a job that is there already is to join it, in whatever state it is. It fails with `JobConflict` where the app, the
 * options or the content of the input are others, with `InputError` where the input cannot be read, with `OutputError` where it is
 * long and a temporary file cannot be written, and with `InvalidOptions`.
 *
 * **Gotchas**
 *
 * Requests are sent at least once, and their effect is as if once: see the README. Every row ends in exactly one outcome.
 *
 * **Example** (An import from a stream)
 *
 * ```ts
 * import { Bulk, Input } from "@sunco/bulk"
 * import { Sunshine } from "@sunco/client"
 * import { Emulator } from "@sunco/emulator"
 * import * as Effect from "effect/Effect"
 * import * as Layer from "effect/Layer"
 * import * as Stream from "effect/Stream"
 *
 * const BulkLayer = Bulk.layerSqlite({ filename: ":memory:" }).pipe(
 *   Layer.provide(Sunshine.layerFromConfig()),
 *   Layer.provide(Emulator.layerTest())
 * )
 *
 * const program = Effect.gen(function*() {
 *   const bulk = yield* Bulk
 *   const rows = Stream.range(1, 1000).pipe(Stream.map((n) => ({ externalId: `customer-${n}` })))
 *   const job = yield* bulk.importUsers({ job: "customers", input: Input.stream(rows), mode: "create" })
 *   const { outcomes } = yield* job.finished
 *   console.log(outcomes)
 *   // { created: 1000 }
 * })
 *
 * Effect.runPromise(program.pipe(Effect.provide(BulkLayer)))
 * ```
 *
 * @category services
 * @since 0.1.0
 */
export class Bulk extends Context.Service<Bulk, {
  /** Makes users, or changes those that are there. */
  readonly importUsers: (options: ImportOptions) => Effect.Effect<Job, StartError>
  /** Changes users. One that is not there is `absent`. */
  readonly updateUsers: (options: UpdateOptions) => Effect.Effect<Job, StartError>
  /**
   * Deletes users, or what is known of them, and leaves evidence: each is looked up, deleted by id alone, and written down before
   * and after.
   */
  readonly eraseUsers: (options: EraseOptions) => Effect.Effect<Job, StartError>
  /** Reads users into a file. One that is not there is `absent`. */
  readonly exportUsers: (options: ExportOptions) => Effect.Effect<Job, StartError>
  /**
   * Says that `user:remove` was received of a user: what is `accepted` in the erasures of this app is `removed` then. For a handler
   * of `@sunco/webhooks`. Gives of how many rows.
   */
  readonly userRemoved: (userId: string) => Effect.Effect<number, StoreUnavailable>
  /** A job of this app that is there already; another app's is a `JobNotFound` that says so, as a name is one job's in a database. */
  readonly job: (id: string) => Effect.Effect<Job, JobNotFound | StoreUnavailable>
  /** The jobs that are kept, of this app, and how far each is; the one that was started last comes first. */
  readonly jobs: Stream.Stream<Progress, StoreUnavailable>
  /**
   * The chunks that are not done, in the order of the input; those that wait for another round come last. For an engine of your own,
   * which then has no `BulkWorker`.
   */
  readonly chunks: (job: string) => Effect.Effect<ReadonlyArray<Chunk>, JobNotFound | StoreUnavailable>
  /**
   * Does a chunk, or what is left of it. It may be called twice, and by two processes at once. `true` where nothing of it is left
   * to do, whoever did it; `false` where it could not be done now, and is to be tried again: another process has it, it waits for its
   * round, or the job is paused or blocked. Rows that did not go through are another chunk.
   */
  readonly runChunk: (chunk: Chunk) => Effect.Effect<boolean, StoreUnavailable>
}>()("@sunco/bulk/Bulk") {
  /**
   * The jobs of the app of `Sunshine`, kept in any database that Effect's SQL client reaches: SQLite, or PostgreSQL
   * (`@effect/sql-pg`) where several machines work.
   *
   * Tables (`bulk_*`) are made where they are not there. Nothing is worked on without a `BulkWorker.layer`, here or elsewhere. The
   * options are for `runChunk`. Fails with `StoreUnavailable` where the tables cannot be made, and with `InvalidOptions`.
   *
   * @since 0.1.0
   */
  static readonly layer = (
    options?: Pick<BulkWorker.Options, "inFlight" | "lease" | "retryDelay">
  ): Layer.Layer<Bulk, InvalidOptions | StoreUnavailable, SqlClient | Sunshine> => Layer.effect(Bulk, makeBulk(options))

  /**
   * The jobs in a file, and a worker in this process. Other processes of the machine may have the same file, and work on the same
   * jobs.
   *
   * @since 0.1.0
   */
  static readonly layerSqlite = (
    options: SqliteClient.Options & BulkWorker.Options
  ): Layer.Layer<Bulk, InvalidOptions | StoreUnavailable, Sunshine> =>
    Layer.unwrap(
      Effect.map(checkSqliteOptions(options), () =>
        Layer.provideMerge(Bulk.layer(options), BulkWorker.layer(options)).pipe(
          Layer.provide(
            SqliteClient.layer(options).pipe(
              Layer.catchTag(
                "SqlError",
                (error) =>
                  Layer.effectContext(new StoreUnavailable({ cause: Redacted.make(error) }))
              )
            )
          )
        ))
    )
}
