/**
 * The recommended `HttpClient` on Node: straight on an undici dispatcher, buffered and bounded.
 *
 * Any other `HttpClient` of Effect works too (`FetchTransport` where there is no undici). This one reads answers whole, up
 * to `HttpIncomingMessage.MaxBodySize`, follows no redirect, makes no span of its own and adds no header; the calls of this
 * package take a shorter way through it than requests of `HttpClient` do.
 *
 * @since 0.1.0
 */
import * as Effect from "effect/Effect"
import * as HttpClient from "effect/http/HttpClient"
import { HttpClientError, TransportError } from "effect/http/HttpClientError"
import * as Layer from "effect/Layer"
import type * as Scope from "effect/Scope"
import type { Agent, Dispatcher } from "undici"
import { DirectTransport } from "./internal/transport/directTransport.ts"
import { ownDispatcher } from "./internal/transport/ownDispatcher.ts"
import { withProblems } from "./internal/settings/settingsProblems.ts"
import { StreamingTransport } from "./internal/transport/streamingTransport.ts"
import { undiciDirectTransport } from "./internal/transport/undiciDirectTransport.ts"
import { execute } from "./internal/transport/undiciHttpClient.ts"
import { SettingsError, type SettingsProblem } from "./SettingsError.ts"

/**
 * An `HttpClient` over the caller's dispatcher: its TLS settings, proxy and pool stay in force, and it stays the caller's
 * to close.
 *
 * **Example** (A pool of eight connections through one dispatcher)
 *
 * ```ts
 * import * as UndiciTransport from "@sunco/client/UndiciTransport"
 * import { Agent } from "undici"
 *
 * const agent = new Agent({ connections: 8 })
 *
 * export const httpClient = UndiciTransport.make(agent)
 *
 * await agent.close()
 * ```
 *
 * @category constructors
 * @since 0.1.0
 */
export const make = (dispatcher: Dispatcher): HttpClient.HttpClient =>
  Object.assign(
    HttpClient.makeWith<HttpClientError, never, HttpClientError, never>(
      Effect.flatMap((request) => execute(dispatcher, request)),
      Effect.succeed
    ),
    { [DirectTransport]: undiciDirectTransport(dispatcher), [StreamingTransport]: dispatcher }
  )

/**
 * {@link make} over an agent of its own, destroyed with its connections when the scope closes.
 *
 * **Details**
 *
 * It goes through a proxy as Node's own fetch does: where the environment has `NODE_USE_ENV_PROXY=1`, through that of
 * `https_proxy` (or else `http_proxy`), but for the hosts of `no_proxy`; names in upper case count where there is none in lower
 * case. The environment is read when the agent is made, through `ConfigProvider`. A `connect` that is a function makes the
 * connections alone, and no proxy is asked.
 *
 * What undici refuses of the options, or a proxy's address that cannot be one, is a `SettingsError` of the client that is made
 * with the transport.
 *
 * @category constructors
 * @since 0.1.0
 */
export const makeAgent = (options?: Agent.Options): Effect.Effect<HttpClient.HttpClient, never, Scope.Scope> =>
  Effect.acquireRelease(ownDispatcher(options), (agent) => Effect.promise(() => agent.destroy())).pipe(
    Effect.map(make),
    Effect.catch((problems) => Effect.succeed(unusable(problems)))
  )

/** Stands in for a transport whose settings mean nothing: the client that is made with it says what is wrong with them. */
const unusable = (problems: ReadonlyArray<SettingsProblem>): HttpClient.HttpClient =>
  withProblems(
    HttpClient.make((request) => {
      const cause = new SettingsError({ problems })
      return Effect.fail(new HttpClientError({ reason: new TransportError({ request, cause }) }))
    }),
    problems
  )

/**
 * {@link makeAgent} as a layer, with undici's own settings.
 *
 * @category layers
 * @since 0.1.0
 */
export const layer: Layer.Layer<HttpClient.HttpClient> = Layer.effect(HttpClient.HttpClient, makeAgent())

/**
 * {@link makeAgent} as a layer.
 *
 * @category layers
 * @since 0.1.0
 */
export const layerAgent = (options: Agent.Options): Layer.Layer<HttpClient.HttpClient> =>
  Layer.effect(HttpClient.HttpClient, makeAgent(options))

/**
 * {@link make} as a layer.
 *
 * @category layers
 * @since 0.1.0
 */
export const layerDispatcher = (dispatcher: Dispatcher): Layer.Layer<HttpClient.HttpClient> =>
  Layer.sync(HttpClient.HttpClient, () => make(dispatcher))
