import { assert, describe, it } from "@effect/vitest"
import { Bulk, Input, type Job } from "@sunco/bulk"
import { Emulator } from "@sunco/emulator"
import * as Fault from "@sunco/emulator/Fault"
import * as Clock from "effect/Clock"
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Layer from "effect/Layer"
import * as RateLimiter from "effect/persistence/RateLimiter"
import { SqlClient } from "effect/sql/SqlClient"
import * as Stream from "effect/Stream"
import * as TestClock from "effect/testing/TestClock"
import { makeLog } from "../src/internal/store/log.ts"
import { after, customers, inTime, layer, layerNoWorker, macrotask, sumOf, working, writes } from "./Jobs.ts"

/** Of each request there is time to see it in flight. */
const slowly = Effect.flatMap(Emulator, ({ faults }) => faults.add(Fault.slowHeaders("500 millis")))

const sentSoFar = Effect.map(Effect.flatMap(Emulator, ({ requests }) => requests), (requests) => requests.length)

/** Until some requests were sent. */
const underWay: Effect.Effect<void, never, Emulator> = Effect.flatMap(
  sentSoFar,
  (sent) => sent >= 3 ? Effect.void : Effect.andThen(after(100), Effect.suspend(() => underWay))
)

const started = (job: string, rows: number, chunkRows = 50) =>
  Effect.flatMap(Bulk, ({ importUsers }) => importUsers({ job, mode: "create", input: customers(rows), chunkRows }))

const nothingTwice = (rows: number) =>
  Effect.map(writes, (written) => {
    assert.strictEqual(written.size, rows)
    assert.isTrue(Array.from(written.values()).every((count) => count === 1))
  })

describe("pause, resume, cancel", () => {
  it.effect("lets what is in flight finish and sends nothing until it goes on", () =>
    Effect.gen(function*() {
      yield* slowly
      const job = yield* started("j", 100)
      yield* underWay
      yield* job.pause
      yield* after(3000)
      const sent = yield* sentSoFar
      assert.isAbove(sent, 0)
      assert.isBelow(sent, 100)
      const paused = yield* job.status
      assert.strictEqual(paused.state, "paused")
      assert.strictEqual(paused.outcomes.created, sent)
      yield* after(60_000)
      assert.strictEqual(yield* sentSoFar, sent)
      yield* job.pause
      yield* job.resume
      yield* job.resume
      const report = yield* inTime(job.finished)
      assert.deepStrictEqual(report.outcomes, { created: 100 })
      assert.strictEqual(yield* sentSoFar, 100)
      yield* nothingTwice(100)
    }).pipe(Effect.provide(layer(undefined, { inFlight: 5 }))))

  it.effect("leaves the rest where it is cancelled, and tells which was sent", () =>
    Effect.gen(function*() {
      yield* slowly
      const job = yield* started("j", 100)
      yield* underWay
      yield* job.cancel
      const report = yield* inTime(job.finished)
      assert.strictEqual(report.state, "cancelled")
      const sent = yield* sentSoFar
      assert.deepStrictEqual(report.outcomes, { created: sent, cancelled: 100 - sent })
      yield* after(60_000)
      assert.strictEqual(yield* sentSoFar, sent)
      yield* job.cancel
      const error = yield* Effect.flip(job.resume)
      assert.strictEqual(error.message, "the job j is cancelled: it cannot be resumed")
      assert.strictEqual((yield* Effect.flip(job.pause))._tag, "WrongState")
      assert.strictEqual((yield* Effect.flip(job.retryFailed))._tag, "WrongState")
    }).pipe(Effect.provide(layer(undefined, { inFlight: 5 }))))

  it.effect("can be said of a job that nobody works on", () =>
    Effect.gen(function*() {
      const cancelled = yield* started("cancelled", 7)
      yield* cancelled.cancel
      assert.deepStrictEqual((yield* cancelled.finished).outcomes, { cancelled: 7 })
      const paused = yield* started("paused", 7)
      yield* paused.pause
      yield* paused.cancel
      assert.deepStrictEqual((yield* paused.finished).outcomes, { cancelled: 7 })
    }).pipe(Effect.provide(layerNoWorker())))

  it.effect("does not call cancelled what a worker that died may have sent", () =>
    Effect.gen(function*() {
      const sql = yield* SqlClient
      const job = yield* started("j", 100)
      yield* sql`UPDATE bulk_chunk SET owner = 'gone', runs = 1 WHERE chunk_no = 0`
      yield* job.cancel
      assert.deepStrictEqual((yield* job.finished).outcomes, { cancelled: 50, unknown: 50 })
    }).pipe(Effect.provide(layerNoWorker())))

  it.effect("leaves no trace of a chunk of which nothing was sent", () =>
    Effect.gen(function*() {
      const { runChunk } = yield* Bulk
      const sql = yield* SqlClient
      const job = yield* started("j", 50)
      yield* sql`UPDATE bulk_chunk SET hash = 'another'`
      assert.isFalse(yield* runChunk({ job: "j", no: 0, round: 0 }))
      assert.strictEqual((yield* job.status).blockedBy, "InputChanged")
      yield* job.cancel
      assert.deepStrictEqual((yield* job.finished).outcomes, { cancelled: 50 })
      assert.strictEqual(yield* sentSoFar, 0)
    }).pipe(Effect.provide(layerNoWorker())))

  it.effect("is refused of a job that is over", () =>
    Effect.gen(function*() {
      const job = yield* started("j", 7)
      yield* inTime(job.finished)
      for (const asked of [job.pause, job.resume, job.cancel]) {
        assert.strictEqual((yield* Effect.flip(asked))._tag, "WrongState")
      }
    }).pipe(Effect.provide(layer())))
})

