import { assert, describe, it } from "@effect/vitest"
import { Bulk, type Outcome } from "@sunco/bulk"
import { Emulator } from "@sunco/emulator"
import * as Fault from "@sunco/emulator/Fault"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Stream from "effect/Stream"
import { after, customers, inTime, layer, layerNoWorker, rowsOf, sumOf, writes } from "./Jobs.ts"

const ada = { externalId: "ada", profile: { givenName: "Ada", email: "ada@example.com" } }

const listed = (outcomes: ReadonlyArray<Outcome>) =>
  outcomes.map(({ line, outcome, reason }) => `${line} ${outcome} ${reason}`)

describe("every row has one outcome", () => {
  it.effect("creates users, and once each", () =>
    Effect.gen(function*() {
      const { importUsers } = yield* Bulk
      const job = yield* importUsers({ job: "j", input: customers(1234), mode: "create" })
      const report = yield* inTime(job.finished)
      assert.deepStrictEqual(report.outcomes, { created: 1234 })
      assert.strictEqual(report.rows, 1234)
      const written = yield* writes
      assert.strictEqual(written.size, 1234)
      assert.isTrue(Array.from(written.values()).every((count) => count === 1))
      assert.deepStrictEqual(yield* Stream.runCollect(job.outcomes), [])
    }).pipe(Effect.provide(layer())))

  it.effect("tells what was there, what is another's and what is wrong", () =>
    Effect.gen(function*() {
      const { importUsers } = yield* Bulk
      const { seed, requests } = yield* Emulator
      const { users } = yield* seed({ users: [ada, { externalId: "grace", profile: { givenName: "Grace" } }] })
      const idOfGrace = users?.[1]?.id ?? ""
      const job = yield* importUsers({
        job: "j",
        mode: "create",
        input: rowsOf(
          ada,
          { externalId: "grace", profile: { givenName: "Hopper" } },
          { externalId: idOfGrace },
          { externalId: "radia" },
          { profile: { givenName: "Nobody" } },
          { externalId: "radia", profile: { givenName: "Radia" } },
          { externalId: "barbara", toBeRetained: "yes" }
        )
      })
      assert.strictEqual((yield* requests).length, 0)
      const report = yield* inTime(job.finished)
      assert.deepStrictEqual(report.outcomes, { created: 2, found: 1, exists: 1, refused: 3 })
      assert.strictEqual(sumOf(report), report.rows)
      assert.deepStrictEqual(report.reasons, { Duplicate: 1, Invalid: 1, NoKey: 1, UserAlreadyExists: 1 })
      assert.deepStrictEqual(listed(yield* Stream.runCollect(job.outcomes)), [
        "2 exists UserAlreadyExists",
        "5 refused NoKey",
        "6 refused Duplicate",
        "7 refused Invalid"
      ])
    }).pipe(Effect.provide(layer())))

  it.effect("refuses a row whose externalId is the id of somebody else", () =>
    Effect.gen(function*() {
      const { importUsers } = yield* Bulk
      const { faults, seed } = yield* Emulator
      const { users } = yield* seed({ users: [{ externalId: "grace" }] })
      const externalId = users?.[0]?.id ?? ""
      // A vendor who looks among the ids, too, before it creates.
      yield* faults.add(Fault.status(409, { code: "conflict" }), { when: { operation: "Users.create" } })
      const job = yield* importUsers({ job: "j", mode: "upsert", input: rowsOf({ externalId }) })
      const report = yield* inTime(job.finished)
      assert.deepStrictEqual(report.outcomes, { refused: 1 })
      assert.deepStrictEqual(report.reasons, { AnotherUser: 1 })
    }).pipe(Effect.provide(layer())))

  it.effect("changes who is there (upsert), or leaves them (getOrCreate)", () =>
    Effect.gen(function*() {
      const { importUsers } = yield* Bulk
      const { seed, stored } = yield* Emulator
      yield* seed({ users: [ada, { externalId: "grace", profile: { givenName: "Grace" } }] })
      const input = () =>
        rowsOf(ada, { externalId: "grace", profile: { givenName: "Hopper" } }, { externalId: "radia" })
      const got = yield* importUsers({ job: "get", mode: "getOrCreate", input: input() })
      assert.deepStrictEqual((yield* inTime(got.finished)).outcomes, { created: 1, found: 2 })
      const grace = Effect.map(
        stored("Users"),
        (users) => users.find(({ externalId }) => externalId === "grace")?.profile?.givenName
      )
      assert.strictEqual(yield* grace, "Grace")
      const put = yield* importUsers({ job: "put", mode: "upsert", input: input() })
      assert.deepStrictEqual((yield* inTime(put.finished)).outcomes, { found: 2, updated: 1 })
      assert.strictEqual(yield* grace, "Hopper")
    }).pipe(Effect.provide(layer())))

  it.effect("keeps the last of those that are there twice, over chunks, where it is asked to", () =>
    Effect.gen(function*() {
      const { importUsers } = yield* Bulk
      const { stored } = yield* Emulator
      const named = (givenName: string) => ({ externalId: "ada", profile: { givenName } })
      const job = yield* importUsers({
        job: "j",
        mode: "create",
        duplicates: "last",
        chunkRows: 2,
        input: rowsOf(named("1"), { externalId: "b" }, named("3"), named("4"), { externalId: "e" }, named("6"))
      })
      const report = yield* inTime(job.finished)
      assert.deepStrictEqual(report.outcomes, { created: 3, refused: 3 })
      assert.deepStrictEqual(listed(yield* Stream.runCollect(job.outcomes)), [
        "1 refused Duplicate",
        "3 refused Duplicate",
        "4 refused Duplicate"
      ])
      assert.strictEqual(
        (yield* stored("Users")).find(({ externalId }) => externalId === "ada")?.profile?.givenName,
        "6"
      )
    }).pipe(Effect.provide(layer())))

  it.effect("finishes a job that has nothing to send", () =>
    Effect.gen(function*() {
      const { importUsers } = yield* Bulk
      const none = yield* importUsers({ job: "none", mode: "create", input: rowsOf() })
      assert.deepStrictEqual((yield* none.finished).outcomes, {})
      const wrong = yield* importUsers({ job: "wrong", mode: "create", input: rowsOf({}, { externalId: 7 }) })
      assert.deepStrictEqual((yield* wrong.finished).outcomes, { refused: 2 })
    }).pipe(Effect.provide(layerNoWorker())))
})

