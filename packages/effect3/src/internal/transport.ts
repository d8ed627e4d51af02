import * as FetchHttpClient from "@effect/platform/FetchHttpClient"
import * as Headers from "@effect/platform/Headers"
import * as HttpClient from "@effect/platform/HttpClient"
import { isHttpClientError, type ResponseError } from "@effect/platform/HttpClientError"
import * as HttpClientRequest from "@effect/platform/HttpClientRequest"
import type { HttpClientResponse } from "@effect/platform/HttpClientResponse"
import type { HttpMethod } from "@effect/platform/HttpMethod"
import * as ByteSize4 from "effect-4/ByteSize"
import * as Context4 from "effect-4/Context"
import * as Effect4 from "effect-4/Effect"
import * as Headers4 from "effect-4/http/Headers"
import * as HttpClient4 from "effect-4/http/HttpClient"
import * as HttpClientError4 from "effect-4/http/HttpClientError"
import type * as HttpClientRequest4 from "effect-4/http/HttpClientRequest"
import * as HttpIncomingMessage4 from "effect-4/http/HttpIncomingMessage"
import * as Tracer4 from "effect-4/Tracer"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as FiberRef from "effect/FiberRef"
import * as Option from "effect/Option"
import * as Stream from "effect/Stream"
// The client reads an answer that is this class without another stream around it.
import { BufferedResponse } from "../../../client/src/internal/bufferedResponse.ts"
import { runEffect3 } from "./runEffect3.ts"
import { effect3Span } from "./tracer.ts"
import { TransportDefect } from "./transportDefect.ts"

/**
 * The application's `HttpClient` as the transport of the client.
 *
 * @internal
 */
export const transportOf = (httpClient: HttpClient.HttpClient): HttpClient4.HttpClient => {
  const withoutRedirects = HttpClient.mapRequestInputEffect(httpClient, keepFromRedirecting)
  return HttpClient4.makeWith<HttpClientError4.HttpClientError, never, HttpClientError4.HttpClientError, never>(
    Effect4.flatMap((request) =>
      Effect4.withFiber((fiber) => {
        const span = Context4.getOrUndefined(fiber.context, Tracer4.ParentSpan)
        const maxBytes = fiber.getRef(HttpIncomingMessage4.MaxBodySize)
        const exchanged = exchange(
          withoutRedirects,
          request,
          maxBytes === undefined ? Infinity : ByteSize4.toNumberUnsafe(maxBytes)
        )
        const parent = span && effect3Span(span)
        return runEffect3(parent === undefined ? exchanged : Effect.withParentSpan(exchanged, parent))
      })
    ),
    Effect4.succeed
  )
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
  Effect.flatMap(FiberRef.get(FiberRef.currentContext), (context) => {
    const init: RequestInit | undefined = context.unsafeMap.get(FetchHttpClient.RequestInit.key)
    const withoutRedirects = Context.add(context, FetchHttpClient.RequestInit, { ...init, redirect: "manual" })
    return Effect.as(FiberRef.set(FiberRef.currentContext, withoutRedirects as Context.Context<never>), request)
  })

/** One request, and its answer read to the end or to the limit. */
const exchange = (
  httpClient: HttpClient.HttpClient,
  request: HttpClientRequest4.HttpClientRequest,
  maxBytes: number
): Effect.Effect<BufferedResponse, HttpClientError4.HttpClientError> =>
  httpClient.execute(requestOf(request)).pipe(
    Effect.flatMap((response) => read(request, response, maxBytes)),
    Effect.catchAllDefect((defect) => Effect.fail(new TransportDefect(defect))),
    Effect.mapError((error) => errorOf(request, error)),
    // The client adds the headers of its own span to the request where it was told to.
    Effect.locally(HttpClient.currentTracerPropagation, false)
  )

const requestOf = ({ body, headers, method, url }: HttpClientRequest4.HttpClientRequest) => {
  const request = HttpClientRequest.make(method as HttpMethod)(url, { headers: Headers.unsafeFromRecord(headers) })
  // The client sends text or nothing.
  return body._tag === "Uint8Array" ? HttpClientRequest.bodyUint8Array(request, body.body, body.contentType) : request
}

/** Most transports buffer without bound, so only what says that it is short enough is read at once. */
const read = (request: HttpClientRequest4.HttpClientRequest, response: HttpClientResponse, maxBytes: number) => {
  const { "content-encoding": encoding, "content-length": length } = response.headers
  return Effect.map(
    encoding === undefined && length !== undefined && Number(length) <= maxBytes
      ? Effect.map(response.arrayBuffer, (body) => new Uint8Array(body))
      : readStream(response, maxBytes),
    (body) => responseOf(request, response, body, body.length > maxBytes)
  )
}

/** Reads until the end or past the limit. Pulled by hand: any of the stream's own ways to run costs twice as much and more. */
const readStream = (response: HttpClientResponse, maxBytes: number): Effect.Effect<Uint8Array, ResponseError> => {
  const chunks: Array<Uint8Array> = []
  let size = 0
  return Stream.toPull(response.stream).pipe(
    Effect.flatMap((pull) => {
      const rest: Effect.Effect<void, ResponseError> = Effect.matchEffect(pull, {
        onSuccess: (pulled) => {
          for (const chunk of pulled) {
            size += chunk.length
            chunks.push(chunk)
          }
          return size > maxBytes ? Effect.void : rest
        },
        onFailure: (end) =>
          Option.isNone(end) || end.value.reason === "EmptyBody" ? Effect.void : Effect.fail(end.value)
      })
      return rest
    }),
    Effect.scoped,
    Effect.map(() => concat(chunks, size))
  )
}

const concat = (chunks: ReadonlyArray<Uint8Array>, size: number): Uint8Array => {
  if (chunks.length === 1) return chunks[0]!
  const whole = new Uint8Array(size)
  let offset = 0
  for (const chunk of chunks) {
    whole.set(chunk, offset)
    offset += chunk.length
  }
  return whole
}

const responseOf = (
  request: HttpClientRequest4.HttpClientRequest,
  { headers, status }: HttpClientResponse,
  body: Uint8Array,
  tooLarge: boolean
) => new BufferedResponse(request, status, Headers4.fromRecordUnsafe(headers), body, tooLarge)

/** What the client classifies is the cause; whether there was an answer decides how. */
const errorOf = (request: HttpClientRequest4.HttpClientRequest, cause: unknown) =>
  new HttpClientError4.HttpClientError({
    reason: isHttpClientError(cause) && cause._tag === "ResponseError"
      ? new HttpClientError4.DecodeError({
        request,
        response: responseOf(request, cause.response, new Uint8Array(), false),
        cause
      })
      : new HttpClientError4.TransportError({ request, cause })
  })
