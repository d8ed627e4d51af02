/**
 * A proxy on loopback, as `HTTP_PROXY` names one: it forwards requests and opens tunnels, and counts both.
 */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { createServer, request } from "node:http"
import { type AddressInfo, connect } from "node:net"
import type { Duplex } from "node:stream"

export class LoopbackProxy extends Context.Service<LoopbackProxy, {
  readonly url: string
  /** How much it was asked so far. */
  readonly asked: () => number
}>()("test/documents/LoopbackProxy") {
  static readonly layer = Layer.effect(
    LoopbackProxy,
    Effect.gen(function*() {
      let asked = 0
      const tunnels = new Set<Duplex>()
      const server = createServer((incoming, outgoing) => {
        asked++
        const { headers, method } = incoming
        incoming.pipe(request(incoming.url!, { headers, method }, (answer) => {
          outgoing.writeHead(answer.statusCode!, answer.headers)
          answer.pipe(outgoing)
        }))
      })
      server.on("connect", ({ url }, client) => {
        asked++
        const { hostname, port } = new URL(`http://${url}`)
        const target = connect(Number(port), hostname, () => {
          client.write("HTTP/1.1 200 OK\r\n\r\n")
          client.pipe(target).pipe(client)
        })
        for (const socket of [client, target]) {
          tunnels.add(socket)
          socket.on("error", () => socket.destroy())
        }
      })
      yield* Effect.acquireRelease(
        Effect.callback<void>((resume) => void server.listen(0, "127.0.0.1", () => resume(Effect.void))),
        () =>
          Effect.callback<void>((resume) => {
            server.close(() => resume(Effect.void))
            server.closeAllConnections()
            for (const tunnel of tunnels) tunnel.destroy()
          })
      )
      return LoopbackProxy.of({
        url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
        asked: () => asked
      })
    })
  )
}
