import * as SecureRandom from "effect/crypto/SecureRandom"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import { createHash } from "node:crypto"
import type { StoreUnavailable } from "../../BulkError.ts"
import type { InputError } from "../../InputError.ts"
import type { ChunkSource } from "../ChunkSource.ts"
import type { Log } from "../store/log.ts"
import type { JobOptions } from "../work/jobOptions.ts"
import { rowWorkOf } from "../work/rowWork.ts"

/** Keys are looked for, and nobody need read them. */
const hashOf = (key: string): string => createHash("sha256").update(key).digest("base64url").slice(0, 22)

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
  options: JobOptions,
  leaseMillis: number
): Effect.Effect<void, InputError | StoreUnavailable> => {
  const planner = SecureRandom.uuidV4Unsafe()
  const { kind } = rowWorkOf(options)

  const planned = source.plan(kind, { chunkRows: options.chunkRows }).pipe(
    Stream.mapEffect((chunk) => {
      const hashes = chunk.keys.map(({ key, line }) => ({ line, hash: hashOf(key) }))
      return Effect.filterOrFail(
        log.addPlanned(job, planner, { ...chunk, hashes }, { leaseMillis, duplicates: options.duplicates }),
        (isOurs) => isOurs,
        () => new Overtaken()
      )
    }),
    Stream.runDrain,
    Effect.andThen(log.planned(job, planner)),
    Effect.catchTag("InputError", (error) => Effect.andThen(log.forget(job, planner), Effect.fail(error))),
    Effect.catchTag("Overtaken", () => Effect.void),
    // Whoever comes next need not wait for the lease.
    Effect.onExit((exit) => exit._tag === "Failure" ? Effect.ignore(log.releasePlanning(job, planner)) : Effect.void)
  )

  const untilPlanned: Effect.Effect<void, InputError | StoreUnavailable> = Effect.gen(function*() {
    while (true) {
      const row = yield* log.job(job)
      if (row?.state !== "planning") return
      if (yield* log.takePlanning(job, planner, leaseMillis)) yield* planned
      else yield* Effect.sleep(Duration.millis(Math.min(500, leaseMillis / 4)))
    }
  })
  return untilPlanned
}
