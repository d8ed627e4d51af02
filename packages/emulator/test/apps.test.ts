/** Apps and their keys: worlds of apps, who reaches which, keys that call the API and are revoked. */
import { assert, describe, it } from "@effect/vitest"
import { type Assumptions } from "@sunco/emulator/Assumptions"
import { Emulator, type EmulatorOptions } from "@sunco/emulator/Emulator"
import * as Effect from "effect/Effect"
import type * as HttpMethod from "effect/http/HttpMethod"
import * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import { SignJWT } from "jose"
import { basic, call, envelope } from "./Call.ts"

const forbidden = envelope("forbidden", "Forbidden")
const appNotFound = envelope("app_not_found", "App not found")
const unauthorized = envelope("unauthorized", "Authorization is required")

const one = "5d8cff3cd55b040010928b5b"
const two = "5d8cff3cd55b040010928b5c"

const AnyApp = Schema.Struct({
  id: Schema.String,
  displayName: Schema.String,
  settings: Schema.Record(Schema.String, Schema.Json),
  metadata: Schema.Record(Schema.String, Schema.Json),
  subdomain: Schema.optionalKey(Schema.String)
})

const decodeApp = Schema.decodeUnknownEffect(Schema.Struct({ app: AnyApp }))
const decodeApps = Schema.decodeUnknownEffect(
  Schema.Struct({ apps: Schema.Array(AnyApp), meta: Schema.Record(Schema.String, Schema.Json) })
)

const AnyKey = Schema.Struct({
  id: Schema.String,
  displayName: Schema.String,
  secret: Schema.optionalKey(Schema.String)
})

const decodeKey = Schema.decodeUnknownEffect(Schema.Struct({ key: AnyKey }))
const decodeKeys = Schema.decodeUnknownEffect(Schema.Struct({ keys: Schema.Array(AnyKey) }))

/** Calls with a key of the account, and whatever else an emulator can do. */
const account = Effect.gen(function*() {
  const emulator = yield* Emulator
  const authorization = basic(yield* emulator.addKey({ keyId: "act_1", keySecret: Redacted.make("s") }))
  const send = (method: HttpMethod.HttpMethod, path: string, body?: unknown) =>
    call(method, `/v2/apps${path}`, { authorization, ...(body === undefined ? undefined : { body }) })
  return {
    send,
    status: (...args: Parameters<typeof send>) => Effect.map(send(...args), ({ status }) => status),
    create: (app: object) =>
      Effect.map(Effect.flatMap(send("POST", "", app), ({ body }) => decodeApp(body)), ({ app }) => app),
    list: (query = "") => Effect.flatMap(send("GET", query), ({ body }) => decodeApps(body)),
    ids: (query = "") =>
      Effect.map(
        Effect.flatMap(send("GET", query), ({ body }) => decodeApps(body)),
        ({ apps }) => apps.map(({ id }) => id)
      ),
    createKey: (appId: string, displayName: string) =>
      Effect.map(
        Effect.flatMap(send("POST", `/${appId}/keys`, { displayName }), ({ body }) => decodeKey(body)),
        ({ key }) => key
      ),
    keys: (appId: string) =>
      Effect.map(Effect.flatMap(send("GET", `/${appId}/keys`), ({ body }) => decodeKeys(body)), ({ keys }) => keys)
  }
})

const withKey = ({ id, secret = "" }: { readonly id: string; readonly secret?: string }) =>
  basic({ keyId: id, keySecret: Redacted.make(secret) })

const started = (options?: EmulatorOptions) => Emulator.layerMemory({ appId: one, apps: [{ appId: two }], ...options })

const check = (
  name: string,
  self: Effect.Effect<void, unknown, Emulator | Effect.Services<ReturnType<typeof call>>>,
  options?: EmulatorOptions
) => it.effect(name, () => Effect.provide(self, started(options)))

const assuming = (assume: Assumptions): EmulatorOptions => ({ assume })

