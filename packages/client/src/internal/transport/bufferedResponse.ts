import * as Effect from "effect/Effect"
import * as Cookies from "effect/http/Cookies"
import type * as Headers from "effect/http/Headers"
import * as HttpClientError from "effect/http/HttpClientError"
import type * as HttpClientRequest from "effect/http/HttpClientRequest"
import * as HttpClientResponse from "effect/http/HttpClientResponse"
import * as HttpIncomingMessage from "effect/http/HttpIncomingMessage"
import * as UrlParams from "effect/http/UrlParams"
import * as Inspectable from "effect/Inspectable"
import * as Option from "effect/Option"
import { pipeArguments } from "effect/Pipeable"
import type * as Schema from "effect/Schema"
import type * as Socket from "effect/socket/Socket"
import * as Stream from "effect/Stream"
import { WholeBody } from "./wholeBody.ts"

/**
 * An answer that was read whole before it was handed on, up to a limit.
 *
 * @internal
 */
export class BufferedResponse extends Inspectable.Class implements HttpClientResponse.HttpClientResponse {
  readonly [HttpIncomingMessage.TypeId]: typeof HttpIncomingMessage.TypeId = HttpIncomingMessage.TypeId
  readonly [HttpClientResponse.TypeId]: typeof HttpClientResponse.TypeId = HttpClientResponse.TypeId
  readonly request: HttpClientRequest.HttpClientRequest
  readonly status: number
  readonly headers: Headers.Headers
  readonly body: Uint8Array
  private readonly tooLarge: boolean
  private readonly unframed: boolean

  constructor(
    request: HttpClientRequest.HttpClientRequest,
    status: number,
    headers: Headers.Headers,
    body: Uint8Array,
    tooLarge: boolean,
    unframed = false
  ) {
    super()
    this.request = request
    this.status = status
    this.headers = headers
    this.body = body
    this.tooLarge = tooLarge
    this.unframed = unframed
  }

  get url(): string {
    return this.request.url
  }

  get remoteAddress(): Option.Option<string> {
    return Option.none()
  }

  get cookies(): Cookies.Cookies {
    const header = this.headers["set-cookie"]
    return header === undefined ? Cookies.empty : Cookies.fromSetCookie([header])
  }

  get [WholeBody](): WholeBody {
    return { text: this.bodyText, tooLarge: this.tooLarge, unframed: this.unframed }
  }

  get text(): Effect.Effect<string, HttpClientError.HttpClientError> {
    return this.whole(() => this.bodyText)
  }

  get arrayBuffer(): Effect.Effect<ArrayBuffer, HttpClientError.HttpClientError> {
    return this.whole(() => new Uint8Array(this.body).buffer)
  }

  get stream(): Stream.Stream<Uint8Array, HttpClientError.HttpClientError> {
    return Stream.fromEffect(this.whole(() => this.body))
  }

  get json(): Effect.Effect<Schema.Json, HttpClientError.HttpClientError> {
    return this.whole(() => {
      const text = this.bodyText
      return text === "" ? null : JSON.parse(text)
    })
  }

  get urlParamsBody(): Effect.Effect<UrlParams.UrlParams, HttpClientError.HttpClientError> {
    return this.whole(() => UrlParams.fromInput(new URLSearchParams(this.bodyText)))
  }

  get formData(): Effect.Effect<FormData, HttpClientError.HttpClientError> {
    return Effect.tryPromise({
      try: () => new Response(new Uint8Array(this.body), { headers: this.headers }).formData(),
      catch: (cause) => this.undecodable(cause)
    })
  }

  get upgrade(): Effect.Effect<Socket.Socket, HttpClientError.HttpClientError> {
    return Effect.fail(this.undecodable(new Error("a buffered answer cannot be upgraded")))
  }

  override toJSON(): unknown {
    return HttpIncomingMessage.inspect(this, {
      _id: "HttpClientResponse",
      request: this.request.toJSON(),
      status: this.status
    })
  }

  pipe() {
    return pipeArguments(this, arguments)
  }

  private get bodyText(): string {
    return decoder.decode(this.body)
  }

  private whole<A>(read: () => A): Effect.Effect<A, HttpClientError.HttpClientError> {
    return this.tooLarge
      ? Effect.fail(this.undecodable(new Error("the body is larger than MaxBodySize")))
      : Effect.try({ try: read, catch: (cause) => this.undecodable(cause) })
  }

  undecodable(cause: unknown): HttpClientError.HttpClientError {
    return new HttpClientError.HttpClientError({
      reason: new HttpClientError.DecodeError({ request: this.request, response: this, cause })
    })
  }
}

/** @internal */
export const decoder = new TextDecoder()
