/**
 * The double of an OpenTelemetry collector on loopback: it takes what an OTLP/HTTP exporter sends, as JSON.
 */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"

type Signal = "traces" | "logs" | "metrics"

export class OtlpCollector extends Context.Service<OtlpCollector, {
  readonly url: string
  /** The bodies of the requests for a signal, as they came. */
  readonly received: (signal: Signal) => ReadonlyArray<string>
}>()("test/faults/OtlpCollector") {
  static readonly layer = Layer.effect(
    OtlpCollector,
    Effect.gen(function*() {
      const bodies = new Map<string, Array<string>>()
      const server = createServer((request, response) => {
        const chunks: Array<Buffer> = []
        request.on("data", (chunk: Buffer) => chunks.push(chunk))
        request.on("end", () => {
          const body = Buffer.concat(chunks).toString()
          bodies.set(request.url!, [...(bodies.get(request.url!) ?? []), body])
          response.writeHead(200, { "content-type": "application/json" }).end("{}")
        })
      })
      yield* Effect.acquireRelease(
        Effect.callback<void>((resume) => void server.listen(0, "127.0.0.1", () => resume(Effect.void))),
        () =>
          Effect.callback<void>((resume) => {
            server.close(() => resume(Effect.void))
            server.closeAllConnections()
          })
      )
      return OtlpCollector.of({
        url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
        received: (signal) => bodies.get(`/v1/${signal}`) ?? []
      })
    })
  )
}