describe("an app", () => {
  check(
    "is made with settings of its own, and is there for whoever made it and for nobody else",
    Effect.gen(function*() {
      const { create, send, status } = yield* account
      const app = yield* create({
        displayName: "Tea",
        settings: { multiConvoEnabled: true },
        metadata: { shop: "tea" }
      })
      assert.match(app.id, /^[0-9a-f]{24}$/u)
      assert.deepInclude(app, { displayName: "Tea", metadata: { shop: "tea" } })
      assert.deepInclude(app.settings, { multiConvoEnabled: true, useAnimalNames: false })
      assert.notProperty(app, "subdomain")
      assert.deepStrictEqual((yield* send("GET", `/${app.id}`)).body, { app: { ...app, subdomain: "emulated" } })
      assert.strictEqual(yield* status("POST", `/${app.id}/users`, { externalId: "ada" }), 201)
      assert.strictEqual(yield* status("GET", `/${one}/users/ada`), 404)
      assert.deepInclude(yield* call("GET", `/v2/apps/${app.id}/users/ada`), { status: 403, body: forbidden })
    })
  )

  check(
    "is looked into and added to by its id",
    Effect.gen(function*() {
      const emulator = yield* Emulator
      const { create, status } = yield* account
      const { id } = yield* create({ displayName: "Tea" })
      const app = yield* emulator.app(id)
      yield* app.seed({ users: [{ externalId: "ada" }], accountApps: [{ displayName: "Coffee" }] })
      assert.strictEqual(yield* status("GET", `/${id}/users/ada`), 200)
      assert.lengthOf(yield* app.stored("Users"), 1)
      assert.deepStrictEqual((yield* app.stored("Apps")).map(({ displayName, id }) => [id, displayName]), [[
        id,
        "Coffee"
      ]])
      const authorization = basic(yield* app.addKey())
      assert.deepInclude(yield* call("GET", `/v2/apps/${id}`, { authorization }), { status: 200 })
      assert.strictEqual((yield* Effect.exit(emulator.app("nobody")))._tag, "Failure")
      yield* emulator.reset
      assert.strictEqual((yield* Effect.exit(emulator.app(id)))._tag, "Failure")
    })
  )

  check(
    "has a name of 1 to 100 characters, and settings that there are",
    Effect.gen(function*() {
      const { ids, status } = yield* account
      for (
        const wrong of [
          {},
          { displayName: "" },
          { displayName: "x".repeat(101) },
          { displayName: "x", settings: { conversationRetentionSeconds: -1 } },
          { displayName: "x", settings: { echoPostback: "yes" } },
          { displayName: "x", settings: { endSessionEnabled: true } },
          { displayName: "x", metadata: { note: "x".repeat(4090) } }
        ]
      ) assert.strictEqual(yield* status("POST", "", wrong), 400, JSON.stringify(wrong).slice(0, 80))
      assert.deepStrictEqual(yield* ids(), [one, two])
    })
  )

  check(
    "is changed field by field",
    Effect.gen(function*() {
      const { send } = yield* account
      const update = (patch: object) =>
        Effect.map(Effect.flatMap(send("PATCH", `/${one}`, patch), ({ body }) => decodeApp(body)), ({ app }) => app)
      const before = yield* update({})
      const named = yield* update({ displayName: "Tea", metadata: { a: 1 } })
      assert.deepStrictEqual(named, { ...before, displayName: "Tea", metadata: { a: 1 } })
      const set = yield* update({ settings: { multiConvoEnabled: true, endSessionEnabled: true }, metadata: { b: 2 } })
      assert.deepStrictEqual(set, {
        ...named,
        settings: { ...before.settings, multiConvoEnabled: true, endSessionEnabled: true },
        metadata: { a: 1, b: 2 }
      })
      assert.deepStrictEqual(yield* update({ metadata: null }), { ...set, metadata: {} })
      assert.deepInclude(yield* send("PATCH", "/nobody", {}), { status: 404, body: appNotFound })
    })
  )

  check(
    "whose metadata is replaced, where that is assumed",
    Effect.gen(function*() {
      const { send } = yield* account
      yield* send("PATCH", `/${one}`, { metadata: { a: 1 } })
      const { app } = yield* decodeApp((yield* send("PATCH", `/${one}`, { metadata: { b: 2 } })).body)
      assert.deepStrictEqual(app.metadata, { b: 2 })
    }),
    assuming({ metadataUpdate: "replaced" })
  )

  check(
    "keeps 4096 bytes of metadata, all in all",
    Effect.gen(function*() {
      const { send, status } = yield* account
      assert.strictEqual(yield* status("PATCH", `/${one}`, { metadata: { a: "x".repeat(4000) } }), 200)
      assert.deepInclude(yield* send("PATCH", `/${one}`, { metadata: { b: "x".repeat(100) } }), {
        status: 400,
        body: envelope("bad_request", "App metadata is limited to 4096 bytes in size.")
      })
    })
  )

  check(
    "does not take multiConvoEnabled back, and wants it for what needs it",
    Effect.gen(function*() {
      const { status } = yield* account
      const set = (settings: object) => status("PATCH", `/${one}`, { settings })
      assert.strictEqual(yield* set({ disableConversationReopen: true }), 400)
      assert.strictEqual(yield* set({ multiConvoEnabled: false }), 200)
      assert.strictEqual(yield* set({ multiConvoEnabled: true }), 200)
      assert.strictEqual(yield* set({ disableConversationReopen: true }), 200)
      assert.strictEqual(yield* set({ multiConvoEnabled: false }), 400)
    })
  )

  check(
    "is not made where the plan allows no other",
    Effect.gen(function*() {
      const { create, send, status } = yield* account
      const { id } = yield* create({ displayName: "Tea" })
      assert.deepInclude(yield* send("POST", "", { displayName: "Coffee" }), {
        status: 402,
        body: envelope(
          "payment_required",
          "Your account has reached the maximum number of apps for your subscription plan"
        )
      })
      assert.strictEqual(yield* status("DELETE", `/${id}`), 200)
      assert.strictEqual(yield* status("POST", "", { displayName: "Coffee" }), 201)
    }),
    { plans: [{ maximumApps: 3 }] }
  )
})

