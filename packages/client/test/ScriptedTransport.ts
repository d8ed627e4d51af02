/**
 * An `HttpClient` that answers from a script and remembers what it was asked.
 */
import * as Clock from "effect/Clock"
import type * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Headers from "effect/http/Headers"
import * as HttpClient from "effect/http/HttpClient"
import * as HttpClientError from "effect/http/HttpClientError"
import type * as HttpClientRequest from "effect/http/HttpClientRequest"
import * as HttpClientResponse from "effect/http/HttpClientResponse"
import { BufferedResponse } from "../src/internal/transport/bufferedResponse.ts"

export interface SentRequest {
  readonly method: string
  /** The URL as it was given to the transport. */
  readonly url: string
  readonly headers: Headers.Headers
  readonly body: string | undefined
  /** When it was sent, in milliseconds of the clock. */
  readonly at: number
}

export type Reply = (
  request: HttpClientRequest.HttpClientRequest
) => Effect.Effect<HttpClientResponse.HttpClientResponse, HttpClientError.HttpClientError>

export interface ScriptedTransport {
  readonly httpClient: HttpClient.HttpClient
  readonly sent: ReadonlyArray<SentRequest>
}

/** Gives one reply per request; the last one again and again. */
export const make = (script: readonly [Reply, ...Array<Reply>]): ScriptedTransport => {
  const sent: Array<SentRequest> = []
  const httpClient = HttpClient.makeWith<
    HttpClientError.HttpClientError,
    never,
    HttpClientError.HttpClientError,
    never
  >(
    Effect.flatMap((request) =>
      Effect.flatMap(Clock.currentTimeMillis, (at) => {
        const reply = script[Math.min(sent.length, script.length - 1)] ?? script[0]
        sent.push({ method: request.method, url: request.url, headers: request.headers, body: bodyOf(request), at })
        return reply(request)
      })
    ),
    Effect.succeed
  )
  return { httpClient, sent }
}

const bodyOf = ({ body }: HttpClientRequest.HttpClientRequest): string | undefined =>
  body._tag === "Uint8Array" ? new TextDecoder().decode(body.body) : undefined

/** A whole answer, as of a transport that buffers. */
export const answer = (status: number, body = "", headers: Headers.Input = {}): Reply => (request) =>
  Effect.succeed(
    new BufferedResponse(request, status, Headers.fromInput(headers), new TextEncoder().encode(body), false)
  )

/** The beginning of an answer that was too large to be read, as of a transport that buffers. */
export const tooLarge = (status: number, beginning: string): Reply => (request) =>
  Effect.succeed(new BufferedResponse(request, status, Headers.empty, new TextEncoder().encode(beginning), true))

export const json = (status: number, body: unknown, headers?: Headers.Input): Reply =>
  answer(status, JSON.stringify(body), { "content-type": "application/json", ...Headers.fromInput(headers) })

/** The vendor's error envelope. */
export const errors = (status: number, ...codes: ReadonlyArray<string>): Reply =>
  json(status, { errors: codes.map((code) => ({ code, title: `Title of ${code}` })) })

export const html = (status: number): Reply =>
  answer(status, "<!DOCTYPE html><title>Please stand by</title>", { "content-type": "text/html" })

/** The same answer as of a transport that hands on a stream, such as fetch. */
export const streamed =
  (status: number, body: ReadableStream<Uint8Array> | string | null, headers: Headers.Input = {}): Reply => (request) =>
    Effect.sync(() => {
      const response = new Response(body, { headers: Headers.fromInput(headers) })
      // The constructor takes none but the statuses that a service worker may answer with.
      Object.defineProperty(response, "status", { value: status })
      return HttpClientResponse.fromWeb(request, response)
    })

/** No answer, with the code that the platform gives such a failure. */
export const failure = (code: string): Reply => (request) =>
  Effect.fail(
    new HttpClientError.HttpClientError({
      reason: new HttpClientError.TransportError({ request, cause: platformError(code) })
    })
  )

export const refused: Reply = failure("ECONNREFUSED")

export const reset: Reply = failure("ECONNRESET")

/** An answer that breaks off in its body, as a buffering transport tells it. */
export const cut = (status: number, body = "{\"user\":", headers: Headers.Input = {}): Reply => (request) =>
  Effect.flatMap(answer(status, body, headers)(request), (response) =>
    Effect.fail(
      new HttpClientError.HttpClientError({
        reason: new HttpClientError.DecodeError({ request, response, cause: platformError("UND_ERR_SOCKET") })
      })
    ))

/** The same of a transport that hands on a stream. */
export const streamedCut = (status: number): Reply => (request) =>
  Effect.suspend(() =>
    streamed(
      status,
      new ReadableStream({
        start: (controller) => controller.error(platformError("UND_ERR_SOCKET"))
      })
    )(request)
  )

/** Nothing ever comes. */
export const silence: Reply = () => Effect.never

export const after = (delay: Duration.Input, reply: Reply): Reply => (request) => Effect.delay(reply(request), delay)

/** The transport has a bug. */
export const defect: Reply = () => Effect.die(new Error("a bug of the transport"))

const platformError = (code: string): Error => Object.assign(new Error(`failed with ${code}`), { code })
