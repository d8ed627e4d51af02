import type { Send } from "./directTransport.ts"
import { type Fetch, FetchExchange } from "./fetchExchange.ts"

/** @internal */
export const fetchDirectTransport =
  (fetch: Fetch): Send => ({ maxResponseBytes, server }, { body, method, path }, headers, onEnd, onActivity) => {
    const exchange = new FetchExchange(maxResponseBytes, onEnd, onActivity)
    void exchange.start(fetch, server.origin + server.path + path, {
      method,
      headers,
      // Its type takes no bytes that may be shared among threads.
      ...(body === undefined ? undefined : { body: body as BodyInit })
    })
    return exchange
  }
