import { assert, describe, it } from "@effect/vitest"
import { type CallOptions, SunshineError, UserAlreadyExists } from "@sunco/client"
import type { CreateUser } from "@sunco/schemas/UserPayloads"
import * as Effect from "effect/Effect"
import { ada } from "./Operations.ts"
import * as TestClient from "./TestClient.ts"
import { after, answer, cut, errors, html, json, refused, type Reply, reset, silence } from "./ScriptedTransport.ts"

const created = json(201, { user: ada })
const found = json(200, { user: ada })
const conflict = errors(409, "conflict")
const missing = errors(404, "user_not_found")
const unavailable = errors(503, "service_unavailable")

const lostAnswers: ReadonlyArray<readonly [what: string, reply: Reply]> = [
  ["a 503", unavailable],
  ["a reset", reset],
  ["a time-out", silence],
  ["a cut body", cut(200)]
]

/** How a create ended, and the requests that it took. */
const create = (
  payload: CreateUser,
  script: readonly [Reply, ...Array<Reply>],
  options?: CallOptions
) =>
  Effect.gen(function*() {
    const { sent, users } = yield* TestClient.scripted(script)
    const result = yield* users.create(payload, options).pipe(Effect.result, TestClient.throughTime)
    return {
      outcome: result._tag === "Success" ? result.success : result.failure,
      sent: sent.map(({ method, url }) => `${method} ${url.slice(url.indexOf("/users"))}`)
    }
  })

const payload: CreateUser = { externalId: "ada", profile: { givenName: "Ada" }, metadata: { plan: "pro" } }

