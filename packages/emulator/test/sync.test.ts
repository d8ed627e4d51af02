import { assert, describe, it } from "@effect/vitest"
import { Emulator } from "@sunco/emulator/Emulator"
import type { SeedUser, ZendeskUser } from "@sunco/emulator/Seed"
import { maximumBytes } from "@sunco/schemas/Metadata"
import type { User } from "@sunco/schemas/User"
import * as Effect from "effect/Effect"
import { call, user, userNotFound } from "./Call.ts"

const email = (value: string, verification = "sso") => ({ type: "email", value, verification })

const seeded = (users: ReadonlyArray<SeedUser>, zendeskUsers: ReadonlyArray<ZendeskUser>) =>
  Effect.flatMap(Emulator, (emulator) => emulator.seed({ users, zendeskUsers }))

const usersAfter = Effect.flatMap(Emulator, (emulator) => emulator.stored("Users"))

const pick = ({ externalId, identities, profile, zendeskId }: Partial<User>) => ({
  externalId,
  identities,
  profile,
  zendeskId
})

const core: ZendeskUser = {
  id: "35436",
  givenName: "Ada",
  surname: "Lovelace",
  externalId: "ada",
  email: "ada@example.com"
}

const synced = {
  externalId: "ada",
  identities: [email("ada@example.com")],
  profile: { givenName: "Ada", surname: "Lovelace" },
  zendeskId: "35436"
}

