import * as Cause from "effect/Cause"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Fiber from "effect/Fiber"
import * as Headers from "effect/http/Headers"
import * as HttpBody from "effect/http/HttpBody"
import { type HttpClientError, isHttpClientError } from "effect/http/HttpClientError"
import * as HttpClientRequest from "effect/http/HttpClientRequest"
import type { HttpClientResponse } from "effect/http/HttpClientResponse"
import * as HttpTraceContext from "effect/http/HttpTraceContext"
import * as UrlParams from "effect/http/UrlParams"
import * as Option from "effect/Option"
import * as Stream from "effect/Stream"
import * as Tracer from "effect/Tracer"
import type { ResponseInfo } from "../../ResponseInfo.ts"
import { appended } from "../transport/appended.ts"
import { findCause } from "../transport/causeChain.ts"
import { type Core, type RequestHeaders, withMaxBodySize } from "./core.ts"
import { isUnframed } from "../transport/cutBody.ts"
import { isMarkedNeverSent, type Send } from "../transport/directTransport.ts"
import type { Method } from "./method.ts"
import { isMostlyPadding } from "../transport/padding.ts"
import { endAttemptSpan, interruptAttemptSpan } from "../telemetry/spans.ts"
import { statusFailure } from "../transport/statusFailure.ts"
import { startTimer } from "./timer.ts"
import { transportCode } from "../transport/transportCode.ts"
import { wholeBody } from "../transport/wholeBody.ts"
import type { Answer, Destination, Lost, Outcome, OutOfTime, TimeLimit, WireRequest } from "../transport/wire.ts"

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
    const outOfTime = (limit: OutOfTime["limit"], millis: number) => {
      stopWatching()
      const progress = sending.progress()
      // Its end is not waited for: a transport that is slow to let go must not delay the deadline.
      sending.abort()
      end({ _tag: "OutOfTime", limit, millis, ...progress })
    }
    const timer = startTimer(method, core.attemptTimers, time.millis, () => outOfTime(time.limit, time.names))
    const idle = request.watchIdle?.(method, core.attemptTimers, (millis) => outOfTime("idle", millis))
    const stopWatching = () => {
      timer.cancel()
      idle?.cancel()
    }
    const send = core.direct ?? throughHttpClient(core, method, span)
    const sending = send(destinationOf(core, request), request, headersOf(core, request, headers, span), (answer) => {
      stopWatching()
      end(answer)
    }, idle?.active)
    return Effect.suspend(() => {
      stopWatching()
      sending.abort()
      if (span !== undefined) interruptAttemptSpan(method, span)
      return sending.gone ?? Effect.void
    })
  })

/** The client's own limit of answers wins, because it was set for the memory that there is. */
const destinationOf = (core: Core, { limits }: WireRequest): Destination => {
  const maxResponseBytes = core.ownMaxResponseBytes ? undefined : limits?.responseBytes
  return maxResponseBytes === undefined ? core : { server: core.server, maxResponseBytes }
}

const headersOf = (
  { propagateTrace }: Core,
  { body, contentType }: WireRequest,
  { withJson, withoutBody }: RequestHeaders,
  span: Tracer.Span | undefined
): Headers.Headers => {
  const headers = body === undefined
    ? withoutBody
    : contentType === undefined
    ? withJson
    : Headers.set(withoutBody, "content-type", contentType)
  return propagateTrace && span !== undefined ? Headers.merge(headers, HttpTraceContext.toHeaders(span)) : headers
}

/** On any `HttpClient`, in a fiber of its own so that it can be left behind when its time is up. */
const throughHttpClient =
  (core: Core, { fiber }: Method, span: Tracer.Span | undefined): Send =>
  (destination, request, headers, onEnd, onActivity) => {
    const { httpClient } = core
    const { maxResponseBytes } = destination
    const common = Context.merge(fiber.context, core.transportContext)
    const context = destination === core ? common : withMaxBodySize(common, maxResponseBytes)
    let tries = 0
    let begun: HttpClientResponse | undefined
    // What is wrapped around a client may try again (`HttpClient.retry`), and does so from here.
    const tried = Effect.suspend(() => {
      tries++
      return httpClient.preprocess(httpRequest(core, request, headers))
    })
    const child = Effect.runForkWith(span === undefined ? context : Context.add(context, Tracer.ParentSpan, span))(
      Effect.matchEffect(httpClient.postprocess(tried), {
        onSuccess: (response) => {
          begun = response
          onActivity?.()
          return read(response, maxResponseBytes, onActivity)
        },
        onFailure: (error) => {
          begun = filteredOut(error)
          return begun === undefined ? Effect.fail(error) : readFilteredOut(begun, maxResponseBytes)
        }
      })
    )
    const ignore = child.addObserver((exit) => {
      const end = Exit.isSuccess(exit) ? exit.value : lost(exit.cause, maxResponseBytes)
      onEnd(tries > 1 ? { ...end, sent: "again" } : end)
    })
    return {
      progress: () => ({ sent: tries > 1 ? "again" : undefined, response: begun }),
      abort: () => {
        ignore()
        child.interruptUnsafe(fiber.id)
      },
      gone: Fiber.await(child)
    }
  }

