import { assert, describe, it } from "@effect/vitest"
import { Emulator, type EmulatorOptions } from "@sunco/emulator/Emulator"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import * as TestClock from "effect/testing/TestClock"
import { SignJWT, UnsecuredJWT } from "jose"
import { basic, call } from "./Call.ts"

interface Token {
  readonly kid?: string
  readonly scope?: string | null
  readonly exp?: number
  readonly secret?: string
  readonly alg?: string
}

/** A JWT of the first app's key, unless something else is said. */
const jwt = Effect.fnUntraced(function*(token: Token = {}) {
  const { keyId, keySecret } = yield* Emulator
  const { alg = "HS256", exp, kid = keyId, scope = "app", secret = Redacted.value(keySecret) } = token
  const claims = { ...(scope === null ? {} : { scope }), ...(exp === undefined ? {} : { exp }) }
  const signed = yield* Effect.promise(() =>
    new SignJWT(claims).setProtectedHeader({ alg, typ: "JWT", kid }).sign(new TextEncoder().encode(secret))
  )
  return `Bearer ${signed}`
})

const create = Effect.fnUntraced(function*(authorization: string) {
  return (yield* call("POST", "users", { body: {}, authorization })).status
})

describe("credentials", () => {
  const test = <E>(
    name: string,
    self: Effect.Effect<void, E, Effect.Services<ReturnType<typeof call>>>,
    options?: EmulatorOptions
  ) => it.effect(name, () => Effect.provide(self, Emulator.layerMemory(options)))

  test(
    "takes Basic with key id and secret, the scheme in any case",
    Effect.gen(function*() {
      const emulator = yield* Emulator
      assert.strictEqual(yield* create(basic(emulator)), 201)
      assert.strictEqual(yield* create(basic(emulator).replace("Basic", "basic")), 201)
      const [seen] = yield* emulator.requests
      assert.deepInclude(seen, { authentication: "basic", keyId: emulator.keyId })
    })
  )

  test(
    "refuses whoever does not prove who it is",
    Effect.gen(function*() {
      const { keyId, keySecret } = yield* Emulator
      const wrong = basic({ keyId, keySecret: Redacted.make("wrong") })
      const swapped = basic({ keyId: Redacted.value(keySecret), keySecret: Redacted.make(keyId) })
      for (const authorization of ["", "Basic", "Basic x", "Bearer ", "Bearer a.b.c", "Digest x", wrong, swapped]) {
        assert.strictEqual(yield* create(authorization), 401, authorization)
      }
    })
  )

  test(
    "takes a JWT that the key has signed with HS256",
    Effect.gen(function*() {
      const emulator = yield* Emulator
      const authorization = yield* jwt()
      assert.strictEqual(yield* create(authorization), 201)
      assert.strictEqual(yield* create(authorization), 201)
      assert.deepInclude((yield* emulator.requests)[1], { authentication: "jwt", keyId: emulator.keyId })
    })
  )

  test(
    "refuses a JWT of another secret, an unknown key, another algorithm or none",
    Effect.gen(function*() {
      const { keyId } = yield* Emulator
      const unsigned = new UnsecuredJWT({ scope: "app" }).encode().split(".")
      const header = Buffer.from(JSON.stringify({ alg: "none", kid: keyId })).toString("base64url")
      const tampered = (yield* jwt()).replace(
        /\.[^.]+\./u,
        `.${Buffer.from("{\"scope\":\"app\",\"x\":1}").toString("base64url")}.`
      )
      for (
        const authorization of [
          yield* jwt({ secret: "another secret of the same kind" }),
          yield* jwt({ kid: "app_unknown" }),
          yield* jwt({ alg: "HS512" }),
          `Bearer ${[header, ...unsigned.slice(1)].join(".")}`,
          tampered
        ]
      ) assert.strictEqual(yield* create(authorization), 401)
    })
  )

  test(
    "refuses a JWT without a scope, and forbids one whose scope is not the key's",
    Effect.gen(function*() {
      assert.strictEqual(yield* create(yield* jwt({ scope: null })), 401)
      for (const scope of ["account", "integration", "user", "appUser"]) {
        assert.strictEqual(yield* create(yield* jwt({ scope })), 403, scope)
      }
    })
  )

  test(
    "takes a JWT until it expires",
    Effect.gen(function*() {
      const authorization = yield* jwt({ exp: 60 })
      assert.strictEqual(yield* create(authorization), 201)
      yield* TestClock.adjust("59 seconds")
      assert.strictEqual(yield* create(authorization), 201)
      yield* TestClock.adjust("1 second")
      assert.strictEqual(yield* create(authorization), 401)
      assert.strictEqual(yield* create(yield* jwt({ exp: 60 })), 401)
    })
  )

  test(
    "takes an access token as it is",
    Effect.gen(function*() {
      const emulator = yield* Emulator
      assert.strictEqual(yield* create("Bearer from-the-start"), 201)
      yield* emulator.addAccessToken(Redacted.make("added"))
      assert.strictEqual(yield* create("Bearer added"), 201)
      yield* emulator.revoke("added")
      assert.strictEqual(yield* create("Bearer added"), 401)
      assert.strictEqual((yield* emulator.requests)[0]?.authentication, "accessToken")
    }),
    { accessTokens: [Redacted.make("from-the-start")] }
  )

  test(
    "lets keys be rotated: the new one counts at once, the old one until it is revoked",
    Effect.gen(function*() {
      const emulator = yield* Emulator
      const token = yield* jwt()
      assert.strictEqual(yield* create(token), 201)
      const added = yield* emulator.addKey()
      assert.strictEqual(yield* create(basic(added)), 201)
      assert.strictEqual(yield* create(basic(emulator)), 201)
      yield* emulator.revoke(emulator.keyId)
      assert.strictEqual(yield* create(basic(emulator)), 401)
      assert.strictEqual(yield* create(token), 401)
      assert.strictEqual(yield* create(basic(added)), 201)
    })
  )

  test(
    "gives a key another secret, with which the old one and its tokens end",
    Effect.gen(function*() {
      const emulator = yield* Emulator
      const token = yield* jwt()
      assert.strictEqual(yield* create(token), 201)
      const changed = yield* emulator.addKey({ keyId: emulator.keyId, keySecret: Redacted.make("another") })
      assert.strictEqual(yield* create(token), 401)
      assert.strictEqual(yield* create(basic(emulator)), 401)
      assert.strictEqual(yield* create(basic(changed)), 201)
      assert.strictEqual(yield* create(yield* jwt({ secret: "another" })), 201)
    })
  )

  test(
    "lets an integration's key reach its app, an account's key every app, each with its own scope",
    Effect.gen(function*() {
      const emulator = yield* Emulator
      for (
        const [keyId, scope, reach] of [["int_1", "integration", 403], ["act_1", "account", 201], [
          "svc_1",
          "account",
          201
        ]]
      ) {
        const key = yield* emulator.addKey({ keyId: `${keyId}` })
        assert.strictEqual(yield* create(basic(key)), 201)
        const authorization = yield* jwt({ kid: key.keyId, secret: Redacted.value(key.keySecret), scope: `${scope}` })
        assert.strictEqual(yield* create(authorization), 201)
        const { status } = yield* call("POST", "/v2/apps/other/users", { body: {}, authorization })
        assert.strictEqual(status, reach)
      }
    }),
    { apps: [{ appId: "other" }] }
  )
})
