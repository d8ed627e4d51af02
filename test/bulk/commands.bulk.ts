/** Two operators who say something of the same job at the same moment: what comes of it, one after the other would have brought too. */
import * as PgClient from "@effect/sql-pg/PgClient"
import { assert, describe, it } from "@effect/vitest"
import { Bulk, Input, type Job, SqliteClient } from "@sunco/bulk"
import { Sunshine } from "@sunco/client"
import { Emulator } from "@sunco/emulator"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import type * as Scope from "effect/Scope"
import { SqlClient } from "effect/sql/SqlClient"
import type { SqlError } from "effect/sql/SqlError"
import { readdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { PostgresServer } from "sunco-workshop/servers/PostgresServer"
import { folder } from "./BulkFile.ts"

const layer = (Sql: Layer.Layer<SqlClient, SqlError>) =>
  Bulk.layer().pipe(
    Layer.provideMerge(Sql),
    Layer.provideMerge(Sunshine.layerFromConfig()),
    Layer.provideMerge(Emulator.layerTest())
  )

type Environment = Bulk | Emulator | Scope.Scope | SqlClient

const commands = ["pause", "resume", "cancel", "retryFailed", "purge"] as const

type Command = typeof commands[number]

let jobs = 0

/** Four rows in chunks of two, and nobody who works. */
const started = Effect.gen(function*() {
  const { importUsers } = yield* Bulk
  const file = join(yield* folder, "users.ndjson")
  writeFileSync(file, ["a", "b", "c", "d"].map((externalId) => `${JSON.stringify({ externalId })}\n`).join(""))
  return yield* importUsers({
    job: `commands-${process.pid}-${++jobs}`,
    mode: "upsert",
    input: Input.ndjsonFile(file),
    chunkRows: 2
  })
})

/** Works on all chunks; the first request is refused. */
const workedOn = ({ id }: Job) =>
  Effect.gen(function*() {
    const { chunks, runChunk } = yield* Bulk
    const { faults } = yield* Emulator
    yield* faults.next({ _tag: "Status", status: 400 })
    for (const chunk of yield* chunks(id)) yield* runChunk(chunk)
  })

const states: Readonly<Record<string, (job: Job) => Effect.Effect<unknown, unknown, Environment>>> = {
  running: () => Effect.void,
  paused: ({ pause }) => pause,
  blocked: ({ id }) =>
    Effect.flatMap(
      SqlClient,
      (sql) => sql`UPDATE bulk_job SET state = 'blocked', blocked_by = 'Unauthorized' WHERE id = ${id}`
    ),
  cancelled: ({ cancel }) => cancel,
  finished: workedOn
}

/** What each operator is told, and what there is in the end. */
const said = (job: Job, command: Command): Effect.Effect<string> => {
  const asked: Effect.Effect<unknown, { readonly _tag: string }> = job[command]
  return Effect.match(asked, { onFailure: ({ _tag }) => _tag, onSuccess: (value) => `done ${value ?? ""}` })
}

const end = (job: Job) =>
  Effect.match(job.status, {
    onFailure: ({ _tag }) => _tag,
    onSuccess: ({ done, outcomes, rows, state }) => JSON.stringify({ state, rows, done, outcomes })
  })

/** Where it goes on, all rows of it are worked on, each once. */
const worked = (job: Job) =>
  Effect.gen(function*() {
    yield* Effect.ignore(job.resume)
    yield* workedOn(job)
    const { stored } = yield* Emulator
    const { done, outcomes, rows } = yield* job.status
    const { cancelled = 0, created = 0, failed = 0, found = 0, updated = 0 } = outcomes
    assert.deepStrictEqual([done, cancelled + created + failed + found + updated], [rows, rows])
    assert.strictEqual(
      new Set((yield* stored("Users")).map(({ externalId }) => externalId)).size,
      created + found + updated
    )
  }).pipe(Effect.catchTag("JobNotFound", () => Effect.void))

const come = (state: string, run: (job: Job) => Effect.Effect<ReadonlyArray<string>, never, Environment>) =>
  Effect.scoped(Effect.gen(function*() {
    yield* Effect.flatMap(Emulator, ({ reset }) => reset)
    const job = yield* started
    yield* Effect.orDie(states[state]!(job))
    const told = yield* run(job)
    const came = [...told, yield* end(job)]
    yield* worked(job)
    yield* Effect.ignore(Effect.andThen(job.cancel, job.purge))
    return came.join(", ")
  }))

const pairs = commands.flatMap((one, n) => commands.slice(n).map((other) => ({ one, other })))

const atOnce = (state: string, times: number) =>
  Effect.forEach(pairs, ({ one, other }) =>
    Effect.gen(function*() {
      const inOrder = yield* come(state, (job) => Effect.all([said(job, one), said(job, other)]))
      const inTheOther = yield* come(
        state,
        (job) => Effect.map(Effect.all([said(job, other), said(job, one)]), ([first, second]) => [second, first])
      )
      for (let time = 0; time < times; time++) {
        const came = yield* come(
          state,
          (job) => Effect.all([said(job, one), said(job, other)], { concurrency: "unbounded" })
        )
        assert.include([inOrder, inTheOther], came, `${one} and ${other} of a job that is ${state}`)
      }
    }), { discard: true })

/** All chunks, and what was told of each: a worker, who comes at some moment of the command. */
const ran = ({ id }: Job) =>
  Effect.gen(function*() {
    const { chunks, runChunk } = yield* Bulk
    return yield* Effect.forEach(yield* chunks(id), (chunk) => runChunk(chunk))
  }).pipe(Effect.catchTag("JobNotFound", () => Effect.succeed("JobNotFound" as const)), Effect.orDie)

/** The states that a job may be in when all has ended, by the command and what its operator was told. */
const explained: Readonly<Record<Command, (told: string) => ReadonlyArray<string>>> = {
  pause: (told) => told === "WrongState" ? ["finished"] : ["paused"],
  resume: () => ["finished"],
  cancel: (told) => told === "WrongState" ? ["finished"] : ["cancelled"],
  retryFailed: (told) => told === "done 1" ? ["running"] : ["finished"],
  purge: (told) => told === "WrongState" ? ["finished"] : []
}

/** A command that comes a little later each time, from before the first chunk to after the last. */
const whileWorkedOn = (times: number) =>
  Effect.forEach(commands, (command) =>
    Effect.gen(function*() {
      const told = new Set<string>()
      for (let time = 0; time < times; time++) {
        yield* Effect.scoped(Effect.gen(function*() {
          const { faults, requests, reset } = yield* Emulator
          yield* reset
          const job = yield* started
          yield* faults.next({ _tag: "Status", status: 400 })
          const [answer, done] = yield* Effect.all(
            [Effect.delay(said(job, command), time === times - 1 ? 500 : time), ran(job)],
            { concurrency: "unbounded" }
          )
          told.add(answer)
          const about = `${command} (${answer}) after ${time} ms, of chunks that were ${done}`
          const status = yield* Effect.option(job.status)
          const states = explained[command](answer)
          assert.deepStrictEqual(status._tag === "None", states.length === 0, about)
          if (status._tag === "Some") {
            const { done, outcomes, rows, state } = status.value
            assert.include(states, state, about)
            if (state !== "paused" && state !== "running") assert.deepStrictEqual([rows, done], [4, 4], about)
            assert.strictEqual(Object.values(outcomes).reduce((sum, n) => sum + n, 0), done, about)
          }
          yield* worked(job)
          const made = (yield* requests).filter(({ applied, operation }) => applied && operation === "Users.create")
          assert.strictEqual(
            made.length,
            (yield* Effect.flatMap(Emulator, ({ stored }) => stored("Users"))).length,
            about
          )
          yield* Effect.ignore(Effect.andThen(job.cancel, job.purge))
        }))
      }
      // Both orders came.
      if (command !== "resume") assert.isAbove(told.size, 1, `${command}: ${Array.from(told)}`)
    }), { discard: true })

/** A round that is begun while a worker waits to say that the job is done. */
const retriedAtTheEnd = Effect.scoped(Effect.gen(function*() {
  const { chunks, runChunk } = yield* Bulk
  const { faults, reset } = yield* Emulator
  const sql = yield* SqlClient
  yield* reset
  const job = yield* started
  const [first, last] = yield* chunks(job.id)
  yield* faults.next({ _tag: "Status", status: 400 })
  yield* runChunk(first!)
  const held = sql.withTransaction(Effect.gen(function*() {
    yield* sql`UPDATE bulk_job SET state = state WHERE id = ${job.id}`
    yield* Effect.sleep("1 second")
    return yield* job.retryFailed
  }))
  const [retried] = yield* Effect.all([held, Effect.delay(runChunk(last!), "300 millis")], { concurrency: 2 })
  assert.strictEqual(retried, 1)
  assert.strictEqual((yield* job.status).state, "running")
  yield* Effect.forEach(yield* chunks(job.id), (chunk) => runChunk(chunk))
  assert.deepInclude(yield* job.status, { state: "finished", rows: 4, done: 4, outcomes: { created: 4 } })
}))

/** A worker that stood still until the job was purged, and then ends what it has begun. */
const purgedWhileRead = Effect.scoped(Effect.gen(function*() {
  const { chunks, exportUsers, runChunk } = yield* Bulk
  const { faults, requests, reset, seed } = yield* Emulator
  const sql = yield* SqlClient
  yield* reset
  yield* seed({ users: [{ externalId: "a" }] })
  // Longer than what is said meanwhile takes on a busy machine.
  yield* faults.add({ _tag: "SlowHeaders", milliseconds: 2000 })
  const path = yield* folder
  const input = join(path, "ids.txt")
  writeFileSync(input, "a\n")
  const to = join(path, "users.ndjson")
  const job = yield* exportUsers({ job: `export-${process.pid}-${++jobs}`, input: Input.ids(input), to })
  const [chunk] = yield* chunks(job.id)
  const purged = Effect.gen(function*() {
    while ((yield* requests).length === 0) yield* Effect.sleep(10)
    yield* sql`UPDATE bulk_chunk SET lease_until = 0 WHERE job_id = ${job.id}`
    yield* job.pause
    yield* job.purge
  })
  assert.isFalse((yield* Effect.all([runChunk(chunk!), purged], { concurrency: 2 }))[0])
  assert.deepStrictEqual(readdirSync(path), ["ids.txt"])
}))

const names = Object.keys(states)

describe("commands at the same moment", () => {
  it.live.each(names)(
    "come one after the other on SQLite, of a job that is %s",
    (state) => atOnce(state, 2).pipe(Effect.provide(layer(SqliteClient.layer({ filename: ":memory:" }))))
  )

  it.live("find a job that is worked on before or after its chunks, on SQLite", () =>
    whileWorkedOn(25).pipe(Effect.provide(layer(SqliteClient.layer({ filename: ":memory:" })))))

  it.live("leave nothing of an export that a worker reads while it is purged, on SQLite", () =>
    purgedWhileRead.pipe(Effect.provide(layer(SqliteClient.layer({ filename: ":memory:" })))))

  it.layer(PostgresServer.layer, { excludeTestServices: true, timeout: "60 seconds" })((it) => {
    it.effect.each(names)(
      "come one after the other on PostgreSQL, of a job that is %s",
      (state) =>
        Effect.flatMap(
          PostgresServer,
          ({ url }) =>
            atOnce(state, 10).pipe(
              Effect.provide(layer(PgClient.layer({ url: Redacted.make(url), maxConnections: 4 })))
            )
        )
    )

    it.effect("leave nothing of an export that a worker reads while it is purged, on PostgreSQL", () =>
      Effect.flatMap(PostgresServer, ({ url }) =>
        purgedWhileRead.pipe(
          Effect.provide(layer(PgClient.layer({ url: Redacted.make(url), maxConnections: 4 })))
        )))

    it.effect("begin another round that nobody ends before its rows are done, on PostgreSQL", () =>
      Effect.flatMap(PostgresServer, ({ url }) =>
        retriedAtTheEnd.pipe(
          Effect.provide(layer(PgClient.layer({ url: Redacted.make(url), maxConnections: 4 })))
        )))

    it.effect("find a job that is worked on before or after its chunks, on PostgreSQL", () =>
      Effect.flatMap(PostgresServer, ({ url }) =>
        whileWorkedOn(50).pipe(
          Effect.provide(layer(PgClient.layer({ url: Redacted.make(url), maxConnections: 4 })))
        )))
  })
})
