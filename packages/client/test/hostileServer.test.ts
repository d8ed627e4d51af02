import * as NodeHttpClient from "@effect/platform-node/NodeHttpClient"
import { assert, describe, it } from "@effect/vitest"
import * as FetchTransport from "@sunco/client/FetchTransport"
import * as UndiciTransport from "@sunco/client/UndiciTransport"
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as FetchHttpClient from "effect/http/FetchHttpClient"
import * as HttpClient from "effect/http/HttpClient"
import * as Layer from "effect/Layer"
import type * as Net from "node:net"
import { setFlagsFromString } from "node:v8"
import { runInNewContext } from "node:vm"
import { gzipSync } from "node:zlib"
import { Agent, interceptors } from "undici"
import * as LoopbackServer from "./LoopbackServer.ts"
import * as TestClient from "./TestClient.ts"

const KiB = 1024
const MiB = 1024 * KiB

const transports: ReadonlyArray<readonly [name: string, layer: Layer.Layer<HttpClient.HttpClient>]> = [
  ["UndiciTransport", UndiciTransport.layer],
  [
    "UndiciTransport that somebody wrapped",
    Layer.effect(HttpClient.HttpClient, Effect.map(HttpClient.HttpClient, HttpClient.mapRequest((request) => request)))
      .pipe(Layer.provide(UndiciTransport.layer))
  ],
  [
    "UndiciTransport that decompresses",
    Layer.effect(
      HttpClient.HttpClient,
      Effect.map(
        Effect.acquireRelease(
          Effect.sync(() => new Agent().compose(interceptors.decompress())),
          (agent) => Effect.promise(() => agent.destroy())
        ),
        UndiciTransport.make
      )
    )
  ],
  ["FetchTransport", FetchTransport.layer],
  [
    "FetchTransport that somebody wrapped",
    Layer.effect(HttpClient.HttpClient, Effect.map(HttpClient.HttpClient, HttpClient.mapRequest((request) => request)))
      .pipe(Layer.provide(FetchTransport.layer))
  ],
  ["FetchHttpClient", FetchHttpClient.layer],
  ["NodeHttpClient.layerUndici", NodeHttpClient.layerUndici]
]

setFlagsFromString("--expose-gc")
const collectGarbage: () => void = runInNewContext("gc")

/** What is held when the garbage is gone. */
const held = () => {
  collectGarbage()
  const { arrayBuffers, heapUsed } = process.memoryUsage()
  return arrayBuffers + heapUsed
}

/** Looks at the memory, again and again while a server floods. */
let watch = () => {}

/** Writes as fast as it is read, for as long as there is somebody. */
const flood = (socket: Net.Socket, piece: Buffer | string, count = Infinity): void => {
  let written = 0
  const write = () => {
    while (written++ < count) {
      if (written % 50 === 0) watch()
      if (!socket.write(piece)) return void socket.once("drain", write)
    }
  }
  write()
}

const answering = (head: string, then: (socket: Net.Socket) => void) => (socket: Net.Socket) =>
  socket.once("data", () => {
    socket.write(head)
    then(socket)
  })

const chunked = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n"

const paddedChunks = Buffer.from(`1;${"x".repeat(16 * KiB)}\r\n \r\n`.repeat(4))

const bomb = gzipSync(Buffer.alloc(64 * MiB, " "))

