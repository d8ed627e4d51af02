import type * as Effect from "effect/Effect"
import type * as HttpClientError from "effect/http/HttpClientError"
import type * as HttpClientRequest from "effect/http/HttpClientRequest"
import { type Dispatcher, FormData } from "undici"
import type { BufferedResponse } from "./bufferedResponse.ts"
import { readableStream } from "./readableStream.ts"
import { UndiciExchange } from "./undiciExchange.ts"
import { wholeExchange } from "./wholeExchange.ts"

/**
 * Any request of Effect's `HttpClient` on a dispatcher.
 *
 * @internal
 */
export const execute = (
  dispatcher: Dispatcher,
  request: HttpClientRequest.HttpClientRequest
): Effect.Effect<BufferedResponse, HttpClientError.HttpClientError> =>
  wholeExchange(request, ({ origin, pathname, search }, maxBytes, onEnd) => {
    const exchange = new UndiciExchange(maxBytes, onEnd)
    exchange.start(dispatcher, {
      origin,
      path: pathname + search,
      // undici types the methods that it knows and sends whatever it gets.
      method: request.method as Dispatcher.HttpMethod,
      headers: request.headers,
      body: bodyOf(request),
      // The time limits are the caller's fiber's.
      headersTimeout: 0,
      bodyTimeout: 0
    })
    return exchange
  })

type Body = Exclude<Dispatcher.DispatchOptions["body"], undefined>

const bodyOf = ({ body }: HttpClientRequest.HttpClientRequest): Body => {
  switch (body._tag) {
    case "Empty":
      return null
    case "Uint8Array":
      return body.body
    case "FormData": {
      // undici takes no form but its own.
      const form = new FormData()
      body.formData.forEach((value, name) => form.append(name, value))
      return form
    }
    // undici takes any web stream and raw body that fetch takes; its types name fewer.
    case "Raw":
      return body.body as Body
    case "Stream":
      return readableStream(body.stream) as unknown as Body
  }
}