describe("what blocks a job", () => {
  const goesOnAfter = (
    reason: string,
    fails: (emulator: Emulator["Service"]) => Effect.Effect<unknown>,
    mend: (emulator: Emulator["Service"]) => Effect.Effect<unknown>
  ) =>
    it.effect(reason, () =>
      Effect.gen(function*() {
        const emulator = yield* Emulator
        yield* fails(emulator)
        const job = yield* started("j", 300)
        const error = yield* Effect.flip(inTime(job.finished))
        assert.strictEqual(error.message, `the job j is blocked: ${reason}`)
        yield* after(5000)
        const status = yield* job.status
        assert.strictEqual(status.blockedBy, reason)
        assert.isBelow(yield* sentSoFar, 300)
        yield* mend(emulator)
        yield* job.resume
        const report = yield* inTime(job.finished)
        assert.strictEqual(sumOf(report), 300)
        assert.isAbove(report.outcomes.created ?? 0, 90)
        yield* nothingTwice(report.outcomes.created ?? 0)
      }).pipe(Effect.provide(layer(undefined, { inFlight: 10, retryDelay: "1 hour" }))))

  goesOnAfter(
    "Unauthorized",
    ({ keyId, revoke }) => revoke(keyId),
    ({ addKey, keyId, keySecret }) => addKey({ keyId, keySecret })
  )
  goesOnAfter(
    "Forbidden",
    ({ faults }) => faults.add(Fault.status(403, { code: "forbidden" })),
    ({ faults }) => faults.clear
  )
  goesOnAfter(
    "AppNotFound",
    ({ faults }) => faults.add(Fault.status(404, { code: "app_not_found" })),
    ({ faults }) => faults.clear
  )
  goesOnAfter(
    "TooManyFailures",
    ({ faults }) => faults.add(Fault.status(400, { code: "bad_request" })),
    ({ faults }) => faults.clear
  )
})

