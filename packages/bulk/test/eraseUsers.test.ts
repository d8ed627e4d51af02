import { assert, it } from "@effect/vitest"
import { Bulk } from "@sunco/bulk"
import { Emulator } from "@sunco/emulator"
import * as Fault from "@sunco/emulator/Fault"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import { createHash } from "node:crypto"
import { after, inTime, layer, rowsOf, sumOf } from "./Jobs.ts"

const erase = (how: "delete" | "personalInformation", rows: ReadonlyArray<unknown>, includeIds = false) =>
  Effect.flatMap(
    Bulk,
    ({ eraseUsers }) =>
      eraseUsers({ job: "erase", how, requestedBy: "privacy@example.com", input: rowsOf(...rows), includeIds })
  )

const deletions = Effect.map(
  Effect.flatMap(Emulator, ({ requests }) => requests),
  (requests) => requests.filter(({ method }) => method === "DELETE")
)

const when = { operation: "Users.delete" } as const

it.effect("deletes by id, and leaves evidence without ids", () =>
  Effect.gen(function*() {
    const { appId, seed, stored } = yield* Emulator
    const { users = [] } = yield* seed({
      users: [{ externalId: "ada" }, { externalId: "grace" }, { externalId: "radia" }]
    })
    const [ada, grace] = users
    const job = yield* erase("delete", [
      { externalId: "ada" },
      { id: grace?.id },
      { id: "nobody" },
      { externalId: ada?.id },
      {}
    ])
    const report = yield* inTime(job.finished)
    assert.deepStrictEqual(report.outcomes, { accepted: 2, absent: 1, refused: 2 })
    assert.strictEqual(sumOf(report), report.rows)
    assert.deepStrictEqual((yield* stored("Users")).map(({ externalId }) => externalId), ["radia"])
    assert.deepStrictEqual(
      (yield* deletions).map(({ path }) => path.split("/").at(-1)).sort(),
      [ada?.id, grace?.id].sort()
    )
    const evidence = yield* Stream.runCollect(job.evidence)
    assert.deepStrictEqual(
      evidence.map(({ answer, line, operation, requestedBy }) => ({ answer, line, operation, requestedBy })),
      [
        { line: 1, answer: "200", operation: "Users.delete", requestedBy: "privacy@example.com" },
        { line: 2, answer: "200", operation: "Users.delete", requestedBy: "privacy@example.com" }
      ]
    )
    assert.strictEqual(evidence[0]?.user, createHash("sha256").update(`${appId}:${ada?.id}`).digest("hex"))
    assert.match(evidence[0]?.answeredAt ?? "", /^\d{4}-/)
  }).pipe(Effect.provide(layer())))

it.effect("tells what is removed from what is only accepted, whichever comes first", () =>
  Effect.gen(function*() {
    const { userRemoved } = yield* Bulk
    const { faults, seed } = yield* Emulator
    const { users = [] } = yield* seed({ users: [{ externalId: "ada" }, { externalId: "grace" }] })
    yield* faults.add(Fault.slowHeaders("5 seconds"), { when, times: 1 })
    const job = yield* erase("delete", users.map(({ id }) => ({ id })), true)
    while ((yield* deletions).length < 2) yield* after(100)
    assert.strictEqual(yield* userRemoved(users[0]?.id ?? ""), 1)
    assert.deepStrictEqual((yield* inTime(job.finished)).outcomes, { accepted: 1, removed: 1 })
    assert.strictEqual(yield* userRemoved(users[1]?.id ?? ""), 1)
    assert.strictEqual(yield* userRemoved(users[1]?.id ?? ""), 0)
    assert.strictEqual(yield* userRemoved("nobody"), 0)
    assert.deepStrictEqual((yield* job.status).outcomes, { removed: 2 })
    const evidence = yield* Stream.runCollect(job.evidence)
    assert.deepStrictEqual(evidence.map(({ user }) => user), users.map(({ id }) => id))
    assert.isTrue(evidence.every(({ removedAt }) => removedAt !== undefined))
  }).pipe(Effect.provide(layer())))

it.effect("knows a user who is gone from one who never was there", () =>
  Effect.gen(function*() {
    const { faults, seed } = yield* Emulator
    yield* seed({ users: [{ externalId: "ada" }] })
    yield* faults.add(Fault.cutAfterApplied, { when, times: 1 })
    const job = yield* erase("delete", [{ externalId: "ada" }, { externalId: "grace" }])
    assert.deepStrictEqual((yield* inTime(job.finished)).outcomes, { gone: 1, absent: 1 })
    const [evidence] = yield* Stream.runCollect(job.evidence)
    assert.strictEqual(evidence?.answer, "404 UserNotFound")
  }).pipe(Effect.provide(layer())))

it.effect("says of a user who is there twice, by id and by externalId, that one was quicker and no answer was lost", () =>
  Effect.gen(function*() {
    const { eraseUsers } = yield* Bulk
    const { faults, seed, stored } = yield* Emulator
    yield* seed({ users: [{ externalId: "ada" }] })
    const [ada] = yield* stored("Users")
    // Both are looked up before one of them is deleted.
    yield* faults.add(Fault.slowHeaders("500 millis"))
    const job = yield* eraseUsers({
      job: "erase",
      how: "delete",
      requestedBy: "privacy",
      input: rowsOf({ externalId: "ada" }, { id: ada?.id })
    })
    assert.deepStrictEqual((yield* inTime(job.finished)).outcomes, { accepted: 1, absent: 1 })
  }).pipe(Effect.provide(layer())))

it.effect("leaves a user alone who was made anew meanwhile", () =>
  Effect.gen(function*() {
    const { faults, seed, stored } = yield* Emulator
    yield* seed({ users: [{ externalId: "ada" }] })
    yield* faults.add(Fault.cutAfterApplied, { when, times: 1 })
    yield* faults.add(Fault.cutBeforeApplied, { when, times: 3 })
    const job = yield* erase("delete", [{ externalId: "ada" }])
    while ((yield* deletions).length < 4) yield* after(100)
    yield* after(1000)
    yield* seed({ users: [{ externalId: "ada" }] })
    assert.deepStrictEqual((yield* inTime(job.finished)).outcomes, { gone: 1 })
    assert.strictEqual((yield* stored("Users")).length, 1)
    assert.strictEqual((yield* deletions).length, 4)
  }).pipe(Effect.provide(layer())))

it.effect("deletes personal information, and keeps the user", () =>
  Effect.gen(function*() {
    const { seed, stored } = yield* Emulator
    yield* seed({ users: [{ externalId: "ada", profile: { givenName: "Ada" } }] })
    const job = yield* erase("personalInformation", [{ externalId: "ada" }, { externalId: "grace" }])
    assert.deepStrictEqual((yield* inTime(job.finished)).outcomes, { erased: 1, absent: 1 })
    assert.isUndefined((yield* stored("Users"))[0]?.profile?.givenName ?? undefined)
  }).pipe(Effect.provide(layer())))

it.effect("asks who has asked for it", () =>
  Effect.gen(function*() {
    const { eraseUsers } = yield* Bulk
    const error = yield* Effect.flip(
      eraseUsers({ job: "erase", how: "delete", requestedBy: " ", input: rowsOf({ id: "a" }) })
    )
    assert.strictEqual(error.message, "requestedBy must say who has asked for it")
  }).pipe(Effect.provide(layer())))