describe("a vendor that fails", () => {
  it.effect("recognises the user whose answer was lost", () =>
    Effect.gen(function*() {
      const { importUsers } = yield* Bulk
      const { faults } = yield* Emulator
      yield* faults.next(Fault.cutAfterApplied, Fault.truncatedBody(), Fault.mistypedBody({ path: ["user"] }))
      const job = yield* importUsers({ job: "j", mode: "create", input: customers(3) })
      assert.deepStrictEqual((yield* inTime(job.finished)).outcomes, { found: 3 })
      assert.strictEqual((yield* writes).size, 3)
    }).pipe(Effect.provide(layer())))

  it.effect("waits as long as the vendor says, all rows together, and fails none for it", () =>
    Effect.gen(function*() {
      const { importUsers } = yield* Bulk
      const { faults, requests } = yield* Emulator
      yield* faults.next(Fault.rateLimited({ retryAfter: 90 }))
      const job = yield* importUsers({ job: "j", mode: "create", input: customers(20) })
      while ((yield* job.status).slowUntil === undefined) yield* after(100)
      yield* after(3000)
      const sent = (yield* requests).length
      yield* after(60_000)
      assert.strictEqual((yield* requests).length, sent)
      assert.deepStrictEqual((yield* inTime(job.finished)).outcomes, { created: 20 })
      assert.strictEqual((yield* requests).length, 21)
    }).pipe(Effect.provide(layer(undefined, { inFlight: 4 }))))

  it.effect("comes back to rows that do not go through, and says what they are in the end", () =>
    Effect.gen(function*() {
      const { importUsers } = yield* Bulk
      const { faults } = yield* Emulator
      yield* faults.add(Fault.status(503, { applied: false }), { times: 8 })
      const one = yield* importUsers({ job: "one", mode: "create", input: customers(1) })
      assert.deepStrictEqual((yield* inTime(one.finished)).outcomes, { created: 1 })
      yield* faults.add(Fault.cutBeforeApplied)
      const two = yield* importUsers({ job: "two", mode: "create", input: rowsOf({ externalId: "two" }) })
      const report = yield* inTime(two.finished)
      assert.deepStrictEqual(report.outcomes, { unknown: 1 })
      const [outcome] = yield* Stream.runCollect(two.outcomes)
      assert.deepStrictEqual(outcome, {
        line: 1,
        outcome: "unknown",
        reason: "Transport",
        applied: "unknown",
        attempts: 16
      })
      yield* faults.clear
      assert.strictEqual(yield* two.retryFailed, 1)
      assert.deepStrictEqual((yield* inTime(two.finished)).outcomes, { created: 1 })
      assert.deepStrictEqual(yield* Stream.runCollect(two.outcomes), [])
      assert.strictEqual(yield* two.retryFailed, 0)
    }).pipe(Effect.provide(layer())))

  it.effect("says failed of what certainly was not done", () =>
    Effect.gen(function*() {
      const { importUsers } = yield* Bulk
      const { faults, stored } = yield* Emulator
      yield* faults.next(Fault.status(400, { code: "bad_request" }))
      const job = yield* importUsers({ job: "j", mode: "create", input: customers(2) })
      const report = yield* inTime(job.finished)
      assert.deepStrictEqual(report.outcomes, { created: 1, failed: 1 })
      assert.deepStrictEqual(report.reasons, { BadRequest: 1 })
      assert.strictEqual((yield* stored("Users")).length, 1)
    }).pipe(Effect.provide(layer(undefined, { inFlight: 1 }))))
})

