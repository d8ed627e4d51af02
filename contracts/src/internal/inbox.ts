/** Where a webhook leads: a port of this machine, and what has come there. */
import * as Effect from "effect/Effect"
import * as Queue from "effect/Queue"
import type * as Scope from "effect/Scope"
import * as http from "node:http"

/** A request as it came. */
export interface Delivered {
  readonly headers: http.IncomingHttpHeaders
  readonly body: string
}

export interface Inbox {
  readonly url: string
  /** The next request, which is waited for. */
  readonly take: Effect.Effect<Delivered>
}

/** Answers every request with 200, until the scope closes. */
export const open: Effect.Effect<Inbox, never, Scope.Scope> = Effect.gen(function*() {
  const requests = yield* Queue.unbounded<Delivered>()
  const server = http.createServer((request, response) => {
    const chunks: Array<Buffer> = []
    request.on("data", (chunk: Buffer) => chunks.push(chunk))
    request.on("end", () => {
      Queue.offerUnsafe(requests, { headers: request.headers, body: Buffer.concat(chunks).toString("utf8") })
      response.writeHead(200, { connection: "close" }).end()
    })
  })
  yield* Effect.acquireRelease(
    Effect.callback<void>((resume) => {
      server.on("error", (error) => resume(Effect.die(error)))
      server.listen(0, "127.0.0.1", () => resume(Effect.void))
    }),
    () =>
      Effect.callback<void>((resume) => {
        server.close(() => resume(Effect.void))
        server.closeAllConnections()
      })
  )
  // A server that listens on a port has an address that is not a pipe's.
  const { port } = server.address() as { readonly port: number }
  return { url: `http://127.0.0.1:${port}/webhooks`, take: Queue.take(requests) }
})
