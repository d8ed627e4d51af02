/**
 * What every resource of the client is: a service over `Sunshine`.
 *
 * @since 0.1.0
 */
import type * as HttpClient from "@effect/platform/HttpClient"
import type * as Config from "effect/Config"
import type { ConfigError } from "effect/ConfigError"
import type * as Context from "effect/Context"
import type * as Effect from "effect/Effect"
import type * as Layer from "effect/Layer"
import type { Credentials } from "./Credentials.ts"
import * as internal from "./internal/resource.ts"
import type { SettingsError } from "./SettingsError.ts"
import type * as Sunshine_ from "./Sunshine.ts"

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
  extends Context.TagClass<Self, Id, Methods>
{
  /**
   * Builds the service and a client of its own; fails when a setting is missing, wrong or contradictory.
   *
   * @since 0.1.0
   */
  readonly make: (
    options: Options
  ) => Effect.Effect<Methods, SettingsError, HttpClient.HttpClient | Credentials>

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
  ) => Layer.Layer<Self | Shared, ConfigError | SettingsError, HttpClient.HttpClient>
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
    options: Config.Config.Wrap<Sunshine_.Options>
  ) => Layer.Layer<Self | Sunshine_.Sunshine, ConfigError | SettingsError, HttpClient.HttpClient | Credentials>
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
    options: Config.Config.Wrap<Sunshine_.ServerOptions>
  ) => Layer.Layer<Self, ConfigError | SettingsError, HttpClient.HttpClient | Credentials>
}

/**
 * Makes the class of a resource, over the resource of `@sunco/client` that has the same methods.
 *
 * @category constructors
 * @since 0.1.0
 */
export const Service: <Self, Methods>() => <const Id extends string>(
  id: Id,
  client: { readonly key: string }
) => Class<Self, Id, Methods> = internal.Service

/**
 * Makes the class of a resource whose operations are outside of any app.
 *
 * @category constructors
 * @since 0.1.0
 */
export const ServiceOutsideApp: <Self, Methods>() => <const Id extends string>(
  id: Id,
  client: { readonly key: string }
) => ClassOutsideApp<Self, Id, Methods> = internal.ServiceOutsideApp
