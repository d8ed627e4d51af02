import { assert, describe, it } from "@effect/vitest"
import { Emulator } from "@sunco/emulator/Emulator"
import * as Fault from "@sunco/emulator/Fault"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Fiber from "effect/Fiber"
import * as Layer from "effect/Layer"
import * as Scope from "effect/Scope"
import { connect, type Socket } from "node:net"
import { basic, eventually } from "./Call.ts"
import { exchange, portOf } from "./exchange.ts"

/** Connects, and fails with what the system says when it cannot. */
const open = (emulator: Emulator["Service"]) =>
  Effect.callback<Socket, NodeJS.ErrnoException>((resume) => {
    const socket = connect(portOf(emulator), "127.0.0.1", () => resume(Effect.succeed(socket)))
    socket.on("error", (error) => resume(Effect.fail(error)))
  })

const head = (emulator: Emulator["Service"], method: string, path: string, headers = "") =>
  `${method} ${path} HTTP/1.1\r\nHost: x\r\nAuthorization: ${basic(emulator)}\r\n${headers}\r\n`

describe("on a socket", () => {
  it.effect("paths arrive as they were written: semicolons, dots, percent signs and the empty id", () =>
    Effect.gen(function*() {
      const emulator = yield* Emulator
      yield* emulator.seed({ users: [{ externalId: "a;b" }] })
      const users = `/v2/apps/${emulator.appId}/users`
      const status = Effect.fnUntraced(function*(path: string) {
        return Number((yield* exchange(emulator, head(emulator, "GET", path), /\}$/u)).slice(9, 12))
      })
      assert.strictEqual(yield* status(`${users}/a;b`), 200)
      assert.strictEqual(yield* status(`${users}/a%3Bb`), 200)
      for (const id of ["", ".", "..", "%2e%2e"]) assert.strictEqual(yield* status(`${users}/${id}`), 400, id)
      assert.strictEqual(yield* status(`${users}/%`), 404)
    }).pipe(Effect.provide(Emulator.layer())))

  it.effect("a body in chunks is read whole", () =>
    Effect.gen(function*() {
      const emulator = yield* Emulator
      const path = `/v2/apps/${emulator.appId}/users`
      const headers = "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n"
      const text = `${head(emulator, "POST", path, headers)}9\r\n{"externa\r\nb\r\nlId":"ada"}\r\n0\r\n\r\n`
      assert.match(yield* exchange(emulator, text, /\}$/u), /^HTTP\/1\.1 201 Created\r\n/u)
      assert.deepStrictEqual((yield* emulator.stored("Users")).map(({ externalId }) => externalId), ["ada"])
    }).pipe(Effect.provide(Emulator.layer())))

  it.effect("a request that does not arrive whole is neither carried out nor noted", () =>
    Effect.gen(function*() {
      const emulator = yield* Emulator
      const path = `/v2/apps/${emulator.appId}/users`
      const headers = "Content-Type: application/json\r\nContent-Length: 20\r\n"
      yield* exchange(emulator, `${head(emulator, "POST", path, headers)}{}`, undefined, "end")
      assert.deepStrictEqual(yield* emulator.stored("Users"), [])
      assert.deepStrictEqual(yield* emulator.requests, [])
    }).pipe(Effect.provide(Emulator.layer())))

  it.effect("connections stay open from request to request", () =>
    Effect.gen(function*() {
      const emulator = yield* Emulator
      const one = head(emulator, "GET", `/v2/apps/${emulator.appId}/users/nobody`)
      const received = yield* exchange(emulator, one + one + one, /(404 Not Found[^]*){3}\}$/u)
      assert.lengthOf(received.match(/HTTP\/1\.1 404/gu) ?? [], 3)
    }).pipe(Effect.provide(Emulator.layer())))

  it.effect("a connection that is closed after an answer was said to stay open", () =>
    Effect.gen(function*() {
      const emulator = yield* Emulator
      yield* emulator.faults.next(Fault.closeAfterAnswer)
      const one = head(emulator, "GET", `/v2/apps/${emulator.appId}/users/nobody`)
      const received = yield* exchange(emulator, one)
      assert.match(received, /Connection: keep-alive/iu)
      assert.match(received, /\}$/u)
    }).pipe(Effect.provide(Emulator.layer())))

  it.effect("the server is gone with its scope, whatever is pending or kept alive", () =>
    Effect.gen(function*() {
      const scope = yield* Scope.make()
      const emulator = Context.get(yield* Layer.buildWithScope(Emulator.layer(), scope), Emulator)
      const path = `/v2/apps/${emulator.appId}/users/nobody`
      const idle = yield* open(emulator)
      yield* emulator.faults.next(
        Fault.slowHeaders(Infinity),
        Fault.slowBody(Infinity),
        Fault.hugeBody(Number.MAX_SAFE_INTEGER)
      )
      const pending = yield* Effect.forEach([1, 2, 3], () =>
        Effect.forkChild(exchange(emulator, head(emulator, "GET", path))))
      yield* eventually(Effect.map(emulator.requests, (requests) =>
        requests.length === 3))
      yield* Scope.close(scope, Exit.void)
      yield* Effect.forEach(pending, Fiber.join)
      yield* eventually(Effect.sync(() => idle.closed))
      // A process that is being started elsewhere holds what was open here for a moment longer.
      yield* eventually(Effect.match(open(emulator), {
        onSuccess: (socket) => {
          socket.destroy()
          return false
        },
        onFailure: ({ code }) => code === "ECONNREFUSED"
      }))
    }))

  it.effect("a port in use is an error that says so", () =>
    Effect.gen(function*() {
      const { url } = yield* Emulator
      const port = Number(new URL(url).port)
      const error = yield* Effect.flip(Layer.build(Emulator.layer({ port })))
      assert.deepInclude(error, { _tag: "ListenError", host: "127.0.0.1", port, code: "EADDRINUSE" })
      assert.strictEqual(error.message, `port ${port} of 127.0.0.1 is in use`)
    }).pipe(Effect.provide(Emulator.layer())))
})
