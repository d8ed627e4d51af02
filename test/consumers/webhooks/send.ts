/** Requests as the vendor sends them, and worse. */
import { once } from "node:events"
import { request } from "node:http"
import { connect } from "node:net"

export const secret = "8564b3e6a8b20a4bdb68b05d9ce97aace9ed5936"

export const delivery = (userId: string, padding = "", type = "user:remove"): string =>
  JSON.stringify({
    app: { id: "5ebee0975ac5304b664a12fa" },
    webhook: { id: "5f4eaef81e3dcc117c7ba48a", version: "v2" },
    events: [{
      id: `event-of-${userId}`,
      type,
      createdAt: "2026-01-15T09:30:00.000Z",
      payload: { user: { id: userId, authenticated: true } }
    }],
    padding
  })

interface Sent {
  readonly method?: string
  readonly key?: string
  readonly body?: string
  /** Tells no length. */
  readonly chunked?: boolean
}

/** The status, and the body. */
export const send = (port: number, { body, chunked, key = secret, method = "POST" }: Sent): Promise<string> =>
  new Promise((resolve, reject) => {
    const sent = request({
      host: "127.0.0.1",
      port,
      path: "/webhooks",
      method,
      headers: {
        "content-type": "application/json",
        "x-api-key": key,
        ...(body !== undefined && chunked !== true && { "content-length": Buffer.byteLength(body) })
      }
    }, (response) => {
      let text = ""
      response.setEncoding("utf8").on("data", (part) => text += part)
      response.on("end", () => resolve(`${response.statusCode} ${text}`.trim())).on("error", reject)
    })
    // After an answer nobody listens any more to what is still sent.
    sent.on("error", reject).end(body)
  })

/** Sends the head and half of the body, and hangs up. */
export const sendHalf = async (port: number, body: string): Promise<void> => {
  const socket = connect(port, "127.0.0.1")
  await once(socket, "connect")
  const head = [
    "POST /webhooks HTTP/1.1",
    "host: 127.0.0.1",
    "content-type: application/json",
    `x-api-key: ${secret}`,
    `content-length: ${Buffer.byteLength(body)}`
  ]
  socket.write(`${head.join("\r\n")}\r\n\r\n${body.slice(0, body.length / 2)}`)
  // What is on its way arrives before the end does.
  socket.end()
  socket.on("error", () => {}).resume()
  await once(socket, "close")
}
