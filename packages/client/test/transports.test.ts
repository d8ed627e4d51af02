import * as NodeHttpClient from "@effect/platform-node/NodeHttpClient"
import { assert, describe, it, vi } from "@effect/vitest"
import * as BufferedResponse from "@sunco/client/BufferedResponse"
import type { SunshineErrorReason } from "@sunco/client/SunshineError"
import * as FetchTransport from "@sunco/client/FetchTransport"
import * as UndiciTransport from "@sunco/client/UndiciTransport"
import { PathSegment } from "@sunco/schemas/Ids"
import * as ByteSize from "effect/ByteSize"
import * as Deferred from "effect/Deferred"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as FetchHttpClient from "effect/http/FetchHttpClient"
import * as HttpClient from "effect/http/HttpClient"
import * as HttpIncomingMessage from "effect/http/HttpIncomingMessage"
import * as Layer from "effect/Layer"
import * as Schema from "effect/Schema"
import type * as Scope from "effect/Scope"
import type * as Http from "node:http"
import type * as Net from "node:net"
import { gzipSync } from "node:zlib"
import { BufferedResponse as WholeResponse } from "../src/internal/transport/bufferedResponse.ts"
import { wholeBody } from "../src/internal/transport/wholeBody.ts"
import * as LoopbackServer from "./LoopbackServer.ts"
import { ada } from "./Operations.ts"
import * as TestClient from "./TestClient.ts"

/** What reads answers whole, as one that begins exchanges for the client. */
const exchanging = (httpClient: HttpClient.HttpClient) =>
  BufferedResponse.transport(({ context, maxBytes, request }, onEnd) => {
    const received = Effect.map(httpClient.execute(request), (response) => {
      const { tooLarge, unframed } = wholeBody(response) ?? assert.fail("the body was not read")
      assert.instanceOf(response, WholeResponse)
      const { body, headers, status } = response
      return { status, headers, body, tooLarge, unframed }
    })
    const fiber = Effect.runForkWith(context)(
      Effect.provideService(received, HttpIncomingMessage.MaxBodySize, ByteSize.bytes(maxBytes))
    )
    fiber.addObserver(onEnd)
    return { abort: () => fiber.interruptUnsafe(), gone: Fiber.await(fiber) }
  })

const wrapped = (httpClient: HttpClient.HttpClient) => HttpClient.mapRequest(httpClient, (request) => request)

const over = (
  layer: Layer.Layer<HttpClient.HttpClient>,
  make: (httpClient: HttpClient.HttpClient) => HttpClient.HttpClient
) => Layer.effect(HttpClient.HttpClient, Effect.map(HttpClient.HttpClient, make)).pipe(Layer.provide(layer))

const transports: ReadonlyArray<readonly [name: string, layer: Layer.Layer<HttpClient.HttpClient>]> = [
  ["UndiciTransport", UndiciTransport.layer],
  ["UndiciTransport that somebody wrapped", over(UndiciTransport.layer, wrapped)],
  ["FetchTransport", FetchTransport.layer],
  ["FetchTransport that somebody wrapped", over(FetchTransport.layer, wrapped)],
  ["UndiciTransport in exchanges", over(UndiciTransport.layer, exchanging)],
  [
    "UndiciTransport in exchanges that somebody wrapped",
    over(UndiciTransport.layer, (httpClient) => wrapped(exchanging(httpClient)))
  ],
  ["FetchHttpClient", FetchHttpClient.layer],
  ["NodeHttpClient.layerUndici", NodeHttpClient.layerUndici]
]

const resetting = (socket: Net.Socket): void => {
  socket.once("data", () => socket.resetAndDestroy())
}

const bodyOf = (bytes: number): string => JSON.stringify({ user: { ...ada, note: "x".repeat(bytes) } })

const awkward = [
  "...",
  "%2e%2e",
  "/",
  "a/b",
  "?a=b",
  "#a",
  "%",
  "%2F",
  "a+b",
  " ",
  "ada+test@example.com",
  "\\",
  "\0",
  "\r\n",
  ":",
  ";",
  "\ufeff",
  "Zoë 🦊"
]

type Server = Effect.Effect<{ readonly url: string }, never, Scope.Scope>

