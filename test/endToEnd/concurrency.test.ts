import { assert, describe, it } from "@effect/vitest"
import { Users } from "@sunco/client/Users"
import { Emulator } from "@sunco/emulator/Emulator"
import * as Effect from "effect/Effect"
import * as EmulatedClient from "./EmulatedClient.ts"

describe.each(EmulatedClient.transports)("many calls at once over sockets, through %s", (_, transport) => {
  const withClient = Effect.provide(EmulatedClient.layer(transport))
  const atOnce = { concurrency: "unbounded" } as const

  it.live("500 creates make 500 users, and each call gets its own", () =>
    Effect.gen(function*() {
      const users = yield* Users
      const emulator = yield* Emulator
      const externalIds = Array.from({ length: 500 }, (_, i) => `user ${i}`)
      const created = yield* Effect.forEach(externalIds, (externalId) => users.create({ externalId }), atOnce)
      assert.deepStrictEqual(created.map(({ externalId }) => externalId), externalIds)
      assert.strictEqual(new Set(created.map(({ id }) => id)).size, 500)
      assert.lengthOf(yield* emulator.stored("Users"), 500)
    }).pipe(withClient))

  it.live.each(["getOrCreate", "upsert"] as const)(
    "50 callers of %s make one user, and one of them made it",
    (method) =>
      Effect.gen(function*() {
        const users = yield* Users
        const emulator = yield* Emulator
        const results = yield* Effect.forEach(
          Array.from({ length: 50 }, (_, i) => i),
          (i) => users[method]({ externalId: "ada", metadata: { [`caller${i}`]: true } }),
          atOnce
        )
        const stored = yield* emulator.stored("Users")
        assert.lengthOf(stored, 1)
        assert.strictEqual(results.filter(({ created }) => created).length, 1)
        assert.deepStrictEqual(new Set(results.map(({ user }) => user.id)), new Set(stored.map(({ id }) => id)))
        assert.lengthOf(Object.keys(stored[0]?.metadata ?? {}), method === "upsert" ? 50 : 1)
      }).pipe(withClient)
  )

  it.live("one create per externalId wins, and the others are told", () =>
    Effect.gen(function*() {
      const users = yield* Users
      const emulator = yield* Emulator
      const results = yield* Effect.replicateEffect(
        users.create({ externalId: "ada" }).pipe(
          Effect.as("created"),
          Effect.catchTag("UserAlreadyExists", () => Effect.succeed("exists"))
        ),
        50,
        atOnce
      )
      assert.deepStrictEqual(results.sort(), ["created", ...Array<string>(49).fill("exists")])
      assert.lengthOf(yield* emulator.stored("Users"), 1)
    }).pipe(withClient))
})
