import { assert, describe, it } from "@effect/vitest"
import { Bulk, Input, type Job } from "@sunco/bulk"
import * as Effect from "effect/Effect"
import { SqlClient } from "effect/sql/SqlClient"
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { inTime, layer, layerNoWorker } from "./Jobs.ts"

type Action = "pause" | "resume" | "cancel" | "retryFailed" | "purge"

/** The state that an action leaves, or what it fails with. */
type Ends = Readonly<Record<Action, string>>

/** How a job comes to be in a state that a worker has not brought it into. */
const ways: Readonly<Record<string, (job: Job) => Effect.Effect<void, unknown, SqlClient>>> = {
  // Whoever planned it is gone.
  planning: () =>
    Effect.flatMap(
      SqlClient,
      (sql) => sql`UPDATE bulk_job SET state = 'planning', started_at = NULL, planner = 'killed', planner_until = 0`
    ),
  running: () => Effect.void,
  paused: ({ pause }) => pause,
  blocked: () =>
    Effect.flatMap(SqlClient, (sql) => sql`UPDATE bulk_job SET state = 'blocked', blocked_by = 'Unauthorized'`),
  cancelled: ({ cancel }) => cancel,
  purged: ({ cancel, purge }) => Effect.andThen(cancel, purge)
}

const actions: Readonly<Record<string, Ends>> = {
  planning: {
    pause: "WrongState",
    resume: "running",
    cancel: "cancelled",
    retryFailed: "WrongState",
    purge: "JobNotFound"
  },
  running: { pause: "paused", resume: "running", cancel: "cancelled", retryFailed: "running", purge: "WrongState" },
  paused: { pause: "paused", resume: "running", cancel: "cancelled", retryFailed: "paused", purge: "JobNotFound" },
  blocked: {
    pause: "WrongState",
    resume: "running",
    cancel: "cancelled",
    retryFailed: "blocked",
    purge: "JobNotFound"
  },
  cancelled: {
    pause: "WrongState",
    resume: "WrongState",
    cancel: "cancelled",
    retryFailed: "WrongState",
    purge: "JobNotFound"
  },
  finished: {
    pause: "WrongState",
    resume: "WrongState",
    cancel: "WrongState",
    retryFailed: "finished",
    purge: "JobNotFound"
  },
  purged: {
    pause: "JobNotFound",
    resume: "JobNotFound",
    cancel: "JobNotFound",
    retryFailed: "JobNotFound",
    purge: "JobNotFound"
  }
}

const directory = Effect.acquireRelease(
  Effect.sync(() => mkdtempSync(join(tmpdir(), "sunco-bulk-"))),
  (path) => Effect.sync(() => rmSync(path, { recursive: true }))
)

const started = Effect.gen(function*() {
  const path = join(yield* directory, "customers.ndjson")
  writeFileSync(path, "{\"externalId\":\"ada\"}\n{\"externalId\":\"grace\"}\n")
  const { importUsers } = yield* Bulk
  return yield* importUsers({ job: "j", mode: "create", input: Input.ndjsonFile(path) })
})

/** What the action failed with, or else the state of the job after it. */
const ended = (job: Job, action: Action) => {
  const asked: Effect.Effect<unknown, { readonly _tag: string }> = job[action]
  return Effect.matchEffect(asked, {
    onFailure: ({ _tag }) => Effect.succeed(_tag),
    onSuccess: () => Effect.match(job.status, { onFailure: ({ _tag }) => _tag, onSuccess: ({ state }) => state })
  })
}

const names = ["pause", "resume", "cancel", "retryFailed", "purge"] as const

describe.for(Object.entries(actions))("a job that is %s", ([state, ends]) => {
  it.effect.each(names.map((action) => ({ action, end: ends[action] })))(
    "$action: $end",
    ({ action, end }) => (state === "finished"
      ? Effect.gen(function*() {
        const job = yield* started
        yield* inTime(job.finished)
        assert.strictEqual(yield* ended(job, action), end)
      }).pipe(Effect.provide(layer()))
      : Effect.gen(function*() {
        const job = yield* started
        yield* Effect.orDie(ways[state]!(job))
        assert.strictEqual(yield* inTime(ended(job, action)), end)
      }).pipe(Effect.provide(layerNoWorker())))
  )
})
