/** HTTP on 127.0.0.1 as the verifier needs it: whole bodies, headers as they were written. */
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import type * as Scope from "effect/Scope"
import { randomBytes } from "node:crypto"
import * as http from "node:http"
import * as https from "node:https"
import { connect } from "node:net"

export interface Request {
  readonly method: string
  /** Path and query, as they were sent; the path may be empty. */
  readonly target: string
  /** Names and values in turn, as Node gives them. */
  readonly rawHeaders: ReadonlyArray<string>
  readonly body: Uint8Array
}

export interface Response {
  readonly status: number
  readonly rawHeaders: ReadonlyArray<string>
  readonly body: Uint8Array
}

export const json = (status: number, body: unknown, headers: ReadonlyArray<string> = []): Response => ({
  status,
  rawHeaders: ["Content-Type", "application/json", ...headers],
  body: Buffer.from(JSON.stringify(body))
})

/** Belong to one connection (RFC 9110, 7.6.1), or are written anew for the next. */
const hopByHop = new Set([
  "connection",
  "keep-alive",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade"
])

const endToEnd = (rawHeaders: ReadonlyArray<string>, without: ReadonlyArray<string>): Array<string> =>
  rawHeaders.flatMap((name, index) =>
    index % 2 === 1 || hopByHop.has(name.toLowerCase()) || without.includes(name.toLowerCase())
      ? []
      : [name, rawHeaders[index + 1]!]
  )

/** In bytes: whoever answers without an end gets no more of the memory. */
const bodyLimit = 32 * 1024 * 1024

/** In one buffer, since each of many small chunks would hold more than its bytes. */
const collect = (stream: http.IncomingMessage, done: (body: Buffer) => void, tooLarge: () => void) => {
  let body = Buffer.alloc(0)
  let length = 0
  const take = (chunk: Buffer) => {
    const needed = length + chunk.length
    if (needed > bodyLimit) {
      stream.off("data", take)
      return tooLarge()
    }
    if (needed > body.length) {
      const larger = Buffer.alloc(Math.max(needed, Math.min(2 * body.length, bodyLimit)))
      body.copy(larger, 0, 0, length)
      body = larger
    }
    chunk.copy(body, length)
    length = needed
  }
  stream.on("data", take)
  stream.on("end", () => done(body.subarray(0, length)))
}

/** Answers without an answer by cutting the connection. */
export type Handler<R> = (request: Request) => Effect.Effect<Response | undefined, never, R>

/** Nobody guesses it, and everybody on this machine may try. */
export const secretSegment = (): string => randomBytes(16).toString("hex")

/**
 * Serves on a free port until the scope closes, each handler under the first segment of the path that is its key, and
 * with the rest of the path. Whoever asks for another gets 404, and no handler hears of it.
 */
export const serve = <R>(
  handlers: ReadonlyMap<string, Handler<R>>
): Effect.Effect<number, never, R | Scope.Scope> =>
  Effect.gen(function*() {
    const services = yield* Effect.context<R>()
    const runFork = Effect.runForkWith(services)
    const fibers = new Set<Fiber.Fiber<unknown, never>>()
    const server = http.createServer((incoming, outgoing) => {
      const { method = "GET", rawHeaders, url = "/" } = incoming
      const [, segment = "", target = ""] = /^\/([^/?]*)([^]*)$/.exec(url) ?? []
      const handler = handlers.get(segment)
      if (handler === undefined) {
        outgoing.writeHead(404, { Connection: "close" }).end()
        return
      }
      collect(incoming, (body) => {
        const fiber = runFork(
          Effect.map(Effect.suspend(() => handler({ method, target, rawHeaders, body })), (response) => {
            if (response === undefined) return outgoing.destroy()
            outgoing.writeHead(response.status, endToEnd(response.rawHeaders, []))
            return outgoing.end(response.body)
          })
        )
        fibers.add(fiber)
        fiber.addObserver((exit) => {
          fibers.delete(fiber)
          if (exit._tag === "Failure") outgoing.destroy()
        })
      }, () => outgoing.destroy())
    })
    yield* Effect.acquireRelease(
      Effect.callback<void>((resume) => {
        server.on("error", (error) => resume(Effect.die(error)))
        server.listen(0, "127.0.0.1", () => resume(Effect.void))
      }),
      () =>
        Effect.andThen(
          Fiber.interruptAll(fibers),
          Effect.callback<void>((resume) => {
            server.close(() => resume(Effect.void))
            server.closeAllConnections()
          })
        )
    )
    // A server that listens on a port has an address that is not a pipe's.
    return (server.address() as { readonly port: number }).port
  })

/** Sends a request on, byte for byte but for the host; fails with a sentence about why there is no answer. */
export const forward = (base: URL, request: Request, timeoutMillis: number): Effect.Effect<Response, string> =>
  Effect.callback((resume) => {
    const { request: send } = base.protocol === "https:" ? https : http
    const outgoing = send({
      agent: false,
      // An IPv6 address is in brackets in a URL, and bare for Node.
      hostname: base.hostname.replace(/^\[|\]$/g, ""),
      port: base.port,
      method: request.method,
      path: base.pathname.replace(/\/$/, "") + request.target,
      headers: [
        ...endToEnd(request.rawHeaders, ["host", "content-length"]),
        "Host",
        base.host,
        ...(request.body.length === 0 ? [] : ["Content-Length", String(request.body.length)])
      ],
      timeout: timeoutMillis
    })
    const fail = (error: Error) => resume(Effect.fail(error.message))
    outgoing.on("timeout", () => outgoing.destroy(new Error(`no answer within ${timeoutMillis} ms`)))
    outgoing.on("error", fail)
    outgoing.on("response", (incoming) => {
      incoming.on("error", fail)
      collect(
        incoming,
        (body) => resume(Effect.succeed({ status: incoming.statusCode ?? 0, rawHeaders: incoming.rawHeaders, body })),
        () => {
          fail(new Error(`the answer is larger than ${bodyLimit / 1024 / 1024} MiB`))
          outgoing.destroy()
        }
      )
    })
    outgoing.end(request.body)
    return Effect.sync(() => outgoing.destroy())
  })

/** Whether something listens there; fails within the timeout, with a sentence about why not. */
export const probe = (base: URL, timeoutMillis: number): Effect.Effect<void, string> =>
  Effect.callback((resume) => {
    const port = Number(base.port) || (base.protocol === "https:" ? 443 : 80)
    const socket = connect({ host: base.hostname.replace(/^\[|\]$/g, ""), port, timeout: timeoutMillis })
    const fail = (error: Error & { readonly code?: string }) =>
      resume(Effect.fail(error.message || error.code || error.name))
    socket.on("connect", () => {
      socket.destroy()
      resume(Effect.void)
    })
    socket.on("timeout", () => socket.destroy(new Error(`no connection within ${timeoutMillis} ms`)))
    socket.on("error", fail)
    return Effect.sync(() => socket.destroy())
  })
