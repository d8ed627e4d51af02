import { assert, describe, it } from "@effect/vitest"
import * as FetchTransport from "@sunco/client/FetchTransport"
import * as UndiciTransport from "@sunco/client/UndiciTransport"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as FetchHttpClient from "effect/http/FetchHttpClient"
import * as HttpClient from "effect/http/HttpClient"
import * as Layer from "effect/Layer"
import { Agent, type Dispatcher, fetch as undiciFetch, interceptors, ProxyAgent, RetryAgent } from "undici"
import * as LoopbackServer from "./LoopbackServer.ts"
import { ada } from "./Operations.ts"
import * as TestClient from "./TestClient.ts"

const unapplied = { attempts: 2, retryStopped: "attempts", applied: "no" } as const
const final = { attempts: 1, retryStopped: "not-retryable", applied: "no" } as const
const ambiguous = { attempts: 1, retryStopped: "unsafe", applied: "unknown" } as const

const twice = { attempts: 2, baseDelay: 0 } as const

/** A create that may be sent twice, of which nobody could say whether it made a user. */
const create = (url: string, transport: Layer.Layer<HttpClient.HttpClient>, attemptTimeout = 2000) =>
  Effect.gen(function*() {
    const { users } = yield* TestClient.at(url, transport, { attemptTimeout, retry: twice })
    const error = yield* Effect.flip(users.create({}))
    assert(error._tag === "SunshineError", error._tag)
    return error
  })

const dispatcher = <D extends Dispatcher>(make: () => D) =>
  Effect.acquireRelease(Effect.sync(make), (dispatcher) => Effect.promise(() => dispatcher.destroy()))

const silent = LoopbackServer.http(() => {})

describe("a create that waited for a connection until its time was up", () => {
  /** The pool's one connection waits for an answer that never comes. */
  const behindAnother = (transport: Layer.Layer<HttpClient.HttpClient>) =>
    Effect.gen(function*() {
      const requests: Array<string | undefined> = []
      const { url } = yield* LoopbackServer.http((request) => requests.push(request.method))
      const { users } = yield* TestClient.at(url, transport, { attemptTimeout: "150 millis", retry: twice })
      const slow = yield* Effect.forkChild(users.get("ada", { attemptTimeout: "1 minute" }))
      yield* Effect.sleep("50 millis")
      const error = yield* Effect.flip(users.create({}))
      yield* Fiber.interrupt(slow)
      return { error, requests }
    })

  it.live("was never sent", () =>
    Effect.gen(function*() {
      const { error, requests } = yield* behindAnother(UndiciTransport.layerAgent({ connections: 1 }))
      assert.deepInclude(error, unapplied)
      assert.deepStrictEqual(requests, ["GET"])
    }))

  it.live("may have been sent over a transport that does not tell", () =>
    Effect.gen(function*() {
      const wrapped = Layer.effect(
        HttpClient.HttpClient,
        Effect.map(HttpClient.HttpClient, HttpClient.mapRequest((_) => _))
      )
      const { error } = yield* behindAnother(
        Layer.provide(wrapped, UndiciTransport.layerAgent({ connections: 1 }))
      )
      assert.deepInclude(error, ambiguous)
    }))

  it.live("is not sent once its call is over, when the connection is free", () =>
    Effect.gen(function*() {
      const requests: Array<string | undefined> = []
      const { url } = yield* LoopbackServer.http((request, response) => {
        requests.push(request.method)
        request.resume().on("end", () => setTimeout(() => LoopbackServer.json(response, 200, { user: ada }), 150))
      })
      const { users } = yield* TestClient.at(url, UndiciTransport.layerAgent({ connections: 1 }), { retry: "never" })
      const slow = yield* Effect.forkChild(users.get("ada"))
      yield* Effect.sleep("30 millis")
      assert.deepInclude(yield* Effect.flip(users.create({}, { attemptTimeout: "50 millis" })), {
        attempts: 1,
        applied: "no"
      })
      yield* Fiber.join(slow)
      yield* users.get("ada")
      assert.deepStrictEqual(requests, ["GET", "GET"])
    }))
})

