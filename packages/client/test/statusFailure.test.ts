import * as NodeHttpClient from "@effect/platform-node/NodeHttpClient"
import { assert, describe, it } from "@effect/vitest"
import * as FetchTransport from "@sunco/client/FetchTransport"
import * as UndiciTransport from "@sunco/client/UndiciTransport"
import * as Effect from "effect/Effect"
import * as FetchHttpClient from "effect/http/FetchHttpClient"
import * as HttpClient from "effect/http/HttpClient"
import { isHttpClientError } from "effect/http/HttpClientError"
import * as Layer from "effect/Layer"
import { Agent, type Dispatcher, fetch as undiciFetch, interceptors, RetryAgent } from "undici"
import * as LoopbackServer from "./LoopbackServer.ts"
import * as TestClient from "./TestClient.ts"

const around = (
  change: (client: HttpClient.HttpClient) => HttpClient.HttpClient,
  transport: Layer.Layer<HttpClient.HttpClient>
) => Layer.provide(Layer.effect(HttpClient.HttpClient, Effect.map(HttpClient.HttpClient, change)), transport)

const onDispatcher = (make: () => Dispatcher, over: (dispatcher: Dispatcher) => Layer.Layer<HttpClient.HttpClient>) =>
  Layer.unwrap(
    Effect.map(
      Effect.acquireRelease(Effect.sync(make), (dispatcher) => Effect.promise(() => dispatcher.destroy())),
      over
    )
  )

const responseError = () => new Agent().compose(interceptors.responseError())

const fetchOn = (dispatcher: Dispatcher): typeof globalThis.fetch =>
  ((input: string, init: object) => undiciFetch(input, { ...init, dispatcher })) as never

const fetching = (dispatcher: Dispatcher) =>
  Layer.provide(FetchHttpClient.layer, Layer.succeed(FetchHttpClient.Fetch, fetchOn(dispatcher)))

const fetchingDirectly = (dispatcher: Dispatcher) => FetchTransport.layerFetch(fetchOn(dispatcher))

/** Who looks into what was filtered out has read it, before it arrives here. */
const readingFirst = (client: HttpClient.HttpClient) =>
  HttpClient.tapError(
    HttpClient.filterStatusOk(client),
    (error) =>
      isHttpClientError(error) && error.response !== undefined ? Effect.ignore(error.response.text) : Effect.void
  )

const transports: ReadonlyArray<readonly [name: string, layer: Layer.Layer<HttpClient.HttpClient>]> = [
  ["filterStatusOk around UndiciTransport", around(HttpClient.filterStatusOk, UndiciTransport.layer)],
  ["filterStatusOk around FetchTransport", around(HttpClient.filterStatusOk, FetchTransport.layer)],
  ["filterStatusOk around fetch", around(HttpClient.filterStatusOk, FetchHttpClient.layer)],
  ["filterStatusOk around NodeHttpClient", around(HttpClient.filterStatusOk, NodeHttpClient.layerUndici)],
  ["filterStatusOk around fetch, whose body was read", around(readingFirst, FetchHttpClient.layer)],
  ["filterStatusOk around NodeHttpClient, whose body was read", around(readingFirst, NodeHttpClient.layerUndici)],
  ["undici's responseError under UndiciTransport", onDispatcher(responseError, UndiciTransport.layerDispatcher)],
  [
    "undici's responseError under UndiciTransport that somebody wrapped",
    around(HttpClient.mapRequest((_) => _), onDispatcher(responseError, UndiciTransport.layerDispatcher))
  ],
  ["undici's responseError under FetchTransport", onDispatcher(responseError, fetchingDirectly)],
  [
    "undici's responseError under FetchTransport that somebody wrapped",
    around(HttpClient.mapRequest((_) => _), onDispatcher(responseError, fetchingDirectly))
  ],
  ["undici's responseError under fetch", onDispatcher(responseError, fetching)]
]

const missing = "{\"errors\":[{\"code\":\"user_not_found\"}]}"

describe.each(transports)("%s", (_, transport) => {
  const answering = (status: number, body: string, headers: Record<string, string> = {}) =>
    Effect.gen(function*() {
      let requests = 0
      const { url } = yield* LoopbackServer.httpAfterRequest((response) => {
        requests++
        response.writeHead(status, { "content-type": "application/json", ...headers }).end(body)
      })
      const { users } = yield* TestClient.at(url, transport, {
        maxResponseBytes: 10_000,
        retry: { attempts: 2, baseDelay: 0 }
      })
      return { requests: () => requests, users }
    })

  it.live("makes no more of a 404 than an answer", () =>
    Effect.gen(function*() {
      const { requests, users } = yield* answering(404, missing)
      const error = yield* Effect.flip(users.get("ada"))
      assert.strictEqual(error._tag, "UserNotFound")
      assert.strictEqual(requests(), 1)
    }))

  it.live("loses nothing of what the vendor says", () =>
    Effect.gen(function*() {
      const { requests, users } = yield* answering(400, "{\"errors\":[{\"code\":\"bad_request\"}]}")
      const error = yield* Effect.flip(users.create({}))
      assert(error._tag === "SunshineError" && error.reason._tag === "BadRequest")
      assert.deepStrictEqual(error.reason.errors.map(({ code }) => code), ["bad_request"])
      assert.deepInclude(error, { attempts: 1, retryStopped: "not-retryable", applied: "no" })
      assert.strictEqual(requests(), 1)
    }))

  it.live("keeps the headers", () =>
    Effect.gen(function*() {
      const { users } = yield* answering(429, "{}", { "retry-after": "90" })
      const error = yield* Effect.flip(users.create({}))
      assert(error._tag === "SunshineError" && error.reason._tag === "RateLimited")
      assert.strictEqual(error.retryStopped, "retry-after")
      assert.isDefined(error.reason.retryAfter)
    }))

  it.live("leaves a 503 what it is", () =>
    Effect.gen(function*() {
      const { users } = yield* answering(503, "<h1>Down</h1>", { "content-type": "text/html" })
      const error = yield* Effect.flip(users.create({}))
      assert(error._tag === "SunshineError")
      assert.deepInclude(error.reason, { _tag: "ServerError", status: 503 })
      assert.deepInclude(error, { attempts: 1, retryStopped: "unsafe", applied: "unknown" })
    }))

  it.live("bounds what it reads", () =>
    Effect.gen(function*() {
      const { users } = yield* answering(418, JSON.stringify({ errors: [], note: "x".repeat(20_000) }))
      const error = yield* Effect.flip(users.create({}))
      assert(error._tag === "SunshineError")
      // Where somebody has read it already it is there in its full length, and cut here.
      assert.deepInclude(error.reason, { _tag: "UnexpectedResponse", status: 418, problem: "too-large" })
    }))
})

it.live("undici's retry is no failure of its last answer", () =>
  Effect.gen(function*() {
    let requests = 0
    const { url } = yield* LoopbackServer.httpAfterRequest((response) => {
      requests++
      LoopbackServer.json(response, 503, {})
    })
    const { users } = yield* TestClient.at(
      url,
      onDispatcher(
        () => new RetryAgent(new Agent(), { maxRetries: 1, minTimeout: 1 }),
        UndiciTransport.layerDispatcher
      ),
      { retry: "never" }
    )
    const error = yield* Effect.flip(users.get("ada"))
    assert(error._tag === "SunshineError")
    assert.deepInclude(error.reason, { _tag: "ServerError", status: 503 })
    assert.isAbove(requests, 1)
  }))
