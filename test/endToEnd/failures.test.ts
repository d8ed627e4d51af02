import { assert, describe, it } from "@effect/vitest"
import * as Credentials from "@sunco/client/Credentials"
import { SunshineError } from "@sunco/client/SunshineError"
import { Users } from "@sunco/client/Users"
import { Emulator } from "@sunco/emulator/Emulator"
import * as Fault from "@sunco/emulator/Fault"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import * as EmulatedClient from "./EmulatedClient.ts"

/** What each answer means to a call that is not tried again. */
const answers: ReadonlyArray<readonly [what: string, fault: Fault.Fault, reason: object]> = [
  ["302", Fault.redirect("http://127.0.0.1:9/"), { _tag: "UnexpectedResponse", status: 302, problem: "status" }],
  ["400", Fault.status(400), { _tag: "BadRequest" }],
  ["401", Fault.status(401), { _tag: "Unauthorized" }],
  ["402", Fault.status(402), { _tag: "UnexpectedResponse", status: 402, problem: "status" }],
  ["403", Fault.status(403), {
    _tag: "Forbidden",
    message: "the credentials do not reach this operation (403 forbidden)"
  }],
  ["403 in HTML", Fault.htmlBody({ status: 403 }), {
    _tag: "Forbidden",
    message: "something in front of the API refused the request (403): the answer is not one of the API"
  }],
  ["404 of the app", Fault.status(404, { code: "app_not_found" }), { _tag: "AppNotFound" }],
  ["404 of something else", Fault.status(404, { code: "client_not_found" }), {
    _tag: "UnexpectedResponse",
    status: 404
  }],
  ["404 in HTML", Fault.htmlBody({ status: 404 }), { _tag: "UnexpectedResponse", status: 404 }],
  ["408", Fault.status(408), { _tag: "UnexpectedResponse", status: 408, isRetryable: true }],
  ["409 of a read", Fault.status(409), { _tag: "UnexpectedResponse", status: 409 }],
  ["413", Fault.status(413), { _tag: "PayloadTooLarge" }],
  ["423", Fault.status(423), { _tag: "UnexpectedResponse", status: 423 }],
  ["429", Fault.rateLimited(), { _tag: "RateLimited" }],
  ["429 in plain text", Fault.status(429, { body: "slow down" }), { _tag: "RateLimited" }],
  ["429 with seconds", Fault.rateLimited({ retryAfter: 7 }), { _tag: "RateLimited", retryAfter: Duration.seconds(7) }],
  [
    "429 with a date",
    Fault.rateLimited({ retryAfter: 7, as: "date" }),
    { _tag: "RateLimited", retryAfter: Duration.seconds(7) }
  ],
  ["500", Fault.status(500), { _tag: "ServerError", status: 500 }],
  ["502 in HTML", Fault.htmlBody(), { _tag: "ServerError", status: 502 }],
  [
    "503 with Retry-After",
    Fault.status(503, { headers: { "retry-after": "9" } }),
    { _tag: "ServerError", status: 503, retryAfter: Duration.seconds(9) }
  ],
  ["599", Fault.status(599), { _tag: "ServerError", status: 599 }],
  ["201 to a read", Fault.status(201), { _tag: "UnexpectedResponse", status: 201, problem: "status" }],
  ["200 in HTML", Fault.htmlBody({ status: 200 }), { _tag: "UnexpectedResponse", status: 200, problem: "body" }],
  ["200 without a body", Fault.emptyBody, { _tag: "UnexpectedResponse", status: 200, problem: "body" }],
  [
    "200 of another shape",
    Fault.mistypedBody({ path: ["user", "id"], value: null }),
    { _tag: "UnexpectedResponse", status: 200, problem: "body", path: ["user", "id"] }
  ],
  ["200 larger than the limit", Fault.hugeBody(2_000_000), { _tag: "UnexpectedResponse", problem: "too-large" }],
  ["200 cut off", Fault.truncatedBody(), { _tag: "Transport", status: 200 }],
  ["no answer", Fault.cutBeforeApplied, { _tag: "Transport" }],
  ["an answer that never comes", Fault.slowHeaders("1 hour"), { _tag: "Timeout", limit: "attempt" }],
  ["a body that never ends", Fault.slowBody("1 hour"), { _tag: "Timeout", limit: "attempt" }]
]