/** What the classification of an attempt makes of a create without an externalId that may be sent twice. */
const classified = {
  unapplied: { attempts: 2, retryStopped: "attempts", applied: "no" },
  final: { attempts: 1, retryStopped: "not-retryable", applied: "no" },
  applied: { attempts: 1, retryStopped: "not-retryable", applied: "yes" },
  lostAfterSuccess: { attempts: 1, retryStopped: "unsafe", applied: "yes" },
  ambiguous: { attempts: 1, retryStopped: "unsafe", applied: "unknown" }
} as const

type Failure = readonly [
  what: string,
  server: Server,
  reason: Partial<SunshineErrorReason> & Pick<SunshineErrorReason, "_tag">,
  classified: keyof typeof classified
]

const failures: ReadonlyArray<Failure> = [
  [
    "nobody listens",
    Effect.succeed({ url: LoopbackServer.nobody }),
    { _tag: "Transport", code: "ECONNREFUSED" },
    "unapplied"
  ],
  ["the connection is reset", LoopbackServer.tcp(resetting), { _tag: "Transport", code: "ECONNRESET" }, "ambiguous"],
  [
    "the connection is closed before an answer",
    LoopbackServer.tcp((socket) => socket.once("data", () => socket.end())),
    { _tag: "Transport", code: "UND_ERR_SOCKET" },
    "ambiguous"
  ],
  [
    "the connection is closed amid the headers",
    LoopbackServer.tcp((socket) => socket.once("data", () => socket.end("HTTP/1.1 201 Created\r\nContent-Le"))),
    { _tag: "Transport" },
    "ambiguous"
  ],
  [
    "the answer is no HTTP",
    LoopbackServer.tcp((socket) => socket.once("data", () => socket.end("SSH-2.0-OpenSSH_9.9\r\n"))),
    { _tag: "Transport" },
    "ambiguous"
  ],
  [
    "a body with a length is cut",
    LoopbackServer.httpAfterRequest((response) => {
      response.writeHead(201, { "content-length": 1000 }).write("{\"user\":", () => response.destroy())
    }),
    { _tag: "Transport", status: 201 },
    "lostAfterSuccess"
  ],
  [
    "a chunked body is cut",
    LoopbackServer.httpAfterRequest((response) => {
      response.writeHead(201).write("{\"user\":", () => response.destroy())
    }),
    { _tag: "Transport", status: 201 },
    "lostAfterSuccess"
  ],
  [
    "a chunked body is cut at the end of its JSON",
    LoopbackServer.httpAfterRequest((response) => {
      response.writeHead(201).write(JSON.stringify({ user: ada }), () => response.destroy())
    }),
    { _tag: "Transport", status: 201 },
    "lostAfterSuccess"
  ],
  [
    "a 429 is cut in its body",
    LoopbackServer.httpAfterRequest((response) => {
      response.writeHead(429, { "content-length": 1000 }).write("{", () => response.destroy())
    }),
    { _tag: "RateLimited" },
    "unapplied"
  ],
  [
    "there is no answer in time",
    LoopbackServer.http(() => {}),
    { _tag: "Timeout", limit: "attempt" },
    "ambiguous"
  ],
  ["the answer is 503", LoopbackServer.httpAfterRequest((response) => LoopbackServer.json(response, 503, {})), {
    _tag: "ServerError"
  }, "ambiguous"],
  [
    "the answer is a redirect",
    LoopbackServer.httpAfterRequest((response, { url }) =>
      url === "/elsewhere"
        ? LoopbackServer.json(response, 201, { user: ada })
        : response.writeHead(307, { location: "/elsewhere" }).end()
    ),
    { _tag: "UnexpectedResponse", status: 307 },
    "final"
  ],
  [
    "the answer says that it is too large",
    LoopbackServer.httpAfterRequest((response) =>
      response.writeHead(201, { "content-length": 2_000_000 }).end("x".repeat(2_000_000))
    ),
    { _tag: "UnexpectedResponse", status: 201, problem: "too-large" },
    "applied"
  ],
  [
    "a chunked answer is too large",
    LoopbackServer.httpAfterRequest((response) => {
      response.writeHead(201).write("x".repeat(1_100_000))
      response.end()
    }),
    { _tag: "UnexpectedResponse", status: 201, problem: "too-large" },
    "applied"
  ],
  [
    "the certificate does not verify",
    LoopbackServer.https((_, response) => LoopbackServer.json(response, 201, { user: ada })),
    { _tag: "Transport", code: "DEPTH_ZERO_SELF_SIGNED_CERT", isRetryable: false },
    "final"
  ],
  [
    "the TLS handshake is cut",
    LoopbackServer.tcp((socket) => socket.once("data", () => socket.end()), "https"),
    { _tag: "Transport", code: "ECONNRESET" },
    "unapplied"
  ]
]

