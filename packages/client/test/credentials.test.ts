import { assert, describe, it } from "@effect/vitest"
import * as Credentials from "@sunco/client/Credentials"
import { Sunshine } from "@sunco/client/Sunshine"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Fiber from "effect/Fiber"
import * as FetchHttpClient from "effect/http/FetchHttpClient"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import { TestClock } from "effect/testing"
import { decodeProtectedHeader, jwtVerify } from "jose"
import { inspect } from "node:util"
import { ada } from "./Operations.ts"
import * as TestClient from "./TestClient.ts"
import { errors, json, type Reply, reset, type ScriptedTransport, silence } from "./ScriptedTransport.ts"

const { key } = TestClient

const blanks = "must be without blanks or line breaks around it (copied, or from a .env file?)"

const found = json(200, { user: ada })
const unauthorized = errors(401, "unauthorized")

/** Success for these tokens, 401 for all others. */
const accepting = (...tokens: ReadonlyArray<string>): Reply => (request) =>
  (tokens.some((token) => request.headers["authorization"] === `Bearer ${token}`) ? found : unauthorized)(request)

const authorizations = ({ sent }: Pick<ScriptedTransport, "sent">) =>
  sent.map(({ headers }) => headers["authorization"])

/** Gives "1", "2" and so on, each after `time`. */
const counter = (time: Duration.Input = 0) => {
  const mints = { count: 0 }
  const token = Effect.delay(Effect.sync(() => Redacted.make(String(++mints.count))), time)
  return { mints, token }
}

describe("Basic", () => {
  it.effect("sends the key's id and secret with every request", () =>
    Effect.gen(function*() {
      const client = yield* TestClient.scripted([found], {
        credentials: Credentials.layerBasic({ keyId: "Aladdin", secret: Redacted.make("open sesame") })
      })
      yield* client.users.get("ada")
      yield* client.users.get("ada")
      // The example of RFC 7617.
      assert.deepStrictEqual(authorizations(client), [
        "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==",
        "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="
      ])
    }))

  it.effect("encodes in UTF-8", () =>
    Effect.gen(function*() {
      const client = yield* TestClient.scripted([found], {
        credentials: Credentials.layerBasic({ keyId: "test", secret: Redacted.make("123£") })
      })
      yield* client.users.get("ada")
      assert.deepStrictEqual(authorizations(client), ["Basic dGVzdDoxMjPCow=="])
    }))

  it.effect("is not tried again after a 401, since there is no other", () =>
    Effect.gen(function*() {
      const client = yield* TestClient.scripted([unauthorized])
      const error = yield* Effect.flip(client.users.get("ada"))
      assert.deepInclude(error, { attempts: 1, retryStopped: "not-retryable", applied: "no" })
      assert.lengthOf(client.sent, 1)
    }))
})

describe("a bearer token", () => {
  it.effect("is sent as it is", () =>
    Effect.gen(function*() {
      const client = yield* TestClient.scripted([found], {
        credentials: Credentials.layerBearer(Redacted.make("a.b.c"))
      })
      yield* client.users.get("ada")
      assert.deepStrictEqual(authorizations(client), ["Bearer a.b.c"])
    }))

  it.effect("is not tried again after a 401, since there is no other", () =>
    Effect.gen(function*() {
      const client = yield* TestClient.scripted([unauthorized], {
        credentials: Credentials.layerBearer(Redacted.make("a.b.c"))
      })
      assert.deepInclude(yield* Effect.flip(client.users.get("ada")), { attempts: 1 })
    }))
})

