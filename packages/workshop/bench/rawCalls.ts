/**
 * A caller that costs as little as can be, so that what answers it is the bottleneck: the same bytes again and again on plain
 * TCP, one request at a time on each connection.
 */
import { connect, type Socket } from "node:net"

export interface RawCaller extends Disposable {
  readonly run: (calls: number) => Promise<void>
}

/** Whatever is not answered with 200 and a Content-Length is an error. */
export const openConnections = async (url: string, request: string, connections: number): Promise<RawCaller> => {
  const { hostname, port } = new URL(url)
  const sockets = await Promise.all(Array.from({ length: connections }, () => opened(hostname, Number(port))))
  const bytes = Buffer.from(request)
  return {
    run: async (calls) => {
      let left = calls
      await Promise.all(sockets.map(async (socket) => {
        while (left-- > 0) await answered(socket, bytes)
      }))
    },
    [Symbol.dispose]: () => {
      for (const socket of sockets) socket.destroy()
    }
  }
}

const opened = (host: string, port: number): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const socket = connect({ host, port, noDelay: true }, () => resolve(socket)).once("error", reject)
  })

const answered = (socket: Socket, request: Buffer): Promise<void> =>
  new Promise((resolve, reject) => {
    let received = ""
    const end = (error?: Error) => {
      socket.off("data", onData)
      socket.off("close", onClose)
      if (error === undefined) resolve()
      else reject(error)
    }
    const onClose = () => end(new Error("the connection was closed"))
    const onData = (chunk: Buffer) => {
      received += chunk.toString("latin1")
      const endOfHead = received.indexOf("\r\n\r\n")
      if (endOfHead === -1) return
      const length = /\r\ncontent-length: (\d+)/i.exec(received)?.[1]
      if (!received.startsWith("HTTP/1.1 200 ") || length === undefined) return end(new Error(received))
      if (received.length >= endOfHead + 4 + Number(length)) end()
    }
    socket.on("data", onData)
    socket.on("close", onClose)
    socket.write(request)
  })
