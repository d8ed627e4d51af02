/** A way between two sockets of this machine that breaks when it is told to. */
import * as Effect from "effect/Effect"
import { type AddressInfo, connect, createServer, type Socket } from "node:net"

/** Where a request ends: amid its body, or when it has come as a whole and its answer begins. */
export type Cut = "amid the request" | "before the answer"

export interface CuttingProxy {
  readonly port: number
  /** What happens to the next requests, one to each; what comes after them goes through. */
  readonly next: (...cuts: ReadonlyArray<Cut>) => void
}

/** In front of a port, as long as its scope. */
export const make = (target: number) =>
  Effect.map(
    Effect.acquireRelease(
      Effect.callback<{ readonly port: number; readonly close: () => void; readonly cuts: Array<Cut> }>((resume) => {
        const cuts: Array<Cut> = []
        const sockets = new Set<Socket>()
        const server = createServer((sender) => {
          const receiver = connect(target, "127.0.0.1")
          let cut: Cut | undefined
          const close = () => {
            sender.destroy()
            receiver.destroy()
          }
          for (const socket of [sender, receiver]) {
            sockets.add(socket)
            socket.on("error", close).on("close", () => {
              sockets.delete(socket)
              close()
            })
          }
          sender.on("data", (chunk) => {
            if (chunk.subarray(0, 5).toString() === "POST ") {
              cut = cuts.shift()
              if (cut === "amid the request") {
                // Node's clients send the head, and a body that fits beside it, at once.
                receiver.write(chunk.subarray(0, chunk.length - 1), close)
                return
              }
            }
            receiver.write(chunk)
          })
          receiver.on("data", (chunk) => cut === "before the answer" ? close() : sender.write(chunk))
        })
        server.listen(0, "127.0.0.1", () => {
          const { port } = server.address() as AddressInfo
          const close = () => {
            for (const socket of sockets) socket.destroy()
            server.close()
          }
          resume(Effect.succeed({ port, close, cuts }))
        })
      }),
      ({ close }) => Effect.sync(close)
    ),
    ({ cuts, port }): CuttingProxy => ({ port, next: (...more) => void cuts.push(...more) })
  )