describe("a create whose connection does not come about", () => {
  it.live("in time was never sent", () =>
    Effect.gen(function*() {
      // Nobody answers the handshake of TLS.
      const { url } = yield* LoopbackServer.tcp(() => {}, "https")
      const error = yield* create(url, UndiciTransport.layer, 100)
      assert.deepInclude(error, unapplied)
      assert.deepInclude(error.reason, { _tag: "Timeout", limit: "attempt" })
    }))

  it.live("in undici's time was never sent", () =>
    Effect.gen(function*() {
      const { url } = yield* LoopbackServer.tcp(() => {}, "https")
      const error = yield* create(url, UndiciTransport.layerAgent({ connect: { timeout: 50 } }), 5000)
      assert.deepInclude(error, unapplied)
      assert.deepInclude(error.reason, { _tag: "Transport", code: "UND_ERR_CONNECT_TIMEOUT", host: new URL(url).host })
    }))

  it.live("while its name is looked up was never sent", () =>
    Effect.gen(function*() {
      const agent = yield* dispatcher(() =>
        new Agent({ connect: { lookup: () => {} } }).compose(interceptors.dns({ lookup: () => {} }))
      )
      const { users } = yield* TestClient.at("http://localhost:2", UndiciTransport.layerDispatcher(agent), {
        attemptTimeout: "100 millis",
        retry: twice
      })
      assert.deepInclude(yield* Effect.flip(users.create({})), unapplied)
    }))

  it.live("because its dispatcher is closed was never sent, and is not tried again", () =>
    Effect.gen(function*() {
      const agent = new Agent()
      yield* Effect.promise(() => agent.close())
      const error = yield* create(LoopbackServer.nobody, UndiciTransport.layerDispatcher(agent))
      assert.deepInclude(error, final)
      assert.deepInclude(error.reason, { _tag: "Transport", code: "UND_ERR_DESTROYED", isRetryable: false })
    }))

  it.live("because its dispatcher is destroyed while it waits was never sent", () =>
    Effect.gen(function*() {
      const { url } = yield* silent
      const agent = new Agent({ connections: 1 })
      const { users } = yield* TestClient.at(url, UndiciTransport.layerDispatcher(agent), { retry: twice })
      const [first, waiting] = yield* Effect.all([
        Effect.forkChild(Effect.flip(users.create({}))),
        Effect.forkChild(Effect.flip(users.create({})))
      ])
      yield* Effect.sleep("50 millis")
      yield* Effect.promise(() => agent.destroy())
      assert.deepInclude(yield* Fiber.join(first), ambiguous)
      assert.deepInclude(yield* Fiber.join(waiting), final)
    }))
})

describe("a proxy", () => {
  const refusing = (status: number) =>
    LoopbackServer.tcp((socket) =>
      socket.once("data", () => socket.end(`HTTP/1.1 ${status} No\r\ncontent-length: 0\r\n\r\n`))
    )

  const destination = "https://vendor.example"

  const through = (proxy: string) =>
    Effect.gen(function*() {
      const agent = yield* dispatcher(() => new ProxyAgent(proxy))
      return yield* create(destination, UndiciTransport.layerDispatcher(agent))
    })

  it.live.each([407, 403, 400] as const)(
    "that refuses (%i) is named, and nothing was sent",
    (status) =>
      Effect.gen(function*() {
        const { url } = yield* refusing(status)
        const error = yield* through(url)
        assert.deepInclude(error, final)
        const { host } = new URL(url)
        assert.deepInclude(error.reason, { _tag: "Transport", host: "vendor.example", proxy: { host, status } })
        assert.include(error.message, `the proxy ${host} refused the way to vendor.example (${status})`)
      })
  )

  it.live.each([502, 503, 429] as const)("that cannot (%i) may be able later", (status) =>
    Effect.gen(function*() {
      const { url } = yield* refusing(status)
      const error = yield* through(url)
      assert.deepInclude(error, unapplied)
      assert.deepInclude(error.reason, { proxy: { host: new URL(url).host, status }, isRetryable: true })
    }))

  it.live("that is not there is named", () =>
    Effect.gen(function*() {
      const error = yield* through(LoopbackServer.nobody)
      assert.deepInclude(error, unapplied)
      assert.deepInclude(error.reason, { code: "ECONNREFUSED", proxy: { host: "127.0.0.1:2" } })
      assert.include(error.message, "no answer from vendor.example through the proxy 127.0.0.1:2 (ECONNREFUSED)")
    }))

  it.live("is named without its password", () =>
    Effect.gen(function*() {
      const { host } = new URL((yield* refusing(407)).url)
      const error = yield* through(`http://ci:secret@${host}`)
      assert.deepInclude(error.reason, { proxy: { host, status: 407 } })
    }))

  it.live.each(
    [
      ["FetchTransport", FetchTransport.layerFetch],
      [
        "FetchHttpClient",
        (fetch: typeof globalThis.fetch) =>
          Layer.provide(FetchHttpClient.layer, Layer.succeed(FetchHttpClient.Fetch, fetch))
      ]
    ] as const
  )("is known by what it did where the transport does not tell: %s", ([, over]) =>
    Effect.gen(function*() {
      const { url } = yield* refusing(407)
      const agent = yield* dispatcher(() => new ProxyAgent(url))
      // Of the package, because the platform's takes no dispatcher of another version of undici.
      const fetching = (input: string, init: object) => undiciFetch(input, { ...init, dispatcher: agent })
      const error = yield* create(destination, over(fetching as never))
      assert.deepInclude(error, final)
      assert.deepInclude(error.reason, { _tag: "Transport", host: "vendor.example", proxy: { status: 407 } })
    }))
})

