import { Dispatcher } from "undici"
import { user } from "./users.ts"

const body = Buffer.from(JSON.stringify({ user }))

const headers = {
  "content-type": "application/json",
  "content-length": String(body.length),
  date: "Mon, 23 Nov 2026 19:44:58 GMT"
}

const controller: Dispatcher.DispatchController = {
  aborted: false,
  paused: false,
  reason: null,
  abort() {},
  pause() {},
  resume() {}
}

class FakeDispatcher extends Dispatcher {
  override dispatch(_: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler) {
    handler.onRequestStart?.(controller, undefined)
    setImmediate(() => {
      handler.onResponseStart?.(controller, 200, headers, "OK")
      handler.onResponseData?.(controller, body)
      handler.onResponseEnd?.(controller, {})
    })
    return true
  }
}

/**
 * A dispatcher without a socket: it answers every request with the same user, in the next turn of the event loop as a socket
 * would. What is measured over it is the client alone.
 */
export const fakeDispatcher: Dispatcher = new FakeDispatcher()
