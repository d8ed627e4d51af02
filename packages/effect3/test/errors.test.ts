import * as HttpClient from "@effect/platform/HttpClient"
import { isHttpClientError } from "@effect/platform/HttpClientError"
import { LimiterUnavailable } from "@sunco/client/SunshineError"
import * as Circuit from "@sunco/effect3/Circuit"
import * as Credentials from "@sunco/effect3/Credentials"
import * as Limiter from "@sunco/effect3/Limiter"
import * as SunshineError from "@sunco/effect3/SunshineError"
import { Users } from "@sunco/effect3/Users"
import { UserAlreadyExists, UserNotFound } from "@sunco/effect3/Outcomes"
import * as Effect4 from "effect-4/Effect"
import * as Redacted4 from "effect-4/Redacted"
import * as Cause from "effect/Cause"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import { assert, describe, it } from "vitest"
import * as ScriptedTransport from "./ScriptedTransport.ts"

const failureOf = (
  reply: ScriptedTransport.Reply,
  call: (
    users: Users["Type"]
  ) => Effect.Effect<unknown, SunshineError.SunshineError | UserNotFound | UserAlreadyExists> = (
    users
  ) => users.get("ada", { retry: "never" })
) =>
  Effect.runPromise(
    Effect.flatMap(Users, (users) => Effect.flip(call(users))).pipe(
      Effect.provide(ScriptedTransport.users(ScriptedTransport.make([reply]).httpClient))
    )
  )

const reasonOf = async (...args: Parameters<typeof failureOf>): Promise<SunshineError.SunshineErrorReason> => {
  const error = await failureOf(...args)
  assert.instanceOf(error, SunshineError.SunshineError)
  return error.reason
}

const settings = { appId: "app", subdomain: "example" }

const basic = Credentials.layerBasic(ScriptedTransport.key)

const transport = (reply: ScriptedTransport.Reply) =>
  Layer.succeed(HttpClient.HttpClient, ScriptedTransport.make([reply]).httpClient)

const reasonWith = <E>(users: Layer.Layer<Users, E>): Promise<SunshineError.SunshineErrorReason> =>
  Effect.runPromise(
    Effect.flatMap(Users, (users) => Effect.flip(Effect.catchTag(users.get("ada"), "UserNotFound", Effect.die))).pipe(
      Effect.map(({ reason }) => reason),
      Effect.provide(users),
      Effect.orDie
    )
  )

/** Every reason, each of a call that ends with it. */
const reasons: {
  readonly [T in SunshineError.SunshineErrorReason["_tag"]]: () => Promise<SunshineError.SunshineErrorReason>
} = {
  InvalidInput: () => reasonOf(ScriptedTransport.found, (users) => users.get("..")),
  BadRequest: () => reasonOf(ScriptedTransport.errors(400, "bad_request")),
  Unauthorized: () => reasonOf(ScriptedTransport.errors(401, "unauthorized")),
  Forbidden: () => reasonOf(ScriptedTransport.errors(403, "forbidden")),
  AppNotFound: () => reasonOf(ScriptedTransport.errors(404, "app_not_found")),
  PayloadTooLarge: () => reasonOf(ScriptedTransport.errors(413, "payload_too_large")),
  RateLimited: () => reasonOf(ScriptedTransport.errors(429, "too_many_requests", { "retry-after": "90" })),
  ServerError: () => reasonOf(ScriptedTransport.errors(503, "service_unavailable", { "retry-after": "1" })),
  Transport: () => reasonOf(ScriptedTransport.failure("ECONNRESET")),
  Timeout: () =>
    reasonOf(ScriptedTransport.silence, (users) => users.get("ada", { attemptTimeout: "10 millis", retry: "never" })),
  CredentialsUnavailable: () => {
    const credentials = Credentials.layerBearerEffect(Effect.fail("the vault is sealed"))
    return reasonWith(Layer.provide(Users.layer(settings), [credentials, transport(ScriptedTransport.found)]))
  },
  LimiterUnavailable: () => {
    // A store in memory always answers. A limiter that cannot be asked is the client's own.
    const unavailable = new LimiterUnavailable({ cause: Redacted4.make("no connection") })
    const limiter = Layer.succeed(Limiter.Limiter, { admit: () => Effect4.fail(unavailable) })
    return reasonWith(Layer.provide(Users.layer(settings), [limiter, basic, transport(ScriptedTransport.found)]))
  },
  CircuitOpen: () => {
    const circuit = Circuit.layer({ failures: 1, openDuration: "30 seconds" })
    const down = transport(ScriptedTransport.errors(503, "service_unavailable"))
    return reasonWith(Layer.provide(Users.layer(settings), [circuit, basic, down]))
  },
  UnexpectedResponse: () => reasonOf(ScriptedTransport.answer("<h1>Tea</h1>", { status: 418 }))
}

