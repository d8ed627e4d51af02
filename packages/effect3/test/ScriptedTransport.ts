/**
 * An `HttpClient` of Effect 3 that answers from a script and remembers what it was asked, and a client on it.
 */
import * as HttpClient from "@effect/platform/HttpClient"
import * as HttpClientError from "@effect/platform/HttpClientError"
import type * as HttpClientRequest from "@effect/platform/HttpClientRequest"
import * as HttpClientResponse from "@effect/platform/HttpClientResponse"
import * as Credentials from "@sunco/effect3/Credentials"
import type { Sunshine } from "@sunco/effect3/Sunshine"
import type { Options } from "@sunco/effect3/Sunshine"
import { Users } from "@sunco/effect3/Users"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"

export type Reply = (
  request: HttpClientRequest.HttpClientRequest
) => Effect.Effect<HttpClientResponse.HttpClientResponse, HttpClientError.HttpClientError>

export interface Sent {
  readonly request: HttpClientRequest.HttpClientRequest
  /** When it was sent, in milliseconds of the clock. */
  readonly at: number
}

export interface ScriptedTransport {
  readonly httpClient: HttpClient.HttpClient
  readonly sent: ReadonlyArray<Sent>
}

/** Gives one reply per request; the last one again and again. */
export const make = (script: readonly [Reply, ...ReadonlyArray<Reply>]): ScriptedTransport => {
  const sent: Array<Sent> = []
  const httpClient = HttpClient.make((request) =>
    Effect.flatMap(Clock.currentTimeMillis, (at) => {
      const reply = script[Math.min(sent.length, script.length - 1)]!
      sent.push({ request, at })
      return reply(request)
    })
  )
  return { httpClient, sent }
}

export const key: Credentials.Key = { keyId: "app_1", secret: Redacted.make("correct horse battery staple") }

/** A client on a transport of the test's own. */
export const users = (
  httpClient: HttpClient.HttpClient,
  options?: Partial<Options>
): Layer.Layer<Users | Sunshine> =>
  Users.layer({ appId: "app", baseUrl: "https://example.zendesk.com/sc", ...options }).pipe(
    Layer.provide([Credentials.layerBasic(key), Layer.succeed(HttpClient.HttpClient, httpClient)]),
    Layer.orDie
  )

export const answer = (body: BodyInit | null, init?: ResponseInit): Reply => (request) =>
  Effect.sync(() => HttpClientResponse.fromWeb(request, new Response(body, init)))

export const json = (status: number, body: unknown, headers?: Record<string, string>): Reply =>
  answer(JSON.stringify(body), { status, headers: { "content-type": "application/json", ...headers } })

export const ada = { id: "7494535bff5cef41a15be74d", externalId: "ada" }

export const found = json(200, { user: ada })

/** The vendor's error envelope. */
export const errors = (status: number, code: string, headers?: Record<string, string>): Reply =>
  json(status, { errors: [{ code, title: `Title of ${code}` }] }, headers)

/** No answer, with the code that the platform gives such a failure. */
export const failure = (code: string): Reply => (request) =>
  Effect.fail(new HttpClientError.RequestError({ request, reason: "Transport", cause: platformError(code) }))

/** An answer that breaks off in its body. */
export const cut = (status: number, code: string): Reply =>
  answer(new ReadableStream({ start: (controller) => controller.error(platformError(code)) }), { status })

export const silence: Reply = () => Effect.never

const platformError = (code: string): Error => Object.assign(new Error(`failed with ${code}`), { code })
