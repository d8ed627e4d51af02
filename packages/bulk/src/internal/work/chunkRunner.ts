/**
 * Works on chunks: renews their leases, lets their rows have their turns, and writes what became of them.
 */
import { Sunshine } from "@sunco/client/Sunshine"
import { Users } from "@sunco/client/Users"
import * as Clock from "effect/Clock"
import * as SecureRandom from "effect/crypto/SecureRandom"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Fiber from "effect/Fiber"
import * as Latch from "effect/Latch"
import * as RateLimiter from "effect/persistence/RateLimiter"
import * as Schedule from "effect/Schedule"
import * as Semaphore from "effect/Semaphore"
import type { BlockReason, StoreUnavailable } from "../../BulkError.ts"
import { InputError } from "../../InputError.ts"
import type { Counts } from "../../Job.ts"
import type { OutcomeName } from "../../Outcome.ts"
import { fromDescription } from "../input/sourceOf.ts"
import type { ChunkKey, JobRow, Log, RestLine } from "../store/log.ts"
import type { JobOptions } from "./jobOptions.ts"
import { removePart, writePart } from "./exportParts.ts"
import { type Ended, RowCalls, type Turns } from "./rowCalls.ts"
import { type AnyRow, type AnyRowWork, keyOfOutcome, rowWorkOf } from "./rowWork.ts"
import { haltAll, momentOf, Run, type Watched } from "./run.ts"
import { turnOf } from "./turns.ts"

/** @internal */
export interface RunnerOptions {
  readonly inFlight: number
  readonly leaseMillis: number
  readonly retryDelayMillis: number
}

/** How long rows that were begun may take to end, when their chunk is to end. */
const graceMillis = 15_000

/** Rounds of rows that did not go through, after the first. */
const retriesAtMost = 3

/** Of so many rows more than half may not fail. */
const latelyAtMost = 200

