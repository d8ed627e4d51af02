import { assert, describe, it } from "@effect/vitest"
import {
  CircuitOpen,
  RateLimited,
  SunshineError,
  type SunshineErrorReason,
  Transport,
  type VendorError
} from "@sunco/client/SunshineError"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import { inspect } from "node:util"
import { compositions, type Operation, operations } from "./Operations.ts"
import * as TestClient from "./TestClient.ts"
import {
  answer,
  cut,
  defect,
  errors,
  failure,
  html,
  json,
  refused,
  type Reply,
  silence,
  streamed,
  streamedCut,
  tooLarge
} from "./ScriptedTransport.ts"

/** The error of one attempt. */
const failed = (operation: Operation, reply: Reply, options?: TestClient.Options) =>
  Effect.gen(function*() {
    const { users } = yield* TestClient.scripted([reply], { retry: "never", ...options })
    return yield* Effect.flip(operation.call(users))
  })

const reasonOf = (operation: Operation, reply: Reply) =>
  Effect.map(failed(operation, reply), (error) => {
    assert(error._tag === "SunshineError", error._tag)
    assert.strictEqual(error.operation, `Users.${operation.name}`)
    assert.strictEqual(error.attempts, 1)
    assert.strictEqual(error.reason.isRetryable, isRetryable(error.reason))
    return error.reason
  })

const isRetryable = (reason: SunshineErrorReason): boolean =>
  reason._tag === "RateLimited" || reason._tag === "ServerError" ||
  (reason._tag === "Transport" && reason.status !== 401 && reason.code !== "DEPTH_ZERO_SELF_SIGNED_CERT") ||
  (reason._tag === "UnexpectedResponse" && reason.status === 408)

const plain = ({ code, title }: typeof VendorError.Type) => [code, title === undefined ? title : Redacted.value(title)]

const applied = (operation: Operation) => (operation.kind === "write" ? "yes" : "no")

const reasons: ReadonlyArray<readonly [what: string, reply: Reply, tag: SunshineErrorReason["_tag"]]> = [
  ["400", errors(400, "bad_request"), "BadRequest"],
  ["400 with HTML", html(400), "BadRequest"],
  ["401", errors(401, "unauthorized"), "Unauthorized"],
  ["401 with no body", answer(401), "Unauthorized"],
  ["401 cut in its body", cut(401), "Unauthorized"],
  ["402", errors(402, "payment_required"), "UnexpectedResponse"],
  ["403", errors(403, "forbidden"), "Forbidden"],
  ["404 of the app", errors(404, "app_not_found"), "AppNotFound"],
  ["404 of something else", errors(404, "conversation_not_found"), "UnexpectedResponse"],
  ["404 with HTML", html(404), "UnexpectedResponse"],
  ["404 with no body", answer(404), "UnexpectedResponse"],
  ["404 with an empty envelope", json(404, { errors: [] }), "UnexpectedResponse"],
  ["404 of the app in the envelope of v1", json(404, { error: { code: "app_not_found" } }), "AppNotFound"],
  ["404 not_found", errors(404, "not_found"), "UnexpectedResponse"],
  ["408", answer(408), "UnexpectedResponse"],
  ["409 with HTML", html(409), "UnexpectedResponse"],
  ["413", errors(413, "payload_too_large"), "PayloadTooLarge"],
  ["423", errors(423, "locked"), "UnexpectedResponse"],
  ["429", errors(429, "too_many_requests"), "RateLimited"],
  ["429 with plain text", answer(429, "Too many requests"), "RateLimited"],
  ["429 cut in its body", cut(429), "RateLimited"],
  ["500", errors(500, "internal_server_error"), "ServerError"],
  ["502 with HTML", html(502), "ServerError"],
  ["599", answer(599), "ServerError"],
  ["a redirect", answer(302, "", { location: "https://example.com/" }), "UnexpectedResponse"],
  ["304", answer(304), "UnexpectedResponse"],
  ["204", answer(204), "UnexpectedResponse"],
  ["no connection", refused, "Transport"],
  ["no such host", failure("ENOTFOUND"), "Transport"],
  ["a reset connection", failure("ECONNRESET"), "Transport"],
  ["a cut body", cut(200), "Transport"],
  ["a cut stream", streamedCut(200), "Transport"],
  ["a certificate that does not verify", failure("DEPTH_ZERO_SELF_SIGNED_CERT"), "Transport"],
  ["a bug of the transport", defect, "Transport"]
]