describe("a bearer token from an effect", () => {
  it.effect("is had once for a thousand calls that wait for it", () =>
    Effect.gen(function*() {
      const { mints, token } = counter("1 second")
      const client = yield* TestClient.scripted([found], { credentials: Credentials.layerBearerEffect(token) })
      yield* Effect.forEach(Array.from({ length: 1000 }), () => client.users.get("ada"), { concurrency: "unbounded" })
        .pipe(TestClient.throughTime)
      assert.strictEqual(mints.count, 1)
      assert.deepStrictEqual([...new Set(authorizations(client))], ["Bearer 1"])
      assert.lengthOf(client.sent, 1000)
    }))

  it.effect.each<readonly [millis: number, timeToLive: Duration.Input | undefined]>([
    [60_000, undefined],
    [5000, "5 seconds"]
  ])("is used for %i ms", ([millis, timeToLive]) =>
    Effect.gen(function*() {
      const client = yield* TestClient.scripted([found], {
        credentials: Credentials.layerBearerEffect(counter().token, { timeToLive })
      })
      yield* client.users.get("ada")
      yield* TestClock.adjust(millis - 1)
      yield* client.users.get("ada")
      yield* TestClock.adjust(1)
      yield* client.users.get("ada")
      assert.deepStrictEqual(authorizations(client), ["Bearer 1", "Bearer 1", "Bearer 2"])
    }))

  it.effect("that cannot be had fails the calls that wait for it, and the next call tries again", () =>
    Effect.gen(function*() {
      let works = false
      const client = yield* TestClient.scripted([found], {
        credentials: Credentials.layerBearerEffect(
          Effect.suspend(() => works ? Effect.succeed(Redacted.make("1")) : Effect.fail("the vault is sealed"))
        )
      })
      const error = yield* Effect.flip(client.users.get("ada"))
      assert(error._tag === "SunshineError" && error.reason._tag === "CredentialsUnavailable")
      assert.deepInclude(error, { attempts: 0, applied: "no" })
      assert.isTrue(error.reason.isRetryable)
      assert.strictEqual(Redacted.value(error.reason.cause), "the vault is sealed")
      assert.lengthOf(client.sent, 0)
      works = true
      assert.deepStrictEqual(yield* client.users.get("ada"), ada)
    }))

  it.effect("takes its time from the deadline", () =>
    Effect.gen(function*() {
      const client = yield* TestClient.scripted([silence], {
        credentials: Credentials.layerBearerEffect(counter("8 seconds").token)
      })
      const late = yield* client.users.get("ada", { deadline: "5 seconds" }).pipe(
        Effect.flip,
        TestClient.throughTime
      )
      assert(late._tag === "SunshineError" && late.reason._tag === "Timeout")
      assert.deepInclude(late.reason, { limit: "deadline", after: Duration.seconds(5) })
      assert.deepInclude(late, { attempts: 0, retryStopped: "deadline", applied: "no" })
      assert.lengthOf(client.sent, 0)

      const start = yield* Effect.clockWith((clock) => clock.currentTimeMillis)
      yield* client.users.get("ada", { deadline: "10 seconds", retry: "never" }).pipe(
        Effect.flip,
        TestClient.throughTime
      )
      assert.deepStrictEqual(client.sent.map(({ at }) => at - start), [8000])
    }))

  it.effect("comes to the others when the call that began to have it is interrupted", () =>
    Effect.gen(function*() {
      const { mints, token } = counter("1 second")
      const client = yield* TestClient.scripted([found], { credentials: Credentials.layerBearerEffect(token) })
      const first = yield* Effect.forkChild(client.users.get("ada"))
      yield* TestClient.turn
      const others = yield* Effect.forkChild(
        Effect.forEach(Array.from({ length: 10 }), () => client.users.get("ada"), { concurrency: "unbounded" })
      )
      yield* TestClient.turn
      yield* Fiber.interrupt(first)
      yield* TestClock.adjust("1 second")
      assert.isTrue(Exit.isSuccess(yield* Fiber.await(others)))
      assert.strictEqual(mints.count, 1)
    }))

  it.effect("is not had to the end when nobody waits for it any more", () =>
    Effect.gen(function*() {
      const { mints, token } = counter("1 second")
      const client = yield* TestClient.scripted([found], { credentials: Credentials.layerBearerEffect(token) })
      const call = yield* Effect.forkChild(client.users.get("ada"))
      yield* TestClient.turn
      yield* Fiber.interrupt(call)
      yield* TestClock.adjust("1 minute")
      assert.strictEqual(mints.count, 0)
      yield* TestClient.throughTime(client.users.get("ada"))
      assert.strictEqual(mints.count, 1)
    }))

  it.effect("that rotated during a wait is sent anew with the next attempt", () =>
    Effect.gen(function*() {
      const client = yield* TestClient.scripted([reset, found], {
        credentials: Credentials.layerBearerEffect(counter().token, { timeToLive: "100 millis" })
      })
      yield* client.users.get("ada").pipe(TestClient.drawing(1), TestClient.throughTime)
      assert.deepStrictEqual(authorizations(client), ["Bearer 1", "Bearer 2"])
    }))
})

it.effect.each(["from a file\n", " ", "", "snowman \u2603", "Bearer a.b.c", "\"quoted\""])(
  "a token that rotates and comes as %j is CredentialsUnavailable, and nothing is sent",
  (token) =>
    Effect.gen(function*() {
      const credentials = Credentials.layerBearerEffect(Effect.succeed(Redacted.make(token)))
      const { sent, users } = yield* TestClient.scripted([found], { credentials })
      const error = yield* Effect.flip(users.get("ada"))
      assert.deepInclude(error, { _tag: "SunshineError", attempts: 0, applied: "no" })
      assert.strictEqual(error._tag === "SunshineError" && error.reason._tag, "CredentialsUnavailable")
      assert.lengthOf(sent, 0)
    })
)