describe("Users.sync", () => {
  const test = <E>(name: string, self: Effect.Effect<void, E, Effect.Services<ReturnType<typeof call>>>) =>
    it.effect(name, () => Effect.provide(self, Emulator.layerMemory()))

  test(
    "copies names, externalId and primary e-mail from the core user, the e-mail to the identities only",
    Effect.gen(function*() {
      yield* seeded([{ zendeskId: "35436", profile: { locale: "en", email: "old@x" }, metadata: { plan: "pro" } }], [
        core
      ])
      const answer = yield* user("POST", "users/35436/sync", { body: {} })
      assert.deepStrictEqual<unknown>(pick(answer), {
        ...synced,
        profile: { locale: "en", email: "old@x", givenName: "Ada", surname: "Lovelace" }
      })
      assert.deepStrictEqual(answer["metadata"], { plan: "pro" })
      assert.deepStrictEqual(yield* user("GET", "users/ada"), answer)
    })
  )

  test(
    "takes a body that is left out for an empty one",
    Effect.gen(function*() {
      yield* seeded([{ zendeskId: "35436" }], [core])
      assert.strictEqual((yield* call("POST", "users/35436/sync")).status, 200)
    })
  )

  test(
    "puts the primary e-mail in the place of other e-mail identities and leaves what the core user lacks",
    Effect.gen(function*() {
      const phone = { type: "phone", value: "+1" }
      yield* seeded([{
        zendeskId: "1",
        externalId: "eve",
        identities: [email("old@x"), phone],
        profile: { surname: "L" }
      }], [
        { id: "1", email: "new@x" }
      ])
      assert.deepStrictEqual<unknown>(pick(yield* user("POST", "users/1/sync", { body: {} })), {
        externalId: "eve",
        identities: [phone, email("new@x")],
        profile: { surname: "L" },
        zendeskId: "1"
      })
    })
  )

  test(
    "answers 404 for a zendeskId that no messaging user, or no core user, has",
    Effect.gen(function*() {
      yield* seeded([{ zendeskId: "1" }], [core])
      for (const path of ["users/35436/sync", "users/1/sync"]) {
        const { body, status } = yield* call("POST", path, { body: {} })
        assert.deepStrictEqual([status, body], [404, userNotFound])
      }
      assert.strictEqual((yield* call("POST", "users/1/sync", { body: { survivingZendeskId: "9" } })).status, 404)
    })
  )

  test(
    "links the user of the outgoing core user to the surviving one",
    Effect.gen(function*() {
      yield* seeded([{ id: "a", zendeskId: "1", externalId: "old" }], [core])
      const answer = yield* user("POST", "users/1/sync", { body: { survivingZendeskId: "35436" } })
      assert.strictEqual(answer["id"], "a")
      assert.deepStrictEqual<unknown>(pick(answer), synced)
      assert.strictEqual((yield* call("GET", "users/old")).status, 404)
      assert.strictEqual((yield* call("POST", "users/1/sync", { body: {} })).status, 404)
    })
  )

  test(
    "merges the outgoing user into the one whom the surviving core user has already",
    Effect.gen(function*() {
      yield* seeded([
        { id: "a", zendeskId: "1", profile: { locale: "en", surname: "Old" }, metadata: { plan: "free", from: "a" } },
        { id: "b", zendeskId: "35436", metadata: { plan: "pro" } }
      ], [core])
      const answer = yield* user("POST", "users/1/sync", { body: { survivingZendeskId: "35436" } })
      assert.strictEqual(answer["id"], "b")
      assert.deepStrictEqual(answer["profile"], { locale: "en", givenName: "Ada", surname: "Lovelace" })
      assert.deepStrictEqual(answer["metadata"], { plan: "pro", from: "a" })
      assert.deepStrictEqual<unknown>(yield* usersAfter, [answer])
    })
  )

  test(
    "keeps the survivor's metadata alone where both together are too large",
    Effect.gen(function*() {
      const half = "x".repeat(maximumBytes / 2)
      yield* seeded([
        { id: "a", zendeskId: "1", metadata: { a: half } },
        { id: "b", zendeskId: "35436", metadata: { b: half } }
      ], [core])
      const answer = yield* user("POST", "users/1/sync", { body: { survivingZendeskId: "35436" } })
      assert.deepStrictEqual(answer["metadata"], { b: half })
    })
  )

  test(
    "merges a conflicting user who has no zendeskId",
    Effect.gen(function*() {
      yield* seeded([
        { id: "a", zendeskId: "35436" },
        { id: "b", externalId: "ada", metadata: { from: "b" } },
        { id: "c", identities: [email("ada@example.com", "embed")], metadata: { too: "c" } }
      ], [core])
      const answer = yield* user("POST", "users/35436/sync", { body: {} })
      assert.strictEqual(answer["id"], "a")
      assert.deepStrictEqual<unknown>(pick(answer), synced)
      assert.deepStrictEqual(answer["metadata"], { from: "b", too: "c" })
      assert.deepStrictEqual<unknown>(yield* usersAfter, [answer])
    })
  )

  test(
    "takes externalId and e-mail from a conflicting user who has a zendeskId, and nothing else",
    Effect.gen(function*() {
      yield* seeded([
        { id: "a", zendeskId: "35436" },
        { id: "b", zendeskId: "2", externalId: "ada", identities: [email("ada@example.com"), email("b@x")] },
        { id: "c", zendeskId: "3", externalId: "c", identities: [email("ada@example.com")] }
      ], [core])
      yield* user("POST", "users/35436/sync", { body: {} })
      assert.deepStrictEqual<unknown>((yield* usersAfter).map(pick), [
        synced,
        { externalId: undefined, identities: [email("b@x")], profile: {}, zendeskId: "2" },
        { externalId: "c", identities: [], profile: {}, zendeskId: "3" }
      ])
      assert.strictEqual((yield* user("GET", "users/ada"))["id"], "a")
    })
  )

  test(
    "leaves users of another brand alone",
    Effect.gen(function*() {
      const { users: [, other] } = yield* seeded([
        { id: "a", zendeskId: "35436" },
        { id: "b", brandId: "7", externalId: "ada", identities: [email("ada@example.com")] }
      ], [core])
      yield* user("POST", "users/35436/sync", { body: {} })
      assert.deepStrictEqual((yield* usersAfter)[1], other)
    })
  )
})
