import * as FetchHttpClient from "@effect/platform/FetchHttpClient"
import type { Headers } from "@effect/platform/Headers"
import * as HttpClient from "@effect/platform/HttpClient"
import { isHttpClientError, type ResponseError } from "@effect/platform/HttpClientError"
import * as HttpClientRequest from "@effect/platform/HttpClientRequest"
import type { HttpClientResponse } from "@effect/platform/HttpClientResponse"
import type { HttpMethod } from "@effect/platform/HttpMethod"
import * as BufferedResponse from "@sunco/client/BufferedResponse"
import * as Cause4 from "effect-4/Cause"
import * as Context4 from "effect-4/Context"
import * as Effect4 from "effect-4/Effect"
import * as Headers4 from "effect-4/http/Headers"
import * as Exit4 from "effect-4/Exit"
import type * as HttpClient4 from "effect-4/http/HttpClient"
import * as HttpClientError4 from "effect-4/http/HttpClientError"
import type * as HttpClientRequest4 from "effect-4/http/HttpClientRequest"
import * as Tracer4 from "effect-4/Tracer"
import type * as Cause from "effect/Cause"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as FiberId from "effect/FiberId"
import * as FiberRef from "effect/FiberRef"
import type * as FiberRefs from "effect/FiberRefs"
import { constTrue } from "effect/Function"
import type * as LogLevel from "effect/LogLevel"
import * as Option from "effect/Option"
import * as Runtime from "effect/Runtime"
import * as Stream from "effect/Stream"
import { CallerRuntime } from "./callerRuntime.ts"
import { causeToEffect4 } from "./cause.ts"
import { effect3Span } from "./tracer.ts"
import { TransportDefect } from "./transportDefect.ts"

/**
 * The application's `HttpClient` as the transport of the client.
 *
 * @internal
 */
export const transportOf = (httpClient: HttpClient.HttpClient): HttpClient4.HttpClient => {
  const withoutRedirects = HttpClient.mapRequestInputEffect(httpClient, keepFromRedirecting)
  return BufferedResponse.transport(({ context, maxBytes, request }, onEnd) => {
    const span = Context4.getOrUndefined(context, Tracer4.ParentSpan)
    const parent = span && effect3Span(span)
    const exchanged = exchange(withoutRedirects, request, maxBytes)
    const fiber = Runtime.runFork(
      Context4.get(context, CallerRuntime),
      parent === undefined ? exchanged : Effect.withParentSpan(exchanged, parent),
      { updateRefs }
    )
    fiber.addObserver((exit) =>
      onEnd(Exit.isSuccess(exit) ? Exit4.succeed(exit.value) : Exit4.failCause(failureOf(request, exit.cause)))
    )
    return {
      abort: () => fiber.unsafeInterruptAsFork(FiberId.none),
      gone: Effect4.callback<void>((done) => fiber.addObserver(() => done(Effect4.void)))
    }
  })
}

/**
 * No operation is documented to redirect, and a redirect followed would carry the credentials along. Of the transports of
 * `@effect/platform` fetch alone follows them on its own.
 *
 * It happens here, where the request is prepared, because the context of the transport's layer is merged in by then: what
 * the application put into its `RequestInit`, such as a dispatcher for a proxy, stays.
 */
const keepFromRedirecting = (
  request: HttpClientRequest.HttpClientRequest
): Effect.Effect<HttpClientRequest.HttpClientRequest> =>
  FiberRef.modify(FiberRef.currentContext, (context) => {
    const init: RequestInit | undefined = context.unsafeMap.get(FetchHttpClient.RequestInit.key)
    const withoutRedirects = Context.add(context, FetchHttpClient.RequestInit, { ...init, redirect: "manual" })
    return [request, withoutRedirects as Context.Context<never>]
  })

/** One request, and its answer read to the end or to the limit. */
const exchange = (
  httpClient: HttpClient.HttpClient,
  request: HttpClientRequest4.HttpClientRequest,
  maxBytes: number
): Effect.Effect<BufferedResponse.Received, unknown> =>
  Effect.flatMap(
    Effect.suspend(() => httpClient.execute(requestOf(request))),
    (response) => read(response, maxBytes)
  )

/**
 * Mapped once it has crossed, because each handler in the exchange is a step of those that succeed, too.
 *
 * A request's failure that the application made a defect of stays a failure: it names the URL, and defects are printed.
 */
const failureOf = (
  request: HttpClientRequest4.HttpClientRequest,
  cause3: Cause.Cause<unknown>
): Cause4.Cause<HttpClientError4.HttpClientError> => {
  const cause = causeToEffect4(cause3)
  const died = cause.reasons.find(Cause4.isDieReason)
  if (died === undefined) return Cause4.map(cause, (error) => errorOf(request, error))
  return Cause4.fail(errorOf(request, isHttpClientError(died.defect) ? died.defect : new TransportDefect(died.defect)))
}