describe("create after an attempt whose answer was lost", () => {
  it.effect.each(lostAnswers)(
    "takes a 409 for its own success when the stored user is equal, after %s",
    ([, lost]) =>
      Effect.gen(function*() {
        const { outcome, sent } = yield* create(payload, [lost, conflict, found])
        assert.deepStrictEqual(outcome, ada)
        assert.deepStrictEqual(sent, ["POST /users", "POST /users", "GET /users/ada"])
      })
  )

  const different: ReadonlyArray<readonly [what: string, payload: CreateUser, stored: object]> = [
    ["an object for a name", { externalId: "ada", profile: { givenName: "Ada" } }, {
      ...ada,
      profile: { givenName: { toString: 1, valueOf: null } }
    }],
    ["lists in lists for metadata", { externalId: "ada", metadata: { n: 1 } }, {
      ...ada,
      metadata: { n: JSON.parse("[".repeat(5000) + "]".repeat(5000)) }
    }],
    ["a URL that is long and all slashes", { externalId: "ada", profile: { avatarUrl: "https://a.example/x" } }, {
      ...ada,
      profile: { avatarUrl: `https://a.example${"/".repeat(200_000)}x` }
    }],
    ["another externalId", { externalId: "ada" }, { ...ada, externalId: "bob" }],
    ["no externalId", { externalId: "ada" }, { id: ada.id }],
    ["another name", { externalId: "ada", profile: { givenName: "Ada" } }, { ...ada, profile: { givenName: "Eve" } }],
    ["no profile", { externalId: "ada", profile: { givenName: "Ada" } }, { id: ada.id, externalId: "ada" }],
    ["a name that was to be cleared", { externalId: "ada", profile: { givenName: null } }, ada],
    ["other metadata", { externalId: "ada", metadata: { plan: "pro" } }, { ...ada, metadata: { plan: "free" } }],
    ["metadata of another type", { externalId: "ada", metadata: { n: 1 } }, { ...ada, metadata: { n: "1" } }],
    ["no metadata", { externalId: "ada", metadata: { plan: "pro" } }, { id: ada.id, externalId: "ada" }],
    ["another time of signing up", { externalId: "ada", signedUpAt: "2026-01-01T00:00:00.000Z" }, ada],
    ["no time of signing up", { externalId: "ada", signedUpAt: "2026-01-01T00:00:00Z" }, {
      id: "1",
      externalId: "ada"
    }],
    ["another retention", { externalId: "ada", toBeRetained: true }, { ...ada, toBeRetained: false }],
    ["another brand", { externalId: "ada", brandId: "1" }, { ...ada, brandId: "2" }],
    ["a brand where none was sent as null", { externalId: "ada", brandId: null }, { ...ada, brandId: "2" }]
  ]
  it.effect.each(different)(
    "is UserAlreadyExists when the stored user has %s",
    ([, payload, stored]) =>
      Effect.gen(function*() {
        const { outcome, sent } = yield* create(payload, [unavailable, conflict, json(200, { user: stored })])
        assert.deepInclude(outcome, { _tag: "UserAlreadyExists", operation: "Users.create", attempts: 3 })
        assert.lengthOf(sent, 3)
      })
  )

  const profile = (email: string | undefined) => ({ id: "1", externalId: "ada", profile: { email } })
  const inAnotherForm: ReadonlyArray<readonly [what: string, payload: CreateUser, stored: object]> = [
    ["in lower case", { externalId: "ada", profile: { email: "Ada@Example.COM" } }, profile("ada@example.com")],
    ["without blanks", { externalId: "ada", profile: { givenName: " Ada  King " } }, {
      id: "1",
      externalId: "ada",
      profile: { givenName: "Ada King" }
    }],
    ["in another form of Unicode", { externalId: "ada", profile: { givenName: "Zoe\u0308" } }, {
      id: "1",
      externalId: "ada",
      profile: { givenName: "Zo\u00eb" }
    }],
    ["as text", { externalId: "ada", metadata: { n: 1, b: true } }, {
      id: "1",
      externalId: "ada",
      metadata: { n: "1", b: "true" }
    }],
    ["as another URL of the same", { externalId: "ada", profile: { avatarUrl: "https://example.com" } }, {
      id: "1",
      externalId: "ada",
      profile: { avatarUrl: "https://EXAMPLE.com/" }
    }],
    ["as no text where an empty one was sent", { externalId: "ada", metadata: { note: "" } }, {
      id: "1",
      externalId: "ada"
    }]
  ]
  it.effect.each(inAnotherForm)(
    "says that the user may be its own when it is stored %s",
    ([, payload, stored]) =>
      Effect.gen(function*() {
        const { outcome } = yield* create(payload, [reset, conflict, json(200, { user: stored })])
        assert.deepInclude(outcome, { _tag: "UserAlreadyExists", applied: "unknown", attempts: 3 })
        assert(outcome instanceof UserAlreadyExists)
        assert.include(outcome.message, "who may be the one of this call, stored in another form")
      })
  )

  it.effect("says nothing of the kind when the user is another", () =>
    Effect.gen(function*() {
      const { outcome } = yield* create(
        { externalId: "ada", profile: { email: "ada@example.com" } },
        [reset, conflict, json(200, { user: profile("eve@example.com") })]
      )
      assert(outcome instanceof UserAlreadyExists)
      assert.isUndefined(outcome.applied)
      assert.strictEqual(outcome.message, "Users.create: another user has the externalId")
    }))

  const unfinished: ReadonlyArray<
    readonly [
      what: string,
      script: readonly [Reply, ...Array<Reply>],
      options: CallOptions,
      expected: object,
      reason: object
    ]
  > = [
    [
      "its last attempt meets the conflict",
      [reset, conflict],
      { retry: { attempts: 2 } },
      { attempts: 2, retryStopped: "attempts", applied: "unknown" },
      { problem: "not-looked-up", status: 409 }
    ],
    [
      "its last attempt meets the conflict of one whose success was cut",
      [cut(201), conflict],
      { retry: { attempts: 2 } },
      { attempts: 2, retryStopped: "attempts", applied: "yes" },
      { problem: "not-looked-up", status: 409 }
    ],
    [
      "the conflict comes with its deadline",
      [reset, after("900 millis", conflict)],
      { deadline: "900 millis", retry: { baseDelay: 0 } },
      { applied: "unknown", retryStopped: "deadline" },
      {}
    ],
    [
      "its last attempt looks up and finds nobody",
      [reset, conflict, missing],
      { retry: { attempts: 3 } },
      { attempts: 3, retryStopped: "attempts", applied: "unknown" },
      { problem: "not-repeated", status: 404 }
    ]
  ]
  it.effect.each(unfinished)(
    "says that it ended before it knew when %s",
    ([, script, options, expected, reason]) =>
      Effect.gen(function*() {
        const { outcome } = yield* create(payload, script, options)
        assert(outcome instanceof SunshineError)
        assert.deepInclude(outcome, expected)
        assert.deepInclude(outcome.reason, reason)
        assert.notInclude(outcome.message, "not documented")
      })
  )

  const equal: ReadonlyArray<readonly [what: string, payload: CreateUser, stored: object]> = [
    ["has more than what was sent", { externalId: "ada" }, { ...ada, metadata: { plan: "pro" }, toBeRetained: true }],
    [
      "has the same instant in another form",
      { externalId: "ada", signedUpAt: "2026-11-23T10:30:00+01:00" },
      ada
    ],
    ["has no value where null was sent", { externalId: "ada", profile: { surname: null } }, {
      id: "1",
      externalId: "ada"
    }],
    ["has null where null was sent", { externalId: "ada", brandId: null }, { ...ada, brandId: null }],
    ["has anything where undefined was sent", { externalId: "ada", toBeRetained: undefined }, {
      ...ada,
      toBeRetained: true
    }]
  ]
  it.effect.each(equal)("is a success when the stored user %s", ([, payload, stored]) =>
    Effect.gen(function*() {
      const { outcome } = yield* create(payload, [unavailable, conflict, json(200, { user: stored })])
      assert.deepStrictEqual(outcome, stored)
    }))

  it.effect("looks up in the brand of the payload", () =>
    Effect.gen(function*() {
      const stored = { ...ada, brandId: "9477922990333" }
      const { outcome, sent } = yield* create({ externalId: "ada", brandId: "9477922990333" }, [
        unavailable,
        conflict,
        json(200, { user: stored })
      ])
      assert.deepStrictEqual(outcome, stored)
      assert.strictEqual(sent[2], "GET /users/ada?brandId=9477922990333")
    }))

  it.effect("creates again when the look-up finds nobody, for the user was deleted meanwhile", () =>
    Effect.gen(function*() {
      const { outcome, sent } = yield* create(payload, [unavailable, conflict, missing, created])
      assert.deepStrictEqual(outcome, ada)
      assert.deepStrictEqual(sent, ["POST /users", "POST /users", "GET /users/ada", "POST /users"])
    }))

  it.effect("waits before it creates again, and not before it looks up", () =>
    Effect.gen(function*() {
      const { sent, users } = yield* TestClient.scripted([unavailable, conflict, missing, created])
      yield* users.create(payload).pipe(TestClient.drawing(1), TestClient.throughTime)
      assert.deepStrictEqual(sent.map(({ at }) => at), [0, 200, 200, 1000])
    }))

  it.effect("repeats the look-up as any read", () =>
    Effect.gen(function*() {
      const { outcome, sent } = yield* create(payload, [reset, conflict, unavailable, found])
      assert.deepStrictEqual(outcome, ada)
      assert.deepStrictEqual(sent, ["POST /users", "POST /users", "GET /users/ada", "GET /users/ada"])
    }))

  const failures: ReadonlyArray<readonly [what: string, lookUp: Reply, reason: string]> = [
    ["403", errors(403, "forbidden"), "Forbidden"],
    ["404 of the app", errors(404, "app_not_found"), "AppNotFound"],
    ["404 with HTML", html(404), "UnexpectedResponse"],
    ["a user that cannot be read", answer(200, "{\"user\":{}}"), "UnexpectedResponse"],
    ["another 2xx", json(201, { user: ada }), "UnexpectedResponse"],
    ["503 to the end", unavailable, "ServerError"],
    ["no connection", refused, "Transport"]
  ]
  it.effect.each(failures)(
    "is the failure of the look-up, and unknown, when it meets %s",
    ([, lookUp, reason]) =>
      Effect.gen(function*() {
        const { outcome, sent } = yield* create(payload, [reset, conflict, lookUp])
        assert.deepInclude(outcome, { _tag: "SunshineError", operation: "Users.create", applied: "unknown" })
        assert("reason" in outcome)
        assert.strictEqual(outcome.reason._tag, reason)
        assert.strictEqual(outcome.attempts, sent.length)
      })
  )

  it.effect("counts look-ups as attempts", () =>
    Effect.gen(function*() {
      const { outcome, sent } = yield* create(payload, [reset, conflict, missing, conflict, found])
      assert.deepInclude(outcome, { attempts: 4, retryStopped: "attempts", applied: "unknown" })
      assert.deepStrictEqual(sent, ["POST /users", "POST /users", "GET /users/ada", "POST /users"])
    }))

  it.effect("does not look up when that would be one attempt too many", () =>
    Effect.gen(function*() {
      const { outcome, sent } = yield* create(payload, [reset, conflict, found], { retry: { attempts: 2 } })
      assert.deepInclude(outcome, { attempts: 2, retryStopped: "attempts", applied: "unknown" })
      assert.lengthOf(sent, 2)
    }))

  it.effect("stays unknown when the later attempts changed nothing", () =>
    Effect.gen(function*() {
      const { outcome } = yield* create(payload, [reset, refused])
      assert.deepInclude(outcome, { attempts: 4, retryStopped: "attempts", applied: "unknown" })
    }))

  it.effect("is a plain success when the repetition succeeds", () =>
    Effect.gen(function*() {
      const { outcome, sent } = yield* create(payload, [reset, created])
      assert.deepStrictEqual(outcome, ada)
      assert.lengthOf(sent, 2)
    }))
})

