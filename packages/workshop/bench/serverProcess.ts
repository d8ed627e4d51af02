/**
 * The vendor, as quick as can be: whole answers, ready to be written, on plain TCP. A process of its own, which tells its port.
 */
import { createServer, type Socket } from "node:net"
import type { AddressInfo } from "node:net"
import { users } from "./users.ts"

const answer = (status: string, body: unknown): Buffer => {
  const text = JSON.stringify(body)
  return Buffer.from([
    `HTTP/1.1 ${status}`,
    "content-type: application/json; charset=utf-8",
    `content-length: ${Buffer.byteLength(text)}`,
    "date: Mon, 23 Nov 2026 19:44:58 GMT",
    "",
    text
  ].join("\r\n"))
}

const failure = (code: string, title: string) => ({ errors: [{ code, title }] })

const found = new Map(Object.entries(users).map(([id, user]) => [id, answer("200 OK", { user })]))

const created = answer("201 Created", { user: users.small })

const missing = answer("404 Not Found", failure("user_not_found", "User not found"))

const unauthorized = answer("401 Unauthorized", failure("unauthorized", "Authorization is required"))

const credentials = /\r\nauthorization: (?:Basic|Bearer) \S/i

const answerTo = (head: string): Buffer => {
  if (!credentials.test(head)) return unauthorized
  if (head.startsWith("POST ")) return created
  const path = head.slice(0, head.indexOf(" ", 4))
  return found.get(path.slice(path.lastIndexOf("/") + 1)) ?? missing
}

const serve = (socket: Socket): void => {
  let received = ""
  socket.on("data", (chunk) => {
    received += chunk.toString("latin1")
    for (;;) {
      const endOfHead = received.indexOf("\r\n\r\n")
      if (endOfHead === -1) return
      const head = received.slice(0, endOfHead)
      const length = Number(/\r\ncontent-length: (\d+)/i.exec(head)?.[1] ?? 0)
      const end = endOfHead + 4 + length
      if (received.length < end) return
      received = received.slice(end)
      socket.write(answerTo(head))
    }
  })
  // A contestant that ends resets its connections.
  socket.on("error", () => socket.destroy())
}

const server = createServer({ noDelay: true }, serve).listen(0, "127.0.0.1", () => {
  process.send!((server.address() as AddressInfo).port)
})

process.once("disconnect", () => process.exit())
