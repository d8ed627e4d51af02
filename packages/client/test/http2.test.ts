import * as NodeHttpClient from "@effect/platform-node/NodeHttpClient"
import { assert, describe, it } from "@effect/vitest"
import * as UndiciTransport from "@sunco/client/UndiciTransport"
import * as Effect from "effect/Effect"
import * as HttpClient from "effect/http/HttpClient"
import * as Layer from "effect/Layer"
import * as Http2 from "node:http2"
import { Agent } from "undici"
import * as LoopbackServer from "./LoopbackServer.ts"
import { ada } from "./Operations.ts"
import * as TestClient from "./TestClient.ts"

const trusting = { connect: { ca: LoopbackServer.certificate } }

const transports: ReadonlyArray<readonly [name: string, layer: Layer.Layer<HttpClient.HttpClient>]> = [
  ["UndiciTransport", UndiciTransport.layerAgent(trusting)],
  [
    "UndiciTransport that somebody wrapped",
    Layer.effect(HttpClient.HttpClient, Effect.map(HttpClient.HttpClient, HttpClient.mapRequest((request) => request)))
      .pipe(Layer.provide(UndiciTransport.layerAgent(trusting)))
  ],
  [
    "NodeHttpClient.layerUndici",
    Layer.effect(HttpClient.HttpClient, NodeHttpClient.makeUndici).pipe(
      Layer.provide(Layer.effect(
        NodeHttpClient.Dispatcher,
        Effect.acquireRelease(
          // The types of the platform's own copy of undici.
          Effect.sync(() => new Agent(trusting) as unknown as NodeHttpClient.Dispatcher["Service"]),
          (agent) => Effect.promise(() => agent.destroy())
        )
      ))
    )
  ]
]

const respond = (stream: Http2.ServerHttp2Stream, status: number, body: string, headers = {}) => {
  stream.respond({ ":status": status, "content-type": "application/json", ...headers })
  stream.end(body)
}

const user = JSON.stringify({ user: ada })

const { NGHTTP2_CANCEL, NGHTTP2_INTERNAL_ERROR, NGHTTP2_NO_ERROR, NGHTTP2_REFUSED_STREAM } = Http2.constants

/** Status line and a beginning, and then the stream is reset. */
const cutWith = (code: number, status: number, beginning: string) => (stream: Http2.ServerHttp2Stream) => {
  stream.respond({ ":status": status, "content-type": "application/json" })
  if (beginning !== "") stream.write(beginning)
  setTimeout(() => stream.close(code), 10)
}

