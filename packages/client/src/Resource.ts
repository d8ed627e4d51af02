/**
 * What every resource of the client is: a service over `Sunshine`.
 *
 * @since 0.1.0
 */
import type * as Config from "effect/Config"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import type * as HttpClient from "effect/http/HttpClient"
import * as Layer from "effect/Layer"
import type { Credentials } from "./Credentials.ts"
import type { SettingsError } from "./SettingsError.ts"
import * as Sunshine_ from "./Sunshine.ts"

/**
 * The class of a resource: the key of its service, and how the service is built.
 *
 * @category models
 * @since 0.1.0
 */
export interface Class<Self, Id extends string, Methods> extends Context.ServiceClass<Self, Id, Methods> {
  /**
   * Builds the service and a {@link Sunshine_.Sunshine} of its own; fails when a setting is missing, wrong or contradictory.
   *
   * @since 0.1.0
   */
  readonly make: (
    options: Sunshine_.Options
  ) => Effect.Effect<Methods, SettingsError, HttpClient.HttpClient | Credentials>

  /**
   * Builds the service over the {@link Sunshine_.Sunshine} that is there.
   *
   * @since 0.1.0
   */
  readonly makeNoDeps: Effect.Effect<Methods, never, Sunshine_.Sunshine>

  /**
   * The service over a {@link Sunshine_.Sunshine} that is there already, as several resources of one app share it.
   *
   * @since 0.1.0
   */
  readonly layerNoDeps: Layer.Layer<Self, never, Sunshine_.Sunshine>

  /**
   * The service, and the {@link Sunshine_.Sunshine} under it.
   *
   * @since 0.1.0
   */
  readonly layer: (
    options: Sunshine_.Options
  ) => Layer.Layer<Self | Sunshine_.Sunshine, SettingsError, HttpClient.HttpClient | Credentials>

  /**
   * The layer of options that come from `Config`.
   *
   * @since 0.1.0
   */
  readonly layerConfig: (
    options: Config.Wrap<Sunshine_.Options>
  ) => Layer.Layer<
    Self | Sunshine_.Sunshine,
    Config.ConfigError | SettingsError,
    HttpClient.HttpClient | Credentials
  >

  /**
   * Everything from the environment, credentials included: `SUNCO_APP_ID`, `SUNCO_SUBDOMAIN` or `SUNCO_BASE_URL`, and what
   * `Credentials.layerFromConfig` reads. The options are what the environment does not say.
   *
   * @since 0.1.0
   */
  readonly layerFromConfig: (
    options?: Sunshine_.OptionsBesideEnvironment
  ) => Layer.Layer<
    Self | Sunshine_.Sunshine,
    Config.ConfigError | SettingsError,
    HttpClient.HttpClient
  >
}

/**
 * Makes the class of a resource, from its methods over a {@link Sunshine_.Sunshine}.
 *
 * @category constructors
 * @since 0.1.0
 */
export const Service = <Self, Methods extends object>() =>
<const Id extends string>(
  id: Id,
  make: (sunshine: Sunshine_.Sunshine["Service"]) => Methods
): Class<Self, Id, Methods> => {
  const service = Context.Service<Self, Methods>()(id)
  const makeNoDeps = Effect.map(Sunshine_.Sunshine, make)
  const layerNoDeps = Layer.effect(service, makeNoDeps)
  const over = <E, R>(sunshine: Layer.Layer<Sunshine_.Sunshine, E, R>) => Layer.provideMerge(layerNoDeps, sunshine)
  return Object.assign(service, {
    make: (options: Sunshine_.Options) => Effect.map(Sunshine_.Sunshine.make(options), make),
    makeNoDeps,
    layerNoDeps,
    layer: (options: Sunshine_.Options) => over(Sunshine_.Sunshine.layer(options)),
    layerConfig: (options: Config.Wrap<Sunshine_.Options>) => over(Sunshine_.Sunshine.layerConfig(options)),
    layerFromConfig: (options?: Sunshine_.OptionsBesideEnvironment) => over(Sunshine_.Sunshine.layerFromConfig(options))
  })
}