describe("the same job", () => {
  it.effect("is joined, and not done again", () =>
    Effect.gen(function*() {
      const { importUsers } = yield* Bulk
      const { requests } = yield* Emulator
      const start = importUsers({ job: "j", mode: "create", input: customers(30) })
      const [one, other] = yield* inTime(Effect.all([start, start], { concurrency: 2 }))
      const [first, second] = yield* inTime(Effect.all([one.finished, other.finished], { concurrency: 2 }))
      assert.deepStrictEqual(first, second)
      const third = yield* start
      assert.deepStrictEqual(yield* third.finished, first)
      assert.strictEqual((yield* requests).length, 30)
    }).pipe(Effect.provide(layer())))

  it.effect("is refused where it is another", () =>
    Effect.gen(function*() {
      const { importUsers, job } = yield* Bulk
      const input = customers(3)
      yield* importUsers({ job: "j", mode: "create", input })
      const other = yield* Effect.flip(importUsers({ job: "j", mode: "upsert", input }))
      assert.strictEqual(other._tag, "JobConflict")
      const slower = yield* Effect.flip(
        importUsers({ job: "j", mode: "create", input, rate: { limit: 1, window: "1 second" }, includeIds: true })
      )
      assert.deepStrictEqual(
        [slower._tag, slower._tag === "JobConflict" && slower.options],
        ["JobConflict", ["includeIds", "rate"]]
      )
      const invalid = yield* Effect.flip(
        importUsers({ job: "a/b", mode: "create", input, rate: { limit: 0, window: "1 second" }, chunkRows: 0.5 })
      )
      assert.strictEqual(invalid._tag, "InvalidOptions")
      assert.match(invalid.message, /^job must .*; chunkRows must .*; rate must /)
      const missing = yield* Effect.flip(job("nobody"))
      assert.strictEqual(missing._tag, "JobNotFound")
    }).pipe(Effect.provide(Layer.fresh(layerNoWorker()))))
})