it.effect.each<readonly [problem: string, credentials: Layer.Layer<Credentials.Credentials>]>([
  ["token must be set", Credentials.layerBearer(Redacted.make(""))],
  [`token ${blanks}`, Credentials.layerBearer(Redacted.make("Zs1Token\n"))],
  ["token must be text that a header can carry", Credentials.layerBearer(Redacted.make("Zs1\u2603"))],
  ["token must be without \"Bearer\"", Credentials.layerBearer(Redacted.make("bearer Zs1"))],
  [`keyId ${blanks}; secret ${blanks}`, Credentials.layerBasic({ keyId: "Zs1 ", secret: Redacted.make("\nZs1") })],
  [
    "keyId must be without a colon, which Basic cannot carry",
    Credentials.layerBasic({ keyId: "Zs1:Zs1", secret: Redacted.make("Zs1:Zs1") })
  ],
  [
    "keyId must be without blanks",
    Credentials.layerBasic({ keyId: "Zs1 Zs1", secret: Redacted.make("Zs1 Zs1") })
  ],
  [
    "secret must be text without control characters",
    Credentials.layerBasic({ ...key, secret: Redacted.make("Zs1\u0000Zs1") })
  ],
  [
    "secret must be set; lifetime must be a finite length of time of a second or more, such as \"5 seconds\" or 5000 (milliseconds)",
    Credentials.layerJwt({ ...key, secret: Redacted.make(""), scope: "app", lifetime: 999 })
  ],
  [
    "scope must be \"app\" or \"integration\" or \"account\"",
    // @ts-expect-error: what a caller without a compiler may write
    Credentials.layerJwt({ ...key, scope: "apps" })
  ],
  [
    "timeToLive must be a length of time, such as \"5 seconds\" or 5000 (milliseconds)",
    Credentials.layerBearerEffect(Effect.succeed(Redacted.make("token")), { timeToLive: -1 })
  ]
])("%s, says the client", ([problem, credentials]) =>
  Effect.gen(function*() {
    const built = Sunshine.layer({ appId: "", subdomain: "example" }).pipe(
      Layer.provide([credentials, FetchHttpClient.layer]),
      Layer.build
    )
    const error = yield* Effect.flip(built)
    // Beside what else is wrong.
    assert.strictEqual(error.message, `appId must be set; ${problem}`)
    assert.notInclude(inspect(error, { depth: null }), "Zs1")
  }))

it.effect("a key id with a colon signs JWTs, whose JSON can carry it", () =>
  Effect.gen(function*() {
    const credentials = Credentials.layerJwt({ ...key, keyId: "app:1", scope: "app" })
    const client = yield* TestClient.scripted([found], { credentials })
    yield* client.users.get("ada")
    assert.strictEqual(decodeProtectedHeader(String(authorizations(client)[0]).replace("Bearer ", "")).kid, "app:1")
  }))

