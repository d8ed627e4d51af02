import type { IncomingMessage, RequestListener } from "node:http"
import { createServer, request } from "node:http"
import type { AddressInfo } from "node:net"

/** What was answered. */
export interface Answered {
  readonly status: number
  readonly body: string
}

/** A server on this machine, as long as the callback runs. */
export const serving = async <A>(listener: RequestListener, use: (port: number) => Promise<A>): Promise<A> => {
  const server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  try {
    return await use((server.address() as AddressInfo).port)
  } finally {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
}

/** One request, of which nothing is done for its sender: with the headers that are given and no others of its own. */
export const send = (
  port: number,
  { body, headers = {}, method = "POST", path = "/" }: {
    readonly method?: string
    readonly path?: string
    readonly headers?: Record<string, string | ReadonlyArray<string>>
    readonly body?: string | Uint8Array | undefined
  }
): Promise<Answered> =>
  new Promise((resolve, reject) => {
    const sent = request(
      { host: "127.0.0.1", port, method, path, headers: headers as never },
      (response: IncomingMessage) => {
        const chunks: Array<Uint8Array> = []
        response.on("data", (chunk) => chunks.push(chunk))
        response.on("end", () => resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString() }))
        response.on("error", reject)
      }
    )
    sent.on("error", reject)
    sent.end(body)
  })
