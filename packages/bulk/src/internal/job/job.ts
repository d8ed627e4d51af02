import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Schedule from "effect/Schedule"
import * as Stream from "effect/Stream"
import { JobBlocked, JobNotFound, type StoreUnavailable, WrongState } from "../../BulkError.ts"
import type { Job, Progress, Report, State } from "../../Job.ts"
import type { JobRow, Log } from "../store/log.ts"
import { type Export, joinParts, removeParts } from "../work/exportParts.ts"
import { fromDescription } from "../input/sourceOf.ts"
import type { EraseJobOptions, ExportJobOptions, JobOptions } from "../work/jobOptions.ts"
import { plan } from "./plan.ts"

/** The rate is that of the last five minutes. */
const windowMillis = 300_000

const outcomesAtOnce = 1000

/** Pages that each begin where the one before ended: what is long is never in memory. */
const byLine = <A extends { readonly line: number }>(
  pageAfter: (line: number, limit: number) => Effect.Effect<ReadonlyArray<A>, StoreUnavailable>
): Stream.Stream<A, StoreUnavailable> =>
  Stream.paginate(0, (after) =>
    Effect.map(pageAfter(after, outcomesAtOnce), (page) => {
      const last = page.length < outcomesAtOnce ? undefined : page.at(-1)
      return [page, last === undefined ? Option.none<number>() : Option.some(last.line)] as const
    }))

const isOver = (state: State): boolean => state === "finished" || state === "cancelled"

/** @internal */
export const makeJob = (log: Log, id: string, leaseMillis: number): Job => {
  const row: Effect.Effect<JobRow, JobNotFound | StoreUnavailable> = Effect.flatMap(
    log.job(id),
    (row) => row === undefined ? Effect.fail(new JobNotFound({ job: id })) : Effect.succeed(row)
  )

  const status: Job["status"] = Effect.gen(function*() {
    const job = yield* row
    // Who had chunks of a job that was cancelled, and died, tells nobody of them.
    if (job.state === "cancelled") yield* log.cancelRest(id)
    const { counts, done, now, recent, rows, workers } = yield* log.progress(id, windowMillis)
    const lasted = Math.min(windowMillis, now - (job.started_at ?? now))
    const rate = recent === 0 || lasted <= 0 ? undefined : recent * 1000 / lasted
    return {
      job: id,
      kind: job.kind,
      state: job.state,
      rows,
      done,
      outcomes: counts,
      workers,
      rate,
      secondsLeft: rate === undefined || workers === 0 || isOver(job.state) ? undefined : (rows - done) / rate,
      slowUntil: job.slow_until > now ? job.slow_until : undefined,
      blockedBy: job.blocked_by ?? undefined
    } satisfies Progress
  })

  /** Of an export, where it goes. */
  const exported = Effect.map(row, ({ created_at, options }): Export | undefined => {
    const { to } = JSON.parse(options) as Partial<ExportJobOptions>
    return to === undefined ? undefined : { to, job: id, createdAt: created_at }
  })

  /** Of a cancelled job rows may be under way for a while, and of a finished one another round may begin at any moment. */
  const hasEnded = ({ done, rows, state }: Progress): boolean => isOver(state) && done === rows

  const report = (progress: Progress): Effect.Effect<Report, JobNotFound | StoreUnavailable> =>
    Effect.gen(function*() {
      const { ended_at, kind, started_at } = yield* row
      const reasons = yield* log.reasons(id)
      const from = started_at ?? ended_at ?? 0
      return {
        job: id,
        kind,
        state: progress.state === "cancelled" ? "cancelled" : "finished",
        rows: progress.rows,
        outcomes: progress.outcomes,
        reasons,
        seconds: Math.max(0, (ended_at ?? from) - from) / 1000
      }
    })

  const finished: Job["finished"] = Effect.gen(function*() {
    for (let looks = 0;; looks++) {
      const { blocked_by, state } = yield* row
      // Who did the last chunk may have died before it could say that the job is done.
      if (state === "running" && looks % 8 === 7) yield* log.endIfOver(id)
      if (state === "blocked" && blocked_by !== null) return yield* new JobBlocked({ job: id, reason: blocked_by })
      if (isOver(state)) {
        const progress = yield* status
        if (hasEnded(progress)) {
          // Of one that was cancelled there is no whole.
          const of = progress.state === "finished" ? yield* exported : undefined
          if (of !== undefined) yield* joinParts(of, yield* log.parts(id))
          return yield* report(progress)
        }
      }
      yield* Effect.sleep(Duration.millis(250))
    }
  })

  /**
   * What a statement would not do, told by the state that the job is in. Where it is in one of `from` by then, another command came
   * in between, and it is done after that one.
   */
  const unless = <E>(
    did: Effect.Effect<boolean, E | StoreUnavailable>,
    asked: string,
    from: ReadonlyArray<State>,
    to?: State
  ): Effect.Effect<void, E | JobNotFound | StoreUnavailable | WrongState> =>
    Effect.flatMap(did, (isDone) =>
      isDone ? Effect.void : Effect.flatMap(row, ({ state }) =>
        state === to
          ? Effect.void
          : from.includes(state)
          ? unless(did, asked, from, to)
          : Effect.fail(new WrongState({ job: id, state, asked }))))

  const mayBeRetried = Effect.flatMap(
    row,
    ({ state }) =>
      state === "running" || state === "finished" || state === "paused" || state === "blocked"
        ? Effect.void
        : Effect.fail(new WrongState({ job: id, state, asked: "retried" }))
  )

  return {
    id,
    status,
    progress: Stream.fromEffectSchedule(status, Schedule.spaced("1 second")).pipe(Stream.takeUntil(hasEnded)),
    finished,
    outcomes: Stream.unwrap(Effect.as(row, byLine((after, limit) => log.outcomesAfter(id, after, limit)))),
    evidence: Stream.unwrap(Effect.map(row, ({ options }) => {
      const { requestedBy = "" } = JSON.parse(options) as Partial<EraseJobOptions>
      return Stream.map(byLine((after, limit) => log.evidenceAfter(id, after, limit)), (evidence) => ({
        ...evidence,
        requestedBy
      }))
    })),
    pause: unless(log.move(id, ["running"], "paused"), "paused", ["running"], "paused"),
    resume: Effect.gen(function*() {
      const { digest, input, options, state } = yield* row
      if (state !== "planning") return yield* unless(log.resume(id), "resumed", ["paused", "blocked"], "running")
      yield* plan(log, id, yield* fromDescription(input), {
        options: JSON.parse(options) as JobOptions,
        digest: digest ?? undefined,
        leaseMillis,
        isResumed: true
      })
      yield* log.resume(id)
    }),
    cancel: unless(log.cancel(id), "cancelled", ["planning", "running", "paused", "blocked"], "cancelled"),
    retryFailed: Effect.gen(function*() {
      yield* mayBeRetried
      let rows = 0
      for (const no of yield* log.chunksThatFailed(id)) rows += yield* log.retryChunk(id, no)
      // Somebody else may have cancelled or purged it in between.
      if (rows === 0) yield* mayBeRetried
      return rows
    }),
    purge: Effect.gen(function*() {
      const of = yield* exported
      yield* unless(log.purge(id, of === undefined ? Effect.void : removeParts(of)), "purged", [])
    })
  }
}
