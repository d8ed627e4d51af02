/**
 * What is kept of jobs: every statement of this package.
 *
 * Whatever is decided by a statement is decided in the database, so that two processes that do the same thing at the same time do
 * it once: `WHERE` names the state that is left, and what comes back says who was first.
 */
import * as Arr from "effect/Array"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import type { SqlClient } from "effect/sql/SqlClient"
import { isSqlError, type SqlError } from "effect/sql/SqlError"
import type { Fragment } from "effect/sql/Statement"
import { type BlockReason, type OutputError, StoreUnavailable } from "../../BulkError.ts"
import type { Evidence } from "../../Evidence.ts"
import type { Counts, Kind, State } from "../../Job.ts"
import { type Outcome, OutcomeName } from "../../Outcome.ts"
import type { ChunkReference, PlannedChunk, Refusal } from "../ChunkSource.ts"
import { countColumn } from "./migrations.ts"

/** @internal */
export interface JobRow {
  readonly id: string
  readonly app_id: string
  readonly kind: Kind
  readonly options: string
  readonly input: string
  readonly digest: string | null
  readonly state: State
  readonly blocked_by: BlockReason | null
  readonly slow_until: number
  readonly created_at: number
  readonly started_at: number | null
  readonly ended_at: number | null
}

/** A chunk, or what is left of one. */
export interface ChunkKey {
  readonly job: string
  readonly no: number
  readonly round: number
}

/** A chunk that this process has, until `owner` is another. */
export interface ClaimedChunk {
  readonly key: ChunkKey
  readonly owner: string
  readonly reference: ChunkReference
  /** The only lines that are left of it; all of them where it was never begun. */
  readonly lines: ReadonlyMap<number, RestLine> | undefined
  readonly todo: number
  /** How often it was begun, this time included; more than once means that somebody may have sent something of it. */
  readonly runs: number
  readonly retries: number
  readonly staged: Uint8Array | undefined
}

/** A row that is left, and what was sent of it so far. */
export interface RestLine {
  readonly line: number
  readonly attempts: number
  readonly applied: Outcome["applied"]
}

/** What is left of a chunk, for another round. */
export interface Rest {
  readonly lines: ReadonlyArray<RestLine>
  readonly retries: number
  readonly delayMillis: number
}

/**
 * The table of the queue, which is Effect's own.
 *
 * @internal
 */
export const queueTable = "bulk_queue"

/** A worker that was not seen for so long is none. */
const freshMillis = 15_000

/** Rows of one statement: the databases take so many parameters and no more. */
const rowsAtOnce = 500

type Log = ReturnType<typeof makeLog>

/** @internal */
export type { Log }

interface ChunkColumns {
  readonly chunk_no: number
  readonly round: number
  readonly first_line: number | bigint | string
  readonly line_count: number
  readonly row_count: number
  readonly start_byte: number | bigint | string
  readonly end_byte: number | bigint | string
  readonly hash: string
  readonly only_lines: string | null
  readonly todo: number
  readonly runs: number
  readonly retries: number
}

const referenceOf = (row: ChunkColumns): ChunkReference => ({
  no: Number(row.chunk_no),
  firstLine: Number(row.first_line),
  lines: Number(row.line_count),
  rows: Number(row.row_count),
  start: Number(row.start_byte),
  end: Number(row.end_byte),
  hash: row.hash
})

/** PostgreSQL has no such text. */
const withoutNul = (value: string | undefined): string | undefined => value?.replaceAll("\0", "\ufffd")

const isoOf = (millis: number | bigint | string): string => new Date(Number(millis)).toISOString()

const numberOrNull = (value: unknown): number | null => value === null || value === undefined ? null : Number(value)

