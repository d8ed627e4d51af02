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
import { startTimer } from "./timer.ts"
import type { Answer, Lost, Outcome, OutOfTime, WireRequest } from "./wire.ts"

/** @internal */
export interface TimeLimit {
  readonly limit: OutOfTime["limit"]
  /** How long the attempt may take. */
  readonly millis: number
  /** The limit that the caller set, which a failure names. */
  readonly names: number
}

/**
 * One request within its time. It never fails: what becomes of it is an {@link Outcome}.
 *
 * @internal
 */
export const attempt = (
  core: Core,
  request: WireRequest,
  headers: RequestHeaders,
  time: TimeLimit,
  span: Tracer.Span | undefined
): Effect.Effect<Outcome> =>
  Effect.withFiber((fiber) =>
    Effect.callback<Outcome>((resume) => {
      const exchange = Effect.flatMap(
        core.httpClient.execute(httpRequest(core, request, headers, span)),
        (response) => read(response, core.maxResponseBytes)
      )
      const context = Context.merge(fiber.context, core.transportContext)
      const child = Effect.runForkWith(
        span === undefined ? context : Context.add(context, Tracer.ParentSpan, span)
      )(exchange)
      const cancelTimer = startTimer(fiber, time.millis, () => {
        resume(Effect.succeed({ _tag: "OutOfTime", limit: time.limit, millis: time.names }))
        // Not waited for: a transport that is slow to let go must not delay the deadline.
        child.interruptUnsafe(fiber.id)
      })
      child.addObserver((exit) => {
        cancelTimer()
        resume(Effect.succeed(Exit.isSuccess(exit) ? exit.value : lost(exit.cause)))
      })
      return Effect.suspend(() => {
        cancelTimer()
        return Fiber.interrupt(child)
      })
    })
  )

const httpRequest = (
  core: Core,
  request: WireRequest,
  headers: RequestHeaders,
  span: Tracer.Span | undefined
): HttpClientRequest.HttpClientRequest => {
  const own = request.body === undefined ? headers.withoutBody : headers.withJson
  return HttpClientRequest.makeWith(
    request.method,
    core.baseUrl + request.path,
    UrlParams.empty,
    Option.none(),
    core.propagateTrace && span !== undefined ? Headers.merge(own, HttpTraceContext.toHeaders(span)) : own,
    request.body === undefined ? HttpBody.empty : HttpBody.text(request.body, "application/json")
  )
}

const lost = (cause: Cause.Cause<unknown>): Lost => {
  const error = Cause.squash(cause)
  const response = isHttpClientError(error) ? error.response : undefined
  return {
    _tag: "Lost",
    cause: error,
    response: response === undefined ? undefined : { status: response.status, headers: response.headers }
  }
}

const read = (response: HttpClientResponse, limit: number): Effect.Effect<Answer, unknown> =>
  response instanceof BufferedResponse
    ? Effect.succeed(answer(response, response.bodyText, response.tooLarge))
    : readStream(response, limit)

const answer = ({ headers, status }: HttpClientResponse, body: string, tooLarge: boolean): Answer => ({
  _tag: "Answer",
  status,
  headers,
  body,
  tooLarge
})

/** Other transports buffer without bound, so their stream is read and counted here. */
const readStream = (response: HttpClientResponse, limit: number): Effect.Effect<Answer, unknown> =>
  Effect.suspend(() => {
    const decoder = new TextDecoder()
    let body = ""
    let size = 0
    return Stream.runForEach(response.stream, (chunk) => {
      size += chunk.length
      if (size > limit) return Effect.fail(tooLarge)
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