describe("a list of apps", () => {
  check(
    "has pages, in the order that is assumed",
    Effect.gen(function*() {
      const { create, ids, list, status } = yield* account
      const { id } = yield* create({ displayName: "Tea" })
      assert.deepStrictEqual(yield* ids(), [id, two, one])
      const page = yield* list(`?page[size]=1&page[after]=${id}`)
      assert.deepStrictEqual(page.apps.map(({ id }) => id), [two])
      assert.deepStrictEqual(page.meta, { hasMore: true, afterCursor: two, beforeCursor: two })
      assert.strictEqual(yield* status("GET", "?page[after]=short"), 400)
      assert.strictEqual(yield* status("GET", `?page[after]=${"z".repeat(24)}`), 400)
      assert.strictEqual(yield* status("GET", "?page[size]=101"), 400)
      assert.notProperty((yield* list()).apps[0], "subdomain")
    }),
    assuming({ listOrder: "newestFirst" })
  )

  check(
    "is that of a service account, where it is asked for or where it asks",
    Effect.gen(function*() {
      const emulator = yield* Emulator
      const { ids, send, status } = yield* account
      const key = yield* emulator.addKey({ serviceAccountId: "tea" })
      assert.match(key.keyId, /^svc_/u)
      const authorization = basic(key)
      const service = (method: HttpMethod.HttpMethod, path: string, body?: unknown) =>
        call(method, `/v2/apps${path}`, { authorization, ...(body === undefined ? undefined : { body }) })
      const idsOf = (query = "") =>
        Effect.map(
          Effect.flatMap(service("GET", query), ({ body }) => decodeApps(body)),
          ({ apps }) => apps.map(({ id }) => id)
        )

      assert.deepStrictEqual(yield* idsOf(), [one])
      assert.deepInclude(yield* service("GET", `/${two}`), { status: 403, body: forbidden })
      assert.strictEqual((yield* service("GET", `/${one}/users/ada`)).status, 404)

      const { app: { id } } = yield* Effect.flatMap(
        service("POST", "", { displayName: "Tea" }),
        ({ body }) => decodeApp(body)
      )
      assert.deepStrictEqual(yield* idsOf(), [one, id])
      assert.deepStrictEqual(yield* idsOf("?filter[serviceAccountId]=tea"), [one, id])
      assert.strictEqual((yield* service("GET", `/${id}`)).status, 200)

      const foreign = {
        status: 403,
        body: envelope("forbidden", "The serviceAccountId provided does not match supplied credentials")
      }
      yield* emulator.seed({ accountApps: [{ id: two, serviceAccountIds: ["coffee"] }] })
      assert.deepInclude(yield* service("GET", "?filter[serviceAccountId]=coffee"), foreign)
      assert.deepInclude(yield* send("GET", "?filter[serviceAccountId]=nobody"), foreign)
      assert.deepStrictEqual(yield* ids("?filter[serviceAccountId]=coffee"), [two])
      assert.deepStrictEqual(yield* ids(), [one, two, id])
      assert.strictEqual(yield* status("GET", "?filter[serviceAccountId]="), 400)
    })
  )
})