describe("a failure", () => {
  it.each(Object.entries(reasons))("has the reason %s as an error of Effect 3", async (tag, failing) => {
    const reason = await failing()
    assert.strictEqual(reason._tag, tag)
    assert.strictEqual(reason.constructor, new Map<string, unknown>(Object.entries(SunshineError)).get(tag))
    // It can be yielded.
    const exit = Effect.runSyncExit(Effect.gen(function*() {
      return yield* reason
    }))
    assert.deepStrictEqual(exit, Exit.fail(reason))
  })

  it("carries durations, secrets and lists of Effect 3", async () => {
    const limited = await reasons.RateLimited()
    assert.isTrue(limited._tag === "RateLimited" && Duration.equals(limited.retryAfter!, "90 seconds"))
    assert.strictEqual(limited.isRetryable, true)
    const bad = await reasons.BadRequest()
    assert(bad._tag === "BadRequest")
    const [error] = bad.errors
    assert.deepStrictEqual([error?.code, Redacted.value(error!.title!)], ["bad_request", "Title of bad_request"])
    const input = await reasons.InvalidInput()
    assert(input._tag === "InvalidInput")
    assert.deepStrictEqual(input.issues[0]?.path, ["id"])
    const unexpected = await reasons.UnexpectedResponse()
    assert(unexpected._tag === "UnexpectedResponse")
    assert.deepStrictEqual([unexpected.status, Redacted.value(unexpected.snippet)], [418, "<h1>Tea</h1>"])
    assert.deepStrictEqual([unexpected.errors, unexpected.path], [[], undefined])
    const unreadable = await reasonOf(ScriptedTransport.json(200, { user: { id: null } }))
    assert.deepInclude(unreadable, { _tag: "UnexpectedResponse", path: ["user", "id"] })
    const firewall = await reasonOf(ScriptedTransport.answer("<h1>No</h1>", { status: 403 }))
    assert(firewall._tag === "Forbidden")
    assert.strictEqual(Redacted.value(firewall.snippet!), "<h1>No</h1>")
    const missing = await failureOf(ScriptedTransport.errors(404, "user_not_found"))
    assert.instanceOf(missing, UserNotFound)
    assert.strictEqual(Redacted.value(missing.response).status, 404)
    const taken = await failureOf(
      ScriptedTransport.errors(409, "conflict"),
      (users) => users.create({ externalId: "ada" })
    )
    assert.instanceOf(taken, UserAlreadyExists)
  })

  it("carries the transport's own error, and what the token's effect failed with", async () => {
    const transport = await reasons.Transport()
    assert(transport._tag === "Transport")
    assert.strictEqual(transport.code, "ECONNRESET")
    assert.isTrue(isHttpClientError(Redacted.value(transport.cause)))
    const credentials = await reasons.CredentialsUnavailable()
    assert(credentials._tag === "CredentialsUnavailable")
    assert.strictEqual(Redacted.value(credentials.cause), "the vault is sealed")
  })

  it("shows no secret, user or text of the vendor, however it is printed", async () => {
    for (const failing of Object.values(reasons)) {
      const reason = await failing()
      const error = new SunshineError.SunshineError({ operation: "Users.get", reason, attempts: 1, applied: "no" })
      const printed = [String(error), JSON.stringify(error), Cause.pretty(Cause.fail(error)), error.stack].join("\n")
      assert.notMatch(printed, /Title of|Tea|horse|vault|no connection|Basic |ECONN\w+ at|failed with|\bada\b/)
    }
  })

  it("can be made by the application, for tests of its own, and says the same", () => {
    const error = new SunshineError.SunshineError({
      operation: "Users.get",
      reason: new SunshineError.RateLimited({
        errors: [{ code: "too_many_requests" }],
        retryAfter: Duration.seconds(90)
      }),
      attempts: 2,
      retryStopped: "retry-after",
      applied: "no"
    })
    assert.strictEqual(
      error.message,
      "Users.get: too many requests (429 too_many_requests), retry after 1m 30s; 2 attempts, stopped: retry-after"
    )
    assert.isTrue(error.isRetryable && Duration.equals(error.retryAfter!, "90 seconds"))
    assert.isUndefined(error.requestId)
    assert.isFalse(new SunshineError.Forbidden({ errors: [] }).isRetryable)
    const cause = Redacted.make("none")
    assert.isTrue(new SunshineError.CredentialsUnavailable({ cause }).isRetryable)
    assert.isFalse(new SunshineError.CredentialsUnavailable({ cause, problem: "none" }).isRetryable)
  })
})

describe("a setting that is wrong", () => {
  it("fails the layer with SettingsError", async () => {
    const error = await Effect.runPromise(
      Layer.build(Users.layer({ appId: "app" })).pipe(
        Effect.flip,
        Effect.scoped,
        Effect.provide([basic, transport(ScriptedTransport.found)])
      )
    )
    assert.deepStrictEqual([error._tag, error.problems.map(({ setting }) => setting)], ["SettingsError", ["subdomain"]])
  })
})
