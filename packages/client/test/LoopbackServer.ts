/**
 * Servers on 127.0.0.1 that behave as they are told, for the length of a scope.
 */
import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"
import { readFileSync } from "node:fs"
import * as Http from "node:http"
import * as Http2 from "node:http2"
import * as Https from "node:https"
import * as Net from "node:net"

export interface LoopbackServer {
  readonly url: string
  /** How many connections were opened so far. */
  readonly connections: () => number
}

const listen = (server: Net.Server, protocol: "http" | "https"): Effect.Effect<LoopbackServer, never, Scope.Scope> => {
  const open = new Set<Net.Socket>()
  let connections = 0
  // Of a TLS server these are the connections below TLS.
  server.on("connection", (socket: Net.Socket) => {
    connections++
    open.add(socket)
    socket.on("close", () => open.delete(socket)).on("error", () => {})
  })
  return Effect.map(
    Effect.acquireRelease(
      Effect.callback<Net.AddressInfo>((resume) => {
        server.listen(0, "127.0.0.1", () => resume(Effect.succeed(server.address() as Net.AddressInfo)))
      }),
      () =>
        Effect.callback<void>((resume) => {
          // It fails where the handler has closed it already.
          server.close(() => resume(Effect.void))
          for (const socket of open) socket.destroy()
        })
    ),
    ({ port }) => ({ url: `${protocol}://127.0.0.1:${port}`, connections: () => connections })
  )
}

export const http = (handler: Http.RequestListener) => listen(Http.createServer(handler), "http")

/** Answers when the request was read to its end, so that what happens then happens after sending. */
export const httpAfterRequest = (
  respond: (response: Http.ServerResponse, request: Http.IncomingMessage) => void
) => http((request, response) => request.resume().on("end", () => respond(response, request)))

export const json = (response: Http.ServerResponse, status: number, body: unknown): void => {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body))
}

/** Of `localhost`, valid until 2120, and known to nobody. */
export const certificate = readFileSync(new URL("self-signed-cert.pem", import.meta.url))

const privateKey = readFileSync(new URL("self-signed-key.pem", import.meta.url))

export const https = (handler: Http.RequestListener) =>
  listen(Https.createServer({ key: privateKey, cert: certificate }, handler), "https")

/** Speaks HTTP/2 alone; the handler has a stream whose request was read to its end. */
export const http2 = (handler: (stream: Http2.ServerHttp2Stream) => void) => {
  const server = Http2.createSecureServer({ key: privateKey, cert: certificate })
  server.on("session", (session) => session.on("error", () => {}))
  server.on("stream", (stream) => stream.on("error", () => {}).resume().on("end", () => handler(stream)))
  return listen(server, "https")
}
/** A proxy that hands on nothing but tunnels, answers other requests itself, and notes what it is asked for. */
export const proxy = Effect.gen(function*() {
  const asked: Array<string> = []
  const server = Http.createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`)
    json(response, 200, { user: { id: "proxied" } })
  })
  server.on("connect", (request, socket: Net.Socket, head) => {
    asked.push(`CONNECT ${request.url}`)
    const { hostname, port } = new URL(`http://${request.url}`)
    const target = Net.connect(Number(port), hostname, () => {
      socket.write("HTTP/1.1 200 Connection Established\r\n\r\n")
      target.write(head)
      target.pipe(socket).pipe(target)
    })
    target.on("error", () => socket.destroy())
    socket.on("error", () => target.destroy()).on("close", () => target.destroy())
  })
  const { url } = yield* listen(server, "http")
  return { url, asked }
})

/** Knows nothing of HTTP; `protocol` is what a client is to take it for. */
export const tcp = (
  handler: (socket: Net.Socket, server: Net.Server) => void,
  protocol: "http" | "https" = "http"
) => {
  const server: Net.Server = Net.createServer((socket) => handler(socket, server))
  return listen(server, protocol)
}

/**
 * An address that nobody listens on, and no port that was just given back: a process that is being started elsewhere holds
 * what was open here for a moment longer.
 */
export const nobody = "http://127.0.0.1:2"