/** Such an HttpClient says nothing of answers before they have ended. */
const readsWhole = (name: string): boolean => name.includes("in exchanges") || name.endsWith("that somebody wrapped")

/** What one transport knows and another does not: what it has sent, and whether an answer has begun. */
const failuresOf = (name: string): ReadonlyArray<Failure> => [
  [
    "a body does not end in time",
    LoopbackServer.httpAfterRequest((response) => void response.writeHead(201).write("{\"user\":")),
    { _tag: "Timeout", limit: "attempt" },
    readsWhole(name) ? "ambiguous" : "lostAfterSuccess"
  ],
  [
    "a 429 does not end in time",
    LoopbackServer.httpAfterRequest((response) => void response.writeHead(429).write("{")),
    readsWhole(name)
      ? { _tag: "Timeout", limit: "attempt" }
      : { _tag: "RateLimited" },
    readsWhole(name) ? "ambiguous" : "unapplied"
  ],
  [
    "the answer to the TLS handshake is no TLS",
    LoopbackServer.tcp((socket) => socket.once("data", () => socket.end("HTTP/1.1 400 Bad Request\r\n\r\n")), "https"),
    { _tag: "Transport", code: "ERR_SSL_WRONG_VERSION_NUMBER" },
    name.startsWith("UndiciTransport") ? "unapplied" : "ambiguous"
  ]
]

