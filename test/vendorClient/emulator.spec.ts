import { assert, describe, it } from "@effect/vitest"
import * as Credentials from "@sunco/client/Credentials"
import * as UndiciTransport from "@sunco/client/UndiciTransport"
import { Users } from "@sunco/client/Users"
import { Emulator } from "@sunco/emulator/Emulator"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import { createHmac } from "node:crypto"
import * as VendorClient from "sunco-workshop/bench/VendorClient"

const base64url = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url")

/** As the vendor's guide signs one, and not as this project does. */
const jwt = ({ keyId, keySecret }: VendorClient.Key, claims: object) => {
  const content = `${base64url({ alg: "HS256", typ: "JWT", kid: keyId })}.${base64url(claims)}`
  return `${content}.${createHmac("sha256", Redacted.value(keySecret)).update(content).digest("base64url")}`
}

const credentials: ReadonlyArray<{
  readonly name: "basic" | "jwt" | "accessToken"
  readonly connect: (emulator: Emulator["Service"]) => Effect.Effect<VendorClient.UsersApi>
}> = [
  {
    name: "basic",
    connect: (emulator) => Effect.sync(() => VendorClient.withBasic(emulator.url, emulator))
  },
  {
    name: "jwt",
    connect: (emulator) =>
      Effect.sync(() => VendorClient.withBearer(emulator.url, () => jwt(emulator, { scope: "app", exp: 60 })))
  },
  {
    name: "accessToken",
    connect: (emulator) =>
      Effect.as(
        emulator.addAccessToken(Redacted.make("an OAuth token")),
        VendorClient.withBearer(emulator.url, "an OAuth token")
      )
  }
]

const rejected = (call: () => Promise<unknown>): Effect.Effect<VendorClient.Rejection, unknown> =>
  Effect.flip(Effect.tryPromise({ try: call, catch: (rejection) => rejection as VendorClient.Rejection }))

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value))

