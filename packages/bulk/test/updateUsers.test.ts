import { assert, it } from "@effect/vitest"
import { Bulk } from "@sunco/bulk"
import { Emulator } from "@sunco/emulator"
import * as Fault from "@sunco/emulator/Fault"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import { inTime, layer, rowsOf, sumOf } from "./Jobs.ts"

it.effect("changes users by id or externalId, and nobody else", () =>
  Effect.gen(function*() {
    const { updateUsers } = yield* Bulk
    const { seed, stored } = yield* Emulator
    const { users = [] } = yield* seed({
      users: [{ externalId: "ada", profile: { surname: "King" } }, { externalId: "grace" }]
    })
    const job = yield* updateUsers({
      job: "update",
      input: rowsOf(
        { externalId: "ada", profile: { givenName: "Ada", surname: null } },
        { id: users[1]?.id, metadata: { plan: "pro" } },
        { externalId: "nobody", toBeRetained: true },
        { externalId: users[0]?.id, toBeRetained: true },
        { toBeRetained: true },
        { externalId: "ada", toBeRetained: true }
      )
    })
    const report = yield* inTime(job.finished)
    assert.deepStrictEqual(report.outcomes, { updated: 2, absent: 1, refused: 3 })
    assert.strictEqual(sumOf(report), report.rows)
    const [ada, grace] = yield* stored("Users")
    assert.deepStrictEqual([ada?.profile?.givenName, ada?.profile?.surname ?? null, ada?.toBeRetained === true], [
      "Ada",
      null,
      false
    ])
    assert.deepStrictEqual(grace?.metadata, { plan: "pro" })
  }).pipe(Effect.provide(layer())))

it.effect("sends nothing again after a lost answer where it must not overwrite, and says unknown", () =>
  Effect.gen(function*() {
    const { updateUsers } = yield* Bulk
    const { faults, requests, seed } = yield* Emulator
    yield* seed({ users: [{ externalId: "ada" }] })
    yield* faults.add(Fault.cutAfterApplied, { when: { operation: "Users.update" } })
    const start = (job: string, strict: boolean) =>
      updateUsers({ job, strict, input: rowsOf({ externalId: "ada", toBeRetained: true }) })
    const updates = Effect.map(requests, (all) => all.filter(({ operation }) => operation === "Users.update").length)
    const strict = yield* start("strict", true)
    assert.deepStrictEqual((yield* inTime(strict.finished)).outcomes, { unknown: 1 })
    assert.strictEqual(yield* updates, 1)
    const [outcome] = yield* Stream.runCollect(strict.outcomes)
    assert.deepStrictEqual([outcome?.reason, outcome?.applied], ["Transport", "unknown"])
    // Whoever asks for another round knows that it may have been applied: it stays what it is.
    assert.strictEqual(yield* strict.retryFailed, 1)
    assert.deepStrictEqual((yield* inTime(strict.finished)).outcomes, { unknown: 1 })
    assert.strictEqual(yield* updates, 1)
    yield* faults.clear
    yield* faults.add(Fault.cutAfterApplied, { when: { operation: "Users.update" }, times: 1 })
    const lax = yield* start("lax", false)
    assert.deepStrictEqual((yield* inTime(lax.finished)).outcomes, { updated: 1 })
    assert.strictEqual(yield* updates, 3)
  }).pipe(Effect.provide(layer())))
