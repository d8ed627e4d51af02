/**
 * Stands between the client, which is used as it is, and a mock server: asks the server for the answer that is wanted, and tells what
 * it had against the request.
 */
import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"
import { createServer, type IncomingMessage, request as send } from "node:http"
import type { AddressInfo } from "node:net"

/** What the server made of a request. */
export interface Exchange {
  readonly method: string
  readonly path: string
  readonly status: number
  readonly violations: ReadonlyArray<string>
}

/** What a request says beside what the client has in it. */
export interface Change {
  /** Which answer the server is to give, as RFC 7240 has it. */
  readonly prefer?: string
  /** In place of the body, where there is one. */
  readonly body?: string
}

export interface Relay {
  readonly url: string
  /** What becomes of the requests of a program, each of which is changed. */
  readonly around: <A, E, R>(
    program: Effect.Effect<A, E, R>,
    change?: (method: string, path: string) => Change
  ) => Effect.Effect<{ readonly value: A; readonly exchanges: ReadonlyArray<Exchange> }, E, R>
}

/** To the server at this URL. */
export const make = (server: string): Effect.Effect<Relay, never, Scope.Scope> =>
  Effect.gen(function*() {
    const exchanges: Array<Exchange> = []
    let change: (method: string, path: string) => Change = asItIs
    const relay = yield* Effect.acquireRelease(
      Effect.sync(() =>
        createServer((request, response) => {
          const { method = "", url = "" } = request
          const [path = ""] = url.split("?", 1)
          const { body, headers } = changed(request, change(method, path))
          const forwarded = send(`${server}${url}`, { method, headers }, (answer) => {
            const chunks: Array<Buffer> = []
            answer.on("data", (chunk) => chunks.push(chunk))
            answer.on("end", () => {
              const body = Buffer.concat(chunks)
              exchanges.push({ method, path, status: answer.statusCode!, violations: violationsOf(answer, body) })
              response.writeHead(answer.statusCode!, answer.headers).end(body)
            })
          })
          forwarded.on("error", (error) => response.destroy(error))
          if (body === undefined) request.pipe(forwarded)
          else request.resume().on("end", () => forwarded.end(body))
        })
      ),
      (relay) =>
        Effect.sync(() => {
          relay.closeAllConnections()
          relay.close()
        })
    )
    yield* Effect.callback<void>((resume) => {
      relay.listen(0, "127.0.0.1", () => resume(Effect.void))
    })
    return {
      url: `http://127.0.0.1:${(relay.address() as AddressInfo).port}`,
      around: (program, wanted = asItIs) =>
        Effect.suspend(() => {
          change = wanted
          exchanges.length = 0
          return Effect.map(program, (value) => ({ value, exchanges: [...exchanges] }))
        })
    }
  })

const asItIs = (): Change => ({})

const changed = ({ headers }: IncomingMessage, { body, prefer }: Change) => {
  const wanted = prefer === undefined ? headers : { ...headers, prefer }
  return headers["content-length"] === undefined || body === undefined
    ? { headers: wanted }
    : { headers: { ...wanted, "content-length": `${Buffer.byteLength(body)}` }, body }
}

interface Problem {
  readonly title: string
  readonly detail: string
  readonly validation?: ReadonlyArray<{ readonly message: string }>
}

/** They are in a header beside an answer of the document, and in a body of their own where it has no answer to a bad request. */
const violationsOf = ({ headers }: IncomingMessage, body: Buffer): ReadonlyArray<string> => {
  const beside: ReadonlyArray<{ readonly message: string; readonly location: ReadonlyArray<string> }> = JSON.parse(
    `${headers["sl-violations"] ?? "[]"}`
  )
  if (headers["content-type"] !== "application/problem+json") {
    // That an example is not as the document itself has it is no matter of the request.
    return beside.filter(({ location: [side] }) => side === "request").map(({ message }) => message)
  }
  const { detail, title, validation }: Problem = JSON.parse(`${body}`)
  return validation?.map(({ message }) => message) ?? [`${title}: ${detail}`]
}
