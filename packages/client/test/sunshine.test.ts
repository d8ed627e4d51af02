import { assert, describe, it } from "@effect/vitest"
import * as Credentials from "@sunco/client/Credentials"
import { Sunshine, type SunshineRequest } from "@sunco/client/Sunshine"
import { UserNotFound } from "@sunco/client/Outcomes"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import { ada } from "./Operations.ts"
import { answer, errors, failure, html, json, refused, type Reply, reset } from "./ScriptedTransport.ts"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { runInNewContext } from "node:vm"
import * as TestClient from "./TestClient.ts"

const getConversation: SunshineRequest = {
  operation: "Conversations.get",
  method: "GET",
  path: ["v2", "apps", TestClient.appId, "conversations", "a/b"]
}

const postMessage: SunshineRequest = { ...getConversation, operation: "Messages.post", method: "POST", body: { a: 1 } }

describe("Sunshine.request", () => {
  it.effect("sends method, path, query and body, encoded, with credentials and User-Agent", () =>
    Effect.gen(function*() {
      const { sent, sunshine } = yield* TestClient.scripted([
        json(201, { message: { id: "1" } }, { "x-request-id": "7" })
      ])
      const response = yield* sunshine.request({
        operation: "Messages.post",
        method: "POST",
        path: ["v2", "apps", sunshine.appId, "conversations", "a/b ü"],
        query: { "page[size]": "10", before: undefined, "ü": "a&b" },
        body: { text: "Hello", nothing: null, dropped: undefined }
      })
      assert.deepStrictEqual(response, {
        status: 201,
        headers: { "content-type": "application/json", "x-request-id": "7" },
        body: { message: { id: "1" } }
      })
      assert.deepInclude(sent[0], {
        method: "POST",
        url: `https://example.zendesk.com/sc/v2/apps/${TestClient.appId}/conversations/a%2Fb%20%C3%BC` +
          "?page%5Bsize%5D=10&%C3%BC=a%26b",
        body: "{\"text\":\"Hello\",\"nothing\":null}"
      })
      assert.hasAllKeys(sent[0]?.headers, ["accept", "authorization", "content-type", "user-agent"])
    }))

  it.effect("sends no body where there is none", () =>
    Effect.gen(function*() {
      const { sent, sunshine } = yield* TestClient.scripted([json(200, {})])
      yield* sunshine.request(getConversation)
      assert.deepInclude(sent[0], { method: "GET", body: undefined })
      assert.notProperty(sent[0]?.headers, "content-type")
    }))

  it.effect.each<readonly [status: number, body: string, value: unknown]>([
    [200, "{\"a\":1}", { a: 1 }],
    [201, "[]", []],
    [202, "null", null],
    [204, "", undefined],
    [200, "", undefined]
  ])("takes %i %j for a success", ([status, body, value]) =>
    Effect.gen(function*() {
      const { sunshine } = yield* TestClient.scripted([answer(status, body)])
      const response = yield* sunshine.request(getConversation)
      assert.deepStrictEqual([response.status, response.body], [status, value])
    }))

  it.effect.each<readonly [what: string, reply: Reply, reason: string]>([
    ["HTML", html(200), "UnexpectedResponse"],
    ["half of its JSON", answer(200, "{\"a\":"), "UnexpectedResponse"],
    ["400", errors(400, "bad_request"), "BadRequest"],
    ["401", errors(401, "unauthorized"), "Unauthorized"],
    ["403", errors(403, "forbidden"), "Forbidden"],
    ["404 of the app", errors(404, "app_not_found"), "AppNotFound"],
    ["404 of something else", errors(404, "conversation_not_found"), "UnexpectedResponse"],
    ["404 of a user", errors(404, "user_not_found"), "UnexpectedResponse"],
    ["409", errors(409, "conflict"), "UnexpectedResponse"],
    ["423", errors(423, "locked"), "UnexpectedResponse"],
    ["302", answer(302, "", { location: "/" }), "UnexpectedResponse"],
    ["503", errors(503, "service_unavailable"), "ServerError"],
    ["no connection", refused, "Transport"]
  ])("fails with the reason of %s", ([, reply, reason]) =>
    Effect.gen(function*() {
      const { sunshine } = yield* TestClient.scripted([reply])
      const error = yield* Effect.flip(sunshine.request(getConversation, { retry: "never" }))
      assert.deepInclude(error, { operation: "Conversations.get", attempts: 1, applied: "no" })
      assert.strictEqual(error.reason._tag, reason)
    }))

  it.effect.each<readonly [what: string, request: SunshineRequest, sent: number]>([
    ["a GET", getConversation, 2],
    ["a GET that is not to be", { ...getConversation, repeatable: false }, 1],
    ["a POST", postMessage, 1],
    ["a POST that may be", { ...postMessage, repeatable: true }, 2],
    ["a PUT", { ...postMessage, method: "PUT" }, 1],
    ["a PATCH", { ...postMessage, method: "PATCH" }, 1],
    ["a DELETE", { ...postMessage, method: "DELETE" }, 1]
  ])("is repeated after a lost answer where it may be: %s", ([, request, count]) =>
    Effect.gen(function*() {
      const { sent, sunshine } = yield* TestClient.scripted([reset, json(200, {})])
      const result = yield* TestClient.throughTime(Effect.result(sunshine.request(request)))
      assert.lengthOf(sent, count)
      if (result._tag === "Success") return assert.strictEqual(count, 2)
      assert.deepInclude(result.failure, {
        retryStopped: "unsafe",
        applied: request.method === "GET" ? "no" : "unknown"
      })
    }))

  it.effect("is repeated after an attempt that changed nothing, whatever it is", () =>
    Effect.gen(function*() {
      const { sent, sunshine } = yield* TestClient.scripted([errors(429), failure("EAI_AGAIN"), json(200, {})])
      yield* TestClient.throughTime(sunshine.request(postMessage))
      assert.lengthOf(sent, 3)
    }))

  it.effect("renews a token that is refused", () =>
    Effect.gen(function*() {
      let minted = 0
      const { sent, sunshine } = yield* TestClient.scripted([errors(401), json(200, {})], {
        credentials: Credentials.layerBearerEffect(Effect.sync(() => Redacted.make(String(++minted))))
      })
      yield* sunshine.request(postMessage)
      assert.deepStrictEqual(sent.map(({ headers }) => headers["authorization"]), ["Bearer 1", "Bearer 2"])
    }))

  const circular: { self?: unknown } = {}
  circular.self = circular
  it.effect.each<readonly [what: string, change: Partial<SunshineRequest>, message: RegExp]>([
    ["no path", { path: [] }, /^path\.0: /],
    ["an empty segment", { path: ["v2", ""] }, /^path\.1: /],
    ["a dot segment", { path: ["v2", "apps", ".."] }, /^path\.2: /],
    ["a lone surrogate in the path", { path: ["\ud83e"] }, /^path\.0: /],
    ["a lone surrogate in the query", { query: { a: "\ud83e" } }, /^query\.\*: /],
    ["a lone surrogate in the name of a query", { query: { "\ud83e": "a" } }, /^query\.\*: /],
    ["a circular body", { body: circular }, /^body: /],
    ["a body with a bigint", { body: { a: 1n } }, /^body: /],
    ["a body with GET", { method: "GET", body: {} }, /^body: /]
  ])("sends nothing of %s", ([, change, message]) =>
    Effect.gen(function*() {
      const { sent, sunshine } = yield* TestClient.scripted([json(200, {})])
      const error = yield* Effect.flip(sunshine.request({ ...postMessage, ...change }))
      assert.lengthOf(sent, 0)
      assert.deepInclude(error, { attempts: 0, applied: "no" })
      assert.strictEqual(error.reason._tag, "InvalidInput")
      assert.match(error.reason.message, message)
    }))
})

