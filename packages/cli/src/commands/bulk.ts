/** What `sunco bulk` does. */
import { Bulk, type BulkError, type Job, type JobOptions, type Progress, type Report } from "@sunco/bulk"
import * as BulkWorker from "@sunco/bulk/BulkWorker"
import { outcomesInCsv, outcomesInNdjson } from "@sunco/bulk/Outcome"
import { Sunshine } from "@sunco/client/Sunshine"
import type * as Command from "effect/cli/Command"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Schedule from "effect/Schedule"
import * as Stream from "effect/Stream"
import { confirm, confirmNumber } from "../Confirm.ts"
import { type ClientFailure, Failure } from "../Failure.ts"
import { Json } from "../GlobalFlags.ts"
import { secondEnds } from "../internal/signals.ts"
import { goOnWithoutReader, isTerminal, writeOut } from "../internal/streams.ts"
import { inputOf, rateOf } from "../JobInput.ts"
import { commandFor } from "../JobPlace.ts"
import * as JobProgress from "../JobProgress.ts"
import * as JobStore from "../JobStore.ts"
import * as Output from "../Output.ts"
import { escaped } from "../Text.ts"
import type * as Tree from "../tree/bulk.ts"

type Input<Config extends Command.Command.Config> = Command.Command.Config.Infer<Config>

type Start = Input<typeof Tree.updateInput>

type Failures = BulkError | ClientFailure

/** What starts a job. */
type Starting = (bulk: Bulk["Service"], options: JobOptions) => Effect.Effect<Job, Failures>

const usage = (message: string) => new Failure({ kind: "usage", message, hint: "nothing was sent" })

const optionsOf = (flags: Start): Effect.Effect<JobOptions, Failure> =>
  Effect.map(inputOf(flags), (input) => ({
    job: flags.name,
    input,
    rate: rateOf(flags.rate),
    duplicates: flags.duplicates,
    includeIds: flags.includeIds
  }))

/** The end of a job: what became of it is data, and that some rows were not done is a failure. */
const concluded = (report: Report, db: Option.Option<string>) =>
  Effect.gen(function*() {
    yield* Output.thing(report)
    const { rows, text } = JobProgress.notDoneOf(report.kind, report.outcomes)
    if (rows === 0) return
    return yield* new Failure({
      kind: "rows-not-done",
      message: `${JobProgress.grouped(rows)} of ${JobProgress.grouped(report.rows)} rows not done: ${text}`,
      hint: `\`${commandFor("report", report.job, db)} --failed\` lists them`
    })
  })

const stopping = "stopping: what is in flight may finish; Ctrl-C again ends it at once"

/** A server that starts anew ends no job: whoever works goes on when it is back, and so does who waits for the end. */
const patiently = <A, E extends { readonly _tag: string }, R>(asked: Effect.Effect<A, E, R>) =>
  Effect.retry(asked, {
    while: ({ _tag }) => _tag === "StoreUnavailable",
    schedule: Schedule.spaced("1 second"),
    times: 60
  })

/** Works on a job to its end, and shows how far it is. */
const worked = (job: Job, { db, inFlight }: Pick<Start, "db" | "inFlight">) =>
  Effect.gen(function*() {
    yield* goOnWithoutReader
    yield* secondEnds(() => Effect.runFork(JobProgress.note(stopping)))
    const report = yield* Effect.raceFirst(patiently(job.finished), patiently(pausedBy(job, db))).pipe(
      JobProgress.shown(job.status),
      Effect.provide(BulkWorker.layer({ inFlight })),
      Effect.onInterrupt(() =>
        job.status.pipe(
          Effect.flatMap(({ done, rows }) =>
            Output.note(
              `interrupted: ${JobProgress.grouped(done)} of ${JobProgress.grouped(rows)} rows done; ` +
                `\`${commandFor("resume", job.id, db)}\` goes on`
            )
          ),
          Effect.ignore
        )
      )
    )
    yield* JobProgress.last(job)
    yield* concluded(report, db)
  }).pipe(Effect.scoped)

/** How far a job is, as a person reads numbers. */
const told = ({ rate, secondsLeft, ...progress }: Progress) =>
  Output.thing({
    ...progress,
    rate: rate === undefined ? undefined : Number(rate.toFixed(1)),
    secondsLeft: secondsLeft === undefined ? undefined : Math.ceil(secondsLeft)
  })

/** The job is there, and its work is that of others. */
const left = (job: Job) => Effect.flatMap(job.status, told)

