import { assert, describe, it } from "@effect/vitest"
import * as Credentials from "@sunco/client/Credentials"
import { Users } from "@sunco/client/Users"
import { Emulator } from "@sunco/emulator/Emulator"
import * as Fault from "@sunco/emulator/Fault"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import * as EmulatedClient from "./EmulatedClient.ts"

const oldToken = "an access token"
const newToken = "another access token"

/** Header and claims of a JWT. */
const partsOf = (authorization = "") =>
  authorization.replace(/^Bearer /, "").split(".").slice(0, 2).map((part) =>
    JSON.parse(Buffer.from(part, "base64url").toString())
  )

describe.each(EmulatedClient.transports)("credentials over a socket, through %s", (_, transport) => {
  const withCredentials = (
    credentials: EmulatedClient.Setup["credentials"] & {},
    setup?: EmulatedClient.Setup
  ) => Effect.provide(EmulatedClient.layer(transport, { ...setup, credentials }))

  const authorizations = Effect.gen(function*() {
    const { requests } = yield* Emulator
    return (yield* requests).map(({ headers }) => headers["authorization"])
  })

  it.live("Basic: key id and secret", () =>
    Effect.gen(function*() {
      const users = yield* Users
      const { keyId, requests } = yield* Emulator
      yield* users.create({})
      assert.deepInclude((yield* requests)[0], { authentication: "basic", keyId, status: 201 })
    }).pipe(withCredentials(EmulatedClient.basic)))

  it.live("a JWT of the key, kept for the calls that follow and minted anew after a 401", () =>
    Effect.gen(function*() {
      const users = yield* Users
      const { faults, keyId, requests } = yield* Emulator
      yield* users.create({ externalId: "ada" })
      yield* users.get("ada")
      const [first, second] = yield* authorizations
      assert.strictEqual(second, first)
      const [header, claims] = partsOf(first)
      assert.deepStrictEqual(header, { alg: "HS256", typ: "JWT", kid: keyId })
      assert.hasAllKeys(claims, ["scope", "exp"])
      assert.strictEqual(claims.scope, "app")

      yield* faults.next(Fault.status(401))
      yield* users.get("ada")
      assert.deepStrictEqual(
        (yield* requests).map(({ authentication, status }) => [authentication, status]),
        [["jwt", 201], ["jwt", 200], [undefined, 401], ["jwt", 200]]
      )
    }).pipe(
      withCredentials(({ keyId, keySecret }) => Credentials.layerJwt({ keyId, secret: keySecret, scope: "app" }))
    ))

  it.live.each(["int", "act", "svc"] as const)("a JWT of a key that begins with %s_", (kind) =>
    Effect.gen(function*() {
      const users = yield* Users
      assert.deepStrictEqual(yield* users.listByEmail("ada@example.com"), [])
    }).pipe(withCredentials(({ keyId, keySecret }) =>
      Credentials.layerJwt({ keyId, secret: keySecret, scope: kind === "int" ? "integration" : "account" }), {
      emulator: { keyId: `${kind}_1` }
    })))

  it.live("a bearer token as it is", () =>
    Effect.gen(function*() {
      const users = yield* Users
      const { requests } = yield* Emulator
      yield* users.create({})
      assert.deepInclude((yield* requests)[0], { authentication: "accessToken", status: 201 })
    }).pipe(withCredentials(() => Credentials.layerBearer(Redacted.make(oldToken)), {
      emulator: { accessTokens: [Redacted.make(oldToken)] }
    })))

  it.live("a bearer token that rotates under 100 calls: none fails, and the token is fetched once", () =>
    Effect.gen(function*() {
      let fetched = 0
      let token = oldToken
      const credentials = () =>
        Credentials.layerBearerEffect(Effect.sync(() => {
          fetched++
          return Redacted.make(token)
        }))

      yield* Effect.gen(function*() {
        const users = yield* Users
        const { addAccessToken, requests, revoke } = yield* Emulator
        yield* users.create({ externalId: "ada" })
        assert.strictEqual(fetched, 1)

        token = newToken
        yield* addAccessToken(Redacted.make(newToken))
        yield* revoke(oldToken)
        const all = yield* Effect.replicateEffect(users.get("ada"), 100, { concurrency: "unbounded" })
        assert.lengthOf(all, 100)
        assert.strictEqual(fetched, 2)
        // The old one was revoked: this is the new one.
        assert.deepInclude((yield* requests).at(-1), { authentication: "accessToken", status: 200 })
      }).pipe(withCredentials(credentials, { emulator: { accessTokens: [Redacted.make(oldToken)] } }))
    }))

  it.live("a token that cannot be had is CredentialsUnavailable, and nothing is sent", () =>
    Effect.gen(function*() {
      const users = yield* Users
      const { requests } = yield* Emulator
      const error = yield* Effect.flip(users.get("ada"))
      assert.deepNestedInclude(error, { _tag: "SunshineError", "reason._tag": "CredentialsUnavailable", attempts: 0 })
      assert.deepStrictEqual(yield* requests, [])
    }).pipe(withCredentials(() => Credentials.layerBearerEffect(Effect.fail("the vault is closed")))))
})