describe("the key of an app", () => {
  check(
    "reads and changes its own app alone",
    Effect.gen(function*() {
      const own = (method: HttpMethod.HttpMethod, path: string, body: unknown) =>
        Effect.map(call(method, `/v2/apps${path}`, { body }), ({ status }) => status)
      assert.strictEqual((yield* call("GET", `/v2/apps/${one}`)).status, 200)
      assert.strictEqual(yield* own("PATCH", `/${one}`, { displayName: "Tea" }), 200)
      assert.deepInclude(yield* call("GET", `/v2/apps/${two}`), { status: 403, body: forbidden })
      assert.strictEqual(yield* own("POST", "", { displayName: "Tea" }), 403)
      assert.strictEqual((yield* call("GET", "/v2/apps")).status, 403)
      assert.strictEqual((yield* call("DELETE", `/v2/apps/${one}`)).status, 403)
      assert.strictEqual((yield* call("GET", `/v2/apps/${one}/keys`)).status, 403)
      assert.strictEqual(yield* own("POST", `/${one}/keys`, { displayName: "Shop" }), 403)
      assert.strictEqual((yield* call("GET", `/v2/apps/${one}/keys/app_${one}`)).status, 403)
      assert.strictEqual((yield* call("DELETE", `/v2/apps/${one}/keys/app_${one}`)).status, 403)
    })
  )

  check(
    "is one of the keys of its app, whichever way it was made",
    Effect.gen(function*() {
      const emulator = yield* Emulator
      const { createKey, keys } = yield* account
      yield* emulator.addKey({ keyId: "app_added", keySecret: Redacted.make("a") })
      yield* emulator.addKey({ keyId: "int_added" })
      yield* emulator.seed({ appKeys: [{ id: "app_seeded", displayName: "Till", secret: "b" }] })
      const made = yield* createKey(one, "Shop")
      const expected = [
        { id: `app_${one}`, displayName: `app_${one}`, secret: `secret_${one}` },
        { id: "app_added", displayName: "app_added", secret: "a" },
        { id: "app_seeded", displayName: "Till", secret: "b" },
        made
      ]
      assert.deepStrictEqual<unknown>(yield* keys(one), expected)
      assert.deepStrictEqual<unknown>(yield* emulator.stored("AppKeys"), expected)
      assert.lengthOf(yield* keys(two), 1)
      yield* emulator.revoke("app_added")
      assert.deepStrictEqual((yield* keys(one)).map(({ id }) => id), [`app_${one}`, "app_seeded", made.id])
    })
  )

  check(
    "calls the API from the beginning to its end, by itself and by what it has signed",
    Effect.gen(function*() {
      const { createKey, send } = yield* account
      const key = yield* createKey(one, "Shop")
      assert.match(key.id, /^app_[0-9a-f]{24}$/u)
      const token = yield* Effect.promise(() =>
        new SignJWT({ scope: "app" }).setProtectedHeader({ alg: "HS256", kid: key.id }).sign(
          new TextEncoder().encode(key.secret)
        )
      )
      const get = (authorization: string, appId: string) =>
        Effect.map(call("GET", `/v2/apps/${appId}`, { authorization }), ({ status }) => status)
      for (const authorization of [withKey(key), `Bearer ${token}`]) {
        assert.strictEqual(yield* get(authorization, one), 200)
        assert.strictEqual(yield* get(authorization, two), 403)
      }
      assert.deepInclude(yield* send("GET", `/${one}/keys/${key.id}`), { status: 200, body: { key } })
      assert.deepInclude(yield* send("DELETE", `/${one}/keys/${key.id}`), { status: 200, body: {} })
      for (const authorization of [withKey(key), `Bearer ${token}`]) {
        assert.strictEqual(yield* get(authorization, one), 401)
      }
      assert.deepInclude(yield* send("GET", `/${one}/keys/${key.id}`), {
        status: 404,
        body: envelope("not_found", "Resource not found")
      })
      assert.deepInclude(yield* send("DELETE", `/${one}/keys/${key.id}`), { status: 404, body: appNotFound })
    })
  )

  check(
    "is deleted twice with another code, where that is assumed",
    Effect.gen(function*() {
      const { send } = yield* account
      assert.deepInclude(yield* send("DELETE", `/${one}/keys/app_nobody`), {
        status: 404,
        body: envelope("not_found", "Resource not found")
      })
    }),
    assuming({ missingAppKey: "notFound" })
  )

  check(
    "of another app is not there",
    Effect.gen(function*() {
      const { createKey, keys, status } = yield* account
      const key = yield* createKey(two, "Shop")
      assert.strictEqual(yield* status("GET", `/${one}/keys/${key.id}`), 404)
      assert.strictEqual(yield* status("DELETE", `/${one}/keys/${key.id}`), 404)
      assert.lengthOf(yield* keys(two), 2)
      assert.strictEqual(yield* status("GET", "/nobody/keys"), 404)
    })
  )

  check(
    "shows its secret once only, where that is assumed",
    Effect.gen(function*() {
      const { createKey, keys, send } = yield* account
      const key = yield* createKey(one, "Shop")
      assert.isDefined(key.secret)
      assert.deepStrictEqual(yield* keys(one), [
        { id: `app_${one}`, displayName: `app_${one}` },
        { id: key.id, displayName: "Shop" }
      ])
      assert.deepStrictEqual((yield* send("GET", `/${one}/keys/${key.id}`)).body, {
        key: { id: key.id, displayName: "Shop" }
      })
    }),
    assuming({ keySecrets: "onceOnly" })
  )

  check(
    "is not the eleventh",
    Effect.gen(function*() {
      const { keys, status } = yield* account
      // One has been there from the beginning.
      for (let count = 2; count <= 10; count++) {
        assert.strictEqual(yield* status("POST", `/${one}/keys`, { displayName: "Shop" }), 201)
      }
      assert.strictEqual(yield* status("POST", `/${one}/keys`, { displayName: "Shop" }), 400)
      assert.lengthOf(yield* keys(one), 10)
      assert.strictEqual(yield* status("POST", `/${two}/keys`, { displayName: "Shop" }), 201)
      assert.strictEqual(yield* status("POST", `/${two}/keys`, { displayName: "" }), 400)
    })
  )
})

