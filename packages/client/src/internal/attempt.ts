import * as Cause from "effect/Cause"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Fiber from "effect/Fiber"
import * as Headers from "effect/http/Headers"
import * as HttpBody from "effect/http/HttpBody"
import { isHttpClientError } from "effect/http/HttpClientError"
import * as HttpClientRequest from "effect/http/HttpClientRequest"
import type { HttpClientResponse } from "effect/http/HttpClientResponse"
import * as HttpTraceContext from "effect/http/HttpTraceContext"
import * as UrlParams from "effect/http/UrlParams"
import * as Option from "effect/Option"
import * as Stream from "effect/Stream"
import * as Tracer from "effect/Tracer"
import type { Core, RequestHeaders } from "./core.ts"
import type { Send } from "./directTransport.ts"
import type { Method } from "./method.ts"
import { endAttemptSpan, interruptAttemptSpan } from "./spans.ts"
import { startTimer } from "./timer.ts"
import { wholeBody } from "./wholeBody.ts"
import type { Answer, Lost, Outcome, TimeLimit, WireRequest } from "./wire.ts"

/** @internal */
export interface Attempt {
  readonly request: WireRequest
  readonly headers: RequestHeaders
  readonly time: TimeLimit
  /** Ends with the attempt. */
  readonly span: Tracer.Span | undefined
}

/**
 * One request within its time. It never fails: what becomes of it is an {@link Outcome}, and `then` goes on from there.
 *
 * @internal
 */
export const attempt = <A, E>(
  core: Core,
  method: Method,
  { headers, request, span, time }: Attempt,
  then: (outcome: Outcome) => Effect.Effect<A, E>
): Effect.Effect<A, E> =>
  Effect.callback((resume) => {
    // In the fiber and not where the answer arrives: what throws there, such as a tracer, leaves nobody waiting.
    const end = (outcome: Outcome) =>
      resume(Effect.suspend(() => {
        if (span !== undefined) endAttemptSpan(method, span, outcome)
        return then(outcome)
      }))
    const timer = startTimer(method, core.attemptTimers, time.millis, () => {
      // Its end is not waited for: a transport that is slow to let go must not delay the deadline.
      sending.abort()
      end({ _tag: "OutOfTime", limit: time.limit, millis: time.names })
    })
    const send = core.direct ?? throughHttpClient(core, method, span)
    const sending = send(core, request, headersOf(core, request, headers, span), (answer) => {
      timer.cancel()
      end(answer)
    })
    return Effect.suspend(() => {
      timer.cancel()
      sending.abort()
      if (span !== undefined) interruptAttemptSpan(method, span)
      return sending.gone ?? Effect.void
    })
  })

const headersOf = (
  { propagateTrace }: Core,
  { body }: WireRequest,
  { withJson, withoutBody }: RequestHeaders,
  span: Tracer.Span | undefined
): Headers.Headers => {
  const headers = body === undefined ? withoutBody : withJson
  return propagateTrace && span !== undefined ? Headers.merge(headers, HttpTraceContext.toHeaders(span)) : headers
}

/** On any `HttpClient`, in a fiber of its own so that it can be left behind when its time is up. */
const throughHttpClient =
  (core: Core, { fiber }: Method, span: Tracer.Span | undefined): Send => (_, request, headers, onEnd) => {
    const context = Context.merge(fiber.context, core.transportContext)
    const child = Effect.runForkWith(span === undefined ? context : Context.add(context, Tracer.ParentSpan, span))(
      Effect.flatMap(
        core.httpClient.execute(httpRequest(core, request, headers)),
        (response) => read(response, core.maxResponseBytes)
      )
    )
    const ignore = child.addObserver((exit) => onEnd(Exit.isSuccess(exit) ? exit.value : lost(exit.cause)))
    return {
      abort: () => {
        ignore()
        child.interruptUnsafe(fiber.id)
      },
      gone: Fiber.await(child)
    }
  }

const httpRequest = (
  { server }: Core,
  { body, method, path }: WireRequest,
  headers: Headers.Headers
): HttpClientRequest.HttpClientRequest =>
  HttpClientRequest.makeWith(
    method,
    server.origin + server.path + path,
    UrlParams.empty,
    Option.none(),
    headers,
    body === undefined ? HttpBody.empty : HttpBody.text(body, "application/json")
  )

const lost = (cause: Cause.Cause<unknown>): Lost => {
  const error = Cause.squash(cause)
  const response = isHttpClientError(error) ? error.response : undefined
  return {
    _tag: "Lost",
    cause: error,
    response: response === undefined ? undefined : { status: response.status, headers: response.headers }
  }
}

const answer = ({ headers, status }: HttpClientResponse, body: string, tooLarge: boolean): Answer => ({
  _tag: "Answer",
  status,
  headers,
  body,
  tooLarge
})

const read = (response: HttpClientResponse, maxBytes: number): Effect.Effect<Answer, unknown> => {
  const body = wholeBody(response)
  return body !== undefined
    ? Effect.succeed(answer(response, body.text, body.tooLarge))
    : isKnownToFit(response, maxBytes)
    ? Effect.map(response.text, (text) => answer(response, text, false))
    : readStream(response, maxBytes)
}

/** A body is as long as its header says, if it is not compressed: no stream, whose chunks are dear, has to count it. */
const isKnownToFit = ({ headers }: HttpClientResponse, maxBytes: number): boolean =>
  Number(headers["content-length"]) <= maxBytes && headers["content-encoding"] === undefined

/** Most transports buffer without bound, so the stream is read and counted here. */
const readStream = (response: HttpClientResponse, maxBytes: number): Effect.Effect<Answer, unknown> =>
  Effect.suspend(() => {
    const decoder = new TextDecoder()
    let body = ""
    let size = 0
    return Stream.runForEach(response.stream, (chunk) => {
      size += chunk.length
      if (size > maxBytes) return Effect.fail(tooLarge)
      body += decoder.decode(chunk, { stream: true })
      return Effect.void
    }).pipe(
      Effect.map(() => answer(response, body + decoder.decode(), false)),
      Effect.catch((error) =>
        error === tooLarge
          ? Effect.succeed(answer(response, body, true))
          : isHttpClientError(error) && error.reason._tag === "EmptyBodyError"
          ? Effect.succeed(answer(response, "", false))
          : Effect.fail(error)
      )
    )
  })

const tooLarge = Symbol()