describe.each(transports)("%s", (name, transport) => {
  const isClassified = (attemptTimeout: Duration.Input) => ([, server, reason, ending]: Failure) =>
    Effect.gen(function*() {
      const { url } = yield* server
      const { users } = yield* TestClient.at(url, transport, {
        attemptTimeout: reason._tag === "Timeout" ? "500 millis" : attemptTimeout,
        retry: { attempts: 2, baseDelay: 0 }
      })
      const error = yield* Effect.flip(users.create({}))
      assert(error._tag === "SunshineError", error._tag)
      assert.deepInclude(error.reason, reason)
      assert.deepInclude(error, classified[ending])
    })

  describe("takes it alike with all transports when", () => {
    it.live.each(failures)("%s", isClassified("5 seconds"))
  })

  describe("takes it as far as it knows when", () => {
    it.live.each(failuresOf(name))("%s", isClassified("500 millis"))
  })

  it.live("reads an answer that is as large as the limit", () =>
    Effect.gen(function*() {
      const body = bodyOf(500_000)
      const { url } = yield* LoopbackServer.httpAfterRequest((response) => response.writeHead(200).end(body))
      const { users } = yield* TestClient.at(url, transport, { maxResponseBytes: body.length })
      assert.strictEqual((yield* users.get("ada")).id, ada.id)
    }))

  it.live("reads an answer in pieces that cut characters in two", () =>
    Effect.gen(function*() {
      const user = { id: "1", profile: { givenName: "Zoë 🦊" } }
      const { url } = yield* LoopbackServer.httpAfterRequest((response) => {
        response.writeHead(200)
        const bytes = Buffer.from(JSON.stringify({ user }))
        const send = (at: number): void => {
          if (at < bytes.length) response.write(bytes.subarray(at, at + 1), () => setImmediate(send, at + 1))
          else response.end()
        }
        send(0)
      })
      const { users } = yield* TestClient.at(url, transport)
      assert.deepStrictEqual(yield* users.get("ada"), user)
    }))

  it.live("reads an answer behind a byte order mark", () =>
    Effect.gen(function*() {
      const { url } = yield* LoopbackServer.httpAfterRequest((response) =>
        response.writeHead(200).end(`\ufeff${JSON.stringify({ user: ada })}`)
      )
      const { users } = yield* TestClient.at(url, transport)
      assert.deepStrictEqual(yield* users.get("ada"), ada)
    }))

  it.live("waits for ever where it is told to", () =>
    Effect.gen(function*() {
      const { url } = yield* LoopbackServer.httpAfterRequest((response) =>
        setTimeout(() => LoopbackServer.json(response, 200, { user: ada }), 20)
      )
      const { users } = yield* TestClient.at(url, transport, {
        attemptTimeout: Duration.infinity,
        deadline: Duration.infinity,
        retry: "never"
      })
      assert.deepStrictEqual(yield* users.get("ada"), ada)
    }))

  it.live("uses its connections again", () =>
    Effect.gen(function*() {
      const server = yield* LoopbackServer.httpAfterRequest((response) =>
        LoopbackServer.json(response, 200, { user: ada })
      )
      const { users } = yield* TestClient.at(server.url, transport)
      yield* Effect.replicateEffect(users.get("ada"), 20)
      // A call that follows at once finds the connection of the one before it still busy.
      assert.isAtMost(server.connections(), 2)
    }))

  it.live("keeps a path of the base URL", () =>
    Effect.gen(function*() {
      const seen: Array<string | undefined> = []
      const server = yield* LoopbackServer.httpAfterRequest((response, { url }) => {
        seen.push(url)
        LoopbackServer.json(response, 200, { user: ada })
      })
      const { users } = yield* TestClient.at(`${server.url}/sc/`, transport)
      yield* users.get("ada")
      assert.deepStrictEqual(seen, [`/sc/v2/apps/${TestClient.appId}/users/ada`])
    }))

  it.live("sends body and headers as they are, and no trace of its own", () =>
    Effect.gen(function*() {
      const seen: Array<Http.IncomingHttpHeaders> = []
      let body = ""
      const server = yield* LoopbackServer.http((request, response) => {
        seen.push(request.headers)
        request.setEncoding("utf8").on("data", (text: string) => (body += text)).on(
          "end",
          () => LoopbackServer.json(response, 201, { user: ada })
        )
      })
      const { users } = yield* TestClient.at(server.url, transport)
      yield* users.create({ externalId: "Zoë 🦊" })
      assert.strictEqual(body, "{\"externalId\":\"Zoë 🦊\"}")
      assert.deepInclude(seen[0], {
        accept: "application/json",
        "content-length": String(Buffer.byteLength(body)),
        "content-type": "application/json"
      })
      assert.doesNotHaveAnyKeys(seen[0], ["traceparent", "b3", "cookie"])
    }))

  it.live("closes the connection when the call is interrupted, and cancels its timer", () =>
    Effect.gen(function*() {
      const arrived = yield* Deferred.make<Http.IncomingMessage>()
      const closed = yield* Deferred.make<void>()
      const server = yield* LoopbackServer.http((request) => {
        request.on("close", () => Deferred.doneUnsafe(closed, Effect.void))
        Deferred.doneUnsafe(arrived, Effect.succeed(request))
      })
      const { users } = yield* TestClient.at(server.url, transport, { attemptTimeout: 123_456, deadline: 1_234_567 })
      const started = vi.spyOn(globalThis, "setTimeout")
      const cancelled = vi.spyOn(globalThis, "clearTimeout")
      yield* Effect.addFinalizer(() => Effect.sync(() => vi.restoreAllMocks()))
      const call = yield* Effect.forkChild(users.get("ada"))
      yield* Deferred.await(arrived)
      yield* Fiber.interrupt(call)
      yield* Deferred.await(closed)
      const timers = started.mock.results.filter((_, index) => started.mock.calls[index]?.[1] === 123_456)
      assert.lengthOf(timers, 1)
      assert.include(cancelled.mock.calls.map(([timer]) => timer), timers[0]?.value)
    }))

  it.live("closes the connection when the time of an attempt is up", () =>
    Effect.gen(function*() {
      const closed = yield* Deferred.make<void>()
      const server = yield* LoopbackServer.http((request) => {
        request.on("close", () => Deferred.doneUnsafe(closed, Effect.void))
      })
      const { users } = yield* TestClient.at(server.url, transport, { attemptTimeout: "50 millis", retry: "never" })
      yield* Effect.flip(users.get("ada"))
      yield* Deferred.await(closed)
    }))

  it.live.each(
    [
      ["attempt", { attemptTimeout: "20 millis", retry: "never" }],
      ["deadline", { deadline: "20 millis" }]
    ] as const
  )(
    "ends a call that is given less time than its client has when that time is up (%s)",
    ([limit, options]) =>
      Effect.gen(function*() {
        const { url } = yield* LoopbackServer.http(() => {})
        const { users } = yield* TestClient.at(url, transport, { attemptTimeout: "1 hour", deadline: "2 hours" })
        const error = yield* Effect.flip(users.get("ada", options))
        assert(error._tag === "SunshineError" && error.reason._tag === "Timeout")
        assert.strictEqual(error.reason.limit, limit)
      })
  )

  it.live("closes the connection of an answer that is too large", () =>
    Effect.gen(function*() {
      const closed = yield* Deferred.make<void>()
      const server = yield* LoopbackServer.httpAfterRequest((response) => {
        response.on("close", () => Deferred.doneUnsafe(closed, Effect.void))
        const flood = (): void => {
          while (response.write("x".repeat(10_000)));
          response.once("drain", flood)
        }
        flood()
      })
      const { users } = yield* TestClient.at(server.url, transport, { maxResponseBytes: 1000, retry: "never" })
      yield* Effect.flip(users.get("ada"))
      yield* Deferred.await(closed)
    }))

  it.live.prop(
    "carries every id that may be sent to the server as it is",
    [Schema.NonEmptyArray(Schema.Union([PathSegment, Schema.Literals(awkward)]))],
    ([ids]) =>
      Effect.gen(function*() {
        const seen: Array<string | undefined> = []
        const server = yield* LoopbackServer.httpAfterRequest((response, { url }) => {
          seen.push(url)
          LoopbackServer.json(response, 200, { user: ada })
        })
        const { users } = yield* TestClient.at(server.url, transport)
        for (const id of ids) yield* users.get(id)
        assert.deepStrictEqual(
          seen.map((path) => path?.split("/").map(decodeURIComponent)),
          ids.map((id) => ["", "v2", "apps", TestClient.appId, "users", id])
        )
      }),
    { arbitrary: { runs: 25 } }
  )
})

