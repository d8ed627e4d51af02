import { type Emulator } from "@sunco/emulator/Emulator"
import * as Effect from "effect/Effect"
import { connect } from "node:net"

export const portOf = (emulator: Emulator["Service"]) => Number(new URL(emulator.url).port)

/**
 * Sends text on a connection of its own and gives all that comes back, up to the pattern or to the end of the
 * connection.
 */
export const exchange = (
  emulator: Emulator["Service"],
  text: string,
  until = /$^/u,
  write: "write" | "end" = "write"
) =>
  Effect.callback<string>((resume) => {
    let received = ""
    const socket = connect(portOf(emulator), "127.0.0.1", () => socket[write](text))
    socket.on("data", (chunk) => {
      received += chunk.toString()
      if (until.test(received)) socket.destroy()
    })
    socket.on("error", () => {})
    socket.on("close", () => resume(Effect.succeed(received)))
    return Effect.sync(() => socket.destroy())
  })