describe("a token that is refused with 401", () => {
  it.effect("is renewed once, and the call succeeds", () =>
    Effect.gen(function*() {
      const { mints, token } = counter()
      const client = yield* TestClient.scripted([accepting("2")], { credentials: Credentials.layerBearerEffect(token) })
      assert.deepStrictEqual(yield* client.users.get("ada"), ada)
      assert.deepStrictEqual(authorizations(client), ["Bearer 1", "Bearer 2"])
      assert.strictEqual(mints.count, 2)
    }))

  it.effect("is renewed at once, without the wait of a retry", () =>
    Effect.gen(function*() {
      const client = yield* TestClient.scripted([accepting("2")], {
        credentials: Credentials.layerBearerEffect(counter().token)
      })
      yield* client.users.get("ada")
      assert.deepStrictEqual(client.sent.map(({ at }) => at), [0, 0])
    }))

  it.effect("is renewed once for a thousand calls, each of which is sent once more", () =>
    Effect.gen(function*() {
      const { mints, token } = counter("1 second")
      const client = yield* TestClient.scripted([accepting("2")], { credentials: Credentials.layerBearerEffect(token) })
      yield* Effect.forEach(Array.from({ length: 1000 }), () => client.users.get("ada"), { concurrency: "unbounded" })
        .pipe(TestClient.throughTime)
      assert.strictEqual(mints.count, 2)
      const counts = Object.groupBy(authorizations(client), (authorization) => String(authorization))
      assert.deepStrictEqual([counts["Bearer 1"]?.length, counts["Bearer 2"]?.length], [1000, 1000])
    }))

  it.effect("is not renewed for a call whose token another call has renewed already", () =>
    Effect.gen(function*() {
      const { mints, token } = counter()
      let late: Reply = unauthorized
      const client = yield* TestClient.scripted(
        [
          (request) => Effect.delay(unauthorized(request), "3 seconds"),
          (request) => late(request),
          accepting("2")
        ],
        { credentials: Credentials.layerBearerEffect(token) }
      )
      const slow = yield* Effect.forkChild(client.users.get("ada"))
      yield* TestClient.turn
      yield* client.users.get("ada")
      late = found
      yield* TestClient.throughTime(Fiber.join(slow))
      assert.deepStrictEqual(authorizations(client), ["Bearer 1", "Bearer 1", "Bearer 2", "Bearer 2"])
      assert.strictEqual(mints.count, 2)
    }))

  it.effect("is final the second time", () =>
    Effect.gen(function*() {
      const { mints, token } = counter()
      const client = yield* TestClient.scripted([unauthorized], { credentials: Credentials.layerBearerEffect(token) })
      const error = yield* Effect.flip(client.users.get("ada"))
      assert(error._tag === "SunshineError" && error.reason._tag === "Unauthorized")
      assert.deepInclude(error, { attempts: 2, retryStopped: "not-retryable", applied: "no" })
      assert.strictEqual(mints.count, 2)
    }))

  it.effect("is renewed once per call, also when other failures come between", () =>
    Effect.gen(function*() {
      const client = yield* TestClient.scripted([unauthorized, reset, unauthorized, found], {
        credentials: Credentials.layerBearerEffect(counter().token)
      })
      const error = yield* client.users.update("ada", {}).pipe(Effect.flip, TestClient.throughTime)
      assert.deepInclude(error, { attempts: 3, retryStopped: "not-retryable", applied: "unknown" })
    }))

  it.effect("is sent again by operations that are unsafe to repeat, for nothing was applied", () =>
    Effect.gen(function*() {
      const client = yield* TestClient.scripted([unauthorized, json(201, { user: ada })], {
        credentials: Credentials.layerBearerEffect(counter().token)
      })
      assert.deepStrictEqual(yield* client.users.create({}), ada)
    }))

  it.effect("is renewed for the next call where this one may be sent once only", () =>
    Effect.gen(function*() {
      const client = yield* TestClient.scripted([unauthorized, found], {
        credentials: Credentials.layerBearerEffect(counter().token)
      })
      const error = yield* Effect.flip(client.users.get("ada", { retry: "never" }))
      assert.deepInclude(error, { attempts: 1 })
      assert.deepStrictEqual(yield* client.users.get("ada", { retry: "never" }), ada)
      assert.deepStrictEqual(authorizations(client), ["Bearer 1", "Bearer 2"])
    }))

  it.effect("is still what the call fails with where no other can be had for the next", () =>
    Effect.gen(function*() {
      let mints = 0
      const client = yield* TestClient.scripted([unauthorized], {
        credentials: Credentials.layerBearerEffect(
          Effect.suspend(() => ++mints === 1 ? Effect.succeed(Redacted.make("1")) : Effect.fail("the vault is sealed"))
        )
      })
      const error = yield* Effect.flip(client.users.get("ada", { retry: "never" }))
      assert(error._tag === "SunshineError" && error.reason._tag === "Unauthorized")
      assert.strictEqual(mints, 2)
    }))

  it.effect("fails with CredentialsUnavailable where no other can be had", () =>
    Effect.gen(function*() {
      let mints = 0
      const client = yield* TestClient.scripted([unauthorized], {
        credentials: Credentials.layerBearerEffect(
          Effect.suspend(() => ++mints === 1 ? Effect.succeed(Redacted.make("1")) : Effect.fail("the vault is sealed"))
        )
      })
      const error = yield* Effect.flip(client.users.get("ada"))
      assert(error._tag === "SunshineError" && error.reason._tag === "CredentialsUnavailable")
      assert.deepInclude(error, { attempts: 1, applied: "no" })
    }))

  it.effect("is renewed while calls are in flight, and none of them fails", () =>
    Effect.gen(function*() {
      const { token } = counter("10 millis")
      let valid = 1
      const client = yield* TestClient.scripted(
        [(request) =>
          Effect.suspend(() => Effect.delay(accepting(String(valid), String(valid + 1))(request), "5 millis"))],
        { credentials: Credentials.layerBearerEffect(token) }
      )
      const calls = Effect.forEach(
        Array.from({ length: 200 }, (_, index) => index),
        (index) => Effect.delay(client.users.get("ada"), index * 10),
        { concurrency: "unbounded" }
      )
      const rotation = Effect.forever(Effect.delay(Effect.sync(() => valid++), "500 millis"))
      const users = yield* TestClient.throughTime(Effect.race(calls, rotation))
      assert.lengthOf(users, 200)
    }))
})