/** @internal */
export const makeChunkRunner = (log: Log, options: RunnerOptions) =>
  Effect.gen(function*() {
    const { appId } = yield* Sunshine
    const users = yield* Users.makeNoDeps
    const limiter = yield* Effect.serviceOption(RateLimiter.RateLimiter)
    const inFlight = yield* Semaphore.make(options.inFlight)
    const worker = SecureRandom.uuidV4Unsafe()
    const jobs = new Map<string, Watched>()
    const runs = new Map<string, Run>()
    let workers = 1

    const renewAll = Effect.suspend(() => {
      if (runs.size === 0) return Effect.void
      const held = Array.from(runs.values())
      return Clock.clockWith((clock) => {
        const from = momentOf(clock)
        return Effect.map(log.renew(held.map(({ chunk }) => chunk.owner), options.leaseMillis), (owners) => {
          for (const run of held) {
            if (owners.has(run.chunk.owner)) run.renewed(from)
            // Unless it has ended meanwhile.
            else if (runs.has(run.chunk.owner)) run.halt("lost")
          }
        })
      })
    })

    /** What others have said of the jobs. */
    const lookAtJobs = Effect.suspend(() =>
      Effect.forEach(Array.from(jobs.values()), (watched) =>
        Effect.map(log.job(watched.id), (job) => {
          // It has the pace and the failures of a job, from one of its chunks to the next.
          if (watched.runs.size === 0 && job?.state !== "running") jobs.delete(watched.id)
          if (job === undefined) return haltAll(watched, "lost")
          watched.slowUntil = Math.max(watched.slowUntil, job.slow_until)
          if (job.state === "paused" || job.state === "cancelled" || job.state === "blocked") {
            haltAll(watched, job.state)
            // When it goes on, it does at once.
            watched.slowUntil = 0
          }
        }), { discard: true })
    )

    const heartbeat = Effect.map(log.heartbeat(worker, appId), (count) => {
      workers = count
    })

    yield* Effect.addFinalizer(() => Effect.ignore(log.leave(worker)))
    yield* again(renewAll, Duration.millis(options.leaseMillis / 3))
    yield* again(lookAtJobs, "1 second")
    yield* again(heartbeat, "5 seconds")

    const block = (watched: Watched, reason: BlockReason): Effect.Effect<void> =>
      Effect.andThen(
        Effect.retry(log.block(watched.id, reason), { schedule: Schedule.spaced("500 millis"), times: 20 }).pipe(
          Effect.ignore
        ),
        Effect.sync(() => haltAll(watched, "blocked"))
      )

    const turnsOf = (run: Run): Turns => ({
      turn: turnOf(run, appId, limiter, () => workers),
      wait: (millis) => run.wait(millis),
      slowDown: (retryAfterMillis) =>
        Effect.flatMap(Clock.currentTimeMillis, (now) => {
          const until = Math.ceil(now + (retryAfterMillis ?? 1000))
          if (until <= run.watched.slowUntil) return Effect.void
          run.watched.slowUntil = until
          return Effect.ignore(log.slowDown(run.watched.id, until))
        }),
      block: (reason) => block(run.watched, reason)
    })

    /** A job of which nearly everything fails is stopped, before it has sent a million requests for nothing. */
    const noteEnd = (watched: Watched, { outcome }: Ended): Effect.Effect<void> => {
      const hasFailed = outcome === "failed" || outcome === "unknown"
      const { lately } = watched
      if (hasFailed) watched.failedLately++
      if (lately[watched.ended % latelyAtMost] === true) watched.failedLately--
      lately[watched.ended++ % latelyAtMost] = hasFailed
      if (watched.ended < latelyAtMost || watched.failedLately * 2 <= latelyAtMost) return Effect.void
      lately.length = watched.ended = watched.failedLately = 0
      return block(watched, "TooManyFailures")
    }

    const runRow = (run: Run, work: AnyRowWork, turns: Turns, row: AnyRow, sent: RestLine): Effect.Effect<void> => {
      if (run.stop !== undefined) return Effect.void
      const calls = new RowCalls(turns, sent, work.strict)
      run.begun.set(row.line, calls)
      const { chunk, watched: { options: { includeIds } } } = run
      const working = work.strict && sent.applied !== "no"
        ? Effect.succeed(sentBefore)
        : work.run(users, row, calls, { log, chunk, appId, includeIds, exported: run.exported })
      const ended = Effect.flatMap(
        // What is wrong with this program is no reason to work on the row for ever.
        Effect.catchDefect(working, (defect) =>
          Effect.as(
            Effect.logError(`a row could not be worked on: ${defect instanceof Error ? defect.name : typeof defect}`),
            defective
          )),
        (end) => {
          run.ended.set(row.line, {
            line: row.line,
            outcome: end.outcome,
            ...(end.reason === undefined ? undefined : { reason: end.reason }),
            applied: calls.applied,
            attempts: calls.attempts,
            ...(includeIds ? keyOfOutcome(row) : undefined),
            isTransient: end.isTransient === true
          })
          return noteEnd(run.watched, end)
        }
      )
      return Effect.catchTag(ended, "Stopped", () => Effect.void)
    }

    /** Until all rows have ended, or the chunk is to end: those that were begun may end then, unless it is another's by now. */
    const runRows = (run: Run, work: AnyRowWork, rows: ReadonlyArray<AnyRow>, sent: (line: number) => RestLine) => {
      const turns = turnsOf(run)
      const begun: Array<Fiber.Fiber<void>> = []
      /** One row of a chunk at a time waits for a permit, as each that is given back looks at all who wait. */
      const begin = (row: AnyRow): Effect.Effect<void> => {
        const isBegun = Latch.makeUnsafe()
        const begin = Effect.suspend(() => {
          isBegun.openUnsafe()
          return runRow(run, work, turns, row, sent(row.line))
        })
        return Effect.flatMap(Effect.forkChild(inFlight.withPermits(1)(begin), { startImmediately: true }), (fiber) => {
          begun.push(fiber)
          return isBegun.await
        })
      }
      const all = Effect.andThen(
        Effect.forEach(rows, begin, { discard: true }),
        Effect.suspend(() => Fiber.joinAll(begun))
      )
      const over = Effect.flatMap(
        run.halted.await,
        () => run.stop === "lost" ? Effect.void : Effect.sleep(Duration.millis(graceMillis))
      )
      return Effect.interruptible(Effect.raceFirst(all, over))
    }

    /** What became of the rows of a chunk, and what is left of it. */
    const complete = (
      run: Run,
      work: AnyRowWork,
      rows: ReadonlyArray<AnyRow>,
      sent: (line: number) => RestLine
    ) => {
      if (run.stop === "lost") return Effect.succeed(false)
      const { chunk, ended } = run
      const counts = new Map<OutcomeName, number>()
      const count = (outcome: OutcomeName, n: number) => counts.set(outcome, (counts.get(outcome) ?? 0) + n)
      const mayRetry = chunk.retries < retriesAtMost
      const isCancelled = run.stop === "cancelled"
      const listed = Array.from(ended.values()).filter(({ isTransient }) => !isTransient || !mayRetry || isCancelled)
      for (const { outcome } of listed) count(outcome, 1)
      const settled = new Set(listed.map(({ line }) => line))
      const left = rows.filter(({ line }) => !settled.has(line)).map(({ line }): RestLine => {
        const calls = run.begun.get(line)
        return calls === undefined ? sent(line) : { line, ...calls.sent }
      })
      // One that was sent may be done, whatever was wanted.
      const unknown = isCancelled ? left.filter(({ applied }) => applied !== "no") : []
      if (isCancelled && left.length > 0) count("cancelled", left.length - unknown.length)
      if (unknown.length > 0) count("unknown", unknown.length)
      if (
        settled.size === 0 && left.length === chunk.todo && !isCancelled && run.stop !== undefined &&
        run.begun.size === 0
      ) {
        return Effect.as(log.release(chunk), true)
      }
      return log.complete(chunk, {
        counts: Object.fromEntries(counts) as Counts,
        listed: [
          ...listed.filter(({ outcome }) => work.isListed(outcome)),
          ...unknown.map(({ applied, attempts, line }) => ({
            line,
            outcome: "unknown" as const,
            reason: "Cancelled",
            applied,
            attempts
          }))
        ],
        rest: isCancelled || left.length === 0 ? undefined : {
          lines: left,
          retries: run.stop === undefined ? chunk.retries + 1 : chunk.retries,
          delayMillis: run.stop === undefined ? options.retryDelayMillis * 2 ** chunk.retries : 0
        }
      })
    }

    const watch = (job: JobRow): Watched => {
      const known = jobs.get(job.id)
      // One of the same name may have been purged.
      if (known?.createdAt === job.created_at) return known
      const watched: Watched = {
        id: job.id,
        createdAt: job.created_at,
        options: JSON.parse(job.options) as JobOptions,
        runs: new Set(),
        slowUntil: job.slow_until,
        nextAt: 0,
        lately: [],
        ended: 0,
        failedLately: 0
      }
      jobs.set(job.id, watched)
      return watched
    }

    const giveBack = (run: Run, reason: BlockReason) =>
      block(run.watched, reason).pipe(Effect.andThen(log.release(run.chunk)), Effect.as(false))

    const work = (run: Run, job: JobRow): Effect.Effect<boolean, StoreUnavailable> =>
      Effect.gen(function*() {
        const { chunk } = run
        const work = rowWorkOf(run.watched.options)
        const source = yield* fromDescription(job.input)
        const settledBefore = yield* log.settledLines(chunk.key.job, chunk.key.no)
        const read = yield* source.read(work.kind, chunk.reference, chunk.staged, settledBefore)
        // An older version may have planned it by other rules: nothing is sent of rows that nobody has counted.
        const rows = chunk.lines === undefined ? read : read.filter(({ line }) => chunk.lines?.has(line))
        if (rows.length !== chunk.todo) {
          return yield* new InputError({
            kind: "Changed",
            problem: "the rows of a chunk are not those that were planned"
          })
        }
        // Whoever had the chunk before may have sent any row of it.
        const applied = chunk.runs > 1 ? "unknown" as const : "no" as const
        const sent = (line: number): RestLine => {
          const rest = chunk.lines?.get(line)
          return {
            line,
            attempts: rest?.attempts ?? 0,
            applied: rest === undefined || rest.applied === "no" ? applied : rest.applied
          }
        }
        const working = yield* Effect.forkChild(runRows(run, work, rows, sent))
        const awaited = yield* Effect.exit(Effect.interruptible(Fiber.await(working)))
        if (Exit.isFailure(awaited)) {
          run.halt("closing")
          yield* Fiber.await(working)
        }
        const { options: kept } = run.watched
        const of = kept.kind === "export" && run.stop !== "lost"
          ? { to: kept.to, job: job.id, createdAt: job.created_at }
          : undefined
        if (of !== undefined) yield* writePart(of, chunk, run.exported)
        // What is known is kept until the database is back. If the chunk is another's by then, it is not written.
        let tries = 0
        const isDone = yield* Effect.retry(Effect.suspend(() => complete(run, work, rows, sent)), {
          schedule: Schedule.spaced("500 millis"),
          while: () => run.stop !== "closing" || tries++ < 20
        })
        // It may have been done by an attempt that was not told so.
        if (!isDone && of !== undefined && !(yield* log.isPart(chunk))) yield* Effect.ignore(removePart(of, chunk))
        return isDone
      }).pipe(
        Effect.catchTags({
          InputError: ({ kind }) => giveBack(run, kind === "Changed" ? "InputChanged" : "InputUnreadable"),
          OutputError: () => giveBack(run, "OutputUnwritable")
        })
      )

    /**
     * One chunk, or what is left of it: safe to be called twice, by two processes at the same time. `true` where nothing of it is
     * left, whoever did it; `false` where it could not be had now.
     */
    const runChunk = (key: ChunkKey): Effect.Effect<boolean, StoreUnavailable> =>
      Effect.uninterruptible(Effect.gen(function*() {
        const clock = yield* Clock.Clock
        const claimed = momentOf(clock)
        const chunk = yield* log.claim(key, appId, SecureRandom.uuidV4Unsafe(), options.leaseMillis)
        if (chunk === undefined) {
          yield* log.cancelRest(key.job)
          return yield* log.isDone(key)
        }
        const job = yield* log.job(key.job)
        if (job === undefined) return true
        const watched = watch(job)
        const run = new Run(watched, chunk, options.leaseMillis, claimed)
        watched.runs.add(run)
        runs.set(chunk.owner, run)
        return yield* Effect.ensuring(
          work(run, job),
          Effect.sync(() => {
            runs.delete(chunk.owner)
            watched.runs.delete(run)
          })
        )
      }))

    return {
      appId,
      runChunk,
      /** Lets what is in flight finish, and gives the chunks back. */
      close: Effect.sync(() => {
        for (const run of runs.values()) run.halt("closing")
      })
    }
  })

const defective: Ended = { outcome: "unknown", reason: "Defect" }

/** Of a job that sends nothing again after a request of which nobody knows. */
const sentBefore: Ended = { outcome: "unknown", reason: "SentBefore" }

const again = (effect: Effect.Effect<void, StoreUnavailable>, every: Duration.Input) =>
  effect.pipe(
    Effect.catch(() => Effect.logWarning("the database of the jobs cannot be reached")),
    Effect.repeat(Schedule.spaced(every)),
    Effect.forkScoped
  )