const unreadable: ReadonlyArray<readonly [what: string, body: string]> = [
  ["nothing", ""],
  ["HTML", "<!DOCTYPE html><title>Welcome</title>"],
  ["half of the JSON", "{\"user\":{\"id\":\"7494535bff5c"],
  ["JSON that is no object", "[]"],
  ["null", "null"]
]

describe.each(operations)("$name", (operation) => {
  it.effect.each(reasons)(
    "names the reason of %s",
    ([, reply, tag]) => Effect.map(reasonOf(operation, reply), (reason) => assert.strictEqual(reason._tag, tag))
  )

  it.effect("keeps every entry of a 400", () =>
    Effect.gen(function*() {
      const reason = yield* reasonOf(operation, errors(400, "bad_request", "too_many_switchboard_integrations"))
      assert(reason._tag === "BadRequest")
      assert.deepStrictEqual(reason.errors.map(plain), [
        ["bad_request", "Title of bad_request"],
        ["too_many_switchboard_integrations", "Title of too_many_switchboard_integrations"]
      ])
    }))

  it.effect("keeps the entries, the status and the beginning of an answer that it does not know", () =>
    Effect.gen(function*() {
      const body = JSON.stringify({ errors: [{ code: "locked", title: "x".repeat(1000) }] })
      const reason = yield* reasonOf(operation, answer(423, body))
      assert(reason._tag === "UnexpectedResponse")
      assert.deepInclude(reason, { status: 423, problem: "status" })
      assert.deepStrictEqual(reason.errors.map(plain), [["locked", "x".repeat(1000)]])
      assert.strictEqual(Redacted.value(reason.snippet), body.slice(0, 512))
    }))

  it.effect("keeps the platform's code of a lost answer, and its status where it had one", () =>
    Effect.gen(function*() {
      const unreachable = yield* reasonOf(operation, failure("EHOSTUNREACH"))
      assert.deepInclude(unreachable, { _tag: "Transport", code: "EHOSTUNREACH" })
      assert.notProperty(unreachable, "status")
      const lost = yield* reasonOf(operation, cut(200))
      assert.deepInclude(lost, { _tag: "Transport", code: "UND_ERR_SOCKET", status: 200 })
    }))

  it.effect.each(unreadable)(
    "refuses a success whose body is %s, and says whether it was applied",
    ([, body]) =>
      Effect.gen(function*() {
        const error = yield* failed(operation, answer(operation.status, body))
        assert(error._tag === "SunshineError" && error.reason._tag === "UnexpectedResponse")
        assert.deepInclude(error.reason, { status: operation.status, problem: "body", isRetryable: false })
        assert.strictEqual(Redacted.value(error.reason.snippet), body)
        assert.deepInclude(error, { retryStopped: "not-retryable", applied: applied(operation) })
      })
  )

  it.effect("refuses another 2xx than the documented one, and says whether it was applied", () =>
    Effect.gen(function*() {
      const status = operation.status === 200 ? 201 : 200
      const error = yield* failed(operation, json(status, operation.body))
      assert(error._tag === "SunshineError" && error.reason._tag === "UnexpectedResponse")
      assert.deepInclude(error.reason, { status, problem: "status" })
      assert.deepInclude(error, { retryStopped: "not-retryable", applied: applied(operation) })
    }))

  const large = JSON.stringify(operation.body) + " ".repeat(2000)
  it.effect.each<readonly [string, Reply]>([
    ["buffers", tooLarge(operation.status, large.slice(0, 1000))],
    ["streams", streamed(operation.status, large)],
    ["tells its length", streamed(operation.status, large, { "content-length": String(large.length) })],
    ["undoes a compression", streamed(operation.status, large, { "content-length": "99", "content-encoding": "gzip" })]
  ])("refuses an answer larger than the limit from a transport that %s", ([, reply]) =>
    Effect.gen(function*() {
      const error = yield* failed(operation, reply, { maxResponseBytes: 1000 })
      assert(error._tag === "SunshineError" && error.reason._tag === "UnexpectedResponse")
      assert.deepInclude(error.reason, { status: operation.status, problem: "too-large" })
      assert.deepInclude(error, { retryStopped: "not-retryable", applied: applied(operation) })
    }))

  it.effect("reads an answer that is exactly as large as the limit", () =>
    Effect.gen(function*() {
      const body = JSON.stringify(operation.body)
      const { users } = yield* TestClient.scripted([streamed(operation.status, body)], {
        maxResponseBytes: new TextEncoder().encode(body).length
      })
      assert.deepStrictEqual(yield* operation.call(users), operation.value)
    }))

  it.effect("carries status and headers of the answer", () =>
    Effect.gen(function*() {
      const error = yield* failed(operation, answer(418, "", { "X-Request-Id": "42" }))
      assert(error._tag === "SunshineError" && error.response !== undefined)
      assert.deepStrictEqual(Redacted.value(error.response), { status: 418, headers: { "x-request-id": "42" } })
    }))

  const missing = ["get", "update", "delete"].includes(operation.name)
  it.effect.each<readonly [what: string, reply: Reply]>([
    ["404 user_not_found", errors(404, "user_not_found")],
    ["title that is null", json(404, { errors: [{ code: "user_not_found", title: null }] })],
    ["other entries that are odd", json(404, { errors: [null, "x", { code: [] }, { code: "user_not_found" }, 7] })],
    ["envelope that is a single entry", json(404, { errors: { code: "user_not_found" } })],
    ["envelope of v1", json(404, { error: { code: "user_not_found", description: "No user has ada@example.com" } })]
  ])(
    `takes a 404 for ${missing ? "UserNotFound" : "an answer that it does not know"}, whatever is beside its code: %s`,
    ([, reply]) =>
      Effect.gen(function*() {
        const error = yield* failed(operation, reply)
        if (missing) {
          assert(error._tag === "UserNotFound")
          assert.deepInclude(error, { operation: `Users.${operation.name}`, attempts: 1 })
          assert.strictEqual(Redacted.value(error.response).status, 404)
        } else {
          assert(error._tag === "SunshineError" && error.reason._tag === "UnexpectedResponse")
          assert.include(error.message, "(404 user_not_found)")
        }
      })
  )

  it.effect("takes a 409 for UserAlreadyExists where it creates", () =>
    Effect.gen(function*() {
      const error = yield* failed(operation, errors(409, "conflict"))
      if (operation.name === "create") {
        assert(error._tag === "UserAlreadyExists")
        assert.deepInclude(error, { operation: "Users.create", attempts: 1 })
        assert.strictEqual(Redacted.value(error.response).status, 409)
      } else {
        assert(error._tag === "SunshineError" && error.reason._tag === "UnexpectedResponse")
      }
    }))
})

