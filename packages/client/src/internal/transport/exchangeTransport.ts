import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as HttpClient from "effect/http/HttpClient"
import type { HttpClientError } from "effect/http/HttpClientError"
import * as HttpIncomingMessage from "effect/http/HttpIncomingMessage"
import * as Tracer from "effect/Tracer"
import type { Exchange, Received, Start } from "../../BufferedResponse.ts"
import { BufferedResponse, decoder } from "./bufferedResponse.ts"
import { DirectTransport, type Send } from "./directTransport.ts"
import { answer, httpRequest, lost } from "./throughHttpClient.ts"

/** @internal */
export const exchangeTransport = (start: Start): HttpClient.HttpClient =>
  Object.assign(
    HttpClient.makeWith<HttpClientError, never, HttpClientError, never>(
      Effect.flatMap((request) => execute(start, request)),
      Effect.succeed
    ),
    { [DirectTransport]: direct(start) }
  )

const direct = (start: Start): Send => ({ maxResponseBytes, server }, request, headers, onEnd, _, fiber, span) => {
  let isAwaited = true
  const exchange: Exchange = {
    request: httpRequest(server, request, headers),
    maxBytes: maxResponseBytes,
    context: span === undefined ? fiber.context : Context.add(fiber.context, Tracer.ParentSpan, span)
  }
  const { abort, gone } = start(exchange, (exit) => {
    if (isAwaited) onEnd(Exit.isSuccess(exit) ? answerOf(exit.value) : lost(exit.cause, maxResponseBytes))
  })
  return {
    progress: () => ({}),
    abort: () => {
      isAwaited = false
      abort()
    },
    gone
  }
}

const answerOf = ({ body, headers, status, tooLarge, unframed }: Received) =>
  answer({ headers, status }, decoder.decode(body), tooLarge, unframed)

const execute = (start: Start, request: Exchange["request"]): Effect.Effect<BufferedResponse, HttpClientError> =>
  Effect.withFiber((fiber) => {
    const maxBodySize = fiber.getRef(HttpIncomingMessage.MaxBodySize)
    const exchange: Exchange = {
      request,
      // A branded bigint. Its module would weigh on every bundle for this.
      maxBytes: maxBodySize === undefined ? Infinity : Number(maxBodySize),
      context: fiber.context
    }
    return Effect.callback((resume) => {
      const { abort, gone } = start(
        exchange,
        (exit) =>
          resume(
            Exit.map(exit, ({ body, headers, status, tooLarge, unframed }) =>
              new BufferedResponse(request, status, headers, body, tooLarge, unframed))
          )
      )
      return Effect.suspend(() => {
        abort()
        return gone
      })
    })
  })
