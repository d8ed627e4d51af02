import { setImmediate } from "node:timers/promises"
import { user } from "./users.ts"

const body = Buffer.from(JSON.stringify({ user }))

const headers = { "content-type": "application/json", "content-length": String(body.length) }

/** A `fetch` without a socket: it answers every request with the same user, in the next turn of the event loop. */
export const fakeFetch: typeof globalThis.fetch = async () => {
  await setImmediate()
  return new Response(body, { headers })
}