describe("leases", () => {
  it.effect("gives the rest of a chunk back at once when a worker stops", () =>
    Effect.gen(function*() {
      yield* slowly
      const stop = yield* working({ inFlight: 5 })
      const job = yield* started("j", 100)
      yield* underWay
      yield* inTime(stop)
      const sent = yield* sentSoFar
      assert.strictEqual((yield* job.status).outcomes.created, sent)
      yield* working({ inFlight: 50 })
      yield* after(3000)
      const report = yield* inTime(job.finished)
      assert.deepStrictEqual(report.outcomes, { created: 100 })
      assert.strictEqual(yield* sentSoFar, 100)
    }).pipe(Effect.provide(layerNoWorker())))

  it.effect("sends nothing more of a chunk that it could not renew in time, and leaves it to others", () =>
    Effect.gen(function*() {
      const sql = yield* SqlClient
      yield* slowly
      const job = yield* started("j", 100, 100)
      yield* underWay
      // The database is held by somebody else for longer than the lease.
      const released = yield* Deferred.make<void>()
      const holding = yield* Effect.forkChild(sql.withTransaction(Deferred.await(released)))
      yield* after(28_000)
      const sent = yield* sentSoFar
      yield* after(60_000)
      assert.strictEqual(yield* sentSoFar, sent)
      assert.isBelow(sent, 100)
      yield* Deferred.succeed(released, undefined)
      yield* Fiber.join(holding)
      const report = yield* inTime(job.finished)
      assert.strictEqual(sumOf(report), 100)
      // What was sent before is recognised: it was not written into the log.
      assert.strictEqual(report.outcomes.found, sent)
      yield* nothingTwice(100)
    }).pipe(Effect.provide(layer(undefined, { inFlight: 1, chunks: 1 }))))

  it.effect("leaves a chunk to who has it by now, and writes nothing of it", () =>
    Effect.gen(function*() {
      const sql = yield* SqlClient
      yield* slowly
      const job = yield* started("j", 50)
      yield* underWay
      yield* sql`UPDATE bulk_chunk SET owner = 'another'`
      yield* after(11_000)
      const sent = yield* sentSoFar
      yield* after(8_000)
      assert.strictEqual(yield* sentSoFar, sent)
      assert.strictEqual((yield* job.status).done, 0)
      const report = yield* inTime(job.finished)
      assert.strictEqual(sumOf(report), 50)
      yield* nothingTwice(50)
    }).pipe(Effect.provide(layer(undefined, { inFlight: 1, chunks: 1 }))))

  it.effect("are waited for where their workers have died, while chunks are still being offered", () =>
    Effect.gen(function*() {
      const sql = yield* SqlClient
      const job = yield* started("j", 60, 1)
      const now = yield* Clock.currentTimeMillis
      yield* sql`UPDATE bulk_chunk SET owner = 'gone', lease_until = ${now + 10_000}, runs = 1`
      yield* working()
      yield* after(5000)
      assert.strictEqual(yield* sentSoFar, 0)
      const report = yield* inTime(job.finished)
      assert.deepStrictEqual(report.outcomes, { created: 60 })
    }).pipe(Effect.provide(layerNoWorker())))

  it.effect("are offered again where one could not be had before its offer was noted", () =>
    Effect.gen(function*() {
      const { appId } = yield* Emulator
      const log = makeLog(yield* SqlClient)
      yield* started("j", 50)
      const offers = yield* log.chunksToOffer(appId, 10)
      assert.strictEqual(offers.length, 1)
      // A worker was quicker than the note.
      yield* log.offerAgain({ job: "j", no: 0, round: 0 })
      yield* log.offered(offers)
      yield* after(1500)
      assert.deepStrictEqual(yield* log.chunksToOffer(appId, 10), [{ job: "j", no: 0, round: 0, offers: 1 }])
    }).pipe(Effect.provide(layerNoWorker())))

  it.effect("can be had by one alone, and is done once", () =>
    Effect.gen(function*() {
      const { chunks, runChunk } = yield* Bulk
      const job = yield* started("j", 100)
      assert.deepStrictEqual(yield* chunks("j"), [{ job: "j", no: 0, round: 0 }, { job: "j", no: 1, round: 0 }])
      const twice = (yield* chunks("j")).flatMap((chunk) => [chunk, chunk])
      const done = yield* inTime(Effect.forEach(twice, runChunk, { concurrency: "unbounded" }))
      assert.strictEqual(done.filter(Boolean).length, 2)
      assert.deepStrictEqual((yield* job.finished).outcomes, { created: 100 })
      assert.deepStrictEqual(yield* chunks("j"), [])
      // Who was not told that it is done, and comes again, is told now.
      assert.deepStrictEqual(yield* Effect.forEach(twice, runChunk), [true, true, true, true])
      assert.strictEqual(yield* sentSoFar, 100)
    }).pipe(Effect.provide(layerNoWorker())))

  it.effect("waits for its next round whoever comes for it, and is listed last meanwhile", () =>
    Effect.gen(function*() {
      const { chunks, runChunk } = yield* Bulk
      const { faults } = yield* Emulator
      yield* started("j", 100)
      yield* faults.add(Fault.status(503))
      assert.isTrue(yield* inTime(runChunk({ job: "j", no: 0, round: 0 })))
      yield* faults.clear
      const again = { job: "j", no: 0, round: 1 }
      assert.deepStrictEqual(yield* chunks("j"), [{ job: "j", no: 1, round: 0 }, again])
      assert.isFalse(yield* runChunk(again))
      yield* after(30_000)
      assert.deepStrictEqual(yield* chunks("j"), [again, { job: "j", no: 1, round: 0 }])
      assert.isTrue(yield* inTime(runChunk(again)))
      assert.strictEqual((yield* writes).size, 50)
    }).pipe(Effect.provide(layerNoWorker())))

  it.effect("is to be tried again while its job is paused, and not when nothing of it is left", () =>
    Effect.gen(function*() {
      const { runChunk } = yield* Bulk
      const job = yield* started("j", 50)
      const chunk = { job: "j", no: 0, round: 0 }
      yield* job.pause
      assert.isFalse(yield* runChunk(chunk))
      yield* job.cancel
      assert.isTrue(yield* runChunk(chunk))
      yield* job.purge
      assert.isTrue(yield* runChunk(chunk))
      assert.strictEqual(yield* sentSoFar, 0)
    }).pipe(Effect.provide(layerNoWorker())))
})

