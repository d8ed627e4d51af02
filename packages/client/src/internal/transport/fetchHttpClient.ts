import type * as Effect from "effect/Effect"
import * as Headers from "effect/http/Headers"
import type * as HttpClientError from "effect/http/HttpClientError"
import type * as HttpClientRequest from "effect/http/HttpClientRequest"
import type { BufferedResponse } from "./bufferedResponse.ts"
import { type Fetch, FetchExchange } from "./fetchExchange.ts"
import { readableStream } from "./readableStream.ts"
import { wholeExchange } from "./wholeExchange.ts"

/**
 * Any request of Effect's `HttpClient` by a `fetch`.
 *
 * @internal
 */
export const execute = (
  fetch: Fetch,
  request: HttpClientRequest.HttpClientRequest
): Effect.Effect<BufferedResponse, HttpClientError.HttpClientError> =>
  wholeExchange(request, ({ href }, maxBytes, onEnd) => {
    const exchange = new FetchExchange(maxBytes, onEnd)
    void exchange.start(fetch, href, {
      method: request.method,
      // fetch counts itself.
      headers: Headers.remove(request.headers, "content-length"),
      ...bodyOf(request)
    })
    return exchange
  })

const bodyOf = ({ body }: HttpClientRequest.HttpClientRequest): RequestInit | undefined => {
  switch (body._tag) {
    case "Empty":
      return undefined
    case "FormData":
      return { body: body.formData }
    case "Uint8Array":
    // What fetch does not take of a raw body, it refuses.
    case "Raw":
      return { body: body.body as BodyInit }
    case "Stream":
      return { body: readableStream(body.stream), duplex: "half" } as RequestInit
  }
}