/** Somebody has paused the job in another process: to wait for them might take for ever. */
const pausedBy = (job: Job, db: Option.Option<string>) =>
  job.progress.pipe(
    Stream.filter(({ state }) => state === "paused"),
    Stream.runHead,
    Effect.flatMap((paused) =>
      Option.isNone(paused)
        ? Effect.never
        : new Failure({
          kind: "blocked",
          message: `the job ${job.id} is paused`,
          hint: `\`${commandFor("resume", job.id, db)}\` goes on`
        })
    )
  )

const planned = (starting: Starting, options: JobOptions) =>
  Effect.gen(function*() {
    const bulk = yield* Bulk
    // It is there when its first rows are planned.
    const status = Effect.flatMap(bulk.job(options.job), (job) => job.status)
    return yield* JobProgress.shown(status)(starting(bulk, options))
  })

/** Reads the input as the job would, and sends nothing: what is refused is data. */
const rehearsed = (starting: Starting, options: JobOptions) =>
  JobStore.inMemory(Effect.gen(function*() {
    const job = yield* planned(starting, options)
    yield* Stream.runForEach(job.outcomes, (outcome) =>
      Output.row(outcome, [
        { name: "line", of: ({ line }) => String(line) },
        { name: "reason", of: ({ reason }) => reason },
        { name: "field", of: ({ field }) => field },
        { name: "message", of: ({ message }) => message }
      ]))
    const { outcomes: { refused = 0 }, rows } = yield* job.status
    yield* Output.note(`${JobProgress.grouped(rows)} rows, ${JobProgress.grouped(refused)} of them refused`)
    if (refused > 0) {
      return yield* new Failure({
        kind: "rows-not-done",
        message: `${JobProgress.grouped(refused)} of ${JobProgress.grouped(rows)} rows would be refused`,
        hint: "nothing was sent"
      })
    }
  }))

const start = <E extends Failures = never, R = never>(
  flags: Start,
  starting: Starting,
  asked?: ((sent: number) => Effect.Effect<void, E, R>) | undefined
) =>
  Effect.gen(function*() {
    yield* goOnWithoutReader
    const options = yield* optionsOf(flags)
    if (flags.dryRun) return yield* rehearsed(starting, options)
    yield* JobStore.use(flags.db)(Effect.gen(function*() {
      const { job: jobOf } = yield* Bulk
      const isNew = Effect.match(jobOf(options.job), { onFailure: () => true, onSuccess: () => false })
      // What is asked about is what was planned, whatever becomes of the file meanwhile.
      const mayGo = asked === undefined ? undefined : { asked, isNew: yield* isNew }
      const job = yield* planned(starting, mayGo?.isNew === true ? { ...options, paused: true } : options)
      if (mayGo !== undefined) {
        const { outcomes: { refused = 0 }, rows } = yield* job.status
        yield* mayGo.asked(rows - refused).pipe(
          Effect.onError(() => mayGo.isNew ? Effect.ignore(job.purge) : Effect.void)
        )
        if (mayGo.isNew) yield* job.resume
      }
      yield* flags.detach ? left(job) : worked(job, flags)
    }))
  })

export const importUsers = (
  { externalIdFrom, externalIdHash, mode, ...flags }: Input<typeof Tree.importInput>
) =>
  Effect.gen(function*() {
    if (Option.isSome(externalIdFrom) && Option.isSome(externalIdHash)) {
      return yield* usage("--external-id-from and --external-id-hash are each for themselves")
    }
    const from = Option.isSome(externalIdHash)
      ? { field: externalIdHash.value, hash: true }
      : Option.isSome(externalIdFrom)
      ? { field: externalIdFrom.value }
      : undefined
    yield* start({ ...flags, strict: false }, (bulk, options) =>
      bulk.importUsers({ ...options, mode, externalIdFrom: from }))
  })

export const updateUsers = (flags: Input<typeof Tree.updateInput>) =>
  start(flags, (bulk, options) => bulk.updateUsers({ ...options, strict: flags.strict }))

export const eraseUsers = ({ how, requestedBy, yes, ...flags }: Input<typeof Tree.eraseInput>) => {
  const starting: Starting = (bulk, options) =>
    bulk.eraseUsers({
      ...options,
      how: how === "delete" ? "delete" : "personalInformation",
      requestedBy
    })
  return start(
    { ...flags, strict: false },
    starting,
    yes ? undefined : (sent) =>
      confirmNumber(
        sent,
        how === "delete"
          ? `Delete ${JobProgress.grouped(sent)} users with all their conversations`
          : `Delete the names, e-mail addresses and metadata of ${JobProgress.grouped(sent)} users`
      )
  )
}

export const exportUsers = ({ to, ...flags }: Input<typeof Tree.exportInput>) =>
  start({ ...flags, strict: false }, (bulk, options) => bulk.exportUsers({ ...options, to }))

