/**
 * What the HTTP servers of this thread have to do with their callers, as Node itself tells it: no server has to help.
 */
import * as Effect from "effect/Effect"
import { subscribe, unsubscribe } from "node:diagnostics_channel"
import type { ServerResponse } from "node:http"
import type { Socket } from "node:net"

export interface ServerSide {
  /** Connections that are open now. */
  readonly connections: () => number
  /** Requests that are being answered now. */
  readonly pending: () => number
  /** Requests whose caller left before the end of the answer. */
  readonly abandoned: () => number
  /** Bytes that were written on all connections. */
  readonly bytesWritten: () => number
}

/** From now on, to the end of the scope. */
export const observe = Effect.map(
  Effect.acquireRelease(
    Effect.sync(() => {
      const sockets = new Set<Socket>()
      const responses = new Set<ServerResponse>()
      let abandoned = 0
      let closedBytes = 0
      const onSocket = (message: unknown) => {
        const { socket } = message as { readonly socket: Socket }
        sockets.add(socket)
        socket.once("close", () => {
          closedBytes += socket.bytesWritten
          sockets.delete(socket)
        })
      }
      const onRequest = (message: unknown) => {
        const { response } = message as { readonly response: ServerResponse }
        responses.add(response)
        response.once("close", () => {
          responses.delete(response)
          if (!response.writableFinished) abandoned++
        })
      }
      subscribe("net.server.socket", onSocket)
      subscribe("http.server.request.start", onRequest)
      const serverSide: ServerSide = {
        connections: () => sockets.size,
        pending: () => responses.size,
        abandoned: () => abandoned,
        bytesWritten: () => Array.from(sockets).reduce((sum, { bytesWritten }) => sum + bytesWritten, closedBytes)
      }
      return { serverSide, onRequest, onSocket }
    }),
    ({ onRequest, onSocket }) =>
      Effect.sync(() => {
        unsubscribe("net.server.socket", onSocket)
        unsubscribe("http.server.request.start", onRequest)
      })
  ),
  ({ serverSide }) => serverSide
)
