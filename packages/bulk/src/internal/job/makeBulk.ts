import { Sunshine } from "@sunco/client/Sunshine"
import * as Effect from "effect/Effect"
import * as Scope from "effect/Scope"
import * as Stream from "effect/Stream"
import { resolve } from "node:path"
import type { Bulk, EraseOptions, ExportOptions, ImportOptions, JobOptions, UpdateOptions } from "../../Bulk.ts"
import { JobConflict, JobNotFound, type StartError } from "../../BulkError.ts"
import type { Options } from "../../BulkWorker.ts"
import type { Job } from "../../Job.ts"
import { sourceOf } from "../input/sourceOf.ts"
import { makeChunkRunner } from "../work/chunkRunner.ts"
import { userKeyOf } from "../work/eraseRow.ts"
import type { JobOptions as KeptOptions } from "../work/jobOptions.ts"
import { openLog, settingsOf } from "../work/worker.ts"
import { checkOptions, checkTarget, keptOfAll } from "./checkOptions.ts"
import { makeJob } from "./job.ts"
import { plan } from "./plan.ts"

/** How an input is read, wherever it is. */
const wayOf = (description: string): string => JSON.stringify({ ...JSON.parse(description), path: undefined })

/** The options that are not the same, by the names that a caller gives them. */
const namesOfOther = (there: KeptOptions, kept: KeptOptions): ReadonlyArray<string> => {
  const [one, other] = [there, kept].map((options) =>
    new Map(
      Object.entries(options).map(([name, value]) => [name === "perSecond" ? "rate" : name, JSON.stringify(value)])
    )
  ) as [Map<string, string>, Map<string, string>]
  return Array.from(new Set([...one.keys(), ...other.keys()])).filter((name) =>
    // How it began is nothing to who joins it.
    name !== "paused" && one.get(name) !== other.get(name)
  )
}

/** @internal */
export const makeBulk = (options: Pick<Options, "inFlight" | "lease" | "retryDelay"> | undefined) =>
  Effect.gen(function*() {
    const settings = yield* settingsOf(options)
    const { leaseMillis } = settings
    const { appId } = yield* Sunshine
    const log = yield* openLog
    // Who only looks is no worker, among whom a rate is divided.
    const scope = yield* Effect.scope
    const runner = yield* Effect.cached(
      makeChunkRunner(log, settings).pipe(
        Effect.tap((runner) => Effect.addFinalizer(() => runner.close)),
        Scope.provide(scope),
        Effect.provideContext(yield* Effect.context<Sunshine>())
      )
    )

    const start: (given: JobOptions, kept: KeptOptions) => Effect.Effect<Job, StartError> = Effect.fnUntraced(
      function*(given, kept) {
        const { job: id } = given
        const source = sourceOf(given.input)
        const options = JSON.stringify(kept)
        const digest = yield* source.digest
        const input = source.description
        yield* log.createJob({ id, app: appId, kind: kept.kind, options, input, digest })
        const there = yield* log.job(id)
        // It was purged in between.
        if (there === undefined) return yield* start(given, kept)
        const otherOptions = namesOfOther(JSON.parse(there.options), kept)
        const differs = there.app_id !== appId
          ? "app" as const
          : there.kind !== kept.kind
          ? "kind" as const
          : otherOptions.length > 0
          ? "options" as const
          // The same content at another place is the same input, where it is read in the same way.
          : (there.digest ?? undefined) !== digest || wayOf(there.input) !== wayOf(input)
          ? "input" as const
          : undefined
        if (differs !== undefined) {
          return yield* new JobConflict({ job: id, differs, options: differs === "options" ? otherOptions : [] })
        }
        yield* plan(log, id, source, { options: kept, digest, leaseMillis, isResumed: false })
        return makeJob(log, id, leaseMillis)
      }
    )

    const exists = (id: string) =>
      Effect.flatMap(log.job(id), (row) =>
        row?.app_id === appId
          ? Effect.void
          : Effect.fail(new JobNotFound({ job: id, ...(row === undefined ? undefined : { ofAnotherApp: true }) })))

    const bulk: Bulk["Service"] = {
      importUsers: Effect.fnUntraced(function*(options: ImportOptions) {
        yield* checkOptions("import", options)
        const { externalIdFrom, mode } = options
        return yield* start(options, {
          kind: "import",
          mode,
          ...(externalIdFrom === undefined
            ? undefined
            : { externalIdFrom: { field: externalIdFrom.field, hash: externalIdFrom.hash === true } }),
          ...keptOfAll(options)
        })
      }),
      updateUsers: Effect.fnUntraced(function*(options: UpdateOptions) {
        yield* checkOptions("update", options)
        return yield* start(options, { kind: "update", strict: options.strict === true, ...keptOfAll(options) })
      }),
      eraseUsers: Effect.fnUntraced(function*(options: EraseOptions) {
        yield* checkOptions("erase", options)
        const { how, requestedBy } = options
        return yield* start(options, { kind: "erase", how, requestedBy, ...keptOfAll(options) })
      }),
      exportUsers: Effect.fnUntraced(function*(options: ExportOptions) {
        yield* checkOptions("export", options)
        const to = resolve(options.to)
        if ((yield* log.job(options.job)) === undefined) yield* checkTarget(to)
        return yield* start(options, { kind: "export", to, ...keptOfAll(options) })
      }),
      userRemoved: (id) => log.userRemoved(appId, [id, userKeyOf(appId, id)]),
      job: (id) => Effect.as(exists(id), makeJob(log, id, leaseMillis)),
      jobs: Stream.fromIterableEffect(log.jobs(appId)).pipe(
        Stream.flatMap((id) =>
          // It may have been purged meanwhile.
          Stream.catchTag(Stream.fromEffect(makeJob(log, id, leaseMillis).status), "JobNotFound", () => Stream.empty)
        )
      ),
      chunks: (id) => Effect.andThen(exists(id), log.unfinished(id)),
      // Workers are told of a chunk when its time has come; an engine comes when it likes.
      runChunk: (chunk) =>
        Effect.flatMap(
          log.waits(chunk),
          (waits) => waits ? Effect.succeed(false) : Effect.flatMap(runner, ({ runChunk }) => runChunk(chunk))
        )
    }
    return bulk
  })