it.effect.each<readonly [message: string, reply: Reply]>([
  ["Users.update: the user does not exist", errors(404, "user_not_found")],
  [
    "Users.update: the request was refused (400 bad_request); 1 attempt, stopped: not-retryable",
    errors(400, "bad_request", "bad_request")
  ],
  [
    "Users.update: the request was refused (400 a b c); 1 attempt, stopped: not-retryable",
    errors(400, "a", "b", "c", "d")
  ],
  ["Users.update: the request was refused (400); 1 attempt, stopped: not-retryable", html(400)],
  [
    "Users.update: the credentials were refused (401 unauthorized); 1 attempt, stopped: not-retryable",
    errors(401, "unauthorized")
  ],
  [
    "Users.update: the credentials do not reach this operation (403 forbidden); 1 attempt, stopped: not-retryable",
    errors(403, "forbidden")
  ],
  [
    "Users.update: something in front of the API refused the request (403): the answer is not one of the API; " +
    "1 attempt, stopped: not-retryable",
    html(403)
  ],
  [
    "Users.update: the app does not exist (404 app_not_found); 1 attempt, stopped: not-retryable",
    errors(404, "app_not_found")
  ],
  [
    "Users.update: an answer that is not documented (404 not_found); 1 attempt, stopped: not-retryable",
    errors(404, "not_found")
  ],
  [
    "Users.update: the body is too large (413 payload_too_large); 1 attempt, stopped: not-retryable",
    errors(413, "payload_too_large")
  ],
  [
    "Users.update: too many requests (429), retry after 1m 30s; 1 attempt, stopped: retry-after",
    answer(429, "", { "retry-after": "90" })
  ],
  ["Users.update: too many requests (429); 4 attempts, stopped: attempts", errors(429)],
  ["Users.update: too many requests (429 slow); 4 attempts, stopped: attempts", errors(429, "slow")],
  ["Users.update: the vendor failed (503); 4 attempts, stopped: attempts, applied: unknown", errors(503)],
  ["Users.update: the vendor failed (503 down); 4 attempts, stopped: attempts, applied: unknown", errors(503, "down")],
  [
    "Users.update: the answer (200) was lost on its way from example.zendesk.com (UND_ERR_SOCKET); 4 attempts, stopped: attempts, applied: yes",
    cut(200)
  ],
  ["Users.update: no answer within 10s (attempt); 4 attempts, stopped: attempts, applied: unknown", silence],
  [
    "Users.update: an answer (200) whose body is not JSON; 1 attempt, stopped: not-retryable, applied: yes",
    answer(200, "<html>")
  ],
  [
    "Users.update: an answer (200) that cannot be read as documented: user.id; 1 attempt, stopped: not-retryable, " +
    "applied: yes",
    json(200, { user: { externalId: "ada" } })
  ],
  [
    "Users.update: an answer (200) that cannot be read as documented: the whole body; 1 attempt, stopped: not-retryable, " +
    "applied: yes",
    json(200, [])
  ]
])("the message says it in one line: %s", ([message, reply]) =>
  Effect.gen(function*() {
    const { users } = yield* TestClient.scripted([reply])
    const error = yield* users.update("ada", {}).pipe(Effect.flip, TestClient.throughTime)
    assert.strictEqual(error.message, message)
  }))