describe("Sunshine.withResponse", () => {
  it.effect("gives status and headers beside the value", () =>
    Effect.gen(function*() {
      const { users } = yield* TestClient.scripted([json(200, { user: ada }, { "X-Request-Id": "42" })])
      const { response, value } = yield* Sunshine.withResponse(users.get("ada"))
      assert.deepStrictEqual(value, ada)
      assert.deepStrictEqual({ ...response?.headers }, { "content-type": "application/json", "x-request-id": "42" })
      assert.strictEqual(response?.status, 200)
    }))

  it.effect("gives those of the attempt that succeeded", () =>
    Effect.gen(function*() {
      const { users } = yield* TestClient.scripted([errors(429), json(200, { user: ada }, { "x-request-id": "2" })])
      const { response } = yield* TestClient.throughTime(Sunshine.withResponse(users.get("ada")))
      assert.strictEqual(response?.headers["x-request-id"], "2")
    }))

  it.effect("gives those of the last call of an effect that makes several", () =>
    Effect.gen(function*() {
      const { users } = yield* TestClient.scripted([
        json(200, { user: ada }, { "x-request-id": "1" }),
        json(200, { user: ada }, { "x-request-id": "2" })
      ])
      const { response } = yield* Sunshine.withResponse(users.upsert({ externalId: "ada" }))
      assert.strictEqual(response?.headers["x-request-id"], "2")
    }))

  it.effect("keeps the answers of concurrent calls apart", () =>
    Effect.gen(function*() {
      const { users } = yield* TestClient.scripted([
        (request) => json(200, { user: { id: request.url.slice(-1) } }, { "x-id": request.url.slice(-1) })(request)
      ])
      const both = yield* Effect.forEach(["1", "2"], (id) => Sunshine.withResponse(users.get(id)), { concurrency: 2 })
      assert.deepStrictEqual(both.map(({ response, value }) => [value.id, response?.headers["x-id"]]), [
        ["1", "1"],
        ["2", "2"]
      ])
    }))

  it.effect("has none of an effect that makes no call, and fails as the effect does", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual(yield* Sunshine.withResponse(Effect.succeed(1)), { value: 1, response: undefined })
      const { users } = yield* TestClient.scripted([errors(404, "user_not_found")])
      assert.instanceOf(yield* Effect.flip(Sunshine.withResponse(users.get("ada"))), UserNotFound)
    }))
})

