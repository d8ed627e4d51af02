/**
 * As much of the DevTools protocol as the tests need: commands, their answers, and events, over the WebSocket of Node.
 */
import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"

export type Params = Readonly<Record<string, unknown>>

export interface Event {
  readonly method: string
  readonly params: any
  readonly sessionId?: string
}

export interface DevTools {
  readonly send: (method: string, params?: Params, sessionId?: string) => Effect.Effect<any>
  readonly onEvent: (listener: (event: Event) => void) => void
}

export const connect = (url: string): Effect.Effect<DevTools, never, Scope.Scope> =>
  Effect.gen(function*() {
    const socket = yield* Effect.acquireRelease(
      Effect.callback<WebSocket>((resume) => {
        const socket = new WebSocket(url)
        socket.addEventListener("open", () => resume(Effect.succeed(socket)))
        socket.addEventListener("error", () => resume(Effect.die(new Error(`no WebSocket at ${url}`))))
      }),
      (socket) => Effect.sync(() => socket.close())
    )
    const waiting = new Map<number, (answer: Effect.Effect<any>) => void>()
    const listeners: Array<(event: Event) => void> = []
    let lastId = 0

    socket.addEventListener("message", ({ data }) => {
      const { error, id, result, ...event } = JSON.parse(data)
      if (id === undefined) return listeners.forEach((listener) => listener(event))
      waiting.get(id)?.(error === undefined ? Effect.succeed(result) : Effect.die(new Error(error.message)))
      waiting.delete(id)
    })
    socket.addEventListener("close", () => {
      for (const resume of waiting.values()) resume(Effect.die(new Error("the browser has gone")))
    })

    return {
      send: (method, params = {}, sessionId) =>
        Effect.callback((resume) => {
          const id = ++lastId
          waiting.set(id, resume)
          socket.send(JSON.stringify({ id, method, params, ...(sessionId === undefined ? undefined : { sessionId }) }))
        }),
      onEvent: (listener) => void listeners.push(listener)
    }
  })