describe("what an answer said", () => {
  const reasonWith = (reply: Reply) =>
    Effect.gen(function*() {
      const { users } = yield* TestClient.scripted([reply], { retry: "never" })
      const error = yield* Effect.flip(users.get("ada"))
      assert(error._tag === "SunshineError" && "errors" in error.reason)
      return error.reason
    })

  const statuses = [400, 401, 403, 404, 408, 409, 413, 423, 429, 500, 503]

  it.effect.each(statuses)("is kept with a %s: its errors", (status) =>
    Effect.gen(function*() {
      const reason = yield* reasonWith(errors(status, "one", "two"))
      assert.deepStrictEqual(reason.errors.map(plain), [["one", "Title of one"], ["two", "Title of two"]])
      if (reason._tag !== "UnexpectedResponse") assert.notProperty(reason, "snippet")
      const old = yield* reasonWith(json(status, { error: { code: "old", description: "Title of old" } }))
      assert.deepStrictEqual(old.errors.map(plain), [["old", "Title of old"]])
    }))

  it.effect.each(statuses)(
    "is kept with a %s: the beginning of a body without errors",
    (status) =>
      Effect.gen(function*() {
        for (const body of ["", "<html>", "[]", "null", "{\"error\":\"x\"}", "x".repeat(1000)]) {
          const reason = yield* reasonWith(answer(status, body))
          assert.deepStrictEqual(reason.errors, [])
          assert.strictEqual(Redacted.value(reason.snippet!), body.slice(0, 512))
        }
        const { snippet } = yield* reasonWith(answer(status, `${"x".repeat(511)}🦊`))
        assert.strictEqual(Redacted.value(snippet!), "x".repeat(511))
      })
  )

  it.effect("is read entry by entry, each for what it has", () =>
    Effect.gen(function*() {
      const { errors } = yield* reasonWith(json(400, {
        errors: [
          { code: 404, title: null },
          null,
          "text",
          [],
          { code: null, title: "only a title" },
          { code: { deep: 1 }, title: 7 },
          { code: "last", title: "t", description: "d", status: 400 }
        ]
      }))
      assert.deepStrictEqual(errors.map(plain), [
        ["404", undefined],
        [undefined, "only a title"],
        [undefined, undefined],
        ["last", "t"]
      ])
    }))

  it.effect.each(["no user has ada@example.com", "", "a\nb", "x".repeat(65), "ｆull", "a b"])(
    "is printed nowhere where its code does not look like one: %j",
    (code) =>
      Effect.gen(function*() {
        const { users } = yield* TestClient.scripted([json(400, { errors: [{ code, title: "x" }] })])
        const error = yield* Effect.flip(users.get("ada"))
        assert(error._tag === "SunshineError" && error.reason._tag === "BadRequest")
        const [entry] = error.reason.errors
        assert.notProperty(entry, "code")
        assert.strictEqual(Redacted.value(entry!.rawCode!), code)
        assert.include(error.message, "(400)")
        const printed = [inspect(error, { depth: null, showHidden: true, getters: true }), JSON.stringify(error)].join()
        if (code !== "") assert.notInclude(printed, code.slice(0, 65))
      })
  )

  it.effect("is bounded: of 20,000 entries 20 are kept", () =>
    Effect.gen(function*() {
      const entries = Array.from({ length: 20_000 }, (_, index) => ({ code: `code_${index}` }))
      const { errors } = yield* reasonWith(json(400, { errors: entries }))
      assert.lengthOf(errors, 20)
    }))
})

