import { Dispatcher } from "undici"
import { missing, user } from "./users.ts"

interface Answer {
  readonly status: number
  readonly headers: Record<string, string>
  readonly body: Buffer
}

const answer = (status: number, json: unknown): Answer => {
  const body = Buffer.from(JSON.stringify(json))
  return {
    status,
    headers: {
      "content-type": "application/json",
      "content-length": String(body.length),
      date: "Mon, 23 Nov 2026 19:44:58 GMT"
    },
    body
  }
}

const found = answer(200, { user })

const created = answer(201, { user })

const notFound = answer(404, { errors: [{ code: "user_not_found", title: "User not found" }] })

const answerTo = ({ method, path }: Dispatcher.DispatchOptions): Answer =>
  method === "POST" ? created : path.endsWith(`/${missing}`) ? notFound : found

const controller: Dispatcher.DispatchController = {
  aborted: false,
  paused: false,
  reason: null,
  abort() {},
  pause() {},
  resume() {}
}

class FakeDispatcher extends Dispatcher {
  override dispatch(options: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler) {
    const { body, headers, status } = answerTo(options)
    handler.onRequestStart?.(controller, undefined)
    setImmediate(() => {
      handler.onResponseStart?.(controller, status, headers, "")
      handler.onResponseData?.(controller, body)
      handler.onResponseEnd?.(controller, {})
    })
    return true
  }
}

/**
 * A dispatcher without a socket: it answers at once as the server of the benchmark does, in the next turn of the event loop as a socket
 * would. What is measured over it is the client alone.
 */
export const fakeDispatcher: Dispatcher = new FakeDispatcher()