describe("an app that is deleted", () => {
  const deleted = Effect.gen(function*() {
    const { create, createKey, send, status } = yield* account
    const { id } = yield* create({ displayName: "Tea" })
    const key = yield* createKey(id, "Shop")
    yield* (yield* (yield* Emulator).app(id)).addAccessToken(Redacted.make("token"))
    assert.strictEqual(yield* status("POST", `/${id}/users`, { externalId: "ada" }), 201)
    assert.deepInclude(yield* send("DELETE", `/${id}`), { status: 200, body: {} })
    return { id, key, send, status }
  })

  check(
    "is not there any more, and nothing of it",
    Effect.gen(function*() {
      const { id, send } = yield* deleted
      for (
        const [method, path, body] of [
          ["GET", "", undefined],
          ["PATCH", "", {}],
          ["DELETE", "", undefined],
          ["GET", "/keys", undefined],
          ["GET", "/users/ada", undefined]
        ] as const
      ) assert.deepInclude(yield* send(method, `/${id}${path}`, body), { status: 404, body: appNotFound })
    })
  )

  check(
    "takes its keys and tokens with it",
    Effect.gen(function*() {
      const { id, key } = yield* deleted
      for (const authorization of [withKey(key), "Bearer token"]) {
        assert.deepInclude(yield* call("GET", `/v2/apps/${id}/users/ada`, { authorization }), {
          status: 401,
          body: unauthorized
        })
      }
    })
  )

  check(
    "leaves keys and tokens that find no app, where that is assumed",
    Effect.gen(function*() {
      const { id, key } = yield* deleted
      for (const authorization of [withKey(key), "Bearer token"]) {
        assert.deepInclude(yield* call("GET", `/v2/apps/${id}/users/ada`, { authorization }), {
          status: 404,
          body: appNotFound
        })
      }
    }),
    assuming({ keysOfDeletedApp: "kept" })
  )

  check(
    "may be one that was there from the beginning, and is there again after a reset",
    Effect.gen(function*() {
      const emulator = yield* Emulator
      const { status } = yield* account
      assert.strictEqual(yield* status("DELETE", `/${one}`), 200)
      assert.strictEqual((yield* call("GET", "users/ada")).status, 401)
      yield* emulator.reset
      assert.strictEqual((yield* call("GET", "users/ada")).status, 404)
    })
  )
})

