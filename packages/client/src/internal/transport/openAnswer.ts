import * as Channel from "effect/Channel"
import type * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Headers from "effect/http/Headers"
import type * as HttpClient from "effect/http/HttpClient"
import { isHttpClientError } from "effect/http/HttpClientError"
import * as HttpClientRequest from "effect/http/HttpClientRequest"
import type { HttpClientResponse } from "effect/http/HttpClientResponse"
import * as Pull from "effect/Pull"
import * as Scope from "effect/Scope"
import * as Stream from "effect/Stream"
import type { ResponseInfo } from "../../ResponseInfo.ts"
import type { Fetch } from "./fetchExchange.ts"
import { StreamingTransport } from "./streamingTransport.ts"
import { WholeBody } from "./wholeBody.ts"

/**
 * An answer that has begun. Its next piece is read from the connection when it is asked for, and not before.
 *
 * @internal
 */
export interface OpenAnswer extends ResponseInfo {
  readonly pieces: AsyncIterator<Uint8Array, unknown, undefined>
  /** The pieces are those of a compressed body, which this transport leaves as it is. */
  readonly compressed: boolean
}

/**
 * What a transport that reads answers whole says of one that was larger than its limit.
 *
 * @internal
 */
export const tooLarge = Symbol()

/**
 * Asks for what is at a URL and follows no redirect; the signal ends it, also after it has begun. `onStart` is called at once by what
 * tells when an answer begins: what reads it whole first tells of it when it has ended, and is not idle until then.
 *
 * @internal
 */
export type Open = (
  url: URL,
  headers: Headers.Headers,
  signal: AbortSignal,
  onStart: (() => void) | undefined
) => Promise<OpenAnswer>

/**
 * The way of a transport: of ours by what it goes through, of any other by the stream of its response.
 *
 * @internal
 */
export const openBy = (httpClient: HttpClient.HttpClient, context: Context.Context<never>): Open => {
  const own = StreamingTransport in httpClient
    // Our transports put nothing else there.
    ? (httpClient as { readonly [StreamingTransport]: Fetch | Dispatcher })[StreamingTransport]
    : undefined
  return own === undefined
    ? openByHttpClient(httpClient, context)
    : typeof own === "function"
    ? openByFetch(own)
    : openByDispatcher(own)
}

/** As much as is needed of undici's, whose types not everybody has who downloads. */
interface Dispatcher {
  readonly request: (options: object) => Promise<{
    readonly statusCode: number
    readonly headers: Record<string, string | Array<string> | undefined>
    readonly body: AsyncIterable<Uint8Array>
  }>
}

const openByDispatcher =
  (dispatcher: Dispatcher): Open => async ({ origin, pathname, search }, headers, signal, onStart) => {
    onStart?.()
    const { body, headers: received, statusCode: status } = await dispatcher.request({
      origin,
      path: pathname + search,
      method: "GET",
      headers,
      signal,
      // The time limits are the call's.
      headersTimeout: 0,
      bodyTimeout: 0
    })
    return {
      status,
      headers: Headers.fromInput(received),
      pieces: body[Symbol.asyncIterator](),
      compressed: !["", "identity"].includes(String(received["content-encoding"] ?? ""))
    }
  }

const openByFetch = (fetch: Fetch): Open => async ({ href }, headers, signal, onStart) => {
  onStart?.()
  const response = await fetch(href, { method: "GET", headers, redirect: "manual", signal })
  return {
    status: response.status,
    headers: Headers.fromInput(response.headers),
    // There is none, or none in pieces: not every platform has streams.
    pieces: response.body
      ? piecesOf(response.body.getReader())
      : [await bytesOf(response)].values() as unknown as Pieces,
    compressed: false
  }
}

type Pieces = OpenAnswer["pieces"]

const bytesOf = async (response: Response): Promise<Uint8Array> => new Uint8Array(await response.arrayBuffer())

/** By hand, because not every platform's web streams can be iterated. */
const piecesOf = (reader: ReadableStreamDefaultReader<Uint8Array>): Pieces => ({
  next: () => reader.read() as Promise<IteratorResult<Uint8Array>>,
  return: async () => {
    await reader.cancel()
    return { done: true, value: undefined }
  }
})

const openByHttpClient =
  (httpClient: HttpClient.HttpClient, context: Context.Context<never>): Open => async ({ href }, headers, signal) => {
    const request = HttpClientRequest.get(href, { headers })
    const response = await Effect.runPromiseWith(context)(
      httpClient.postprocess(Effect.suspend(() => httpClient.preprocess(request))).pipe(
        Effect.catch((error) => {
          const response = filteredOut(error)
          return response === undefined ? Effect.fail(error) : Effect.succeed(response)
        })
      ),
      { signal }
    )
    return {
      status: response.status,
      headers: response.headers,
      pieces: piecesPulled(bodyOf(response), context, signal),
      compressed: false
    }
  }

/** Not `Stream.toAsyncIterable`, which logs: that would bring Effect's loggers into a bundle, and here nothing is to be told. */
const piecesPulled = (
  stream: Stream.Stream<Uint8Array, unknown>,
  context: Context.Context<never>,
  signal: AbortSignal
): Pieces => {
  const scope = Scope.makeUnsafe()
  const run = Effect.runPromiseWith(context)
  let pull: Pull.Pull<ReadonlyArray<Uint8Array>, unknown> = Effect.flatMap(
    Channel.toPullScoped(Stream.toChannel(stream), scope),
    (begun) => pull = begun
  )
  let pieces: Iterator<Uint8Array, unknown> | undefined
  const self: Required<Pick<Pieces, "next" | "return">> = {
    next: async () => {
      const piece = pieces?.next()
      if (piece?.done === false) return piece
      pieces = (await run(Pull.catchDone(pull, () => Effect.undefined), { signal }))?.values()
      return pieces === undefined ? self.return() : self.next()
    },
    return: async () => {
      await run(Scope.close(scope, Exit.void))
      return { done: true, value: undefined }
    }
  }
  return self
}

/** A status that somebody made a failure of (`HttpClient.filterStatusOk`) is an answer all the same. */
const filteredOut = (error: unknown): HttpClientResponse | undefined =>
  isHttpClientError(error) && error.reason._tag === "StatusCodeError" ? error.reason.response : undefined

const bodyOf = (response: HttpClientResponse) =>
  Stream.catch(response.stream, (error) =>
    isHttpClientError(error) && error.reason._tag === "EmptyBodyError"
      ? Stream.empty
      // An answer that is there already fails to be read for no other reason.
      : Stream.fail(WholeBody in response ? tooLarge : error))