const httpRequest = (
  { server }: Core,
  { body, contentType = "application/json", method, path }: WireRequest,
  headers: Headers.Headers
): HttpClientRequest.HttpClientRequest =>
  HttpClientRequest.makeWith(
    method,
    server.origin + server.path + path,
    UrlParams.empty,
    Option.none(),
    headers,
    body === undefined
      ? HttpBody.empty
      : typeof body === "string"
      ? HttpBody.text(body, contentType)
      : HttpBody.uint8Array(body, contentType)
  )

const lost = (cause: Cause.Cause<unknown>, maxBytes: number): Answer | Lost => {
  const error = Cause.squash(cause)
  const response = isHttpClientError(error) ? error.response : undefined
  if (response === undefined) {
    const failure = statusFailure(error)
    if (failure !== undefined) {
      const tooLarge = failure.truncated || failure.body.length > maxBytes
      return answer(
        { status: failure.status, headers: Headers.fromInput(failure.headers) },
        tooLarge ? failure.body.slice(0, maxBytes) : failure.body,
        tooLarge
      )
    }
  }
  return {
    _tag: "Lost",
    cause: error,
    sent: isMarkedNeverSent(error) ? "never" : undefined,
    response: response === undefined ? undefined : { status: response.status, headers: response.headers }
  }
}

const answer = (
  { headers, status }: ResponseInfo,
  body: string,
  tooLarge: boolean,
  unframed = false
): Answer => ({ _tag: "Answer", status, headers, body, tooLarge, unframed })

/** A status that somebody made a failure of (`HttpClient.filterStatusOk`) is an answer all the same. */
const filteredOut = (error: HttpClientError): HttpClientResponse | undefined =>
  isHttpClientError(error) && error.reason._tag === "StatusCodeError" ? error.reason.response : undefined

/**
 * Who filtered it out may have read it. Then a transport has it no more, or in the cache of its `text`; what fails to give it
 * says so in a defect, or in nothing at all.
 */
const readFilteredOut = (response: HttpClientResponse, maxBytes: number): Effect.Effect<Answer, unknown> =>
  Effect.matchCauseEffect(read(response, maxBytes), {
    onSuccess: (answered) =>
      answered.body === "" && !answered.tooLarge ? readAgain(response, maxBytes) : Effect.succeed(answered),
    onFailure: (cause) => isAlreadyRead(Cause.squash(cause)) ? readAgain(response, maxBytes) : Effect.failCause(cause)
  })

const readAgain = (response: HttpClientResponse, maxBytes: number): Effect.Effect<Answer> =>
  Effect.catchCause(
    Effect.map(response.text, (text) => answer(response, text.slice(0, maxBytes), text.length > maxBytes)),
    () => Effect.succeed(answer(response, "", false))
  )

/** Of web streams and of Node's: a TypeError with no code of the network. */
const isAlreadyRead = (failure: unknown): boolean => {
  const code = transportCode(failure)
  return code?.startsWith("ERR_INVALID") === true ||
    code === undefined && findCause(failure, (link) => link instanceof TypeError || undefined) === true
}

const read = (
  response: HttpClientResponse,
  maxBytes: number,
  onActivity?: () => void
): Effect.Effect<Answer, unknown> => {
  const body = wholeBody(response)
  return body !== undefined
    ? Effect.succeed(answer(response, body.text, body.tooLarge, body.unframed))
    : isKnownToFit(response, maxBytes)
    ? Effect.map(response.text, (text) => answer(response, text, false))
    : readStream(response, maxBytes, onActivity)
}

/** A body is as long as its header says, if it is not encoded: no stream, whose pieces are dear, has to count it. */
const isKnownToFit = ({ headers }: HttpClientResponse, maxBytes: number): boolean =>
  Number(headers["content-length"]) <= maxBytes && headers["content-encoding"] === undefined &&
  headers["transfer-encoding"] === undefined

/** Most transports buffer without bound, so the stream is read and counted here. */
const readStream = (
  response: HttpClientResponse,
  maxBytes: number,
  onActivity: (() => void) | undefined
): Effect.Effect<Answer, unknown> =>
  Effect.suspend(() => {
    let body: Uint8Array = noBytes
    let size = 0
    let pieces = 0
    const text = () => new TextDecoder().decode(body.subarray(0, size))
    return Stream.runForEach(response.stream, (piece) => {
      onActivity?.()
      if (size + piece.length > maxBytes || isMostlyPadding(++pieces, size)) return Effect.fail(tooLarge)
      body = appended(body, size, piece, maxBytes)
      size += piece.length
      return Effect.void
    }).pipe(
      Effect.map(() => answer(response, text(), false, isUnframed(response.headers))),
      Effect.catch((error) =>
        error === tooLarge
          ? Effect.succeed(answer(response, text(), true))
          : isHttpClientError(error) && error.reason._tag === "EmptyBodyError"
          ? Effect.succeed(answer(response, "", false))
          : Effect.fail(error)
      )
    )
  })

const noBytes = new Uint8Array(0)

const tooLarge = Symbol()