describe("pace", () => {
  const seconds = (workers: number) =>
    Effect.gen(function*() {
      const { importUsers } = yield* Bulk
      for (let n = 0; n < workers; n++) yield* working()
      // Each knows of the others.
      yield* after(6000)
      const job = yield* importUsers({
        job: "j",
        mode: "create",
        input: customers(100),
        rate: { limit: 600, window: "1 minute" },
        chunkRows: 20
      })
      const report = yield* inTime(job.finished)
      assert.deepStrictEqual(report.outcomes, { created: 100 })
      const { requests } = yield* Emulator
      const times = (yield* requests).map(({ receivedAt }) => receivedAt)
      return ((times.at(-1) ?? 0) - (times[0] ?? 0)) / 1000
    })

  it.effect("holds the rate of a job in one process", () =>
    Effect.gen(function*() {
      // Files are read in a time of their own: it may be slower, and never is quicker.
      assert.isAtLeast(yield* seconds(1), 9.4)
    }).pipe(Effect.provide(layerNoWorker())))

  it.effect("holds it where one chunk follows another, and none is worked on in between", () =>
    Effect.gen(function*() {
      const { importUsers } = yield* Bulk
      yield* working({ chunks: 1 })
      yield* importUsers({
        job: "j",
        mode: "create",
        input: customers(20),
        rate: { limit: 1, window: "10 seconds" },
        chunkRows: 1
      })
      while ((yield* sentSoFar) < 4) yield* after(1000)
      assert.strictEqual(yield* sentSoFar, 4)
      assert.isAtLeast(yield* Clock.currentTimeMillis, 30_000)
    }).pipe(Effect.provide(layerNoWorker())))

  it.effect("waits no longer for what the vendor has said, once somebody resumes", () =>
    Effect.gen(function*() {
      const { faults } = yield* Emulator
      yield* faults.next(Fault.rateLimited({ retryAfter: 3_000_000 }))
      const job = yield* started("j", 20)
      yield* working()
      while ((yield* job.status).slowUntil === undefined) yield* after(100)
      yield* job.pause
      yield* after(3000)
      yield* job.resume
      assert.strictEqual((yield* job.status).slowUntil, undefined)
      assert.deepStrictEqual((yield* inTime(job.finished)).outcomes, { created: 20 })
    }).pipe(Effect.provide(layerNoWorker())))

  it.effect("divides it among the workers that are there", () =>
    Effect.gen(function*() {
      assert.isAtLeast(yield* seconds(2), 9)
    }).pipe(Effect.provide(layerNoWorker())))

  it.effect("holds it for all of them with a limiter that they share", () =>
    Effect.gen(function*() {
      // The bucket is full at first.
      assert.isAtLeast(yield* seconds(2), 8)
    }).pipe(Effect.provide(
      Layer.provideMerge(
        layerNoWorker(),
        RateLimiter.layer.pipe(Layer.provide(RateLimiter.layerStoreMemory))
      )
    )))
})