const withJob = <A, R>(
  { db, job }: Input<typeof Tree.jobInput>,
  command: (job: Job) => Effect.Effect<A, Failures, R>
) => JobStore.look(db)(Effect.flatMap(Bulk, (bulk) => Effect.flatMap(bulk.job(job), command)))

const jobColumns: ReadonlyArray<Output.ColumnOf<Progress>> = [
  { name: "job", of: ({ job }) => job },
  { name: "kind", of: ({ kind }) => kind },
  { name: "state", of: ({ state }) => state },
  { name: "blockedBy", of: ({ blockedBy }) => blockedBy },
  { name: "done", of: ({ done }) => String(done) },
  { name: "rows", of: ({ rows }) => String(rows) }
]

const allJobs = Effect.flatMap(
  Bulk,
  ({ jobs }) => Effect.flatMap(Stream.runCollect(jobs), (all) => Output.list(all, jobColumns))
)

/** Where nobody has begun a job yet, there is none. */
const noJobs = ({ message }: Failure) => Effect.andThen(Output.note(message), Output.list([], jobColumns))

export const status = ({ db, job }: Input<typeof Tree.statusInput>) =>
  Option.isSome(job)
    ? withJob({ db, job: job.value }, (job) =>
      Effect.flatMap(job.status, (progress) =>
        Effect.andThen(
          told(progress),
          progress.state === "running" && progress.workers === 0
            ? Output.note(`nobody works on it: \`${commandFor("resume", progress.job, db)}\` does`)
            : Effect.void
        )))
    : Effect.catchIf(JobStore.look(db)(allJobs), ({ kind }) => kind === "not-found", noJobs)

export const pause = (flags: Input<typeof Tree.jobInput>) =>
  withJob(flags, (job) => Effect.andThen(job.pause, Effect.flatMap(job.status, told)))

export const cancel = (flags: Input<typeof Tree.jobInput>) =>
  withJob(flags, (job) => Effect.andThen(job.cancel, Effect.flatMap(job.status, told)))

export const resume = (flags: Input<typeof Tree.goOnInput>) =>
  withJob(flags, (job) =>
    Effect.gen(function*() {
      yield* job.resume
      yield* flags.detach ? left(job) : worked(job, flags)
    }))

export const retry = (flags: Input<typeof Tree.goOnInput>) =>
  withJob(flags, (job) =>
    Effect.gen(function*() {
      const rows = yield* job.retryFailed
      yield* Output.note(`${JobProgress.grouped(rows)} rows are tried again`)
      yield* flags.detach ? left(job) : worked(job, flags)
    }))

export const report = (flags: Input<typeof Tree.reportInput>) =>
  Effect.gen(function*() {
    const isCsv = flags.format === "csv"
    if (isCsv && (flags.evidence || (yield* Json))) {
      return yield* usage(`--format csv and ${flags.evidence ? "--evidence" : "--json"} are each for themselves`)
    }
    if (flags.evidence && flags.failed) return yield* usage("--failed and --evidence are each for themselves")
    yield* withJob(flags, (job) =>
      Effect.gen(function*() {
        if (flags.evidence) return yield* Stream.runForEach(job.evidence, Output.jsonLine)
        const { kind } = yield* job.status
        const failures = new Set(JobProgress.notDone(kind))
        const outcomes = flags.failed
          ? Stream.filter(job.outcomes, ({ outcome }) => failures.has(outcome))
          : job.outcomes
        yield* Stream.runForEach(isCsv ? outcomesInCsv(outcomes) : outcomesInNdjson(outcomes), (line) =>
          // A file has it as it is.
          writeOut(isTerminal ? `${escaped(line.trimEnd())}\n` : line))
      }))
  })

export const worker = ({ db, inFlight }: Input<typeof Tree.workerInput>) =>
  JobStore.use(db)(
    Effect.gen(function*() {
      yield* secondEnds(() => Effect.runFork(Output.note(stopping)))
      const { appId } = yield* Sunshine
      yield* Effect.andThen(
        Output.note(`working on the jobs of the app ${appId}; Ctrl-C stops it`),
        Effect.never
      ).pipe(Effect.provide(BulkWorker.layer({ inFlight })))
    }).pipe(Effect.scoped)
  )

export const purge = (flags: Input<typeof Tree.purgeInput>) =>
  withJob(flags, (job) =>
    Effect.gen(function*() {
      const progress = yield* job.status
      const { kind, rows } = progress
      yield* confirm(
        `Delete all that is kept of the job ${job.id}, the ${kind} of ${JobProgress.grouped(rows)} rows`,
        flags.yes
      )
      yield* job.purge
      yield* Output.note(`purged the job ${job.id}`)
      yield* Output.onlyJson(progress)
    }))
