import type { Send } from "./directTransport.ts"
import { type Fetch, FetchExchange } from "./fetchExchange.ts"

/** @internal */
export const fetchDirectTransport =
  (fetch: Fetch): Send => ({ maxResponseBytes, server }, { body, method, path }, headers, onEnd) => {
    const exchange = new FetchExchange(maxResponseBytes, onEnd)
    void exchange.start(fetch, server.origin + server.path + path, {
      method,
      headers,
      ...(body === undefined ? undefined : { body })
    })
    return exchange
  }