describe("a compressed answer", () => {
  const compressed = (body: string) =>
    LoopbackServer.httpAfterRequest((response) =>
      response.writeHead(200, { "content-encoding": "gzip" }).end(gzipSync(body))
    )

  const decompressing = [["FetchTransport", FetchTransport.layer], ["FetchHttpClient", FetchHttpClient.layer]] as const

  it.live.each(decompressing)(
    "is decompressed where the transport does it: %s",
    ([, transport]) =>
      Effect.gen(function*() {
        const { url } = yield* compressed(JSON.stringify({ user: ada }))
        const { users } = yield* TestClient.at(url, transport)
        assert.deepStrictEqual(yield* users.get("ada"), ada)
      })
  )

  it.live("is an answer that cannot be read where it does not", () =>
    Effect.gen(function*() {
      const { url } = yield* compressed(JSON.stringify({ user: ada }))
      const { users } = yield* TestClient.at(url, UndiciTransport.layer)
      const error = yield* Effect.flip(users.get("ada"))
      assert(error._tag === "SunshineError")
      assert.deepInclude(error.reason, { _tag: "UnexpectedResponse", problem: "body" })
    }))

  it.live.each(decompressing)(
    "is not read further than the limit, however small it came: %s",
    ([, transport]) =>
      Effect.gen(function*() {
        const bomb = JSON.stringify({ user: ada }) + " ".repeat(20_000_000)
        assert.isBelow(gzipSync(bomb).length, 50_000)
        const { url } = yield* compressed(bomb)
        const { users } = yield* TestClient.at(url, transport)
        const error = yield* Effect.flip(users.get("ada"))
        assert(error._tag === "SunshineError")
        assert.deepInclude(error.reason, { _tag: "UnexpectedResponse", problem: "too-large" })
      })
  )
})
