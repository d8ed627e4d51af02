import type { Dispatcher } from "undici"
import type { Send } from "./directTransport.ts"
import { UndiciExchange } from "./undiciExchange.ts"
import type { WireRequest } from "./wire.ts"

/** @internal */
export const undiciDirectTransport =
  (dispatcher: Dispatcher): Send => ({ maxResponseBytes, server }, request, headers, onEnd, onActivity) => {
    const exchange = new UndiciExchange(maxResponseBytes, onEnd, onActivity)
    const length = onActivity === undefined ? undefined : watchedLength(request)
    exchange.start(dispatcher, {
      origin: server.origin,
      path: server.path + request.path,
      method: request.method as Dispatcher.HttpMethod,
      headers: length === undefined ? headers : { ...headers, "content-length": String(length) },
      // Its types name no iterable but a Readable; it takes any.
      body: length === undefined ? request.body ?? null : pieces(request.body, onActivity) as unknown as Buffer,
      // The time limits are the call's.
      headersTimeout: 0,
      bodyTimeout: 0
    })
    return exchange
  }

/** Of a body whose way out is watched. */
const watchedLength = ({ body }: WireRequest): number | undefined => typeof body === "object" ? body.length : undefined

const pieceLength = 64 * 1024

/** undici asks for the next piece when the socket has taken those before it. */
async function* pieces(body: WireRequest["body"], onActivity: (() => void) | undefined) {
  if (typeof body !== "object") return
  for (let at = 0; at < body.length; at += pieceLength) {
    onActivity?.()
    yield body.subarray(at, at + pieceLength)
  }
  onActivity?.()
}
