/**
 * An `HttpClient` over `fetch`, buffered and bounded: for runtimes without undici, such as those at the edge, and for a `fetch`
 * of one's own.
 *
 * As `UndiciTransport` it reads answers whole, up to `HttpIncomingMessage.MaxBodySize`, follows no redirect, makes no span of its
 * own and adds no header; the calls of this package take a shorter way through it than requests of `HttpClient` do. Effect's own
 * `FetchHttpClient` works too, and costs more.
 *
 * @since 0.1.0
 */
import * as Effect from "effect/Effect"
import * as HttpClient from "effect/http/HttpClient"
import type { HttpClientError } from "effect/http/HttpClientError"
import * as Layer from "effect/Layer"
import { withProblems } from "./internal/settings/settingsProblems.ts"
import { DirectTransport } from "./internal/transport/directTransport.ts"
import { fetchDirectTransport } from "./internal/transport/fetchDirectTransport.ts"
import { execute } from "./internal/transport/fetchHttpClient.ts"
import { StreamingTransport } from "./internal/transport/streamingTransport.ts"

/**
 * An `HttpClient` over this `fetch`, or over the one that is global when a request is sent.
 *
 * **Details**
 *
 * The `fetch` is called with the URL as text and with `method`, `headers`, `body`, `redirect: "manual"` and a `signal`; what else
 * a runtime knows (a dispatcher, a cache) is its to add. Whether a request was sent it does not tell: what times out may have
 * been, and of a failure the codes along its causes decide.
 *
 * What is no function is a `SettingsError` of the client that is made with the transport.
 *
 * **Example** (A `fetch` that answers by itself)
 *
 * ```ts
 * import * as FetchTransport from "@sunco/client/FetchTransport"
 * import * as Effect from "effect/Effect"
 *
 * const httpClient = FetchTransport.make(() => Promise.resolve(Response.json({ user: { id: "7494535bff5cef41a15be74d" } })))
 *
 * const program = Effect.flatMap(httpClient.get("http://localhost"), (response) => response.text)
 *
 * console.log(await Effect.runPromise(program))
 * // {"user":{"id":"7494535bff5cef41a15be74d"}}
 * ```
 *
 * @category constructors
 * @since 0.1.0
 */
export const make = (fetch: typeof globalThis.fetch = globalFetch): HttpClient.HttpClient =>
  withProblems(
    Object.assign(
      HttpClient.makeWith<HttpClientError, never, HttpClientError, never>(
        Effect.flatMap((request) => execute(fetch, request)),
        Effect.succeed
      ),
      { [DirectTransport]: fetchDirectTransport(fetch), [StreamingTransport]: fetch }
    ),
    // Not every caller has a compiler.
    typeof fetch === "function" ? [] : [{ setting: "FetchTransport", problem: "must have a fetch that is a function" }]
  )

/** Looked up for each request: a test may have put another one in its place meanwhile. */
const globalFetch: typeof globalThis.fetch = (input, init) => globalThis.fetch(input, init)

/**
 * {@link make} as a layer, with the `fetch` that is global when a request is sent.
 *
 * @category layers
 * @since 0.1.0
 */
export const layer: Layer.Layer<HttpClient.HttpClient> = Layer.effect(
  HttpClient.HttpClient,
  Effect.sync(() => make())
)

/**
 * {@link make} as a layer.
 *
 * @category layers
 * @since 0.1.0
 */
export const layerFetch = (fetch: typeof globalThis.fetch): Layer.Layer<HttpClient.HttpClient> =>
  Layer.effect(HttpClient.HttpClient, Effect.sync(() => make(fetch)))