describe("a SunshineError", () => {
  const failed = (reply: Reply) =>
    Effect.gen(function*() {
      const { users } = yield* TestClient.scripted([reply], { retry: "never" })
      const error = yield* Effect.flip(users.get("ada"))
      assert(error._tag === "SunshineError")
      return error
    })

  it.effect("says whether and when the call may do better", () =>
    Effect.gen(function*() {
      const limited = yield* failed(answer(429, "", { "retry-after": "7" }))
      assert.isTrue(limited.isRetryable)
      assert.deepStrictEqual(limited.retryAfter, Duration.seconds(7))
      const refused = yield* failed(errors(400, "bad_request"))
      assert.isFalse(refused.isRetryable)
      assert.isUndefined(refused.retryAfter)
      assert.isUndefined((yield* failed(errors(503))).retryAfter)
    }))

  it.effect.each<readonly [headers: Record<string, string>, id: string | undefined]>([
    [{ "X-Request-Id": "9f2c-11", "CF-Ray": "8e1-FRA" }, "9f2c-11"],
    [{ "x-zendesk-request-id": "abc", "cf-ray": "8e1-FRA" }, "abc"],
    [{ "cf-ray": "8e1-FRA" }, "8e1-FRA"],
    [{ "x-request-id": "of ada@example.com", "cf-ray": "8e1-FRA" }, "8e1-FRA"],
    [{ "x-request-id": "x".repeat(65) }, undefined],
    [{}, undefined]
  ])("knows the id of the request where a header has one: %j", ([headers, id]) =>
    Effect.gen(function*() {
      const error = yield* failed(answer(500, "", headers))
      assert.strictEqual(error.requestId, id)
    }))

  it.effect("has none where nothing was answered", () =>
    Effect.map(failed(refused), ({ requestId }) => assert.isUndefined(requestId)))
})

