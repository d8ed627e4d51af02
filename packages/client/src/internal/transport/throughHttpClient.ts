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
import * as UrlParams from "effect/http/UrlParams"
import * as Option from "effect/Option"
import * as Stream from "effect/Stream"
import * as Tracer from "effect/Tracer"
import type { ResponseInfo } from "../../ResponseInfo.ts"
import { type Core, withMaxBodySize } from "../call/core.ts"
import { appended } from "./appended.ts"
import { findCause } from "./causeChain.ts"
import { isUnframed } from "./cutBody.ts"
import { isMarkedNeverSent, type Send } from "./directTransport.ts"
import { isMostlyPadding } from "./padding.ts"
import { statusFailure } from "./statusFailure.ts"
import { transportCode } from "./transportCode.ts"
import { wholeBody } from "./wholeBody.ts"
import type { Answer, Lost, Server, WireRequest } from "./wire.ts"

/**
 * On any `HttpClient`, in a fiber of its own so that it can be left behind when its time is up.
 *
 * @internal
 */
export const throughHttpClient =
  (core: Core): Send => (destination, request, headers, onEnd, onActivity, fiber, span) => {
    const { httpClient } = core
    const { maxResponseBytes } = destination
    const common = Context.merge(fiber.context, core.transportContext)
    const context = destination === core ? common : withMaxBodySize(common, maxResponseBytes)
    let tries = 0
    let begun: HttpClientResponse | undefined
    // What is wrapped around a client may try again (`HttpClient.retry`), and does so from here.
    const tried = Effect.suspend(() => {
      tries++
      return httpClient.preprocess(httpRequest(core.server, request, headers))
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

/** @internal */
export const httpRequest = (
  server: Server,
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

/** @internal */
export const lost = (cause: Cause.Cause<unknown>, maxBytes: number): Answer | Lost => {
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

/** @internal */
export const answer = (
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
