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
import { makeOutsideApp, makeOutsideAppConfig, makeOutsideAppFromConfig } from "./internal/settings/outsideApp.ts"
import type { SettingsError } from "./SettingsError.ts"
import * as Sunshine_ from "./Sunshine.ts"

/**
 * What the classes of all resources have: the key of the service, and how the service is built.
 *
 * `Options` are what it is built of: those of a client, or only those of its server where its operations are outside of any
 * app. `Shared` is what its layers give beside it. The layer of a `Config` is each class's own, because of a parameter editors
 * would show every field.
 *
 * @category models
 * @since 0.1.0
 */
export interface AnyClass<Self, Id extends string, Methods, Options, Shared>
  extends Context.ServiceClass<Self, Id, Methods>
{
  /**
   * Builds the service and a client of its own; fails when a setting is missing, wrong or contradictory.
   *
   * @since 0.1.0
   */
  readonly make: (options: Options) => Effect.Effect<Methods, SettingsError, HttpClient.HttpClient | Credentials>

  /**
   * Builds the service over the {@link Sunshine_.Sunshine} that is there.
   *
   * @since 0.1.0
   */
  readonly makeNoDeps: Effect.Effect<Methods, never, Sunshine_.Sunshine>

  /**
   * The service over a {@link Sunshine_.Sunshine} that is there already, as several resources of one app share it. One whose
   * operations are outside of any app does not look at the app.
   *
   * @since 0.1.0
   */
  readonly layerNoDeps: Layer.Layer<Self, never, Sunshine_.Sunshine>

  /**
   * The service, and what it shares with others: the {@link Sunshine_.Sunshine} under it, where it is of an app.
   *
   * @since 0.1.0
   */
  readonly layer: (
    options: Options
  ) => Layer.Layer<Self | Shared, SettingsError, HttpClient.HttpClient | Credentials>

  /**
   * Everything from the environment, credentials included: `SUNCO_APP_ID` (where it is of an app), `SUNCO_SUBDOMAIN` or
   * `SUNCO_BASE_URL`, and what `Credentials.layerFromConfig` reads. The options are what the environment does not say.
   *
   * @since 0.1.0
   */
  readonly layerFromConfig: (
    options?: Sunshine_.OptionsBesideEnvironment
  ) => Layer.Layer<Self | Shared, Config.ConfigError | SettingsError, HttpClient.HttpClient>
}

/**
 * The class of a resource of an app.
 *
 * @category models
 * @since 0.1.0
 */
export interface Class<Self, Id extends string, Methods>
  extends AnyClass<Self, Id, Methods, Sunshine_.Options, Sunshine_.Sunshine>
{
  /**
   * The layer of options that come from `Config`.
   *
   * @since 0.1.0
   */
  readonly layerConfig: (
    options: Config.Wrap<Sunshine_.Options>
  ) => Layer.Layer<Self | Sunshine_.Sunshine, Config.ConfigError | SettingsError, HttpClient.HttpClient | Credentials>
}

/**
 * The class of a resource whose operations are outside of any app.
 *
 * @category models
 * @since 0.1.0
 */
export interface ClassOutsideApp<Self, Id extends string, Methods>
  extends AnyClass<Self, Id, Methods, Sunshine_.ServerOptions, never>
{
  /**
   * The layer of options that come from `Config`.
   *
   * @since 0.1.0
   */
  readonly layerConfig: (
    options: Config.Wrap<Sunshine_.ServerOptions>
  ) => Layer.Layer<Self, Config.ConfigError | SettingsError, HttpClient.HttpClient | Credentials>
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
  const noDeps = withoutDependencies(service, make)
  // Not `Layer.provideMerge`, which also takes many layers and builds them at once: that would weigh on every bundle.
  const over = <E, R>(made: Effect.Effect<Sunshine_.Sunshine["Service"], E, R>) =>
    Layer.effectContext(
      Effect.map(made, (sunshine) => Context.add(Context.make(Sunshine_.Sunshine, sunshine), service, make(sunshine)))
    )
  return Object.assign(service, noDeps, {
    make: (options: Sunshine_.Options) => Effect.map(Sunshine_.Sunshine.make(options), make),
    layer: (options: Sunshine_.Options) => over(Sunshine_.Sunshine.make(options)),
    layerConfig: (options: Config.Wrap<Sunshine_.Options>) => over(Sunshine_.makeConfig(options)),
    layerFromConfig: (options?: Sunshine_.OptionsBesideEnvironment) => over(Sunshine_.makeFromConfig(options))
  })
}

/**
 * A client without an app.
 *
 * @category models
 * @since 0.1.0
 */
export interface ClientOutsideApp extends Pick<Sunshine_.Sunshine["Service"], "~core"> {
  readonly appId: undefined
}

/**
 * Makes the class of a resource whose operations are outside of any app, from its methods over a client without one.
 *
 * @category constructors
 * @since 0.1.0
 */
export const ServiceOutsideApp = <Self, Methods extends object>() =>
<const Id extends string>(
  id: Id,
  make: (client: ClientOutsideApp) => Methods
): ClassOutsideApp<Self, Id, Methods> => {
  const service = Context.Service<Self, Methods>()(id)
  const over = <E, R>(core: Effect.Effect<ClientOutsideApp["~core"], E, R>) =>
    Effect.map(core, (core) => make({ appId: undefined, "~core": core }))
  return Object.assign(
    service,
    withoutDependencies(service, ({ "~core": core }) => make({ appId: undefined, "~core": core })),
    {
      make: (options: Sunshine_.ServerOptions) => over(makeOutsideApp(options)),
      layer: (options: Sunshine_.ServerOptions) => Layer.effect(service, over(makeOutsideApp(options))),
      layerConfig: (options: Config.Wrap<Sunshine_.ServerOptions>) =>
        Layer.effect(service, over(makeOutsideAppConfig(options))),
      layerFromConfig: (options?: Sunshine_.OptionsBesideEnvironment) =>
        Layer.effect(service, over(makeOutsideAppFromConfig(options)))
    }
  )
}

const withoutDependencies = <Self, Methods>(
  service: Context.Key<Self, Methods>,
  make: (sunshine: Sunshine_.Sunshine["Service"]) => Methods
) => {
  const makeNoDeps = Effect.map(Sunshine_.Sunshine, make)
  return { makeNoDeps, layerNoDeps: Layer.effect(service, makeNoDeps) }
}