describe.each(transports)("%s speaks HTTP/2", (_, transport) => {
  const at = (handler: (stream: Http2.ServerHttp2Stream) => void) =>
    Effect.gen(function*() {
      let streams = 0
      const server = yield* LoopbackServer.http2((stream) => {
        streams++
        handler(stream)
      })
      // The certificate is of this name.
      const { users } = yield* TestClient.at(server.url.replace("127.0.0.1", "localhost"), transport, {
        retry: { attempts: 2, baseDelay: 0 }
      })
      return { connections: server.connections, streams: () => streams, users }
    })

  it.live("for what succeeds, at once and over one connection", () =>
    Effect.gen(function*() {
      const { connections, users } = yield* at((stream) => respond(stream, 200, user))
      yield* users.get("ada")
      const found = yield* Effect.all(Array.from({ length: 20 }, () => users.get("ada")), { concurrency: "unbounded" })
      assert.deepStrictEqual(found, Array.from({ length: 20 }, () => ada))
      assert.strictEqual(connections(), 1)
    }))

  it.live("for what is refused", () =>
    Effect.gen(function*() {
      const { streams, users } = yield* at((stream) =>
        respond(stream, 404, "{\"errors\":[{\"code\":\"user_not_found\"}]}")
      )
      assert.strictEqual((yield* Effect.flip(users.get("ada")))._tag, "UserNotFound")
      assert.strictEqual(streams(), 1)
    }))

  it.live("for a page of HTML that has no length", () =>
    Effect.gen(function*() {
      const { streams, users } = yield* at((stream) =>
        respond(stream, 403, "<!DOCTYPE html><p>No", { "content-type": "text/html" })
      )
      const error = yield* Effect.flip(users.create({}))
      assert(error._tag === "SunshineError")
      assert.strictEqual(error.reason._tag, "Forbidden")
      assert.strictEqual(streams(), 1)
    }))

  it.live.each(
    [
      ["cancelled", NGHTTP2_CANCEL, user.slice(0, 20)],
      ["reset without an error", NGHTTP2_NO_ERROR, user.slice(0, 20)],
      ["reset with an error", NGHTTP2_INTERNAL_ERROR, user.slice(0, 20)],
      ["cancelled at its last byte but one", NGHTTP2_CANCEL, user.slice(0, -1)],
      ["cancelled before its first byte", NGHTTP2_CANCEL, ""]
    ] as const
  )("and a body that is %s is lost", ([, code, beginning]) =>
    Effect.gen(function*() {
      const { streams, users } = yield* at(cutWith(code, 201, beginning))
      const error = yield* Effect.flip(users.create({}))
      assert(error._tag === "SunshineError")
      assert.deepInclude(error.reason, { _tag: "Transport", status: 201, isRetryable: true })
      assert.deepInclude(error, { attempts: 1, retryStopped: "unsafe", applied: "yes" })
      assert.strictEqual(streams(), 1)
    }))

  it.live("and what may be repeated is repeated after it", () =>
    Effect.gen(function*() {
      let requests = 0
      const { users } = yield* at((stream) =>
        requests++ === 0 ? cutWith(NGHTTP2_CANCEL, 200, user.slice(0, 20))(stream) : respond(stream, 200, user)
      )
      assert.deepStrictEqual(yield* users.update("ada", { metadata: { plan: "pro" } }), ada)
      assert.strictEqual(requests, 2)
    }))

  it.live("and a refusal that is cut is lost too", () =>
    Effect.gen(function*() {
      const { users } = yield* at(cutWith(NGHTTP2_CANCEL, 404, "{\"errors\":[{\"co"))
      const error = yield* Effect.flip(users.create({}))
      assert(error._tag === "SunshineError")
      assert.deepInclude(error.reason, { _tag: "Transport", status: 404 })
      assert.deepInclude(error, { attempts: 1, retryStopped: "unsafe", applied: "unknown" })
    }))

  it.live("and a stream that is refused was never processed", () =>
    Effect.gen(function*() {
      const { users } = yield* at((stream) => stream.close(NGHTTP2_REFUSED_STREAM))
      const error = yield* Effect.flip(users.create({}))
      assert(error._tag === "SunshineError")
      assert.strictEqual(error.reason._tag, "Transport")
      assert.deepInclude(error, { attempts: 2, retryStopped: "attempts", applied: "no" })
    }))

  it.live.each(
    [
      ["is reset before its answer", (stream: Http2.ServerHttp2Stream) => stream.close(NGHTTP2_CANCEL)],
      ["loses its connection", (stream: Http2.ServerHttp2Stream) => stream.session?.destroy()],
      ["is met by a GOAWAY with an error that covers it", (stream: Http2.ServerHttp2Stream) => {
        stream.session?.goaway(NGHTTP2_INTERNAL_ERROR, stream.id)
      }]
    ] as const
  )("and a stream that %s may have been processed", ([, handler]) =>
    Effect.gen(function*() {
      const { users } = yield* at(handler)
      const error = yield* Effect.flip(users.create({}))
      assert(error._tag === "SunshineError")
      assert.strictEqual(error.reason._tag, "Transport")
      assert.deepInclude(error, { attempts: 1, retryStopped: "unsafe", applied: "unknown" })
    }))

  it.live("and a connection that is going away still answers, and the next call has another", () =>
    Effect.gen(function*() {
      const { connections, users } = yield* at((stream) => {
        stream.session?.goaway(NGHTTP2_NO_ERROR, stream.id)
        setTimeout(() => respond(stream, 200, user), 20)
      })
      assert.deepStrictEqual(yield* users.get("ada"), ada)
      assert.deepStrictEqual(yield* users.get("ada"), ada)
      assert.strictEqual(connections(), 2)
    }))
})