describe("the vendor's client on the emulator", () => {
  for (const { connect, name } of credentials) {
    it.effect(`makes, reads, changes, clears and deletes a user (${name})`, () =>
      Effect.gen(function*() {
        const emulator = yield* Emulator
        const { appId } = emulator
        const api = yield* connect(emulator)
        const externalId = "ada@example.com/ä+%"

        const created = yield* Effect.promise(() =>
          api.createUser(
            appId,
            VendorClient.UserCreateBody.constructFromObject({
              externalId,
              signedUpAt: "2026-11-23T09:30:00.000Z",
              profile: { givenName: "Ada", surname: "Lovelace", email: "ada@example.com", locale: "en-GB" },
              metadata: { plan: "pro", seats: 3, trial: false }
            })
          )
        )
        const id = created.user?.id ?? assert.fail()
        const ada = {
          id,
          externalId,
          signedUpAt: "2026-11-23T09:30:00.000Z",
          profile: { givenName: "Ada", surname: "Lovelace", email: "ada@example.com", locale: "en-GB" },
          metadata: { plan: "pro", seats: 3, trial: false },
          identities: []
        }
        assert.deepStrictEqual(plain(created), { user: ada })
        assert.deepStrictEqual(plain(yield* Effect.promise(() => api.getUser(appId, id))), { user: ada })
        assert.deepStrictEqual(plain(yield* Effect.promise(() => api.getUser(appId, externalId))), { user: ada })

        const changed = yield* Effect.promise(() =>
          api.updateUser(appId, externalId, { profile: { surname: null, locale: "fr-CA" }, metadata: { seats: 4 } })
        )
        assert.deepStrictEqual(plain(changed), {
          user: {
            ...ada,
            profile: { givenName: "Ada", email: "ada@example.com", locale: "fr-CA" },
            metadata: { plan: "pro", seats: 4, trial: false }
          }
        })

        const cleared = yield* Effect.promise(() => api.deleteUserPersonalInformation(appId, id))
        assert.deepStrictEqual(plain(cleared), { user: { ...ada, profile: {}, metadata: {} } })

        assert.strictEqual(yield* Effect.promise(() => api.deleteUser(appId, id)), "{}")
        assert.strictEqual((yield* rejected(() => api.getUser(appId, id))).status, 404)
        assert.deepStrictEqual(yield* emulator.stored("Users"), [])

        assert.deepStrictEqual(
          (yield* emulator.requests).map((
            { authentication, operation, status }
          ) => [operation, status, authentication]),
          [
            ["Users.create", 201, name],
            ["Users.get", 200, name],
            ["Users.get", 200, name],
            ["Users.update", 200, name],
            ["Users.deletePersonalInformation", 200, name],
            ["Users.delete", 200, name],
            ["Users.get", 404, name]
          ]
        )
      }).pipe(Effect.provide(Emulator.layer())))
  }

  it.effect("sees the status of each success", () =>
    Effect.gen(function*() {
      const { appId, ...emulator } = yield* Emulator
      const api = VendorClient.withBasic(emulator.url, emulator)
      const created = yield* Effect.promise(() => api.createUserWithHttpInfo(appId, { externalId: "ada" }))
      const deleted = yield* Effect.promise(() => api.deleteUserWithHttpInfo(appId, "ada"))
      assert.deepStrictEqual([created.response.status, deleted.response.status], [201, 200])
    }).pipe(Effect.provide(Emulator.layer())))

  it.effect("is answered below the vendor's path /sc too", () =>
    Effect.gen(function*() {
      const { appId, ...emulator } = yield* Emulator
      const api = VendorClient.withBasic(`${emulator.url}/sc`, emulator)
      const { user } = yield* Effect.promise(() => api.createUser(appId, { externalId: "ada" }))
      assert.strictEqual(user?.["externalId"], "ada")
    }).pipe(Effect.provide(Emulator.layer())))

  const refusals: ReadonlyArray<{
    readonly what: string
    readonly status: number
    readonly code: string
    readonly call: (emulator: Emulator["Service"]) => Promise<unknown>
  }> = [
    ...(["getUser", "updateUser", "deleteUser", "deleteUserPersonalInformation"] as const).map((method) => ({
      what: `${method} of nobody`,
      status: 404,
      code: "user_not_found",
      call: (emulator: Emulator["Service"]) =>
        VendorClient.withBasic(emulator.url, emulator)[method](emulator.appId, "nobody", {})
    })),
    {
      what: "createUser with an externalId that is taken",
      status: 409,
      code: "conflict",
      call: (emulator) =>
        VendorClient.withBasic(emulator.url, emulator).createUser(emulator.appId, { externalId: "taken" })
    },
    {
      what: "a wrong secret",
      status: 401,
      code: "unauthorized",
      call: ({ appId, keyId, url }) =>
        VendorClient.withBasic(url, { keyId, keySecret: Redacted.make("wrong") }).getUser(appId, "taken")
    },
    {
      what: "no credentials",
      status: 401,
      code: "unauthorized",
      call: ({ appId, url }) => VendorClient.withBearer(url, "").getUser(appId, "taken")
    },
    {
      what: "a JWT that has expired",
      status: 401,
      code: "unauthorized",
      call: (emulator) =>
        VendorClient.withBearer(emulator.url, jwt(emulator, { scope: "app", exp: -1 })).getUser(emulator.appId, "taken")
    },
    {
      what: "a JWT of another scope than its key",
      status: 403,
      code: "forbidden",
      call: (emulator) =>
        VendorClient.withBearer(emulator.url, jwt(emulator, { scope: "account" })).getUser(emulator.appId, "taken")
    },
    {
      what: "an app that does not exist",
      status: 404,
      code: "app_not_found",
      call: (emulator) => VendorClient.withBasic(emulator.url, emulator).getUser("000000000000000000000000", "taken")
    },
    {
      what: "an externalId that is no text",
      status: 400,
      code: "bad_request",
      call: (emulator) =>
        VendorClient.withBasic(emulator.url, emulator).createUser(emulator.appId, { externalId: { externalId: "ada" } })
    },
    {
      what: "a body above 100 kB",
      status: 413,
      code: "payload_too_large",
      call: (emulator) =>
        VendorClient.withBasic(emulator.url, emulator).createUser(emulator.appId, { externalId: "a".repeat(110_000) })
    }
  ]

  for (const { call, code, status, what } of refusals) {
    it.effect(`is rejected with ${status} ${code} for ${what}`, () =>
      Effect.gen(function*() {
        const emulator = yield* Emulator
        const rejection = yield* rejected(() => call(emulator))
        const { errors } = rejection.body as { readonly errors: ReadonlyArray<{ readonly code: string }> }
        assert.deepStrictEqual([rejection.status, ...errors.map((error) => error.code)], [status, code])
        assert.lengthOf(yield* emulator.stored("Users"), 1)
      }).pipe(Effect.provide(Emulator.layer({ users: [{ externalId: "taken" }] }))))
  }

  it.effect("shares its users with this project's client", () =>
    Effect.gen(function*() {
      const emulator = yield* Emulator
      const { appId } = emulator
      const api = VendorClient.withBasic(emulator.url, emulator)
      const users = yield* Users
      yield* Effect.promise(() => api.createUser(appId, { externalId: "ada", metadata: { madeBy: "vendor" } }))
      yield* users.update("ada", { profile: { givenName: "Ada" }, metadata: { plan: "pro" } })
      const { user } = yield* Effect.promise(() => api.getUser(appId, "ada"))
      assert.deepInclude(plain(user), { profile: { givenName: "Ada" }, metadata: { madeBy: "vendor", plan: "pro" } })
      assert.strictEqual((yield* users.get("ada")).id, user?.id)

      const taken = yield* Effect.flip(users.create({ externalId: "ada" }))
      assert.strictEqual(taken._tag, "UserAlreadyExists")
      yield* Effect.promise(() => api.deleteUser(appId, "ada"))
      assert.strictEqual((yield* Effect.flip(users.get("ada")))._tag, "UserNotFound")
    }).pipe(
      Effect.provide(
        Layer.unwrap(Effect.map(Emulator, ({ appId, keyId, keySecret, url }) =>
          Users.layer({ appId, baseUrl: url }).pipe(
            Layer.provide([Credentials.layerBasic({ keyId, secret: keySecret }), UndiciTransport.layer])
          ))).pipe(Layer.provideMerge(Emulator.layer()))
      )
    ))
})
