import * as Effect from "effect/Effect"
import { mkdtempSync, readFileSync, rmSync } from "node:fs"
import { createServer, type IncomingMessage } from "node:http"
import type { AddressInfo } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"

export const temporaryDirectory = Effect.acquireRelease(
  Effect.sync(() => mkdtempSync(join(tmpdir(), "effect-pact-test-"))),
  (directory) => Effect.sync(() => rmSync(directory, { recursive: true, force: true }))
)

export interface Received {
  readonly method: string
  readonly target: string
  readonly headers: IncomingMessage["headers"]
  readonly body: string
}

export interface Answer {
  readonly status: number
  readonly headers?: Record<string, string>
  readonly body?: string
}

/** An HTTP server on a free port of 127.0.0.1; no answer for "hang", none and a cut connection for "cut". */
export const provider = (answer: (request: Received) => Answer | "hang" | "cut") =>
  Effect.acquireRelease(
    Effect.callback<{ readonly url: string; readonly received: ReadonlyArray<Received>; readonly close: () => void }>(
      (resume) => {
        const received: Array<Received> = []
        const server = createServer((request, response) => {
          let body = ""
          request.setEncoding("utf8").on("data", (chunk) => body += chunk).on("end", () => {
            const { headers, method = "", url: target = "" } = request
            received.push({ method, target, headers, body })
            const result = answer({ method, target, headers, body })
            if (result === "cut") response.destroy()
            else if (result !== "hang") {
              response.writeHead(result.status, { "Content-Type": "application/json", ...result.headers })
              response.end(result.body)
            }
          })
        })
        server.listen(0, "127.0.0.1", () => {
          const { port } = server.address() as AddressInfo
          const close = () => {
            server.close()
            server.closeAllConnections()
          }
          resume(Effect.succeed({ url: `http://127.0.0.1:${port}`, received, close }))
        })
      }
    ),
    ({ close }) => Effect.sync(close)
  )

/** As much of a pact file as tests look at. */
export interface Pact {
  readonly consumer: { readonly name: string }
  readonly provider: { readonly name: string }
  readonly metadata: { readonly pactSpecification: { readonly version: string } }
  readonly interactions: ReadonlyArray<{
    readonly type: string
    readonly description: string
    readonly providerStates?: ReadonlyArray<unknown>
    readonly comments?: unknown
    readonly matchingRules?: { readonly body: Record<string, unknown> }
    readonly request: {
      readonly headers: Record<string, ReadonlyArray<string>>
      readonly query: Record<string, ReadonlyArray<string>>
    }
    readonly response: {
      readonly status: number
      readonly headers: Record<string, ReadonlyArray<string>>
      readonly body: { readonly content: unknown }
      readonly matchingRules: { readonly body: unknown }
    }
  }>
}

export const readPact = (file: string): Pact => JSON.parse(readFileSync(file, "utf8"))