describe("create", () => {
  it.effect("takes a first 409 for final, and does not look up", () =>
    Effect.gen(function*() {
      const { outcome, sent } = yield* create(payload, [conflict, found])
      assert.deepInclude(outcome, { _tag: "UserAlreadyExists", attempts: 1 })
      assert.lengthOf(sent, 1)
    }))

  it.effect.each<readonly [string, Reply]>([["429", errors(429)], ["ECONNREFUSED", refused]])(
    "takes a 409 for final when nothing but %s came before it",
    ([, unapplied]) =>
      Effect.gen(function*() {
        const { outcome, sent } = yield* create(payload, [unapplied, conflict, found])
        assert.deepInclude(outcome, { _tag: "UserAlreadyExists", attempts: 2 })
        assert.lengthOf(sent, 2)
      })
  )

  it.effect("without an externalId is sent once when its answer was lost", () =>
    Effect.gen(function*() {
      const { outcome, sent } = yield* create({ profile: { givenName: "Ada" } }, [reset, created])
      assert.deepInclude(outcome, { attempts: 1, retryStopped: "unsafe", applied: "unknown" })
      assert.lengthOf(sent, 1)
    }))
})

describe("delete", () => {
  const remove = (...script: readonly [Reply, ...Array<Reply>]) =>
    Effect.gen(function*() {
      const { sent, users } = yield* TestClient.scripted(script)
      const result = yield* users.delete("ada").pipe(Effect.result, TestClient.throughTime)
      return { outcome: result._tag === "Success" ? "deleted" : result.failure._tag, sent: sent.length }
    })

  it.effect.each(lostAnswers)(
    "has succeeded when nobody is there any more after %s",
    ([, lost]) =>
      Effect.gen(function*() {
        assert.deepStrictEqual(yield* remove(lost, missing), { outcome: "deleted", sent: 2 })
      })
  )

  it.effect("is UserNotFound when nobody was there in the first place", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual(yield* remove(missing), { outcome: "UserNotFound", sent: 1 })
      assert.deepStrictEqual(yield* remove(errors(429), missing), { outcome: "UserNotFound", sent: 2 })
      assert.deepStrictEqual(yield* remove(refused, missing), { outcome: "UserNotFound", sent: 2 })
    }))

  it.effect("has not succeeded when it is the app that is not there", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual(yield* remove(reset, errors(404, "app_not_found")), { outcome: "SunshineError", sent: 2 })
      assert.deepStrictEqual(yield* remove(reset, html(404)), { outcome: "SunshineError", sent: 2 })
    }))
})