describe("what is kept", () => {
  const tables = Effect.gen(function*() {
    const sql = yield* SqlClient
    const names = yield* sql<{ readonly name: string }>`
      SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE 'bulk%' AND name NOT LIKE '%migrations'`
    const rows: Array<unknown> = []
    for (const { name } of names) {
      if (name !== "bulk_worker") rows.push(...(yield* sql`SELECT * FROM ${sql(name)}`))
    }
    return rows
  })

  const secret = { externalId: "ada@example.com", profile: { givenName: "Lovelace", surname: null } }

  it.effect("has no id, address or body, unless it is asked for, and nothing after a purge", () =>
    Effect.gen(function*() {
      const { importUsers } = yield* Bulk
      const { faults, seed } = yield* Emulator
      yield* seed({ users: [{ externalId: "ada@example.com" }] })
      yield* faults.next(Fault.status(400, { title: "ada@example.com is no name" }))
      const start = (job: string, includeIds: boolean) =>
        importUsers({
          job,
          mode: "create",
          includeIds,
          input: Stream.fromIterable([secret, { externalId: "x", profile: "Lovelace" }]).pipe(Input.stream)
        })
      const job = yield* start("quiet", false)
      yield* inTime(job.finished)
      const kept = JSON.stringify(yield* tables)
      assert.notMatch(kept, /ada@example|Lovelace/)
      const told = yield* start("told", true)
      yield* inTime(told.finished)
      const [outcome] = yield* Stream.runCollect(told.outcomes)
      assert.strictEqual(outcome?.key, "ada@example.com")
      yield* job.purge
      yield* told.purge
      yield* macrotask
      assert.deepStrictEqual(yield* tables, [])
      assert.strictEqual((yield* Effect.flip(job.status))._tag, "JobNotFound")
    }).pipe(Effect.provide(layer())))

  it.effect("is not purged while somebody works on it", () =>
    Effect.gen(function*() {
      yield* slowly
      const job: Job = yield* started("j", 100)
      yield* underWay
      assert.strictEqual((yield* Effect.flip(job.purge))._tag, "WrongState")
      yield* job.pause
      yield* after(3000)
      yield* job.purge
      assert.deepStrictEqual(yield* tables, [])
    }).pipe(Effect.provide(layer(undefined, { inFlight: 5 }))))
})

it.effect("tells that nobody works on a job, and then not how long it takes", () =>
  Effect.gen(function*() {
    const job = yield* started("j", 1000, 10)
    assert.strictEqual((yield* job.status).workers, 0)
    const stop = yield* working({ inFlight: 1 })
    while ((yield* job.status).rate === undefined) yield* after(100)
    assert.strictEqual((yield* job.status).workers, 1)
    yield* inTime(stop)
    const { rate, secondsLeft, workers } = yield* job.status
    assert.deepStrictEqual([rate !== undefined, secondsLeft, workers], [true, undefined, 0])
  }).pipe(Effect.provide(layerNoWorker())))

it.effect("tells how far a job is, and how long it takes", () =>
  Effect.gen(function*() {
    const { importUsers } = yield* Bulk
    const job = yield* importUsers({
      job: "j",
      mode: "create",
      input: customers(100),
      rate: { limit: 10, window: "1 second" },
      chunkRows: 10
    })
    const seen = yield* inTime(Stream.runCollect(job.progress))
    const midway = seen.find(({ done }) => done >= 50)
    assert.isAbove(midway?.rate ?? 0, 0)
    assert.isAtMost(midway?.rate ?? 0, 12)
    assert.closeTo((midway?.secondsLeft ?? 0) * (midway?.rate ?? 0), 100 - (midway?.done ?? 0), 1e-6)
    assert.deepStrictEqual([seen.at(-1)?.state, seen.at(-1)?.done], ["finished", 100])
    assert.strictEqual(midway?.workers, 1)
    yield* TestClock.adjust("1 second")
  }).pipe(Effect.provide(layer())))
