/**
 * The core that every resource of the client shares: credentials, time limits, retries and errors. It knows nothing of users.
 *
 * @since 0.1.0
 */
import type * as HttpClient from "@effect/platform/HttpClient"
import type { ResponseInfo } from "@sunco/client/ResponseInfo"
import type { SunshineRequest, SunshineResponse } from "@sunco/client/SunshineRequest"
import * as Config from "effect/Config"
import type { ConfigError } from "effect/ConfigError"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type { CallOptions } from "./CallOptions.ts"
import type { Credentials } from "./Credentials.ts"
import { ResponseObserver } from "./internal/responseObserver.ts"
import { makeSunshine, sunshineFromConfig } from "./internal/sunshine.ts"
import type { SettingsError } from "./SettingsError.ts"
import type { SunshineError } from "./SunshineError.ts"
import type { Options, OptionsBesideEnvironment, ServerOptions } from "./SunshineOptions.ts"

export type { Options, OptionsBesideEnvironment, ServerOptions, SunshineRequest, SunshineResponse }

/**
 * The service.
 *
 * `request` sends what no method covers through the same credentials, time limits, retries and errors. A status of 2xx is a
 * success; everything else, and a body that is not JSON, is a `SunshineError`.
 *
 * @category services
 * @since 0.1.0
 */
export class Sunshine extends Context.Tag("@sunco/effect3/Sunshine")<Sunshine, {
  readonly appId: string
  readonly request: (
    request: SunshineRequest,
    options?: CallOptions
  ) => Effect.Effect<SunshineResponse, SunshineError>
  /** For the resources of this package. */
  readonly "~client": unknown
}>() {
  /**
   * Builds a client; fails when a setting is missing, wrong or contradictory.
   *
   * @since 0.1.0
   */
  static readonly make = (
    options: Options
  ): Effect.Effect<Sunshine["Type"], SettingsError, HttpClient.HttpClient | Credentials> => makeSunshine(options)

  /**
   * {@link Sunshine.make} as a layer.
   *
   * @since 0.1.0
   */
  static readonly layer = (
    options: Options
  ): Layer.Layer<Sunshine, SettingsError, HttpClient.HttpClient | Credentials> =>
    Layer.effect(Sunshine, Sunshine.make(options))

  /**
   * The layer of options that come from `Config`.
   *
   * @since 0.1.0
   */
  static readonly layerConfig = (
    options: Config.Config.Wrap<Options>
  ): Layer.Layer<Sunshine, ConfigError | SettingsError, HttpClient.HttpClient | Credentials> =>
    Layer.effect(Sunshine, Effect.flatMap(Config.unwrap(options), Sunshine.make))

  /**
   * Everything from the environment: `SUNCO_APP_ID`, `SUNCO_SUBDOMAIN` or `SUNCO_BASE_URL`, and the credentials of
   * `Credentials.layerFromConfig`; the options are what the environment does not say.
   *
   * @since 0.1.0
   */
  static readonly layerFromConfig = (
    options?: OptionsBesideEnvironment
  ): Layer.Layer<Sunshine, ConfigError | SettingsError, HttpClient.HttpClient> =>
    Layer.scoped(Sunshine, sunshineFromConfig(options))

  /**
   * Gives status and headers beside the value of any call of this client; of the last answer, where it took several.
   *
   * @since 0.1.0
   */
  static readonly withResponse = <A, E, R>(
    self: Effect.Effect<A, E, R>
  ): Effect.Effect<{ readonly value: A; readonly response: ResponseInfo | undefined }, E, R> =>
    Effect.suspend(() => {
      let response: ResponseInfo | undefined
      return self.pipe(
        Effect.provideService(ResponseObserver, (observed) => {
          response = observed
        }),
        Effect.map((value) => ({ value, response }))
      )
    })
}