class Point {
  readonly x = 1
  readonly y = 2
}

class Hidden {
  readonly #value = 1
  get value() {
    return this.#value
  }
}

describe("the body of a request", () => {
  const sendBody = (body: unknown) =>
    Effect.gen(function*() {
      const { sent, sunshine } = yield* TestClient.scripted([json(200, {})])
      const result = yield* Effect.result(sunshine.request({ ...postMessage, body }))
      return { result, sent: sent.map(({ body }) => body) }
    })

  const refused: ReadonlyArray<readonly [what: string, body: unknown]> = [
    ["a FormData", new FormData()],
    ["a Blob", new Blob(["a"])],
    ["a File", new File(["a"], "a")],
    ["an ArrayBuffer", new ArrayBuffer(1)],
    ["a Uint8Array", new Uint8Array(1)],
    ["a DataView", new DataView(new ArrayBuffer(1))],
    ["a URLSearchParams", new URLSearchParams("a=1")],
    ["Headers", new Headers({ a: "1" })],
    ["a Response", new Response("a")],
    ["a ReadableStream", new ReadableStream()],
    ["a Map", new Map([["a", 1]])],
    ["a Set", new Set([1])],
    ["a WeakMap", new WeakMap()],
    ["a promise", Promise.resolve(1)],
    ["an Error", new Error("a")],
    ["a RegExp", /a/],
    ["an iterator", [1].values()],
    ["an object that hides what it has", new Hidden()],
    ["a Redacted", Redacted.make("secret")],
    ["a function", () => {}],
    ["a symbol", Symbol("a")],
    ["a bigint", 1n],
    ["NaN", NaN],
    ["Infinity", -Infinity],
    ["a boxed NaN", Object(NaN)],
    ["a date that is none", new Date(NaN)],
    ["a lone surrogate", "\ud83e"],
    ["a getter that throws", {
      get a() {
        throw new Error("ada@example.com")
      }
    }],
    ["a toJSON that throws", {
      toJSON() {
        throw new Error("ada@example.com")
      }
    }],
    ["a toJSON that gives nothing", { toJSON: () => undefined }]
  ]
  it.effect.each(refused)(
    "is refused when it is %s, or has one, and nothing is sent",
    ([, value]) =>
      Effect.gen(function*() {
        for (const body of [value, { "ada@example.com": value }, [value], { a: [{ b: value }] }]) {
          const { result, sent } = yield* sendBody(body)
          assert(Result.isFailure(result))
          assert.strictEqual(result.failure.reason._tag, "InvalidInput")
          assert.match(result.failure.message, /body: expected /)
          assert.notInclude(JSON.stringify(result.failure), "ada@example.com")
          assert.lengthOf(sent, 0)
        }
      })
  )

  it.effect("is refused when a list in it has holes", () =>
    Effect.gen(function*() {
      for (const body of [[undefined], Object.assign([], { length: 2 }), { a: [1, undefined] }]) {
        assert.isTrue(Result.isFailure((yield* sendBody(body)).result))
      }
    }))

  it.effect("is refused when it is deeper than the stack", () =>
    Effect.gen(function*() {
      let deep: unknown = 1
      for (let depth = 0; depth < 200_000; depth++) deep = [deep]
      assert.isTrue(Result.isFailure((yield* sendBody(deep)).result))
    }))

  const sent: ReadonlyArray<readonly [what: string, body: unknown, json: string | undefined]> = [
    ["nothing", undefined, undefined],
    ["null", null, "null"],
    ["text", "Zoë 🦊", "\"Zoë 🦊\""],
    ["a list", [1, null, "a", true], "[1,null,\"a\",true]"],
    ["a date", { at: new Date(0) }, "{\"at\":\"1970-01-01T00:00:00.000Z\"}"],
    ["a URL", new URL("https://example.com/"), "\"https://example.com/\""],
    ["what has a toJSON", { toJSON: () => ({ a: 1 }) }, "{\"a\":1}"],
    ["fields that are undefined", { a: undefined, b: 1 }, "{\"b\":1}"],
    ["an object without a prototype", Object.assign(Object.create(null), { a: 1 }), "{\"a\":1}"],
    ["an object of another realm", runInNewContext("({ a: [1] })"), "{\"a\":[1]}"],
    ["an object of a class with fields", new Point(), "{\"x\":1,\"y\":2}"],
    ["boxed values", [Object("a"), Object(1), Object(false)], "[\"a\",1,false]"],
    ["an object twice", [ada, ada], JSON.stringify([ada, ada])]
  ]
  it.effect.each(sent)(
    "is sent when it is %s",
    ([, body, expected]) => Effect.map(sendBody(body), ({ sent }) => assert.deepStrictEqual(sent, [expected]))
  )

  it.effect.prop("is any JSON as JSON.stringify has it", [Schema.Json], ([body]) =>
    Effect.gen(function*() {
      const text = JSON.stringify(body)
      if (/\\ud[89a-f]/i.test(text)) return
      assert.deepStrictEqual((yield* sendBody(body)).sent, [text])
    }))
})
