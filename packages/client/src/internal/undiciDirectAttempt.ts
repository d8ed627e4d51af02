import type { Dispatcher } from "undici"
import type { DirectAttempt } from "./directTransport.ts"
import { startTimer } from "./timer.ts"
import { UndiciExchange } from "./undiciExchange.ts"

/** @internal */
export const undiciDirectAttempt =
  (dispatcher: Dispatcher): DirectAttempt => (fiber, core, request, headers, time, onEnd) => {
    const exchange = new UndiciExchange(core.maxResponseBytes, (end) => {
      cancelTimer()
      onEnd(end)
    })
    const cancelTimer = startTimer(fiber, time.millis, () => {
      exchange.abort()
      onEnd({ _tag: "OutOfTime", limit: time.limit, millis: time.names })
    })
    exchange.start(dispatcher, {
      origin: core.server.origin,
      path: core.server.path + request.path,
      method: request.method as Dispatcher.HttpMethod,
      headers,
      body: request.body ?? null,
      headersTimeout: 0,
      bodyTimeout: 0
    })
    return () => {
      cancelTimer()
      exchange.abort()
    }
  }
