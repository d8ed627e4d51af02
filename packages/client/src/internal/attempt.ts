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
import { BufferedResponse } from "./bufferedResponse.ts"
import type { Core, RequestHeaders } from "./core.ts"
import { endAttemptSpan, interruptAttemptSpan } from "./spans.ts"
import { startTimer } from "./timer.ts"
import type { Answer, Lost, Outcome, TimeLimit, WireRequest } from "./wire.ts"

/**
 * One request within its time. It never fails: what becomes of it is an {@link Outcome}.
 *
 * @internal
 */
export const attempt = (
  core: Core,
  request: WireRequest,
  requestHeaders: RequestHeaders,
  time: TimeLimit,
  span: Tracer.Span | undefined
): Effect.Effect<Outcome> => {
  const own = request.body === undefined ? requestHeaders.withoutBody : requestHeaders.withJson
  const headers = core.propagateTrace && span !== undefined ? Headers.merge(own, HttpTraceContext.toHeaders(span)) : own
  const { direct } = core
  return direct === undefined ?
    throughHttpClient(core, request, headers, time, span) :
    Effect.withFiber((fiber) =>
      Effect.callback<Outcome>((resume) => {
        const abort = direct(fiber, core, request, headers, time, (outcome) => resume(Effect.succeed(outcome)))
        return Effect.sync(abort)
      })
    )
}

/** On any `HttpClient`, in a fiber of its own so that it can be left behind when its time is up. */
const throughHttpClient = (
  core: Core,
  request: WireRequest,
  headers: Headers.Headers,
  time: TimeLimit,
  span: Tracer.Span | undefined
): Effect.Effect<Outcome> =>
  Effect.withFiber((fiber) =>
    Effect.callback<Outcome>((resume) => {
      let ended = false
      const end = (outcome: Outcome) => {
        if (ended) return
        ended = true
        if (span !== undefined) endAttemptSpan(fiber, span, outcome)
        resume(Effect.succeed(outcome))
      }
      const exchange = Effect.flatMap(
        core.httpClient.execute(httpRequest(core, request, headers)),
        (response) => read(response, core.maxResponseBytes)
      )
      const context = Context.merge(fiber.context, core.transportContext)
      const child = Effect.runForkWith(
        span === undefined ? context : Context.add(context, Tracer.ParentSpan, span)
      )(exchange)
      const cancelTimer = startTimer(fiber, time.millis, () => {
        end({ _tag: "OutOfTime", limit: time.limit, millis: time.names })
        // Not waited for: a transport that is slow to let go must not delay the deadline.
        child.interruptUnsafe(fiber.id)
      })
      child.addObserver((exit) => {
        cancelTimer()
        end(Exit.isSuccess(exit) ? exit.value : lost(exit.cause))
      })
      return Effect.suspend(() => {
        ended = true
        cancelTimer()
        if (span !== undefined) interruptAttemptSpan(fiber, span)
        return Fiber.interrupt(child)
      })
    })
  )

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

const read = (response: HttpClientResponse, maxBytes: number): Effect.Effect<Answer, unknown> =>
  // The transport of this package, wrapped by somebody, has kept to the limit itself.
  response instanceof BufferedResponse
    ? Effect.succeed(answer(response, response.bodyText, response.tooLarge))
    : readStream(response, maxBytes)

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