describe("a transport that tries again by itself", () => {
  /** Answers nothing but a reset, and is gone then. */
  const resetOnce = Effect.gen(function*() {
    const requests: Array<string> = []
    const { url } = yield* LoopbackServer.tcp((socket, server) =>
      socket.once("data", (data) => {
        requests.push(String(data))
        server.close()
        socket.resetAndDestroy()
      })
    )
    return { url, requests }
  })

  const retryOptions = { methods: ["POST", "DELETE"], minTimeout: 10, maxRetries: 2 } as const

  it.live.each(
    [
      ["undici's RetryAgent", () => new RetryAgent(new Agent(), { ...retryOptions, methods: ["POST"] })],
      [
        "undici's retry interceptor",
        () => new Agent().compose(interceptors.retry({ ...retryOptions, methods: ["POST"] }))
      ]
    ] as const
  )("has sent what cannot be sent at last: %s", ([, make]) =>
    Effect.gen(function*() {
      const { requests, url } = yield* resetOnce
      const agent = yield* dispatcher<Dispatcher>(make)
      const error = yield* create(url, UndiciTransport.layerDispatcher(agent))
      assert.deepInclude(error, ambiguous)
      assert.deepInclude(error.reason, { code: "ECONNREFUSED" })
      assert.lengthOf(requests, 1)
    }))

  it.live("has sent what cannot be sent at last: HttpClient.retry", () =>
    Effect.gen(function*() {
      const { requests, url } = yield* resetOnce
      const retrying = Layer.effect(
        HttpClient.HttpClient,
        Effect.map(HttpClient.HttpClient, (client) => HttpClient.retry(client, { times: 2 }) as HttpClient.HttpClient)
      )
      for (const transport of [UndiciTransport.layer, FetchTransport.layer, FetchHttpClient.layer]) {
        const error = yield* create(url, Layer.provide(retrying, transport))
        assert.deepInclude(error, ambiguous)
      }
      assert.lengthOf(requests, 1)
    }))

  it.live("may have deleted the user who is missing at last", () =>
    Effect.gen(function*() {
      let requests = 0
      const { url } = yield* LoopbackServer.httpAfterRequest((response) =>
        requests++ === 0
          ? response.destroy()
          : LoopbackServer.json(response, 404, { errors: [{ code: "user_not_found" }] })
      )
      const agent = yield* dispatcher(() => new RetryAgent(new Agent(), { ...retryOptions, methods: ["DELETE"] }))
      const { users } = yield* TestClient.at(url, UndiciTransport.layerDispatcher(agent))
      yield* users.delete("ada")
      assert.strictEqual(requests, 2)
    }))

  it.live("may have made a user before it is limited at last", () =>
    Effect.gen(function*() {
      let requests = 0
      const { url } = yield* LoopbackServer.httpAfterRequest((response) =>
        requests++ === 0 ? response.destroy() : response.writeHead(429).end()
      )
      const agent = yield* dispatcher(() =>
        new RetryAgent(new Agent(), { ...retryOptions, statusCodes: [], methods: ["POST"] })
      )
      const error = yield* create(url, UndiciTransport.layerDispatcher(agent))
      assert.deepInclude(error, ambiguous)
      assert.strictEqual(requests, 2)
    }))
})

it.live.each(
  [
    ["cache", interceptors.cache()],
    ["decompress", interceptors.decompress()],
    ["redirect", interceptors.redirect({ maxRedirections: 3 })],
    ["dns", interceptors.dns()],
    ["dump", interceptors.dump()],
    ["deduplicate", interceptors.deduplicate()],
    ["retry", interceptors.retry()],
    ["responseError", interceptors.responseError()]
  ] as const
)("what undici's interceptor sent is not taken for never sent: %s", ([, interceptor]) =>
  Effect.gen(function*() {
    const { url } = yield* silent
    const agent = yield* dispatcher(() => new Agent().compose(interceptor))
    const { users } = yield* TestClient.at(
      url.replace("127.0.0.1", "localhost"),
      UndiciTransport.layerDispatcher(agent),
      { attemptTimeout: "150 millis", retry: twice }
    )
    assert.deepInclude(yield* Effect.flip(users.create({})), ambiguous)
  }))
