/**
 * As much of the DevTools protocol as the tests need: commands, their answers, and events, over the WebSocket of Node.
 */
import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"

export type Params = Readonly<Record<string, unknown>>

/** Those that somebody listens to, with what they carry as far as it is read. */
export interface Events {
  readonly "Network.requestWillBeSent": { readonly request: { readonly url: string } }
  readonly "Network.webSocketCreated": { readonly url: string }
  readonly "Runtime.exceptionThrown": { readonly exceptionDetails: ExceptionDetails }
  readonly "Log.entryAdded": {
    readonly entry: { readonly level: string; readonly source: string; readonly text: string }
  }
  readonly "Page.javascriptDialogOpening": { readonly message: string }
}

export interface ExceptionDetails {
  readonly text: string
  readonly exception?: { readonly description?: string }
}

export interface Event {
  readonly method: keyof Events
  readonly params: Events[keyof Events]
  readonly sessionId?: string
}

interface Answer {
  readonly result?: unknown
  readonly error?: { readonly message: string }
}

export interface DevTools {
  readonly send: <A = unknown>(method: string, params?: Params, sessionId?: string) => Effect.Effect<A>
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
    const waiting = new Map<number, (answer: Answer) => void>()
    const listeners: Array<(event: Event) => void> = []
    let lastId = 0

    socket.addEventListener("message", ({ data }) => {
      const { error, id, result, ...event } = JSON.parse(data)
      if (id === undefined) return listeners.forEach((listener) => listener(event))
      waiting.get(id)?.({ error, result })
      waiting.delete(id)
    })
    socket.addEventListener("close", () => {
      for (const answer of waiting.values()) answer({ error: { message: "the browser has gone" } })
    })

    return {
      send: <A>(method: string, params: Params = {}, sessionId?: string) =>
        Effect.callback<A>((resume) => {
          const id = ++lastId
          waiting.set(id, ({ error, result }) =>
            // The protocol says of what type it is.
            resume(error === undefined ? Effect.succeed(result as A) : Effect.die(new Error(error.message))))
          socket.send(JSON.stringify({ id, method, params, ...(sessionId === undefined ? undefined : { sessionId }) }))
        }),
      onEvent: (listener) => void listeners.push(listener)
    }
  })
