import type { Dispatcher } from "undici"
import type { Send } from "./directTransport.ts"
import { UndiciExchange } from "./undiciExchange.ts"

/** @internal */
export const undiciDirectTransport =
  (dispatcher: Dispatcher): Send => ({ maxResponseBytes, server }, request, headers, onEnd) => {
    const exchange = new UndiciExchange(maxResponseBytes, onEnd)
    exchange.start(dispatcher, {
      origin: server.origin,
      path: server.path + request.path,
      method: request.method as Dispatcher.HttpMethod,
      headers,
      body: request.body ?? null,
      // The time limits are the call's.
      headersTimeout: 0,
      bodyTimeout: 0
    })
    return exchange
  }
