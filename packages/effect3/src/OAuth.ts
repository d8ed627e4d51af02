/**
 * The OAuth of Sunshine Conversations.
 *
 * @since 0.1.0
 */
import type * as HttpClient from "@effect/platform/HttpClient"
import type { AuthorizeUrl, OAuthMethods } from "@sunco/client/OAuthMethods"
import type { Authorize } from "@sunco/schemas/OAuthPayloads"
import type * as Config from "effect/Config"
import type { ConfigError } from "effect/ConfigError"
import type * as Effect from "effect/Effect"
import type * as Layer from "effect/Layer"
import type { Credentials } from "./Credentials.ts"
import type { Effect3Face } from "./Effect3Face.ts"
import * as internal from "./internal/oauth.ts"
import type { OAuthOptions, OAuthOptionsBesideEnvironment } from "./OAuthOptions.ts"
import type * as Resource from "./Resource.ts"
import type { SettingsError } from "./SettingsError.ts"
import type { SunshineError } from "./SunshineError.ts"

export type * from "@sunco/client/OAuthMethods"

/**
 * The class of {@link OAuth}: nothing has to be said where it is made.
 *
 * @category models
 * @since 0.1.0
 */
export interface OAuthClass<Self, Id extends string>
  extends Resource.AnyClass<Self, Id, OAuthMethods<Effect3Face>, OAuthOptions, never>
{
  /**
   * Builds the service and a client of its own; fails when a setting is wrong or contradictory.
   *
   * @since 0.1.0
   */
  readonly make: (
    options?: OAuthOptions
  ) => Effect.Effect<OAuthMethods<Effect3Face>, SettingsError, HttpClient.HttpClient | Credentials>

  /**
   * The service, with a client of its own.
   *
   * @since 0.1.0
   */
  readonly layer: (
    options?: OAuthOptions
  ) => Layer.Layer<Self, SettingsError, HttpClient.HttpClient | Credentials>

  /**
   * The layer of options that come from `Config`.
   *
   * @since 0.1.0
   */
  readonly layerConfig: (
    options: Config.Config.Wrap<OAuthOptions>
  ) => Layer.Layer<Self, ConfigError | SettingsError, HttpClient.HttpClient | Credentials>

  /**
   * Everything from the environment: `SUNCO_BRIDGE_URL`, `SUNCO_SUBDOMAIN` or `SUNCO_BASE_URL`, and the credentials that
   * `Credentials.layerFromConfig` reads, each where there is one. The options are what the environment does not say.
   *
   * @since 0.1.0
   */
  readonly layerFromConfig: (
    options?: OAuthOptionsBesideEnvironment
  ) => Layer.Layer<Self, ConfigError | SettingsError, HttpClient.HttpClient>
}

const classOf: <Self, const Id extends string>(id: Id) => OAuthClass<Self, Id> = internal.classOf

/**
 * Let somebody let your integration into an app, and get a token for it: the OAuth of Zendesk's partners.
 *
 * **Details**
 *
 * Its server is not the account's: it is `https://oauth-bridge.zendesk.com/sc` unless `bridgeUrl` says another one, or where the
 * account is on this machine, as the emulator is. `revokeAccess` alone is asked of the account. `layerNoDeps` takes the server of
 * its `Sunshine` for the account's.
 *
 * `getToken` and `authorizeUrl` need no credentials (`Credentials.layerNone`), the others the access token.
 *
 * **Example** (A client of the app that somebody has connected)
 *
 * ```ts
 * import { Credentials, OAuth, Users } from "@sunco/effect3"
 * import * as Effect from "effect/Effect"
 * import * as Layer from "effect/Layer"
 * import type * as Redacted from "effect/Redacted"
 *
 * export const usersOf = (code: Redacted.Redacted, client_id: string, client_secret: Redacted.Redacted) =>
 *   Effect.gen(function*() {
 *     const exchanging = yield* Effect.provide(OAuth.make(), Credentials.layerNone)
 *     const { access_token } = yield* exchanging.getToken({ code, client_id, client_secret })
 *     const token = Credentials.layerBearer(access_token)
 *     const connected = yield* Effect.provide(OAuth.make(), token)
 *     const { id, subdomain } = yield* connected.tokenInfo()
 *     return Users.layer({ appId: id, subdomain }).pipe(Layer.provide(token))
 *   })
 * ```
 *
 * @category services
 * @since 0.1.0
 */
export class OAuth extends classOf<OAuth, "@sunco/effect3/OAuth">("@sunco/effect3/OAuth") {
  /**
   * Where somebody lets your integration in, for a browser to be sent to, and the `state` that it has to come back with; a state
   * that nobody can guess is made where none is given. No client is needed.
   *
   * @since 0.1.0
   */
  static readonly authorizeUrl = (
    authorize: Authorize,
    options?: Pick<OAuthOptions, "bridgeUrl">
  ): Effect.Effect<AuthorizeUrl, SunshineError> => internal.authorizeUrl(authorize, options)

  /**
   * Whether a browser has come back with the state that it was sent with. One that is missing or empty never has. It tells whoever
   * measures time nothing of where the two differ.
   *
   * @since 0.1.0
   */
  static readonly checkState = (kept: string | null | undefined, received: unknown): boolean =>
    internal.checkState(kept, received)
}
