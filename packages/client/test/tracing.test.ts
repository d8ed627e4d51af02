import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import { identity } from "effect/Function"
import * as FetchHttpClient from "effect/http/FetchHttpClient"
import * as HttpClient from "effect/http/HttpClient"
import * as Layer from "effect/Layer"
import { ada } from "./Operations.ts"
import * as RecordingTracer from "./RecordingTracer.ts"
import { cut, errors, json, refused, reset, silence } from "./ScriptedTransport.ts"
import * as TestClient from "./TestClient.ts"

const found = json(200, { user: ada })

const attemptName = "GET /v2/apps/:appId/users/:userIdOrExternalId"

describe("spans", () => {
  it.effect("are one for the call, and one for its attempt", () =>
    Effect.gen(function*() {
      const { provide, spans } = RecordingTracer.make()
      const { users } = yield* TestClient.scripted([found])
      yield* provide(users.get("ada"))
      const [outer, attempt, ...others] = spans
      assert(outer !== undefined && attempt !== undefined)
      assert.lengthOf(others, 0)
      assert.deepInclude(outer, { name: "Users.get", kind: "internal" })
      assert.deepInclude(attempt, { name: attemptName, kind: "client" })
      assert.strictEqual(RecordingTracer.parentOf(attempt), outer.spanId)
      assert.deepStrictEqual(Object.fromEntries(attempt.attributes), {
        "http.request.method": "GET",
        "url.template": "/v2/apps/:appId/users/:userIdOrExternalId",
        "server.address": "example.zendesk.com",
        "server.port": 443,
        "http.response.status_code": 200
      })
    }))

  it.effect("of a call that is repeated: one for each attempt, with its number and what went wrong", () =>
    Effect.gen(function*() {
      const { provide, spans } = RecordingTracer.make()
      const { users } = yield* TestClient.scripted([reset, errors(503), cut(200), silence, found], {
        retry: { attempts: 5 }
      })
      yield* TestClient.throughTime(provide(users.get("ada")))
      const attempts = spans.slice(1).map(({ attributes }) => [
        attributes.get("http.request.resend_count"),
        attributes.get("http.response.status_code"),
        attributes.get("error.type")
      ])
      assert.deepStrictEqual(attempts, [
        [undefined, undefined, "ECONNRESET"],
        [1, 503, "503"],
        [2, 200, "UND_ERR_SOCKET"],
        [3, undefined, "timeout"],
        [4, 200, undefined]
      ])
      assert.deepStrictEqual(
        new Set(spans.slice(1).map(RecordingTracer.parentOf)),
        new Set([spans[0]?.spanId])
      )
    }))

  it.effect("of a create that looks up what it made show the look-up", () =>
    Effect.gen(function*() {
      const { provide, spans } = RecordingTracer.make()
      const { users } = yield* TestClient.scripted([reset, errors(409, "conflict"), found])
      yield* TestClient.throughTime(provide(users.create({ externalId: "ada" })))
      assert.deepStrictEqual(spans.map(({ name }) => name), [
        "Users.create",
        "POST /v2/apps/:appId/users",
        "POST /v2/apps/:appId/users",
        "GET /v2/apps/:appId/users/:userIdOrExternalId"
      ])
    }))

  it.effect("of a method that makes several calls: one for the method, and its attempts under it", () =>
    Effect.gen(function*() {
      const { provide, spans } = RecordingTracer.make()
      const { users } = yield* TestClient.scripted([errors(404, "user_not_found"), json(201, { user: ada })])
      yield* provide(users.getOrCreate({ externalId: "ada" }))
      assert.deepStrictEqual(spans.map(({ name }) => name), [
        "Users.getOrCreate",
        "GET /v2/apps/:appId/users/:userIdOrExternalId",
        "POST /v2/apps/:appId/users"
      ])
      assert.deepStrictEqual(new Set(spans.slice(1).map(RecordingTracer.parentOf)), new Set([spans[0]?.spanId]))
    }))

  it.effect("are children of the caller's", () =>
    Effect.gen(function*() {
      const { provide, spans } = RecordingTracer.make()
      const { users } = yield* TestClient.scripted([found])
      yield* provide(Effect.withSpan(users.get("ada"), "import"))
      assert.deepStrictEqual(spans.map(({ name }) => name).slice(0, 2), ["import", "Users.get"])
      assert.strictEqual(RecordingTracer.parentOf(spans[1]!), spans[0]?.spanId)
    }))

  it.effect.each(
    [
      ["a success", [found]],
      ["a failure", [errors(400, "bad_request")]],
      ["a lost connection", [refused]]
    ] as const
  )("have all ended after %s", ([, script]) =>
    Effect.gen(function*() {
      const { provide, spans } = RecordingTracer.make()
      const { users } = yield* TestClient.scripted(script)
      yield* TestClient.throughTime(Effect.result(provide(users.get("ada"))))
      assert.isAtLeast(spans.length, 2)
      assert.deepStrictEqual([...new Set(spans.map(({ status }) => status._tag))], ["Ended"])
    }))

  it.effect("have all ended after an interruption", () =>
    Effect.gen(function*() {
      const { provide, spans } = RecordingTracer.make()
      const { users } = yield* TestClient.scripted([silence])
      const fiber = yield* Effect.forkChild(provide(users.get("ada")))
      yield* TestClient.turn
      yield* Fiber.interrupt(fiber)
      assert.deepStrictEqual(spans.map(({ status }) => status._tag), ["Ended", "Ended"])
    }))

  it.effect("of the escape hatch have the name that the caller gives, and no id in the template", () =>
    Effect.gen(function*() {
      const { provide, spans } = RecordingTracer.make()
      const { sunshine } = yield* TestClient.scripted([json(200, {})])
      const request = (...path: ReadonlyArray<string>) =>
        provide(sunshine.request({ operation: "Some.call", method: "GET", path }))
      yield* request("v2", "apps", "app", "users", "ada", "clients", "client")
      yield* request("v1.1", "apps", "app", "appusers", "merge")
      yield* request("v2", "tokenInfo")
      yield* request("v2", "ada@example.com", "ada")
      yield* request("sc", "v2", "apps", "app", "users", "ada")
      yield* request("v2", "apps", "app", "attachments", "remove")
      yield* request("ada", "ada", "ada", "ada", "ada", "ada", "ada")
      assert.deepStrictEqual(spans.map(({ name }) => name), [
        "Some.call",
        "GET /v2/apps/{}/users/{}/clients/{}",
        "Some.call",
        "GET /v1.1/apps/{}/{}/{}",
        "Some.call",
        "GET /v2/tokenInfo",
        "Some.call",
        "GET /v2/{}/{}",
        "Some.call",
        "GET /{}/{}/{}/{}/{}/{}",
        "Some.call",
        "GET /v2/apps/{}/attachments/remove",
        "Some.call",
        "GET /{}/{}/{}/{}/{}/{}/{}"
      ])
    }))

  it.effect("name the port where it is not the usual one", () =>
    Effect.gen(function*() {
      const { provide, spans } = RecordingTracer.make()
      const { users } = yield* TestClient.scripted([found], { baseUrl: "http://127.0.0.1:3000/sc" })
      yield* provide(users.get("ada"))
      assert.strictEqual(spans[1]?.attributes.get("server.address"), "127.0.0.1")
      assert.strictEqual(spans[1]?.attributes.get("server.port"), 3000)
    }))
})