describe("a write that was repeated", () => {
  it.effect("stays UserNotFound where a delete would be done", () =>
    Effect.gen(function*() {
      const { users } = yield* TestClient.scripted([reset, missing, reset, missing])
      const gone = yield* users.deletePersonalInformation("ada").pipe(Effect.flip, TestClient.throughTime)
      assert.deepInclude(gone, { _tag: "UserNotFound", attempts: 2 })
      const lost = yield* users.update("ada", {}).pipe(Effect.flip, TestClient.throughTime)
      assert.deepInclude(lost, { _tag: "UserNotFound", attempts: 2 })
    }))

  it.effect("sends the same request each time", () =>
    Effect.gen(function*() {
      const { sent, users } = yield* TestClient.scripted([reset, unavailable, found])
      yield* TestClient.throughTime(users.update("ada", { metadata: { plan: "pro" } }))
      const [first, ...others] = sent.map(({ body, headers, method, url }) => ({ body, headers, method, url }))
      assert.deepStrictEqual(others, [first, first])
    }))

  it.effect("says that it was applied when its success cannot be read", () =>
    Effect.gen(function*() {
      const { sent, users } = yield* TestClient.scripted([reset, answer(200, "<html>")])
      const error = yield* users.update("ada", {}).pipe(Effect.flip, TestClient.throughTime)
      assert.deepInclude(error, { attempts: 2, retryStopped: "not-retryable", applied: "yes" })
      assert.lengthOf(sent, 2)
    }))

  it.effect("says that it does not know when it is refused after an answer was lost", () =>
    Effect.gen(function*() {
      const { users } = yield* TestClient.scripted([reset, errors(400, "bad_request")])
      const error = yield* users.update("ada", {}).pipe(Effect.flip, TestClient.throughTime)
      assert.deepInclude(error, { attempts: 2, retryStopped: "not-retryable", applied: "unknown" })
    }))
})