/** What a server sends that means no good, and what the client makes of it. */
const attacks: ReadonlyArray<readonly [what: string, server: (socket: Net.Socket) => void, reason: string]> = [
  [
    "chunks of one byte with 16 kB of extension",
    answering(chunked, (socket) => flood(socket, paddedChunks)),
    "UnexpectedResponse"
  ],
  [
    "chunks of one byte",
    answering(chunked, (socket) => flood(socket, "1\r\n \r\n".repeat(10_000))),
    "UnexpectedResponse"
  ],
  [
    "chunks of no end",
    answering(chunked, (socket) => flood(socket, `10000\r\n${" ".repeat(64 * KiB)}\r\n`)),
    "UnexpectedResponse"
  ],
  [
    "a header of no end",
    answering("HTTP/1.1 200 OK\r\nx: ", (socket) => flood(socket, "x".repeat(64 * KiB))),
    "Transport"
  ],
  [
    "headers of no end",
    answering("HTTP/1.1 200 OK\r\n", (socket) => flood(socket, "x: y\r\n".repeat(10_000))),
    "Transport"
  ],
  [
    "a trailer of no end",
    answering(`${chunked}1\r\n \r\n0\r\nx: `, (socket) => flood(socket, "x".repeat(64 * KiB))),
    "Transport"
  ],
  [
    "interim answers of no end",
    answering("", (socket) => flood(socket, `HTTP/1.1 103 Early Hints\r\nlink: ${"x".repeat(KiB)}\r\n\r\n`.repeat(64))),
    "Transport"
  ],
  [
    "a compressed bomb",
    answering(
      `HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: ${bomb.length}\r\n\r\n`,
      (socket) => flood(socket, bomb, 1)
    ),
    "UnexpectedResponse"
  ],
  [
    "a length that is far too large",
    answering(
      "HTTP/1.1 200 OK\r\ncontent-length: 1099511627776\r\n\r\n",
      (socket) => flood(socket, " ".repeat(64 * KiB))
    ),
    "UnexpectedResponse"
  ]
]

describe.each(transports)("a hostile server costs no memory over %s that sends", (_, transport) => {
  it.live.each(attacks)("%s", ([, server, reason]) =>
    Effect.gen(function*() {
      const { url } = yield* LoopbackServer.tcp(server)
      const { users } = yield* TestClient.at(url, transport, {
        attemptTimeout: "5 seconds",
        maxResponseBytes: 8 * KiB,
        retry: "never"
      })
      const before = held()
      let most = 0
      watch = () => (most = Math.max(most, held() - before))
      yield* Effect.addFinalizer(() => Effect.sync(() => (watch = () => {})))
      const error = yield* Effect.flip(users.get("ada"))
      assert(error._tag === "SunshineError")
      // Its time ends what a transport does not count, and what a machine that is busy does not come to count.
      assert.include([reason, "Timeout"], error.reason._tag)
      // What is kept is at most 8 KiB; the rest is what sockets and streams have on their way.
      assert.isBelow(most, 8 * MiB)
    }))

  it.live("an answer that is kept, and nothing of the buffers it came in", () =>
    Effect.gen(function*() {
      const { url } = yield* LoopbackServer.httpAfterRequest((response) =>
        response.writeHead(200, { "x-padding": "x".repeat(8 * KiB) }).end("{\"user\":{\"id\":\"1\"}}")
      )
      const { sunshine } = yield* TestClient.at(url, transport)
      const get = sunshine.request({ operation: "Users.get", method: "GET", path: ["v2"] })
      yield* get
      const before = held()
      const kept = yield* Effect.replicateEffect(get, 500)
      // 500 answers with 8 kB of headers each; the views of socket buffers would be 32 MB.
      assert.isBelow(held() - before, 16 * MiB)
      assert.lengthOf(kept, 500)
    }))
})

it.live.each(["chunks of one byte with 16 kB of extension", "interim answers of no end"])(
  "UndiciTransport hangs up on a server that sends %s",
  (name) =>
    Effect.gen(function*() {
      const [, server] = attacks.find(([what]) => what === name)!
      const sent = yield* Deferred.make<number>()
      const { url } = yield* LoopbackServer.tcp((socket) => {
        server(socket)
        socket.on("close", () => Deferred.doneUnsafe(sent, Effect.succeed(socket.bytesWritten)))
      })
      const { users } = yield* TestClient.at(url, UndiciTransport.layer, {
        attemptTimeout: "1 hour",
        maxResponseBytes: 64 * KiB,
        retry: "never"
      })
      yield* Effect.flip(users.get("ada"))
      // The limit of the body alone would have taken a gigabyte for it.
      assert.isBelow(yield* Deferred.await(sent), 16 * MiB)
    })
)
