/**
 * A server on loopback that keeps what it is sent, and answers what it is told to.
 */
import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"
import { createServer, type IncomingMessage, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"

export interface RecordedRequest {
  readonly method: string | undefined
  /** As it was sent, still percent-encoded, without the query. */
  readonly path: string
  readonly query: ReadonlyArray<readonly [name: string, value: string]>
  /** The parsed JSON, `{ notJson }` with the text where it is none, `undefined` without a body. */
  readonly body: unknown
  readonly contentType: string | undefined
  readonly authorization: string | undefined
}

export interface RecordingServer {
  readonly url: string
  readonly requests: ReadonlyArray<RecordedRequest>
  /** How many connections were opened. */
  readonly connections: () => number
  /** Forgets the requests and gives them. */
  readonly take: () => ReadonlyArray<RecordedRequest>
}

/** Answers as the API does when all goes well. */
const succeed = ({ method, path }: RecordedRequest, response: ServerResponse): void => {
  const isDelete = method === "DELETE" && !path.endsWith("/personalinformation")
  response.writeHead(method === "POST" ? 201 : 200, { "content-type": "application/json" })
  response.end(JSON.stringify(isDelete ? {} : { user: { id: "7494535bff5cef41a15be74d" } }))
}

export const make = (answer = succeed): Effect.Effect<RecordingServer, never, Scope.Scope> =>
  Effect.gen(function*() {
    const requests: Array<RecordedRequest> = []
    let connections = 0
    const server = yield* Effect.acquireRelease(
      Effect.sync(() =>
        createServer((request, response) => {
          const chunks: Array<Buffer> = []
          request.on("data", (chunk) => chunks.push(chunk))
          request.on("end", () => {
            const recorded = record(request, Buffer.concat(chunks).toString())
            requests.push(recorded)
            answer(recorded, response)
          })
        }).on("connection", () => connections++)
      ),
      (server) =>
        Effect.sync(() => {
          server.closeAllConnections()
          server.close()
        })
    )
    yield* Effect.callback<void>((resume) => {
      server.listen(0, "127.0.0.1", () => resume(Effect.void))
    })
    const { port } = server.address() as AddressInfo
    return {
      url: `http://127.0.0.1:${port}`,
      requests,
      connections: () => connections,
      take: () => requests.splice(0)
    }
  })

const record = ({ headers, method, url = "" }: IncomingMessage, text: string): RecordedRequest => {
  const [path = "", search = ""] = url.split(/\?(.*)/su)
  return {
    method,
    path,
    query: Array.from(new URLSearchParams(search)),
    body: parse(text),
    contentType: headers["content-type"],
    authorization: headers.authorization
  }
}

const parse = (text: string): unknown => {
  if (text === "") return undefined
  try {
    return JSON.parse(text)
  } catch {
    return { notJson: text }
  }
}