/**
 * User ids and e-mail addresses are in the URL. The fiber is the exchange's own: what is set in it ends with it.
 *
 * - The platform's spans name the whole URL; the client's do not. A transport that has a predicate of its own, from
 *   `HttpClient.withTracerDisabledWhen`, decides for itself: it is nearer to the request.
 * - The client adds the headers of its own span to the request, where it was told to.
 * - A fiber that a transport starts (`Effect.fork`, `Effect.race`) fails with what names the URL, and Effect 3 would log that.
 *
 * The functions of `FiberRefs` would fork each of them another time.
 */
const updateRefs = (refs: FiberRefs.FiberRefs, fiber: FiberId.Runtime): FiberRefs.FiberRefs => {
  // They were copied for this fiber, and nobody else has them yet.
  const set = <A>(ref: FiberRef.FiberRef<A>, value: A) => refs.locals.set(ref, [[fiber, value]])
  set(HttpClient.currentTracerDisabledWhen, constTrue)
  set(HttpClient.currentTracerPropagation, false)
  set<Option.Option<LogLevel.LogLevel>>(FiberRef.unhandledErrorLogLevel, Option.none())
  return refs
}

const requestOf = ({ body, headers, method, url }: HttpClientRequest4.HttpClientRequest) => {
  const request = HttpClientRequest.make(method as HttpMethod)(url, { headers })
  // The client sends text or nothing.
  return body._tag === "Uint8Array" ? HttpClientRequest.bodyUint8Array(request, body.body, body.contentType) : request
}

/** Most transports buffer without bound, so only what says that it is short enough is read at once. */
const read = (response: HttpClientResponse, maxBytes: number) => {
  // The platform makes them anew whenever it is asked.
  const { headers } = response
  const { "content-encoding": encoding, "content-length": length } = headers
  const buffered = (body: Uint8Array) => received(response.status, headers, body, body.length > maxBytes)
  return encoding === undefined && length !== undefined && Number(length) <= maxBytes
    ? Effect.map(response.arrayBuffer, (body) => buffered(new Uint8Array(body)))
    : Effect.map(readStream(response, maxBytes), buffered)
}

/** Reads until the end or past the limit. Pulled by hand: any of the stream's own ways to run costs twice as much and more. */
const readStream = (response: HttpClientResponse, maxBytes: number): Effect.Effect<Uint8Array, ResponseError> => {
  let bytes = noBytes
  let size = 0
  return Stream.toPull(response.stream).pipe(
    Effect.flatMap((pull) => {
      const rest: Effect.Effect<void, ResponseError> = Effect.matchEffect(pull, {
        onSuccess: (pulled) => {
          for (const chunk of pulled) {
            bytes = append(bytes, size, chunk)
            size += chunk.length
          }
          return size > maxBytes ? Effect.void : rest
        },
        onFailure: (end) =>
          Option.isNone(end) || end.value.reason === "EmptyBody" ? Effect.void : Effect.fail(end.value)
      })
      return rest
    }),
    Effect.scoped,
    Effect.map(() => bytes.subarray(0, size))
  )
}

const noBytes: Uint8Array = new Uint8Array()

/** Copies all but the first, as one byte that is kept keeps the whole buffer of the socket that it was read into. */
const append = (bytes: Uint8Array, size: number, chunk: Uint8Array): Uint8Array => {
  if (size === 0) return chunk
  const needed = size + chunk.length
  // The first chunk has no room, so nothing is written into what is the transport's.
  const whole = needed <= bytes.length ? bytes : new Uint8Array(Math.max(needed, 2 * bytes.length))
  if (whole !== bytes) whole.set(bytes)
  whole.set(chunk, size)
  return whole
}

const received = (
  status: number,
  headers: Headers,
  body: Uint8Array,
  tooLarge: boolean
): BufferedResponse.Received => ({
  status,
  headers: Headers4.fromRecordUnsafe({ ...headers }),
  body,
  tooLarge,
  unframed: headers["content-length"] === undefined && headers["transfer-encoding"] === undefined
})

/** What the client classifies is the cause; whether there was an answer decides how. */
const errorOf = (request: HttpClientRequest4.HttpClientRequest, cause: unknown) =>
  new HttpClientError4.HttpClientError({
    reason: isHttpClientError(cause) && cause._tag === "ResponseError"
      ? new HttpClientError4.DecodeError({
        request,
        response: BufferedResponse.make(
          request,
          received(cause.response.status, cause.response.headers, noBytes, false)
        ),
        cause
      })
      : new HttpClientError4.TransportError({ request, cause })
  })