it.effect("a deletion is not believed done by an address below a wrong path", () =>
  Effect.gen(function*() {
    const { sent, users } = yield* TestClient.scripted([errors(503), errors(404, "not_found")])
    const error = yield* users.delete("ada").pipe(Effect.flip, TestClient.throughTime)
    assert.deepInclude(error, { _tag: "SunshineError", applied: "unknown" })
    assert.lengthOf(sent, 2)
  }))

it.each<SunshineErrorReason>([
  new RateLimited({
    errors: [{ code: "bad_request", title: Redacted.make("no") }],
    snippet: Redacted.make("<p>"),
    retryAfter: Duration.seconds(90)
  }),
  new CircuitOpen({ retryAfter: Duration.infinity }),
  new Transport({ host: "example.zendesk.com", cause: Redacted.make({ code: 1 }), isRetryable: true })
])("a $_tag is sent as JSON to another program, and is there what it was", (reason) => {
  const codec = Schema.toCodecJson(SunshineError)
  const failure = new SunshineError({
    operation: "Users.get",
    reason,
    attempts: 1,
    applied: "no",
    response: Redacted.make({ status: 429, headers: { "x-request-id": "1" } })
  })
  const received = Schema.decodeUnknownSync(codec)(JSON.parse(JSON.stringify(Schema.encodeSync(codec)(failure))))
  assert.deepStrictEqual(received, failure)
  assert.isTrue(Schema.is(SunshineError)(received))
})

const codes = ["user_not_found", "not_found", "app_not_found", "conflict", "bad_request"]

const Envelope = Schema.Struct({
  errors: Schema.Array(Schema.Struct({
    code: Schema.optionalKey(Schema.Union([Schema.Literals(codes), Schema.Json])),
    title: Schema.optionalKey(Schema.Json)
  }))
})

const anything = {
  status: Schema.Int.check(Schema.isBetween({ minimum: 100, maximum: 599 })),
  headers: Schema.Record(
    Schema.Literals(["retry-after", "date", "content-type", "content-length", "location", "set-cookie"]),
    Schema.String.check(Schema.isPattern(/^[\x21-\x7e]*$/))
  ),
  body: Schema.Union([
    Schema.Struct({ text: Schema.String }),
    Schema.Struct({ text: Schema.Literals(["", "\ufeff{}", "<html>", "{\"__proto__\":{\"user\":{\"id\":\"1\"}}}"]) }),
    Schema.Struct({ json: Schema.Json }),
    Schema.Struct({ json: Envelope }),
    Schema.Struct({ json: Schema.Struct({ user: Schema.Struct({ id: Schema.Json, profile: Schema.Json }) }) })
  ]),
  half: Schema.Boolean,
  transport: Schema.Literals(["buffers", "streams", "cuts"])
}

describe.each([false, true])("with strict responses %s", (strictResponses) => {
  it.effect.prop(
    "a call ends in a value, an outcome or a SunshineError, whatever is answered",
    anything,
    ({ body, half, headers, status, transport }) =>
      Effect.gen(function*() {
        const text = "text" in body ? body.text : JSON.stringify(body.json)
        const reply = { buffers: answer, streams: streamed, cuts: cut }[transport]
        const { users } = yield* TestClient.scripted(
          [reply(status, half ? text.slice(0, text.length / 2) : text, headers)],
          { retry: "never", strictResponses }
        )
        for (const { call } of [...operations, ...compositions]) {
          const result = yield* Effect.result(call(users))
          if (result._tag === "Failure") {
            assert.include(["UserNotFound", "UserAlreadyExists", "SunshineError"], result.failure._tag)
            assert.isString(result.failure.message)
          }
        }
      })
  )
})
