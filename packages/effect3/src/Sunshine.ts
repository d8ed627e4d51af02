/**
 * The core that every resource of the client shares: credentials, time limits, retries and errors. It knows nothing of users.
 *
 * @since 0.1.0
 */
import type * as HttpClient from "@effect/platform/HttpClient"
import type { ResponseInfo } from "@sunco/client/ResponseInfo"
import type { SunshineRequest, SunshineResponse } from "@sunco/client/Sunshine"
import * as Config from "effect/Config"
import type { ConfigError } from "effect/ConfigError"
import * as Context from "effect/Context"
import type * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type { CallOptions } from "./CallOptions.ts"
import type { Credentials } from "./Credentials.ts"
import { ResponseObserver } from "./internal/responseObserver.ts"
import { makeSunshine, sunshineFromConfig } from "./internal/sunshine.ts"
import type { RetryOptions } from "./RetryPolicy.ts"
import type { SettingsError } from "./SettingsError.ts"
import type { SunshineError } from "./SunshineError.ts"

export type { SunshineRequest, SunshineResponse }

/**
 * Where a client sends to, and how patiently: all that is to be said of one whose operations are outside of any app.
 *
 * @category models
 * @since 0.1.0
 */
export interface ServerOptions {
  /** The part before `.zendesk.com`; stands for `https://{subdomain}.zendesk.com/sc`. Either this or `baseUrl`. */
  readonly subdomain?: string | undefined
  /** `https://api.smooch.io` and `https://api.eu-1.smooch.io` are for legacy accounts; http is for loopback only. */
  readonly baseUrl?: string | undefined
  /**
   * How long one attempt may take; 10 seconds when absent. An operation that has a limit of its own (an upload) keeps it, and
   * so it is with the deadline; the options of a call count everywhere.
   */
  readonly attemptTimeout?: Duration.DurationInput | undefined
  /** How long a call may take altogether, waits included; 1 minute when absent. */
  readonly deadline?: Duration.DurationInput | undefined
  /** What differs from the retry policy of a client that is told nothing else. */
  readonly retry?: RetryOptions | undefined
  /**
   * The largest answer that is read, in bytes after decompression. When absent it is 1 MiB, and 32 MiB for a page of a list
   * that the vendor pages.
   */
  readonly maxResponseBytes?: number | undefined
  /** Put in front of `sunco-client/…` in the `User-Agent`. */
  readonly userAgent?: string | undefined
  /**
   * `false` sends metadata of any size. How the vendor counts its 4 kB is not documented; the check that is on otherwise
   * counts the bytes of compact UTF-8 JSON.
   */
  readonly metadataLimit?: boolean | undefined
  /** Send `traceparent` and `b3` of the attempt's span to the vendor; off when absent. */
  readonly propagateTrace?: boolean | undefined
  /**
   * `true` refuses an answer with anything that is not as documented (`UnexpectedResponse`), also where it could be read
   * without it: for tests of a provider. Fields that no schema names are never refused.
   */
  readonly strictResponses?: boolean | undefined
}

/**
 * Which app a client talks to, where, and how patiently.
 *
 * @category models
 * @since 0.1.0
 */
export interface Options extends ServerOptions {
  readonly appId: string
}

/**
 * What the environment does not say.
 *
 * @category models
 * @since 0.1.0
 */
export interface OptionsBesideEnvironment extends Omit<ServerOptions, "subdomain" | "baseUrl"> {}

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