/** @internal */
export const makeLog = (client: SqlClient) => {
  const sql = client.withoutTransforms()

  const run = <A, E>(effect: Effect.Effect<A, E>): Effect.Effect<A, Exclude<E, SqlError> | StoreUnavailable> =>
    Effect.mapError(
      effect,
      (error) =>
        isSqlError(error)
          ? new StoreUnavailable({ cause: Redacted.make(error) })
          : error as Exclude<E, SqlError>
    )

  /** Where machines share a database, its clock is the only one that they share. */
  const now: Effect.Effect<Fragment> = sql.onDialectOrElse({
    pg: () => Effect.succeed(sql.literal("(EXTRACT(EPOCH FROM clock_timestamp()) * 1000)::BIGINT")),
    // A parameter: a statement with another text each time would be prepared each time.
    orElse: () => Effect.map(Clock.currentTimeMillis, (millis) => sql`${Math.floor(millis)}`)
  })

  const later = (now: Fragment, millis: number) => sql`${now} + ${sql.literal(String(Math.ceil(millis)))}`

  const transaction = <A, E>(effect: Effect.Effect<A, E>) => run(sql.withTransaction(effect))

  const column = (name: OutcomeName) => sql.literal(countColumn(name))
  const allCounts = sql.literal(OutcomeName.literals.map(countColumn).join(" + "))

  /** In a list of what is selected, PostgreSQL cannot tell what a parameter is. */
  const text = (value: string | undefined) => sql`CAST(${withoutNul(value) ?? null} AS TEXT)`

  const ofChunk = ({ job, no, round }: ChunkKey) => sql`job_id = ${job} AND chunk_no = ${no} AND round = ${round}`

  const insertOutcomes = (job: string, noOf: (line: number) => number, outcomes: ReadonlyArray<Outcome>) =>
    Effect.forEach(
      parts(outcomes.map((row) => ({
        job_id: job,
        line: row.line,
        chunk_no: noOf(row.line),
        outcome: row.outcome,
        reason: row.reason ?? null,
        field: row.field ?? null,
        message: row.message ?? null,
        applied: row.applied,
        attempts: row.attempts,
        row_key: withoutNul(row.key) ?? null
      }))),
      (part) => sql`INSERT INTO bulk_outcome ${sql.insert(part)} ON CONFLICT (job_id, line) DO NOTHING`,
      { discard: true }
    )

  /**
   * The job is held first: who has waited for another that begins a round (`retryChunk`) sees of it, in PostgreSQL, the row that he
   * waited for, and its chunks only in the next statement.
   */
  const finishIfDone = (job: string) =>
    sql.withTransaction(Effect.gen(function*() {
      const isOn = yield* sql`UPDATE bulk_job SET state = state WHERE id = ${job} AND state = 'running' RETURNING id`
      if (isOn.length === 0) return
      const at = yield* now
      yield* sql`
        UPDATE bulk_job SET state = 'finished', ended_at = ${at}
        WHERE id = ${job}
          AND NOT EXISTS (SELECT 1 FROM bulk_chunk WHERE job_id = ${job} AND state = 'planned')`
    }))

  /**
   * What nobody has of a job that was cancelled. Of a chunk whose worker has died, or of rows that were sent before, nobody knows.
   */
  const cancelRest = (job: string) =>
    Effect.flatMap(now, (now) => {
      const isUntouched = sql`runs = 0 AND COALESCE(only_lines, '') NOT LIKE '%"unknown"%'
        AND COALESCE(only_lines, '') NOT LIKE '%"yes"%'`
      return sql`
        UPDATE bulk_chunk SET state = 'done', done_at = ${now}, staged = NULL,
          ${column("cancelled")} = CASE WHEN ${isUntouched} THEN todo ELSE 0 END,
          ${column("unknown")} = CASE WHEN ${isUntouched} THEN 0 ELSE todo END
        WHERE job_id = ${job} AND state = 'planned' AND (owner IS NULL OR lease_until <= ${now})
          AND EXISTS (SELECT 1 FROM bulk_job WHERE id = ${job} AND state = 'cancelled')`
    })

  /**
   * Ends a job of which nothing is left, and what nobody has of one that was cancelled. It reads first: after nearly every chunk
   * there is nothing to write, and who writes nothing waits for nobody.
   */
  const endIfOver = (job: string) =>
    Effect.flatMap(
      sql<{ readonly state: State; readonly is_left: number }>`
        SELECT state, CASE WHEN EXISTS (SELECT 1 FROM bulk_chunk WHERE job_id = ${job} AND state = 'planned')
          THEN 1 ELSE 0 END AS is_left
        FROM bulk_job WHERE id = ${job}`,
      ([row]) => row?.state === "cancelled" ? cancelRest(job) : row?.is_left === 0 ? finishIfDone(job) : Effect.void
    )

  /** The text of a staged chunk goes when no row of it may be sent again. */
  const dropStaged = (job: string, no: number) =>
    sql`
    UPDATE bulk_chunk SET staged = NULL
    WHERE job_id = ${job} AND chunk_no = ${no} AND staged IS NOT NULL AND NOT EXISTS (
      SELECT 1 FROM bulk_chunk AS other WHERE other.job_id = ${job} AND other.chunk_no = ${no}
        AND (other.state = 'planned' OR other.${column("failed")} + other.${column("unknown")} > 0))`

  const stillPlans = (job: string, planner: string, leaseMillis: number) =>
    Effect.flatMap(now, (now) =>
      Effect.map(
        sql`
          UPDATE bulk_job SET planner_until = ${later(now, leaseMillis)}
          WHERE id = ${job} AND state = 'planning' AND planner = ${planner} RETURNING id`,
        (rows) => rows.length > 0
      ))

  const deleteRows = (job: string) =>
    Effect.forEach(
      ["bulk_chunk", "bulk_outcome", "bulk_intent"],
      (table) => sql`DELETE FROM ${sql(table)} WHERE job_id = ${job}`,
      { discard: true }
    )

  /** Of users of whom `user:remove` came before this was written. */
  const acceptedToRemoved = (key: ChunkKey) =>
    Effect.flatMap(
      sql`
        UPDATE bulk_outcome SET outcome = 'removed'
        WHERE job_id = ${key.job} AND chunk_no = ${key.no} AND outcome = 'accepted' AND EXISTS (
          SELECT 1 FROM bulk_intent WHERE bulk_intent.job_id = ${key.job} AND bulk_intent.line = bulk_outcome.line
            AND bulk_intent.removed_at IS NOT NULL)
        RETURNING line`,
      ({ length }) =>
        length === 0
          ? Effect.void
          : Effect.asVoid(sql`
            UPDATE bulk_chunk SET ${column("accepted")} = ${column("accepted")} - ${sql.literal(String(length))},
              ${column("removed")} = ${column("removed")} + ${sql.literal(String(length))}
            WHERE ${ofChunk(key)}`)
    )

  /** SQLite keeps beside its file what was written before, and in it what is deleted by now. */
  const emptyWriteAhead = sql.onDialectOrElse({
    sqlite: () => Effect.asVoid(sql`PRAGMA wal_checkpoint(TRUNCATE)`),
    orElse: () => Effect.void
  })

  const insertRest = ({ job, no }: ChunkKey, rest: Rest) =>
    Effect.flatMap(now, (now) =>
      sql`
      INSERT INTO bulk_chunk (job_id, chunk_no, round, first_line, line_count, row_count, start_byte, end_byte, hash,
        only_lines, todo, state, retries, not_before)
      SELECT job_id, chunk_no, (SELECT MAX(round) + 1 FROM bulk_chunk WHERE job_id = ${job} AND chunk_no = ${no}),
        first_line, line_count, row_count, start_byte, end_byte, hash,
        ${text(writeLines(rest.lines))}, ${sql.literal(String(rest.lines.length))}, 'planned',
        ${sql.literal(String(rest.retries))}, ${later(now, rest.delayMillis)}
      FROM bulk_chunk WHERE job_id = ${job} AND chunk_no = ${no} AND round = 0`)

  return {
    run,

    /** Whether this made the job: somebody else may have, before or at the same moment. */
    createJob: (job: {
      readonly id: string
      readonly app: string
      readonly kind: Kind
      readonly options: string
      readonly input: string
      readonly digest: string | undefined
    }) =>
      run(Effect.flatMap(now, (now) =>
        Effect.map(
          sql`
            INSERT INTO bulk_job (id, app_id, kind, options, input, digest, state, created_at)
            VALUES (${job.id}, ${job.app}, ${job.kind}, ${job.options}, ${job.input}, ${
            job.digest ?? null
          }, 'planning', ${now})
            ON CONFLICT (id) DO NOTHING RETURNING id`,
          (rows) => rows.length > 0
        ))),

    job: (id: string) =>
      run(Effect.map(
        sql<JobRow>`
          SELECT id, app_id, kind, options, input, digest, state, blocked_by, slow_until, created_at, started_at, ended_at
          FROM bulk_job WHERE id = ${id}`,
        ([row]): JobRow | undefined =>
          row === undefined ? undefined : {
            ...row,
            slow_until: Number(row.slow_until),
            created_at: Number(row.created_at),
            started_at: numberOrNull(row.started_at),
            ended_at: numberOrNull(row.ended_at)
          }
      )),

    /** The newest first. */
    jobs: (app: string) =>
      run(Effect.map(
        sql<{ readonly id: string }>`SELECT id FROM bulk_job WHERE app_id = ${app} ORDER BY created_at DESC, id`,
        (rows) => rows.map(({ id }) => id)
      )),

    /** Takes the planning of a job, or goes on with it, and begins it anew where another has begun; `false` where another is at it. */
    takePlanning: (job: string, planner: string, leaseMillis: number) =>
      transaction(Effect.gen(function*() {
        const at = yield* now
        const taken = yield* sql`
          UPDATE bulk_job SET planner = ${planner}, planner_until = ${later(at, leaseMillis)}
          WHERE id = ${job} AND state = 'planning' AND (planner IS NULL OR planner_until <= ${at}) RETURNING id`
        if (taken.length === 0) return false
        yield* deleteRows(job)
        return true
      })),

    /** Gives the planning back, so that whoever comes next need not wait. */
    releasePlanning: (job: string, planner: string) =>
      run(sql`UPDATE bulk_job SET planner_until = 0 WHERE id = ${job} AND planner = ${planner} AND state = 'planning'`),

    /** Forgets a job that could not be planned: nothing of it was sent. */
    forget: (job: string, planner: string) =>
      transaction(Effect.gen(function*() {
        const gone = yield* sql`
          DELETE FROM bulk_job WHERE id = ${job} AND state = 'planning' AND planner = ${planner} RETURNING id`
        if (gone.length === 0) return
        yield* deleteRows(job)
      })),

    /** The planner is still there, however long it waits for rows. */
    renewPlanning: (job: string, planner: string, leaseMillis: number) => run(stillPlans(job, planner, leaseMillis)),

    /** Adds chunks to the plan; `false` where another plans by now. */
    addPlanned: (
      job: string,
      planner: string,
      chunks: Arr.NonEmptyReadonlyArray<Omit<PlannedChunk, "keys">>,
      leaseMillis: number
    ) =>
      transaction(Effect.gen(function*() {
        if (!(yield* stillPlans(job, planner, leaseMillis))) return false
        const rows = Arr.map(chunks, ({ reference: { end, firstLine, hash, lines, no, rows, start }, text }) => ({
          job_id: job,
          chunk_no: no,
          round: 0,
          first_line: firstLine,
          line_count: lines,
          row_count: rows,
          start_byte: start,
          end_byte: end,
          hash,
          todo: rows,
          staged: text ?? null,
          state: "planned"
        }))
        yield* sql`INSERT INTO bulk_chunk ${sql.insert(rows)}`
        for (const { reference, refusals } of chunks) {
          yield* insertOutcomes(job, () => reference.no, refusals.map(outcomeOfRefusal))
        }
        return true
      })),

    /** Rows that are there twice, which is known when all were read; `false` where another plans by now. */
    addRepeated: (
      job: string,
      planner: string,
      noOf: (line: number) => number,
      repeated: ReadonlyArray<{ readonly line: number; readonly of: number }>,
      leaseMillis: number
    ) =>
      transaction(Effect.gen(function*() {
        if (!(yield* stillPlans(job, planner, leaseMillis))) return false
        yield* insertOutcomes(job, noOf, repeated.map(({ line, of }) => duplicate(line, of)))
        return true
      })),

    /** The plan is whole: the job runs from here on. `false` where another plans by now. */
    planned: (job: string, planner: string, state: "running" | "paused") =>
      transaction(Effect.gen(function*() {
        const at = yield* now
        const still = yield* sql`
          UPDATE bulk_job SET state = ${state}, started_at = ${at}, planner = NULL
          WHERE id = ${job} AND state = 'planning' AND planner = ${planner} RETURNING id`
        if (still.length === 0) return false
        yield* sql`
          UPDATE bulk_chunk SET ${column("refused")} = (
            SELECT COUNT(*) FROM bulk_outcome
            WHERE bulk_outcome.job_id = ${job} AND bulk_outcome.chunk_no = bulk_chunk.chunk_no)
          WHERE job_id = ${job}`
        yield* sql`UPDATE bulk_chunk SET todo = row_count - ${column("refused")} WHERE job_id = ${job}`
        yield* sql`
          UPDATE bulk_chunk SET state = 'done', done_at = ${at}, staged = NULL WHERE job_id = ${job} AND todo = 0`
        yield* finishIfDone(job)
        return true
      })),

    progress: (job: string, windowMillis: number) =>
      run(Effect.gen(function*() {
        const at = yield* now
        const sums = sql.literal(
          OutcomeName.literals.map((name) => `SUM(${countColumn(name)}) AS ${countColumn(name)}`).join(", ")
        )
        const [row] = yield* sql<{ readonly [column: string]: unknown }>`
          SELECT SUM(CASE WHEN round = 0 THEN row_count ELSE 0 END) AS row_sum,
            SUM(CASE WHEN done_at > ${at} - ${
          sql.literal(String(windowMillis))
        } AND round >= 0 THEN ${allCounts} ELSE 0 END)
              AS recent,
            (SELECT COUNT(*) FROM bulk_worker JOIN bulk_job ON bulk_worker.app_id = bulk_job.app_id
              WHERE bulk_job.id = ${job} AND seen_at > ${at} - ${sql.literal(String(freshMillis))}) AS worker_count,
            ${at} AS at_now, ${sums}
          FROM bulk_chunk WHERE job_id = ${job}`
        const counts = OutcomeName.literals.flatMap((name) => {
          const count = Number(row?.[countColumn(name)] ?? 0)
          return count === 0 ? [] : [[name, count] as const]
        })
        return {
          rows: Number(row?.["row_sum"] ?? 0),
          recent: Number(row?.["recent"] ?? 0),
          workers: Number(row?.["worker_count"] ?? 0),
          now: Number(row?.["at_now"] ?? 0),
          done: counts.reduce((sum, [, count]) => sum + count, 0),
          counts: Object.fromEntries(counts) as Counts
        }
      })),

    reasons: (job: string) =>
      run(Effect.map(
        sql<{ readonly reason: string; readonly count: number }>`
          SELECT reason, COUNT(*) AS count FROM bulk_outcome WHERE job_id = ${job} AND reason IS NOT NULL GROUP BY reason`,
        (rows) => Object.fromEntries(rows.map(({ count, reason }) => [reason, Number(count)]))
      )),

    outcomesAfter: (job: string, line: number, limit: number) =>
      run(Effect.map(
        sql<{
          readonly line: number
          readonly outcome: OutcomeName
          readonly reason: string | null
          readonly field: string | null
          readonly message: string | null
          readonly applied: Outcome["applied"]
          readonly attempts: number
          readonly row_key: string | null
        }>`
          SELECT line, outcome, reason, field, message, applied, attempts, row_key FROM bulk_outcome
          WHERE job_id = ${job} AND line > ${line} ORDER BY line LIMIT ${sql.literal(String(limit))}`,
        (rows) =>
          rows.map((row): Outcome => ({
            line: Number(row.line),
            outcome: row.outcome,
            ...(row.reason === null ? undefined : { reason: row.reason }),
            ...(row.field === null ? undefined : { field: row.field }),
            ...(row.message === null ? undefined : { message: row.message }),
            applied: row.applied,
            attempts: Number(row.attempts),
            ...(row.row_key === null ? undefined : { key: row.row_key })
          }))
      )),

    /** Chunks of an app that no worker was told of yet, and may be by now. */
    chunksToOffer: (app: string, limit: number) =>
      run(Effect.flatMap(now, (now) =>
        Effect.map(
          sql<{ readonly job_id: string; readonly chunk_no: number; readonly round: number; readonly offers: number }>`
            SELECT chunk.job_id, chunk.chunk_no, chunk.round, chunk.offers
            FROM bulk_chunk AS chunk JOIN bulk_job AS job ON job.id = chunk.job_id
            WHERE job.app_id = ${app} AND job.state = 'running' AND chunk.state = 'planned' AND chunk.offered = 0
              AND chunk.not_before <= ${now}
            ORDER BY chunk.job_id, chunk.chunk_no LIMIT ${sql.literal(String(limit))}`,
          (rows) =>
            rows.map((row) => ({
              job: row.job_id,
              no: Number(row.chunk_no),
              round: Number(row.round),
              offers: Number(row.offers)
            }))
        ))),

    /** Notes that workers were told of these, unless they are to be told again by now. */
    offered: (keys: ReadonlyArray<ChunkKey & { readonly offers: number }>) =>
      run(Effect.forEach(
        Map.groupBy(keys, ({ job }) => job),
        ([job, chunks]) => {
          const offers = chunks.map(({ no, offers, round }) => `(${no}, ${round}, ${offers})`)
          return sql`
            UPDATE bulk_chunk SET offered = 1
            WHERE job_id = ${job} AND (chunk_no, round, offers) IN (VALUES ${sql.literal(offers.join(", "))})`
        },
        { discard: true }
      )),

    /**
     * A worker is to be told of it again: it could not be had now. Not before its lease ends, where somebody has it. Also where
     * whoever offered it has not noted that yet: the note is of an older offer then.
     */
    offerAgain: (key: ChunkKey) =>
      run(Effect.flatMap(now, (now) =>
        sql`
        UPDATE bulk_chunk SET offers = offers + 1, offered = 0,
          not_before = CASE WHEN owner IS NOT NULL AND lease_until > ${now} THEN lease_until ELSE ${
          later(now, 1000)
        } END
        WHERE ${ofChunk(key)} AND state = 'planned'`)),

    /** Whether nothing of a chunk is left, whoever did it; also where its job is gone. */
    isDone: (key: ChunkKey) =>
      run(Effect.map(
        sql`SELECT 1 AS one FROM bulk_chunk WHERE ${ofChunk(key)} AND state = 'planned'`,
        ({ length }) => length === 0
      )),

    /** Whether rows that did not go through still wait for their next round. */
    waits: (key: ChunkKey) =>
      run(Effect.flatMap(now, (now) =>
        Effect.map(
          sql`
            SELECT 1 AS one FROM bulk_chunk
            WHERE ${ofChunk(key)} AND state = 'planned' AND round > 0 AND not_before > ${now}`,
          ({ length }) => length > 0
        ))),

    /** Those that may be worked on now, and then those that wait. */
    unfinished: (job: string) =>
      run(Effect.flatMap(now, (now) =>
        Effect.map(
          sql<{ readonly chunk_no: number; readonly round: number }>`
            SELECT chunk_no, round FROM bulk_chunk WHERE job_id = ${job} AND state = 'planned'
            ORDER BY CASE WHEN not_before > ${now} THEN 1 ELSE 0 END, chunk_no, round`,
          (rows) => rows.map((row): ChunkKey => ({ job, no: Number(row.chunk_no), round: Number(row.round) }))
        ))),

    /** The chunk, where its job runs and nobody else has it. */
    claim: (key: ChunkKey, app: string, owner: string, leaseMillis: number) =>
      run(Effect.gen(function*() {
        const at = yield* now
        const [row] = yield* sql<ChunkColumns>`
          UPDATE bulk_chunk SET owner = ${owner}, lease_until = ${later(at, leaseMillis)}, runs = runs + 1
          WHERE ${ofChunk(key)} AND state = 'planned' AND (owner IS NULL OR lease_until <= ${at})
            AND EXISTS (SELECT 1 FROM bulk_job WHERE id = ${key.job} AND app_id = ${app} AND state = 'running')
          RETURNING chunk_no, round, first_line, line_count, row_count, start_byte, end_byte, hash, only_lines, todo, runs,
            retries`
        if (row === undefined) return undefined
        const [text] = yield* sql<{ readonly staged: Uint8Array | null }>`
          SELECT staged FROM bulk_chunk WHERE job_id = ${key.job} AND chunk_no = ${key.no} AND round = 0`
        return {
          key,
          owner,
          reference: referenceOf(row),
          lines: row.only_lines === null ? undefined : readLines(row.only_lines),
          todo: Number(row.todo),
          runs: Number(row.runs),
          retries: Number(row.retries),
          staged: text?.staged ?? undefined
        } satisfies ClaimedChunk
      })),

    /** Of these owners, those who still have their chunk, and have it for as long again. */
    renew: (owners: ReadonlyArray<string>, leaseMillis: number) =>
      run(Effect.flatMap(now, (now) =>
        Effect.map(
          sql<{ readonly owner: string }>`
            UPDATE bulk_chunk SET lease_until = ${later(now, leaseMillis)}
            WHERE ${sql.in("owner", owners)} AND state = 'planned' RETURNING owner`,
          (rows) => new Set(rows.map(({ owner }) => owner))
        ))),

    /** Gives a chunk back of which nothing was done. */
    release: (chunk: ClaimedChunk) =>
      run(sql`
        UPDATE bulk_chunk SET owner = NULL, lease_until = 0, offers = offers + 1, offered = 0, runs = runs - 1
        WHERE ${ofChunk(chunk.key)} AND owner = ${chunk.owner} AND state = 'planned'`),

    /** Lines of a chunk that have their outcome: those that were refused, and those of other rounds. */
    settledLines: (job: string, no: number) =>
      run(Effect.map(
        sql<{ readonly line: number }>`SELECT line FROM bulk_outcome WHERE job_id = ${job} AND chunk_no = ${no}`,
        (rows) => new Set(rows.map(({ line }) => Number(line)))
      )),

    /** Writes what became of a chunk, all of it or nothing; `false` where another has it by now, whose it is then. */
    complete: (
      chunk: ClaimedChunk,
      ended: { readonly counts: Counts; readonly listed: ReadonlyArray<Outcome>; readonly rest: Rest | undefined }
    ) =>
      Effect.tap(
        transaction(Effect.gen(function*() {
          const at = yield* now
          const counted = Object.entries(ended.counts).map(([name, count]) =>
            sql`${column(name as OutcomeName)} = ${column(name as OutcomeName)} + ${sql.literal(String(count))}`
          )
          const won = yield* sql`
          UPDATE bulk_chunk SET ${
            sql.csv([sql`state = 'done'`, sql`part = owner`, sql`owner = NULL`, sql`done_at = ${at}`, ...counted])
          }
          WHERE ${ofChunk(chunk.key)} AND owner = ${chunk.owner} AND state = 'planned' RETURNING chunk_no`
          if (won.length === 0) return false
          yield* insertOutcomes(chunk.key.job, () => chunk.key.no, ended.listed)
          if ((ended.counts.accepted ?? 0) > 0) yield* acceptedToRemoved(chunk.key)
          if (ended.rest !== undefined) yield* insertRest(chunk.key, ended.rest)
          else if (chunk.staged !== undefined) yield* dropStaged(chunk.key.job, chunk.key.no)
          yield* endIfOver(chunk.key.job)
          return true
        })),
        // Of two who end the last chunks at the same time neither sees in its transaction that the other has.
        () => run(endIfOver(chunk.key.job))
      ),

    endIfOver: (job: string) => run(endIfOver(job)),

    cancelRest: (job: string) => run(cancelRest(job)),

    /** From any of these states to another; `false` where it was in none of them. */
    move: (job: string, from: ReadonlyArray<State>, to: State) =>
      run(Effect.map(
        sql`UPDATE bulk_job SET state = ${to}, blocked_by = NULL WHERE id = ${job} AND ${
          sql.in("state", from)
        } RETURNING id`,
        (rows) => rows.length > 0
      )),

    block: (job: string, reason: BlockReason) =>
      run(sql`UPDATE bulk_job SET state = 'blocked', blocked_by = ${reason} WHERE id = ${job} AND state = 'running'`),

    resume: (job: string) =>
      transaction(Effect.gen(function*() {
        const moved = yield* sql`
          UPDATE bulk_job SET state = 'running', blocked_by = NULL, slow_until = 0
          WHERE id = ${job} AND state IN ('paused', 'blocked') RETURNING id`
        if (moved.length === 0) return false
        // Those of whom a worker was told meanwhile have been put away by it.
        yield* sql`
          UPDATE bulk_chunk SET offers = offers + 1, offered = 0, not_before = 0 WHERE job_id = ${job} AND state = 'planned'`
        yield* finishIfDone(job)
        return true
      })),

    cancel: (job: string) =>
      transaction(Effect.gen(function*() {
        const at = yield* now
        const isMoved = (from: Fragment) =>
          Effect.map(
            sql`
              UPDATE bulk_job SET state = 'cancelled', blocked_by = NULL, ended_at = ${at}
              WHERE id = ${job} AND ${from} RETURNING id`,
            ({ length }) => length > 0
          )
        // What was refused so far is cancelled as all else: nobody knows yet which rows are there twice.
        if (yield* isMoved(sql`state = 'planning'`)) yield* sql`DELETE FROM bulk_outcome WHERE job_id = ${job}`
        else if (!(yield* isMoved(sql`state IN ('running', 'paused', 'blocked')`))) return false
        yield* cancelRest(job)
        return true
      })),

    slowDown: (job: string, until: number) =>
      run(sql`UPDATE bulk_job SET slow_until = ${until} WHERE id = ${job} AND slow_until < ${until}`),

    /** Chunks with rows that failed or of which nobody knows. */
    chunksThatFailed: (job: string) =>
      run(Effect.map(
        sql<{ readonly chunk_no: number }>`
          SELECT DISTINCT chunk_no FROM bulk_chunk
          WHERE job_id = ${job} AND ${column("failed")} + ${column("unknown")} > 0 ORDER BY chunk_no`,
        (rows) => rows.map(({ chunk_no }) => Number(chunk_no))
      )),

    /** Makes another round of the rows of a chunk that failed or of which nobody knows; gives how many. */
    retryChunk: (job: string, no: number) =>
      transaction(Effect.gen(function*() {
        // Nobody ends or cancels it meanwhile.
        const isOn = yield* sql`
          UPDATE bulk_job SET state = state
          WHERE id = ${job} AND state IN ('finished', 'running', 'paused', 'blocked') RETURNING id`
        if (isOn.length === 0) return 0
        const rows = yield* sql<
          { readonly line: number; readonly attempts: number; readonly applied: Outcome["applied"] }
        >`
          DELETE FROM bulk_outcome WHERE job_id = ${job} AND chunk_no = ${no} AND outcome IN ('failed', 'unknown')
          RETURNING line, attempts, applied`
        if (rows.length === 0) return 0
        yield* sql`
          UPDATE bulk_chunk SET ${column("failed")} = 0, ${
          column("unknown")
        } = 0 WHERE job_id = ${job} AND chunk_no = ${no}`
        const lines = rows.map(({ applied, attempts, line }) => ({
          line: Number(line),
          attempts: Number(attempts),
          applied
        })).sort((one, other) => one.line - other.line)
        yield* insertRest({ job, no, round: 0 }, { lines, retries: 0, delayMillis: 0 })
        // With the first of them, as whoever is killed after it must not leave rows that nobody comes back to.
        yield* sql`UPDATE bulk_job SET state = 'running' WHERE id = ${job} AND state = 'finished'`
        return lines.length
      })),

    /** Of the chunks that are done, in the order of the input: who has written what of them counts. */
    parts: (job: string) =>
      run(Effect.map(
        sql<{ readonly chunk_no: number; readonly round: number; readonly part: string }>`
          SELECT chunk_no, round, part FROM bulk_chunk
          WHERE job_id = ${job} AND ${column("exported")} > 0 ORDER BY chunk_no, round`,
        (rows) => rows.map((row) => ({ no: Number(row.chunk_no), round: Number(row.round), owner: row.part }))
      )),

    /** Whether what this worker has written of a chunk counts. */
    isPart: ({ key, owner }: ClaimedChunk) =>
      run(Effect.map(
        sql`SELECT 1 AS one FROM bulk_chunk WHERE ${ofChunk(key)} AND part = ${owner}`,
        ({ length }) => length > 0
      )),

    /** What was about to be sent of a row before. */
    intent: (job: string, line: number) =>
      run(Effect.map(
        sql<{ readonly user_key: string; readonly answer: string | null }>`
          SELECT user_key, answer FROM bulk_intent WHERE job_id = ${job} AND line = ${line}`,
        ([row]) => row === undefined ? undefined : { userKey: row.user_key, answer: row.answer ?? undefined }
      )),

    /** Writes what is about to be sent; `false` where the chunk is another's by now, who has a row of its own to write. */
    writeIntent: (
      chunk: ClaimedChunk,
      intent: {
        readonly line: number
        readonly userKey: string
        readonly brandId: string | undefined
        readonly operation: string
      }
    ) =>
      run(Effect.flatMap(now, (now) =>
        Effect.map(
          sql`
            INSERT INTO bulk_intent (job_id, line, user_key, brand_id, operation, at_millis)
            SELECT job_id, ${sql.literal(String(intent.line))}, ${text(intent.userKey)}, ${text(intent.brandId)},
              ${text(intent.operation)}, ${now}
            FROM bulk_chunk
            WHERE ${ofChunk(chunk.key)} AND owner = ${chunk.owner} AND lease_until > ${now}
            ON CONFLICT (job_id, line) DO UPDATE SET user_key = excluded.user_key RETURNING line`,
          (rows) => rows.length > 0
        ))),

    writeAnswer: (
      job: string,
      line: number,
      answer: { readonly answer: string; readonly requestId: string | undefined }
    ) =>
      run(Effect.flatMap(now, (now) =>
        sql`
        UPDATE bulk_intent SET answered_at = ${now}, answer = ${answer.answer}, request_id = ${answer.requestId ?? null}
        WHERE job_id = ${job} AND line = ${line}`)),

    evidenceAfter: (job: string, line: number, limit: number) =>
      run(Effect.map(
        sql<{
          readonly line: number
          readonly user_key: string
          readonly brand_id: string | null
          readonly operation: Evidence["operation"]
          readonly at_millis: number
          readonly answered_at: number | null
          readonly answer: string | null
          readonly request_id: string | null
          readonly removed_at: number | null
        }>`
          SELECT line, user_key, brand_id, operation, at_millis, answered_at, answer, request_id, removed_at
          FROM bulk_intent WHERE job_id = ${job} AND line > ${line} ORDER BY line LIMIT ${sql.literal(String(limit))}`,
        (rows) =>
          rows.map((row): Omit<Evidence, "requestedBy"> => ({
            line: Number(row.line),
            user: row.user_key,
            ...(row.brand_id === null ? undefined : { brandId: row.brand_id }),
            operation: row.operation,
            at: isoOf(row.at_millis),
            ...(row.answered_at === null ? undefined : { answeredAt: isoOf(row.answered_at) }),
            ...(row.answer === null ? undefined : { answer: row.answer }),
            ...(row.request_id === null ? undefined : { requestId: row.request_id }),
            ...(row.removed_at === null ? undefined : { removedAt: isoOf(row.removed_at) })
          }))
      )),

    /** The vendor has said that a user is gone: what was accepted is done. Gives how many rows that was. */
    userRemoved: (app: string, userKeys: ReadonlyArray<string>) =>
      transaction(Effect.gen(function*() {
        const at = yield* now
        const rows = yield* sql<{ readonly job_id: string; readonly line: number }>`
          UPDATE bulk_intent SET removed_at = ${at}
          WHERE ${sql.in("user_key", userKeys)} AND operation = 'Users.delete' AND removed_at IS NULL
            AND job_id IN (SELECT id FROM bulk_job WHERE app_id = ${app})
          RETURNING job_id, line`
        for (const { job_id, line } of rows) {
          const [outcome] = yield* sql<{ readonly chunk_no: number }>`
            UPDATE bulk_outcome SET outcome = 'removed'
            WHERE job_id = ${job_id} AND line = ${line} AND outcome = 'accepted' RETURNING chunk_no`
          // Otherwise its chunk is not done yet, and finds it when it is.
          if (outcome === undefined) continue
          yield* sql`
            UPDATE bulk_chunk SET ${column("accepted")} = ${column("accepted")} - 1,
              ${column("removed")} = ${column("removed")} + 1
            WHERE job_id = ${job_id} AND chunk_no = ${outcome.chunk_no} AND round = (
              SELECT MIN(round) FROM bulk_chunk
              WHERE job_id = ${job_id} AND chunk_no = ${outcome.chunk_no} AND ${column("accepted")} > 0)`
        }
        return rows.length
      })),

    /** All of a job, and its files: who is killed meanwhile, or cannot remove them, has the job still, and purges it again. */
    purge: (job: string, files: Effect.Effect<void, OutputError>) =>
      Effect.tap(
        transaction(Effect.gen(function*() {
          const at = yield* now
          const gone = yield* sql`
          DELETE FROM bulk_job WHERE id = ${job}
            AND (state IN ('finished', 'cancelled', 'paused', 'blocked') OR (state = 'planning' AND planner_until <= ${at}))
            AND NOT EXISTS (
              SELECT 1 FROM bulk_chunk
              WHERE job_id = ${job} AND state = 'planned' AND owner IS NOT NULL AND lease_until > ${at})
          RETURNING id`
          if (gone.length === 0) return false
          yield* deleteRows(job)
          const items = `${job}/`
          yield* sql`DELETE FROM ${sql(queueTable)} WHERE SUBSTR(id, 1, ${
            sql.literal(String(items.length))
          }) = ${items}`
          yield* files
          return true
        })),
        (isGone) => isGone ? Effect.ignore(emptyWriteAhead) : Effect.void
      ),

    /** Says that this worker is there, and forgets those that are not; gives how many there are. */
    heartbeat: (worker: string, app: string) =>
      run(Effect.gen(function*() {
        const at = yield* now
        yield* sql`
          INSERT INTO bulk_worker (id, app_id, seen_at) VALUES (${worker}, ${app}, ${at})
          ON CONFLICT (id) DO UPDATE SET seen_at = excluded.seen_at`
        yield* sql`DELETE FROM bulk_worker WHERE seen_at <= ${at} - ${sql.literal(String(freshMillis))}`
        const [row] = yield* sql<{ readonly count: number }>`
          SELECT COUNT(*) AS count FROM bulk_worker WHERE app_id = ${app}`
        return Math.max(1, Number(row?.count ?? 1))
      })),

    leave: (worker: string) => run(sql`DELETE FROM bulk_worker WHERE id = ${worker}`)
  }
}

/** Most lines have nothing beside them: a number. */
const writeLines = (lines: ReadonlyArray<RestLine>): string =>
  JSON.stringify(
    lines.map(({ applied, attempts, line }) => attempts === 0 && applied === "no" ? line : [line, attempts, applied])
  )

const readLines = (text: string): ReadonlyMap<number, RestLine> =>
  new Map(
    (JSON.parse(text) as Array<number | [number, number, Outcome["applied"]]>).map((written) => {
      const [line, attempts, applied] = typeof written === "number" ? [written, 0, "no"] as const : written
      return [line, { line, attempts, applied }]
    })
  )

const parts = <A>(all: ReadonlyArray<A>) => Arr.chunksOf(all, rowsAtOnce)

const outcomeOfRefusal = (refusal: Refusal): Outcome => ({
  line: refusal.line,
  outcome: "refused",
  reason: refusal.reason,
  ...(refusal.field === undefined ? undefined : { field: refusal.field }),
  message: refusal.message,
  applied: "no",
  attempts: 0
})

const duplicate = (line: number, of: number): Outcome => ({
  line,
  outcome: "refused",
  reason: "Duplicate",
  message: `the same key as in line ${of}`,
  applied: "no",
  attempts: 0
})