describe("apps in a seed", () => {
  check(
    "are changed, and made where they are not there",
    Effect.gen(function*() {
      const emulator = yield* Emulator
      const { ids, send } = yield* account
      const three = "5d8cff3cd55b040010928b5d"
      const { accountApps } = yield* emulator.seed({
        accountApps: [{ displayName: "Tea", subdomain: "tea" }, { id: three, displayName: "Coffee" }]
      })
      assert.deepStrictEqual(accountApps.map(({ displayName, id }) => [id, displayName]), [[one, "Tea"], [
        three,
        "Coffee"
      ]])
      assert.deepStrictEqual(yield* ids(), [one, two, three])
      const { app } = yield* decodeApp((yield* send("GET", `/${one}`)).body)
      assert.deepInclude(app, { displayName: "Tea", subdomain: "tea" })
    })
  )

  check(
    "are there from the beginning, and again after a reset",
    Effect.gen(function*() {
      const emulator = yield* Emulator
      const names = Effect.map(
        Effect.flatMap(account, ({ list }) => list()),
        ({ apps }) => apps.map(({ displayName }) => displayName)
      )
      assert.deepStrictEqual(yield* names, ["Tea", "Coffee"])
      const { status } = yield* account
      assert.strictEqual(yield* status("PATCH", `/${two}`, { displayName: "Milk" }), 200)
      yield* emulator.reset
      assert.deepStrictEqual(yield* names, ["Tea", "Coffee"])
    }),
    { accountApps: [{ displayName: "Tea" }, { id: two, displayName: "Coffee" }] }
  )
})