describe.each(EmulatedClient.clients)("failures over a socket, through %s", (_, transport, options) => {
  const withClient = (setup?: EmulatedClient.Setup) =>
    Effect.provide(EmulatedClient.layer(transport, { ...options, ...setup }))

  const reasonOf = <A, E>(call: Effect.Effect<A, E | SunshineError>) =>
    Effect.map(Effect.flip(call), (error) => {
      assert.instanceOf(error, SunshineError)
      return error.reason
    })

  it.live.each(answers)("%s has its own reason", ([, fault, reason]) =>
    Effect.gen(function*() {
      const users = yield* Users
      const emulator = yield* Emulator
      yield* emulator.seed({ users: [{ externalId: "ada" }] })
      yield* emulator.faults.next(fault)
      const attemptTimeout = fault._tag.startsWith("Slow") ? "100 millis" : "10 seconds"
      assert.deepInclude(yield* reasonOf(users.get("ada", { retry: "never", attemptTimeout })), reason)
      assert.lengthOf(yield* emulator.requests, 1)
      assert.strictEqual((yield* users.get("ada")).externalId, "ada")
    }).pipe(withClient()))

  it.live("a wrong secret is Unauthorized", () =>
    Effect.gen(function*() {
      const users = yield* Users
      assert.strictEqual((yield* reasonOf(users.get("ada")))._tag, "Unauthorized")
    }).pipe(withClient({
      credentials: ({ keyId }) => Credentials.layerBasic({ keyId, secret: Redacted.make("wrong") })
    })))

  it.live("a scope that is not the key's is Forbidden", () =>
    Effect.gen(function*() {
      const users = yield* Users
      assert.strictEqual((yield* reasonOf(users.get("ada")))._tag, "Forbidden")
    }).pipe(withClient({
      credentials: ({ keyId, keySecret }) => Credentials.layerJwt({ keyId, secret: keySecret, scope: "account" })
    })))

  it.live("a key of another app is Forbidden", () =>
    Effect.gen(function*() {
      const users = yield* Users
      assert.strictEqual((yield* reasonOf(users.get("ada")))._tag, "Forbidden")
    }).pipe(withClient({ appId: "other", emulator: { apps: [{ appId: "other" }] } })))

  it.live("an app that is not there is AppNotFound, also to sync and to a list, which document no 404", () =>
    Effect.gen(function*() {
      const users = yield* Users
      assert.strictEqual((yield* reasonOf(users.get("ada")))._tag, "AppNotFound")
      assert.strictEqual((yield* reasonOf(users.sync("1")))._tag, "AppNotFound")
      assert.strictEqual((yield* reasonOf(users.listByEmail("ada@example.com")))._tag, "AppNotFound")
      assert.strictEqual((yield* reasonOf(users.create({})))._tag, "AppNotFound")
    }).pipe(withClient({ appId: "nobody's" })))

  it.live("metadata that is too large is refused before anything is sent", () =>
    Effect.gen(function*() {
      const users = yield* Users
      const emulator = yield* Emulator
      const metadata = { note: "x".repeat(4096) }
      assert.strictEqual((yield* reasonOf(users.create({ metadata })))._tag, "InvalidInput")
      assert.strictEqual((yield* reasonOf(users.update("ada", { metadata })))._tag, "InvalidInput")
      assert.deepStrictEqual(yield* emulator.requests, [])
    }).pipe(withClient()))

  it.live("without that check it is BadRequest with what the API says, and over 100 kB PayloadTooLarge", () =>
    Effect.gen(function*() {
      const users = yield* Users
      const refused = yield* reasonOf(users.create({ metadata: { note: "x".repeat(4096) } }))
      assert(refused._tag === "BadRequest")
      assert.deepStrictEqual(refused.errors.map(({ code }) => code), ["bad_request"])
      assert.match(Redacted.value(refused.errors[0]?.title ?? Redacted.make("")), /^metadata: /)
      const tooLarge = yield* reasonOf(users.create({ metadata: { note: "x".repeat(102_400) } }))
      assert.strictEqual(tooLarge._tag, "PayloadTooLarge")
    }).pipe(withClient({ metadataLimit: false })))

  it.live("every entry of the error envelope is there", () =>
    Effect.gen(function*() {
      const users = yield* Users
      const { faults } = yield* Emulator
      const errors = [{ code: "bad_request", title: "one" }, { code: "too_many_switchboard_integrations" }]
      yield* faults.next(Fault.status(400, {
        body: JSON.stringify({ errors }),
        headers: { "content-type": "application/json" }
      }))
      const reason = yield* reasonOf(users.get("ada"))
      assert(reason._tag === "BadRequest")
      assert.deepStrictEqual(reason.errors.map(({ code }) => code), errors.map(({ code }) => code))
    }).pipe(withClient()))

  it.live("nobody listening is a Transport failure that certainly changed nothing", () =>
    Effect.gen(function*() {
      const error = yield* Users.use((users) => Effect.flip(users.create({}))).pipe(
        withClient({ baseUrl: "http://127.0.0.1:2", retry: { attempts: 2, baseDelay: 0 } })
      )
      assert.deepNestedInclude(error, {
        _tag: "SunshineError",
        "reason._tag": "Transport",
        "reason.code": "ECONNREFUSED",
        attempts: 2,
        retryStopped: "attempts",
        applied: "no"
      })
    }))
})
