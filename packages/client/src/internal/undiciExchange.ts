import * as ByteSize from "effect/ByteSize"
import * as Effect from "effect/Effect"
import * as Headers from "effect/http/Headers"
import * as HttpClientError from "effect/http/HttpClientError"
import type * as HttpClientRequest from "effect/http/HttpClientRequest"
import * as HttpIncomingMessage from "effect/http/HttpIncomingMessage"
import * as Url from "effect/http/Url"
import * as Option from "effect/Option"
import * as Result from "effect/Result"
import * as Stream from "effect/Stream"
import type { Dispatcher } from "undici"
import { BufferedResponse } from "./bufferedResponse.ts"

type Resume = (
  effect: Effect.Effect<BufferedResponse, HttpClientError.HttpClientError>
) => void

/**
 * One request on a dispatcher: at once undici's handler, the buffer of the answer and what an interruption aborts.
 *
 * A handler on `dispatch` skips what `undici.request` pays for: a Readable, an AsyncResource and two promises a call.
 */
class Exchange implements Dispatcher.DispatchHandler {
  private readonly request: HttpClientRequest.HttpClientRequest
  private readonly limit: number
  private readonly resume: Resume
  private controller: Dispatcher.DispatchController | undefined
  private ended = false
  private status = 0
  private headers: Headers.Headers = Headers.empty
  private chunks: Array<Buffer> = []
  private size = 0

  constructor(request: HttpClientRequest.HttpClientRequest, limit: number, resume: Resume) {
    this.request = request
    this.limit = limit
    this.resume = resume
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.controller = controller
    // Interrupted while it waited for a connection.
    if (this.ended) controller.abort(aborted)
  }

  onResponseStart(
    _: Dispatcher.DispatchController,
    status: number,
    headers: Record<string, string | Array<string>>
  ): void {
    // 1xx announces another answer.
    if (status < 200) return
    this.status = status
    this.headers = Headers.fromInput(headers)
    if (Number(headers["content-length"]) > this.limit) this.refuse()
  }

  onResponseData(_: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.ended) return
    this.size += chunk.length
    if (this.size > this.limit) return this.refuse()
    this.chunks.push(chunk)
  }

  onResponseEnd(): void {
    this.end(Effect.succeed(this.response(false)))
  }

  onResponseError(_: Dispatcher.DispatchController, cause: Error): void {
    this.fail(cause)
  }

  fail(cause: unknown): void {
    this.end(Effect.fail(
      new HttpClientError.HttpClientError({
        reason: this.status === 0
          ? new HttpClientError.TransportError({ request: this.request, cause })
          : new HttpClientError.DecodeError({ request: this.request, response: this.response(false), cause })
      })
    ))
  }

  /** Called by interruption: nobody waits for an answer any more. */
  abort(): void {
    this.ended = true
    this.controller?.abort(aborted)
  }

  private refuse(): void {
    this.end(Effect.succeed(this.response(true)))
    this.controller?.abort(aborted)
  }

  private response(tooLarge: boolean): BufferedResponse {
    const body = this.chunks.length === 1 ? this.chunks[0]! : Buffer.concat(this.chunks)
    return new BufferedResponse(this.request, this.status, this.headers, body, tooLarge)
  }

  private end(effect: Effect.Effect<BufferedResponse, HttpClientError.HttpClientError>): void {
    if (this.ended) return
    this.ended = true
    this.resume(effect)
  }
}

const aborted = new Error("the request was aborted")

/** @internal */
export const execute = (
  dispatcher: Dispatcher,
  request: HttpClientRequest.HttpClientRequest
): Effect.Effect<BufferedResponse, HttpClientError.HttpClientError> =>
  Effect.withFiber((fiber) => {
    const target = targetOf(request)
    if (Result.isFailure(target)) {
      return Effect.fail(
        new HttpClientError.HttpClientError({
          reason: new HttpClientError.InvalidUrlError({ request, cause: target.failure })
        })
      )
    }
    const limit = fiber.getRef(HttpIncomingMessage.MaxBodySize)
    return Effect.callback((resume) => {
      const exchange = new Exchange(request, limit === undefined ? Infinity : ByteSize.toNumberUnsafe(limit), resume)
      try {
        dispatcher.dispatch(
          {
            origin: target.success.origin,
            path: target.success.path,
            // undici types the methods that it knows and sends whatever it gets.
            method: request.method as Dispatcher.HttpMethod,
            headers: request.headers,
            body: bodyOf(request),
            // The time limits are the caller's fiber's.
            headersTimeout: 0,
            bodyTimeout: 0
          },
          exchange
        )
      } catch (cause) {
        // dispatch throws what it refuses at once, such as a header that is not valid.
        exchange.fail(cause)
      }
      return Effect.sync(() => exchange.abort())
    })
  })

const targetOf = (request: HttpClientRequest.HttpClientRequest) => {
  if (request.urlParams.params.length === 0 && Option.isNone(request.hash) && isPlain.test(request.url)) {
    const slash = request.url.indexOf("/", request.url.indexOf("//") + 2)
    if (slash !== -1) return Result.succeed({ origin: request.url.slice(0, slash), path: request.url.slice(slash) })
  }
  return Result.map(
    Url.make(request.url, request.urlParams, Option.getOrUndefined(request.hash)),
    (url) => ({ origin: url.origin, path: url.pathname + url.search })
  )
}

/** An absolute URL that needs no normalizing: visible ASCII, no fragment, no dot segment, no user info. */
const isPlain = /^https?:\/\/(?!.*\/\.\.?(?:[/?]|$))[!-"$-?A-~]+$/

type Body = Exclude<Dispatcher.DispatchOptions["body"], undefined>

const bodyOf = ({ body }: HttpClientRequest.HttpClientRequest): Body => {
  switch (body._tag) {
    case "Empty":
      return null
    case "Uint8Array":
      return body.body
    // undici takes any form data, web stream and raw body that fetch takes; its types name fewer.
    case "FormData":
      return body.formData as unknown as Body
    case "Raw":
      return body.body as Body
    case "Stream":
      return Stream.toReadableStream(body.stream) as unknown as Body
  }
}