describe("a transport that can trace by itself", () => {
  const called = (traced: (httpClient: HttpClient.HttpClient) => HttpClient.HttpClient) =>
    Effect.gen(function*() {
      const { provide, spans } = RecordingTracer.make()
      const sent: Array<Record<string, string>> = []
      const fetch = FetchHttpClient.layer.pipe(
        Layer.provide(
          Layer.succeed(FetchHttpClient.Fetch, (_, init) => {
            sent.push({ ...(init?.headers as Record<string, string>) })
            return Promise.resolve(Response.json({ user: ada }))
          })
        )
      )
      const transport = Layer.effect(HttpClient.HttpClient, Effect.map(HttpClient.HttpClient, traced))
      const { users } = yield* TestClient.at("https://example.zendesk.com/sc", Layer.provide(transport, fetch))
      yield* provide(users.get("ada"))
      return { names: spans.map(({ name }) => name), headers: sent[0] }
    })

  it.effect("adds no span and no header, for they would name users", () =>
    Effect.gen(function*() {
      const { headers, names } = yield* called(identity)
      assert.deepStrictEqual(names, ["Users.get", attemptName])
      assert.hasAllKeys(headers, ["accept", "authorization", "user-agent"])
    }))

  it.effect("adds its span, and still no header, where it was told to", () =>
    Effect.gen(function*() {
      const { headers, names } = yield* called(
        HttpClient.transformResponse(Effect.provideService(HttpClient.TracerDisabledWhen, () => false))
      )
      assert.deepStrictEqual(names, ["Users.get", attemptName, "GET"])
      assert.hasAllKeys(headers, ["accept", "authorization", "user-agent"])
    }))
})

describe("trace headers", () => {
  const sent = (options: TestClient.Options, tracer = RecordingTracer.make()) =>
    Effect.gen(function*() {
      const client = yield* TestClient.scripted([errors(503), found], options)
      yield* TestClient.throughTime(tracer.provide(Effect.withSpan(client.users.get("ada"), "import")))
      return { headers: client.sent.map(({ headers }) => headers), spans: tracer.spans }
    })

  it.effect("are not sent, with a tracer or without", () =>
    Effect.gen(function*() {
      const { users, ...client } = yield* TestClient.scripted([found])
      yield* users.get("ada")
      const { headers } = yield* sent({})
      for (const names of [...headers, ...client.sent.map(({ headers }) => headers)].map(Object.keys)) {
        assert.notInclude(names, "traceparent")
        assert.notInclude(names, "b3")
      }
    }))

  it.effect("are those of the attempt's span where they are asked for", () =>
    Effect.gen(function*() {
      const { headers, spans } = yield* sent({ propagateTrace: true })
      const attempts = spans.filter(({ kind }) => kind === "client")
      assert.lengthOf(attempts, 2)
      for (const [index, { spanId, traceId }] of attempts.entries()) {
        assert.strictEqual(headers[index]?.["traceparent"], `00-${traceId}-${spanId}-01`)
        assert.match(String(headers[index]?.["b3"]), new RegExp(`^${traceId}-${spanId}-1`))
      }
    }))
})