describe("a JWT", () => {
  const credentials = (options?: Partial<Credentials.JwtOptions>) =>
    Credentials.layerJwt({ ...key, scope: "app", ...options })

  const verify = (authorization: string | undefined, at: number) =>
    Effect.promise(() =>
      jwtVerify(
        (authorization ?? "").replace(/^Bearer /, ""),
        new TextEncoder().encode(Redacted.value(key.secret)),
        { currentDate: new Date(at) }
      )
    )

  it.effect("is signed with the key's secret as it is, and says what the vendor asks for", () =>
    Effect.gen(function*() {
      yield* TestClock.setTime(Date.UTC(2026, 10, 23, 9, 30))
      const client = yield* TestClient.scripted([found], { credentials: credentials() })
      yield* client.users.get("ada")
      const [authorization] = authorizations(client)
      const { payload, protectedHeader } = yield* verify(authorization, Date.UTC(2026, 10, 23, 9, 30))
      assert.deepStrictEqual(protectedHeader, { alg: "HS256", typ: "JWT", kid: key.keyId })
      assert.deepStrictEqual(payload, { scope: "app", exp: Date.UTC(2026, 10, 23, 9, 45) / 1000 })
    }))

  it.effect.each(["app", "integration", "account"] as const)("has the scope %s", (scope) =>
    Effect.gen(function*() {
      const client = yield* TestClient.scripted([found], { credentials: credentials({ scope }) })
      yield* client.users.get("ada")
      assert.strictEqual((yield* verify(authorizations(client)[0], 0)).payload["scope"], scope)
    }))

  it.effect("is used until a tenth of its life is left", () =>
    Effect.gen(function*() {
      const client = yield* TestClient.scripted([found], { credentials: credentials({ lifetime: "10 minutes" }) })
      yield* client.users.get("ada")
      yield* TestClock.adjust(9 * 60 * 1000 - 1)
      yield* client.users.get("ada")
      yield* TestClock.adjust(1)
      yield* client.users.get("ada")
      const [first, second, third] = authorizations(client)
      assert.strictEqual(first, second)
      assert.notStrictEqual(first, third)
      assert.strictEqual((yield* verify(first, 0)).payload.exp, 10 * 60)
      assert.strictEqual((yield* verify(third, 0)).payload.exp, 19 * 60)
    }))

  it.effect("is minted once for a thousand calls", () =>
    Effect.gen(function*() {
      const client = yield* TestClient.scripted([found], { credentials: credentials() })
      yield* Effect.forEach(Array.from({ length: 1000 }), () => client.users.get("ada"), { concurrency: "unbounded" })
      assert.strictEqual(new Set(authorizations(client)).size, 1)
    }))

  it.effect("is minted anew after a 401", () =>
    Effect.gen(function*() {
      let first: string | undefined
      const client = yield* TestClient.scripted(
        [
          (request) =>
            Effect.andThen(TestClock.adjust("1 second"), () => {
              first ??= request.headers["authorization"]
              return (request.headers["authorization"] === first ? unauthorized : found)(request)
            })
        ],
        { credentials: credentials() }
      )
      yield* client.users.get("ada")
      const [refused, fresh] = authorizations(client)
      assert.notStrictEqual(refused, fresh)
      assert.strictEqual(decodeProtectedHeader(String(fresh).replace("Bearer ", "")).kid, key.keyId)
    }))
})

it.effect("credentials of the caller's own making are asked before every attempt", () =>
  Effect.gen(function*() {
    let asked = 0
    const current = Effect.sync(() => ({ header: Redacted.make(`Own ${++asked}`) }))
    const client = yield* TestClient.scripted([reset, found], {
      credentials: Layer.succeed(Credentials.Credentials, { current, renewed: () => current })
    })
    yield* TestClient.throughTime(client.users.get("ada"))
    assert.deepStrictEqual(authorizations(client), ["Own 1", "Own 2"])
  }))
