/** Users on purpose: the whole way of a call, and what users alone have. */
import { assert, describe, it } from "@effect/vitest"
import { Sunshine } from "@sunco/client/Sunshine"
import { Users } from "@sunco/client/Users"
import { Emulator } from "@sunco/emulator/Emulator"
import * as UnknownFields from "@sunco/schemas/UnknownFields"
import * as Effect from "effect/Effect"
import * as EmulatedClient from "./EmulatedClient.ts"

/** Ids that a careless client would send to another address than the user's. */
const awkwardIds = [
  "a/b",
  "a?b=c",
  "a#b",
  "100%",
  "a%2Fb",
  "a+b",
  "a b",
  "...",
  "%2e%2e",
  "ada+sunco@example.com",
  "a;b",
  "a:b&c=d",
  "Zoë",
  "👩‍🚀",
  "שלום"
]

const impossibleIds = ["", ".", "..", "lone \ud800 surrogate"]

describe.each(EmulatedClient.clients)("Users over a socket, through %s", (_, transport, options) => {
  const withClient = Effect.provide(EmulatedClient.layer(transport, options))

  const lastRequest = Effect.gen(function*() {
    const { requests } = yield* Emulator
    const request = (yield* requests).at(-1)
    assert.isDefined(request)
    return request
  })

  describe("create", () => {
    it.live("makes a user of everything that it is given (201)", () =>
      Effect.gen(function*() {
        const users = yield* Users
        const emulator = yield* Emulator
        const payload = {
          externalId: "ada",
          signedUpAt: "2026-11-23T09:30:00.000Z",
          toBeRetained: true,
          profile: {
            givenName: "Ada",
            surname: "Lovelace",
            email: "ada@example.com",
            avatarUrl: "https://example.com/ada.png",
            locale: "en-GB"
          },
          metadata: { plan: "pro", visits: 3, vip: true }
        }
        const user = yield* users.create(payload)
        assert.deepInclude(user, payload)
        assert.match(user.id, /^[0-9a-f]{24}$/)
        assert.deepStrictEqual(yield* emulator.stored("Users"), [user])

        const { body, headers, method, path, status } = yield* lastRequest
        assert.deepStrictEqual({ body, method, path, status }, {
          body: payload,
          method: "POST",
          path: `/v2/apps/${emulator.appId}/users`,
          status: 201
        })
        assert.strictEqual(headers["content-type"], "application/json")
        assert.match(headers["user-agent"] ?? "", /^sunco-client\/\d+\.\d+\.\d+$/)
        assert.notProperty(headers, "traceparent")
        assert.notProperty(headers, "b3")
      }).pipe(withClient))

    it.live("makes a user of nothing at all", () =>
      Effect.gen(function*() {
        const users = yield* Users
        const user = yield* users.create({})
        assert.isUndefined(user.externalId)
        assert.deepStrictEqual((yield* lastRequest).body, {})
      }).pipe(withClient))

    it.live("leaves out what is undefined and sends null", () =>
      Effect.gen(function*() {
        const users = yield* Users
        yield* users.create({
          externalId: "ada",
          brandId: undefined,
          profile: { givenName: undefined, surname: null },
          metadata: null
        })
        assert.deepStrictEqual((yield* lastRequest).body, {
          externalId: "ada",
          profile: { surname: null },
          metadata: null
        })
      }).pipe(withClient))

    it.live("fails with UserAlreadyExists when the externalId is taken (409)", () =>
      Effect.gen(function*() {
        const users = yield* Users
        yield* users.create({ externalId: "ada", profile: { givenName: "Ada" } })
        const error = yield* Effect.flip(users.create({ externalId: "ada", profile: { givenName: "Ada" } }))
        assert.deepInclude(error, { _tag: "UserAlreadyExists", operation: "Users.create", attempts: 1 })
      }).pipe(withClient))
  })

  describe("get", () => {
    it.live("reads by id and by externalId (200)", () =>
      Effect.gen(function*() {
        const users = yield* Users
        const ada = yield* users.create({ externalId: "ada" })
        assert.deepStrictEqual(yield* users.get(ada.id), ada)
        assert.deepStrictEqual(yield* users.get("ada"), ada)
        assert.notProperty((yield* lastRequest).headers, "content-type")
      }).pipe(withClient))

    it.live("keeps fields that nobody knows, at every level", () =>
      Effect.gen(function*() {
        const users = yield* Users
        const { seed } = yield* Emulator
        const seeded = {
          externalId: "ada",
          profile: { givenName: "Ada", localeOrigin: "zendeskAccount" },
          identities: [{ type: "telepathy", value: "ada", since: { year: 1843 } }],
          mood: ["curious"]
        }
        yield* seed({ users: [seeded] })
        const user = yield* users.get("ada")
        assert.deepInclude(user, seeded)
        assert.deepStrictEqual(UnknownFields.get(user, "mood"), ["curious"])
        assert.strictEqual(UnknownFields.get(user.profile ?? {}, "localeOrigin"), "zendeskAccount")
      }).pipe(withClient))
  })

  describe("update", () => {
    it.live("sets a value, clears what is null and keeps what is absent or undefined (200)", () =>
      Effect.gen(function*() {
        const users = yield* Users
        const before = yield* users.create({
          externalId: "ada",
          profile: { givenName: "Ada", surname: "Byron", email: "ada@example.com" },
          metadata: { plan: "free", visits: 1 }
        })
        const user = yield* users.update("ada", {
          signedUpAt: undefined,
          profile: { givenName: undefined, surname: "Lovelace", email: null },
          metadata: { plan: "pro" }
        })
        assert.deepStrictEqual(user, {
          ...before,
          profile: { givenName: "Ada", surname: "Lovelace" },
          metadata: { plan: "pro", visits: 1 }
        })
        const { body, method } = yield* lastRequest
        assert.deepStrictEqual({ body, method }, {
          body: { profile: { surname: "Lovelace", email: null }, metadata: { plan: "pro" } },
          method: "PATCH"
        })
        assert.deepStrictEqual((yield* users.update("ada", { metadata: null })).metadata, {})
      }).pipe(withClient))
  })

  describe("delete", () => {
    it.live("deletes the user, so that nobody is there any more (200)", () =>
      Effect.gen(function*() {
        const users = yield* Users
        const emulator = yield* Emulator
        const { id } = yield* users.create({ externalId: "ada" })
        assert.isUndefined(yield* users.delete(id))
        assert.deepStrictEqual(yield* emulator.stored("Users"), [])
      }).pipe(withClient))
  })

  describe("deletePersonalInformation", () => {
    it.live("takes profile, metadata and identities, and keeps who it is (200)", () =>
      Effect.gen(function*() {
        const users = yield* Users
        const { seed } = yield* Emulator
        const { users: [ada] } = yield* seed({
          users: [{
            externalId: "ada",
            profile: { givenName: "Ada", locale: "en-GB" },
            metadata: { plan: "pro" },
            identities: [{ type: "email", value: "ada@example.com", verification: "sso" }]
          }]
        })
        assert.isDefined(ada)
        assert.deepStrictEqual(yield* users.deletePersonalInformation("ada"), {
          ...ada,
          profile: {},
          metadata: {},
          identities: []
        })
        assert.match((yield* lastRequest).path, /\/users\/ada\/personalinformation$/)
      }).pipe(withClient))
  })

  describe("listByEmail", () => {
    it.live("finds by an e-mail address among the identities, and by nothing else (200)", () =>
      Effect.gen(function*() {
        const users = yield* Users
        const { seed } = yield* Emulator
        const email = "ada+sunco@example.com"
        const { users: [ada] } = yield* seed({
          users: [
            { identities: [{ type: "email", value: email, verification: "sso" }] },
            { profile: { email } }
          ]
        })
        assert.isDefined(ada)
        assert.deepStrictEqual(yield* users.listByEmail(email), [ada])
        assert.deepStrictEqual((yield* lastRequest).query, { "filter[identities.email]": email })
        assert.deepStrictEqual(yield* users.listByEmail("nobody@example.com"), [])
      }).pipe(withClient))
  })

  describe("sync", () => {
    it.live("copies from the core user (200), and sends {} where there is nothing to say", () =>
      Effect.gen(function*() {
        const users = yield* Users
        const { seed } = yield* Emulator
        yield* seed({
          users: [{ zendeskId: "35436" }],
          zendeskUsers: [{ id: "35436", givenName: "Ada", externalId: "ada", email: "ada@example.com" }]
        })
        const user = yield* users.sync("35436")
        assert.deepInclude(user, { zendeskId: "35436", externalId: "ada", profile: { givenName: "Ada" } })
        assert.deepStrictEqual((yield* lastRequest).body, {})
      }).pipe(withClient))

    it.live("names the core user who survived a merge", () =>
      Effect.gen(function*() {
        const users = yield* Users
        const { seed } = yield* Emulator
        yield* seed({
          users: [{ zendeskId: "1", externalId: "ada" }],
          zendeskUsers: [{ id: "1" }, { id: "2", givenName: "Ada" }]
        })
        assert.strictEqual((yield* users.sync("1", { survivingZendeskId: "2" })).zendeskId, "2")
        assert.deepStrictEqual((yield* lastRequest).body, { survivingZendeskId: "2" })
      }).pipe(withClient))
  })

  it.live("every method that names a user fails with UserNotFound when there is none (404)", () =>
    Effect.gen(function*() {
      const users = yield* Users
      const errors = yield* Effect.all([
        users.get("nobody"),
        users.update("nobody", {}),
        users.delete("nobody"),
        users.deletePersonalInformation("nobody"),
        users.sync("404")
      ].map((call) => Effect.flip<unknown, unknown, never>(call)))
      assert.deepStrictEqual(errors.map(String), [
        "UserNotFound: Users.get: the user does not exist",
        "UserNotFound: Users.update: the user does not exist",
        "UserNotFound: Users.delete: the user does not exist",
        "UserNotFound: Users.deletePersonalInformation: the user does not exist",
        "UserNotFound: Users.sync: the user does not exist"
      ])
    }).pipe(withClient))

  it.live("getOrCreate makes the user once and then gives it unchanged", () =>
    Effect.gen(function*() {
      const users = yield* Users
      const first = yield* users.getOrCreate({ externalId: "ada", profile: { givenName: "Ada" } })
      const second = yield* users.getOrCreate({ externalId: "ada", profile: { givenName: "Adele" } })
      assert.deepStrictEqual([first.created, second.created], [true, false])
      assert.deepStrictEqual(second.user, first.user)
    }).pipe(withClient))

  it.live("upsert makes the user and then updates it", () =>
    Effect.gen(function*() {
      const users = yield* Users
      const emulator = yield* Emulator
      const first = yield* users.upsert({ externalId: "ada", brandId: "9", profile: { givenName: "Ada" } })
      const second = yield* users.upsert({ externalId: "ada", brandId: "9", profile: { surname: "Lovelace" } })
      assert.deepStrictEqual([first.created, second.created], [true, false])
      assert.deepStrictEqual(second.user, { ...first.user, profile: { givenName: "Ada", surname: "Lovelace" } })
      assert.deepStrictEqual(yield* emulator.stored("Users"), [second.user])
    }).pipe(withClient))

  it.live("a brand tells users of one externalId apart", () =>
    Effect.gen(function*() {
      const users = yield* Users
      const { seed } = yield* Emulator
      const email = "ada@example.com"
      const plain = yield* users.create({ externalId: "ada" })
      const branded = yield* users.create({ externalId: "ada", brandId: "9477922990333" })
      const brandId = "9477922990333"
      assert.strictEqual(branded.brandId, brandId)

      assert.strictEqual((yield* users.get("ada")).id, plain.id)
      assert.strictEqual((yield* users.get("ada", { brandId })).id, branded.id)
      assert.deepStrictEqual((yield* lastRequest).query, { brandId })
      assert.strictEqual((yield* users.update("ada", { metadata: { a: 1 } }, { brandId })).id, branded.id)
      assert.strictEqual((yield* users.deletePersonalInformation("ada", { brandId })).id, branded.id)
      yield* users.delete("ada", { brandId })
      assert.strictEqual((yield* Effect.flip(users.get("ada", { brandId })))._tag, "UserNotFound")
      assert.strictEqual((yield* users.get("ada")).id, plain.id)

      const { users: [listed] } = yield* seed({ users: [{ brandId, identities: [{ type: "email", value: email }] }] })
      assert.isDefined(listed)
      assert.deepStrictEqual(yield* users.listByEmail(email), [])
      assert.deepStrictEqual(yield* users.listByEmail(email, { brandId }), [listed])
    }).pipe(withClient))

  it.live.each(awkwardIds)("an externalId arrives as it is in every path: %j", (externalId) =>
    Effect.gen(function*() {
      const users = yield* Users
      const emulator = yield* Emulator
      const { id } = yield* users.create({ externalId })
      assert.strictEqual((yield* users.get(externalId)).id, id)
      assert.strictEqual((yield* users.update(externalId, { metadata: { a: 1 } })).id, id)
      assert.strictEqual((yield* users.deletePersonalInformation(externalId)).externalId, externalId)
      yield* users.delete(externalId)
      assert.deepStrictEqual(yield* emulator.stored("Users"), [])

      yield* emulator.seed({ users: [{ zendeskId: externalId }], zendeskUsers: [{ id: externalId }] })
      assert.strictEqual((yield* users.sync(externalId)).zendeskId, externalId)
      const paths = (yield* emulator.requests).map(({ path }) => path.split("/")[5])
      assert.deepStrictEqual(paths.slice(1), Array(5).fill(encodeURIComponent(externalId)))
    }).pipe(withClient))

  it.live.each(impossibleIds)(
    "an id that no path can carry is refused before anything is sent: %j",
    (id) =>
      Effect.gen(function*() {
        const users = yield* Users
        const emulator = yield* Emulator
        const calls: ReadonlyArray<Effect.Effect<unknown, unknown>> = [
          users.get(id),
          users.update(id, {}),
          users.delete(id),
          users.deletePersonalInformation(id),
          users.sync(id)
        ]
        for (const call of calls) {
          assert.deepNestedInclude(yield* Effect.flip(call), {
            _tag: "SunshineError",
            "reason._tag": "InvalidInput",
            attempts: 0,
            applied: "no"
          })
        }
        assert.deepStrictEqual(yield* emulator.requests, [])
      }).pipe(withClient)
  )

  it.live("withResponse gives status and headers of a success", () =>
    Effect.gen(function*() {
      const users = yield* Users
      const { response, value } = yield* Sunshine.withResponse(users.create({ externalId: "ada" }))
      assert.strictEqual(value.externalId, "ada")
      assert.strictEqual(response?.status, 201)
      assert.match(response?.headers["content-type"] ?? "", /^application\/json/)
    }).pipe(withClient))

  it.live("Sunshine.request sends what has no method through the same credentials and errors", () =>
    Effect.gen(function*() {
      const { appId, request } = yield* Sunshine
      const created = yield* request({
        operation: "Users.create",
        method: "POST",
        path: ["v2", "apps", appId, "users"],
        body: { externalId: "a/b" }
      })
      assert.strictEqual(created.status, 201)
      const found = yield* request({
        operation: "Users.get",
        method: "GET",
        path: ["v2", "apps", appId, "users", "a/b"],
        query: { brandId: undefined }
      })
      assert.deepStrictEqual([found.status, found.body], [200, created.body])
      assert.strictEqual((yield* lastRequest).authentication, "basic")

      const error = yield* Effect.flip(request({
        operation: "Users.get",
        method: "GET",
        path: ["v2", "apps", "another app", "users", "a/b"]
      }))
      assert.strictEqual(error.reason._tag, "AppNotFound")
    }).pipe(withClient))
})
