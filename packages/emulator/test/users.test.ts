import { assert, describe, layer } from "@effect/vitest"
import { Emulator } from "@sunco/emulator/Emulator"
import { maximumBytes } from "@sunco/schemas/Metadata"
import * as Effect from "effect/Effect"
import { call, envelope, user, userNotFound } from "./Call.ts"
import { transports } from "./Transports.ts"

// The clock of a test stands at the beginning of 1970.
const now = "1970-01-01T00:00:00.000Z"
const brand = "9477922990333"

describe.each(transports)("the Users API $name", (transport) => {
  layer(transport.layer())((it) => {
    const test = <E>(name: string, self: Effect.Effect<void, E, Effect.Services<ReturnType<typeof call>>>) =>
      it.effect(name, () => Effect.andThen(Effect.flatMap(Emulator, (emulator) => emulator.reset), self))

    test(
      "creates a user with what was sent, an id of 24 hexadecimal digits and the time of creation",
      Effect.gen(function*() {
        const { body, headers, status } = yield* call("POST", "users", {
          body: { externalId: "ada", profile: { givenName: "Ada" }, metadata: { plan: "pro", seats: 3, trial: false } }
        })
        assert.strictEqual(status, 201)
        assert.strictEqual(headers["content-type"], "application/json; charset=utf-8")
        const { id, ...created } = yield* user("GET", "users/ada")
        assert.match(id, /^[0-9a-f]{24}$/u)
        assert.deepStrictEqual(body, { user: { id, ...created } })
        assert.deepStrictEqual(created, {
          externalId: "ada",
          signedUpAt: now,
          hasPaymentInfo: false,
          identities: [],
          profile: { givenName: "Ada" },
          metadata: { plan: "pro", seats: 3, trial: false }
        })
      })
    )

    test(
      "creates any number of users without an externalId, each with its own id",
      Effect.gen(function*() {
        const one = yield* user("POST", "users", { body: {} })
        const other = yield* user("POST", "users", { body: {} })
        assert.notStrictEqual(one["id"], other["id"])
        assert.notProperty(one, "externalId")
        assert.deepStrictEqual([one["profile"], one["metadata"], one["identities"]], [{}, {}, []])
      })
    )

    test(
      "keeps a signedUpAt and a toBeRetained that were sent",
      Effect.gen(function*() {
        const sent = { signedUpAt: "2020-05-21T15:53:30.197Z", toBeRetained: true }
        const created = yield* user("POST", "users", { body: sent })
        assert.deepInclude(created, sent)
      })
    )

    test(
      "answers 409 to a second create with the same externalId and leaves the first user alone",
      Effect.gen(function*() {
        yield* call("POST", "users", { body: { externalId: "ada", profile: { givenName: "Ada" } } })
        const { body, status } = yield* call("POST", "users", { body: { externalId: "ada" } })
        assert.strictEqual(status, 409)
        assert.deepStrictEqual(body, envelope("conflict", "User already exists"))
        assert.deepStrictEqual((yield* user("GET", "users/ada"))["profile"], { givenName: "Ada" })
      })
    )

    test(
      "keeps an externalId once per brand and once outside of any",
      Effect.gen(function*() {
        const outside = yield* user("POST", "users", { body: { externalId: "ada", brandId: null } })
        const inside = yield* user("POST", "users", { body: { externalId: "ada", brandId: brand } })
        assert.strictEqual((yield* call("POST", "users", { body: { externalId: "ada", brandId: brand } })).status, 409)
        assert.notProperty(outside, "brandId")
        assert.strictEqual(inside["brandId"], brand)
        assert.strictEqual((yield* user("GET", "users/ada"))["id"], outside["id"])
        assert.strictEqual((yield* user("GET", `users/ada?brandId=${brand}`))["id"], inside["id"])
        assert.strictEqual((yield* call("GET", "users/ada?brandId=1")).status, 404)
        // An id needs no brand.
        assert.strictEqual((yield* user("GET", `users/${inside["id"]}`))["id"], inside["id"])
      })
    )

    test(
      "finds a user by id before one who has that id for an externalId",
      Effect.gen(function*() {
        const ada = yield* user("POST", "users", { body: {} })
        yield* call("POST", "users", { body: { externalId: ada["id"] } })
        assert.notProperty(yield* user("GET", `users/${ada["id"]}`), "externalId")
      })
    )

    test(
      "takes an externalId that has to be percent-encoded, and the longest there can be",
      Effect.gen(function*() {
        for (const externalId of ["ada+1@example.com/ä ?#%;🎉", "🎉".repeat(1024)]) {
          const created = yield* user("POST", "users", { body: { externalId } })
          assert.deepStrictEqual(yield* user("GET", `users/${encodeURIComponent(externalId)}`), created)
        }
      })
    )

    test(
      "merges a patch into profile and metadata key by key and leaves the rest",
      Effect.gen(function*() {
        const created = yield* user("POST", "users", {
          body: { externalId: "ada", profile: { givenName: "Ada", surname: "L" }, metadata: { plan: "pro", seats: 3 } }
        })
        const { body, status } = yield* call("PATCH", "users/ada", {
          body: { toBeRetained: true, profile: { surname: "Lovelace", locale: "en" }, metadata: { seats: 4 } }
        })
        assert.strictEqual(status, 200)
        const expected = {
          ...created,
          toBeRetained: true,
          profile: { givenName: "Ada", surname: "Lovelace", locale: "en" },
          metadata: { plan: "pro", seats: 4 }
        }
        assert.deepStrictEqual(body, { user: expected })
        assert.deepStrictEqual(yield* user("GET", "users/ada"), expected)
      })
    )

    test(
      "changes nothing for an empty patch",
      Effect.gen(function*() {
        const created = yield* user("POST", "users", { body: { externalId: "ada", metadata: { plan: "pro" } } })
        assert.deepStrictEqual(yield* user("PATCH", "users/ada", { body: {} }), created)
      })
    )

    test(
      "clears a profile field that is patched with null, and all metadata with null",
      Effect.gen(function*() {
        yield* call("POST", "users", {
          body: { externalId: "ada", profile: { givenName: "Ada", surname: "L" }, metadata: { plan: "pro" } }
        })
        const patched = yield* user("PATCH", "users/ada", { body: { profile: { surname: null }, metadata: null } })
        assert.deepStrictEqual(patched["profile"], { givenName: "Ada" })
        assert.deepStrictEqual(patched["metadata"], {})
      })
    )

    test(
      "does not let a patch change who somebody is",
      Effect.gen(function*() {
        const created = yield* user("POST", "users", { body: { externalId: "ada" } })
        const patched = yield* user("PATCH", "users/ada", {
          body: {
            id: "0",
            externalId: "eve",
            brandId: brand,
            zendeskId: "1",
            identities: [{ type: "email", value: "e@x" }]
          }
        })
        assert.deepStrictEqual(patched, created)
      })
    )

    test(
      "refuses metadata that is too large after the merge, and keeps what was there",
      Effect.gen(function*() {
        const half = "x".repeat(maximumBytes / 2)
        yield* call("POST", "users", { body: { externalId: "ada", metadata: { a: half } } })
        const { body, status } = yield* call("PATCH", "users/ada", { body: { metadata: { b: half } } })
        assert.strictEqual(status, 400)
        assert.deepStrictEqual(
          body,
          envelope("bad_request", "metadata: User metadata is limited to 4096 bytes in size.")
        )
        assert.deepStrictEqual((yield* user("GET", "users/ada"))["metadata"], { a: half })
        assert.deepStrictEqual((yield* user("PATCH", "users/ada", { body: { metadata: { a: half } } }))["metadata"], {
          a: half
        })
      })
    )

    test(
      "answers {} to a delete, 404 to the next, and lets the externalId be used again",
      Effect.gen(function*() {
        const ada = yield* user("POST", "users", { body: { externalId: "ada" } })
        const first = yield* call("DELETE", "users/ada")
        assert.deepStrictEqual([first.status, first.body], [200, {}])
        const second = yield* call("DELETE", "users/ada")
        assert.deepStrictEqual([second.status, second.body], [404, userNotFound])
        assert.strictEqual((yield* call("GET", `users/${ada["id"]}`)).status, 404)
        const again = yield* user("POST", "users", { body: { externalId: "ada" } })
        assert.notStrictEqual(again["id"], ada["id"])
      })
    )

    test(
      "deletes personal information: profile, metadata and identities, and keeps who it is",
      Effect.gen(function*() {
        const emulator = yield* Emulator
        yield* emulator.seed({
          users: [{
            id: "67a11490f0305f4a391e9f8a",
            externalId: "ada",
            brandId: brand,
            zendeskId: "35436",
            signedUpAt: "2025-02-03T19:10:08.152Z",
            profile: { givenName: "Ada", surname: "L", email: "a@x", avatarUrl: "https://x/a.png", locale: "en" },
            metadata: { plan: "pro" },
            identities: [{ type: "email", value: "ada@example.com", verification: "sso" }]
          }]
        })
        const { body, status } = yield* call("DELETE", `users/ada/personalinformation?brandId=${brand}`)
        assert.strictEqual(status, 200)
        assert.deepStrictEqual(body, {
          user: {
            id: "67a11490f0305f4a391e9f8a",
            externalId: "ada",
            brandId: brand,
            zendeskId: "35436",
            signedUpAt: "2025-02-03T19:10:08.152Z",
            hasPaymentInfo: false,
            profile: {},
            metadata: {},
            identities: []
          }
        })
        assert.strictEqual((yield* call("DELETE", "users/nobody/personalinformation")).status, 404)
      })
    )

    test(
      "lists by an e-mail address among the identities, never by the one of the profile",
      Effect.gen(function*() {
        const emulator = yield* Emulator
        const identities = [{ type: "email", value: "ada+1@example.com", verification: "sso" }]
        const { users: [ada, inBrand] } = yield* emulator.seed({
          users: [
            { externalId: "ada", identities },
            { externalId: "ada", brandId: brand, identities },
            { externalId: "eve", profile: { email: "ada+1@example.com" } },
            { externalId: "bob", identities: [{ type: "phone", value: "ada+1@example.com" }] }
          ]
        })
        const filter = `users?filter%5Bidentities.email%5D=${encodeURIComponent("ada+1@example.com")}`
        const found = yield* call("GET", filter)
        assert.deepStrictEqual<unknown>([found.status, found.body], [200, { users: [ada] }])
        assert.deepStrictEqual<unknown>((yield* call("GET", `${filter}&brandId=${brand}`)).body, { users: [inBrand] })
        assert.deepStrictEqual((yield* call("GET", "users?filter[identities.email]=nobody@example.com")).body, {
          users: []
        })
      })
    )

    it.effect.each(["GET", "PATCH", "DELETE"] as const)(
      "answers 404 to a %s of nobody",
      (method) =>
        Effect.gen(function*() {
          const { body, status } = yield* call(method, "users/nobody", method === "PATCH" ? { body: {} } : {})
          assert.deepStrictEqual([status, body], [404, userNotFound])
        })
    )
  })
})
