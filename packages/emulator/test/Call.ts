import { Emulator } from "@sunco/emulator/Emulator"
import * as Effect from "effect/Effect"
import * as HttpBody from "effect/http/HttpBody"
import * as HttpClient from "effect/http/HttpClient"
import * as HttpClientRequest from "effect/http/HttpClientRequest"
import type * as HttpMethod from "effect/http/HttpMethod"
import * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import * as Stream from "effect/Stream"
import * as TestClock from "effect/testing/TestClock"

export interface CallOptions {
  /** Sent as JSON. */
  readonly body?: unknown
  /** Sent as it stands. */
  readonly text?: string
  readonly headers?: Record<string, string>
  readonly authorization?: string
}

/** Sends a request with the first app's key; the path is that of the app unless it begins with a slash. */
export const send = Effect.fnUntraced(
  function*(method: HttpMethod.HttpMethod, path: string, options: CallOptions = {}) {
    const emulator = yield* Emulator
    const { authorization = basic(emulator), body, headers, text } = options
    const url = path.startsWith("/") ? path : `/v2/apps/${emulator.appId}/${path}`
    const content = text ?? (body === undefined ? undefined : JSON.stringify(body))
    return yield* HttpClient.execute(
      HttpClientRequest.make(method)(emulator.url + url, {
        headers: { authorization, ...headers },
        ...(content === undefined
          ? undefined
          : { body: HttpBody.text(content, headers?.["content-type"] ?? "application/json") })
      })
    )
  }
)

/** What came back, with a JSON body parsed. */
export const call = Effect.fnUntraced(function*(method: HttpMethod.HttpMethod, path: string, options?: CallOptions) {
  const response = yield* send(method, path, options)
  return { status: response.status, headers: response.headers, body: yield* response.json }
})

const decodeBody = Schema.decodeUnknownEffect(Schema.Struct({ user: Schema.Record(Schema.String, Schema.Any) }))

/** The user of a successful answer. */
export const user = Effect.fnUntraced(function*(method: HttpMethod.HttpMethod, path: string, options?: CallOptions) {
  const { body } = yield* call(method, path, options)
  return (yield* decodeBody(body)).user
})

/** Waits, by the real clock, until something is so. */
export const eventually = <E, R>(condition: Effect.Effect<boolean, E, R>): Effect.Effect<void, E, R> =>
  condition.pipe(
    Effect.flatMap((holds) => holds ? Effect.succeed(true) : Effect.as(TestClock.withLive(Effect.sleep(1)), false)),
    Effect.repeat({ until: (holds: boolean) => holds }),
    Effect.asVoid
  )

/** Waits until the emulator has seen a request. */
export const arrival = Effect.flatMap(
  Emulator,
  (emulator) => eventually(Effect.map(emulator.requests, (requests) => requests.length > 0))
)

/** Reads a body piece by piece. */
export const readInto = <E>(stream: Stream.Stream<Uint8Array, E>, take: (piece: string) => void) =>
  Stream.runForEach(Stream.decodeText(stream), (piece) => Effect.sync(() => take(piece)))

export const basic = ({ keyId, keySecret }: { readonly keyId: string; readonly keySecret: Redacted.Redacted }) =>
  `Basic ${Buffer.from(`${keyId}:${Redacted.value(keySecret)}`).toString("base64")}`

export const envelope = (code: string, title: string) => ({ errors: [{ code, title }] })

export const userNotFound = envelope("user_not_found", "User not found")
