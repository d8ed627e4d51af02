/**
 * The OAuth of Sunshine Conversations.
 *
 * @since 0.1.0
 */
import type { Authorize } from "@sunco/schemas/OAuthPayloads"
import type * as Config from "effect/Config"
import * as WebCrypto from "effect/crypto/WebCrypto"
import * as Effect from "effect/Effect"
import type * as HttpClient from "effect/http/HttpClient"
import * as Layer from "effect/Layer"
import type { Credentials } from "./Credentials.ts"
import type { EffectFace } from "./EffectFace.ts"
import { authorizeUrlAt } from "./internal/oauth/authorizeUrl.ts"
import { serversFromConfig } from "./internal/oauth/fromConfig.ts"
import { makeOAuth } from "./internal/oauth/oauth.ts"
import { besideAccount, makeServers, optionNames } from "./internal/oauth/servers.ts"
import { isSameState } from "./internal/oauth/state.ts"
import * as Environment from "./internal/settings/environment.ts"
import type { AuthorizeUrl, OAuthMethods } from "./OAuthMethods.ts"
import type { OAuthOptions, OAuthOptionsBesideEnvironment } from "./OAuthOptions.ts"
import * as Resource from "./Resource.ts"
import type { SettingsError } from "./SettingsError.ts"
import type { SunshineError } from "./SunshineError.ts"

/**
 * The class of {@link OAuth}: nothing has to be said where it is made.
 *
 * @category models
 * @since 0.1.0
 */
export interface OAuthClass<Self, Id extends string>
  extends Resource.AnyClass<Self, Id, OAuthMethods<EffectFace>, OAuthOptions, never>
{
  /**
   * Builds the service and a client of its own; fails when a setting is wrong or contradictory.
   *
   * @since 0.1.0
   */
  readonly make: (
    options?: OAuthOptions
  ) => Effect.Effect<OAuthMethods<EffectFace>, SettingsError, HttpClient.HttpClient | Credentials>

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
    options: Config.Wrap<OAuthOptions>
  ) => Layer.Layer<Self, Config.ConfigError | SettingsError, HttpClient.HttpClient | Credentials>

  /**
   * Everything from the environment: `SUNCO_BRIDGE_URL`, `SUNCO_SUBDOMAIN` or `SUNCO_BASE_URL`, and the credentials that
   * `Credentials.layerFromConfig` reads, each where there is one. The options are what the environment does not say.
   *
   * @since 0.1.0
   */
  readonly layerFromConfig: (
    options?: OAuthOptionsBesideEnvironment
  ) => Layer.Layer<Self, Config.ConfigError | SettingsError, HttpClient.HttpClient>
}

const classOf = <Self, const Id extends string>(id: Id): OAuthClass<Self, Id> => {
  const service = Resource.ServiceOutsideApp<Self, OAuthMethods<EffectFace>>()(
    id,
    ({ "~core": core }) => makeOAuth(besideAccount(core))
  )
  const make = (options?: OAuthOptions) => Effect.map(makeServers(options, optionNames), makeOAuth)
  return Object.assign(service, {
    make,
    layer: (options?: OAuthOptions) => Layer.effect(service, make(options)),
    layerConfig: (options: Config.Wrap<OAuthOptions>) =>
      Layer.effect(service, Effect.flatMap(Environment.ofNow(Environment.unwrapped(options)), make)),
    layerFromConfig: (options?: OAuthOptionsBesideEnvironment) =>
      Layer.effect(service, Effect.map(serversFromConfig(options), makeOAuth))
  })
}

/**
 * Let somebody let your integration into an app, and get a token for it: the OAuth of Zendesk's partners.
 *
 * **Details**
 *
 * Its server is not the account's: it is `https://oauth-bridge.zendesk.com/sc` unless `bridgeUrl` says another one, or where the
 * account is on this machine, as the emulator is. `revokeAccess` alone is asked of the account. `layerNoDeps` takes the server of
 * its {@link Resource.ClientOutsideApp} for the account's.
 *
 * `getToken` and `authorizeUrl` need no credentials (`Credentials.layerNone`), the others the access token.
 *
 * **Example** (From a browser to a client)
 *
 * ```ts
 * import { Credentials, OAuth, Users } from "@sunco/client"
 * import { Emulator } from "@sunco/emulator"
 * import * as Effect from "effect/Effect"
 * import * as HttpClient from "effect/http/HttpClient"
 * import * as Layer from "effect/Layer"
 * import * as Redacted from "effect/Redacted"
 *
 * const client_id = "tea-bot"
 * const client_secret = Redacted.make("the secret of the bot")
 *
 * const program = Effect.gen(function*() {
 *   const emulator = yield* Emulator
 *   const oauth = yield* OAuth
 *
 *   // Where your site begins the flow: the state goes into the browser's session, and the browser to the URL.
 *   const { state, url } = yield* oauth.authorizeUrl({ client_id })
 *
 *   // What the browser does, and whoever has it: it comes back to your redirect URI.
 *   const { headers } = yield* HttpClient.get(url)
 *   const query = new URL(headers["location"] ?? "").searchParams
 *
 *   // At your redirect URI.
 *   if (!OAuth.checkState(state, query.get("state"))) return yield* Effect.die("another browser")
 *   const code = Redacted.make(query.get("code") ?? "")
 *   const { access_token } = yield* oauth.getToken({ code, client_id, client_secret })
 *
 *   // A client of the app that was connected.
 *   const token = Credentials.layerBearer(access_token)
 *   const app = yield* OAuth.use((oauth) => oauth.tokenInfo()).pipe(
 *     Effect.provide(Layer.provide(OAuth.layer({ bridgeUrl: emulator.url }), token))
 *   )
 *   const users = Users.layer({ appId: app.id, baseUrl: emulator.url }).pipe(Layer.provide(token))
 *   const ada = yield* Users.use((users) => users.create({ externalId: "ada" })).pipe(Effect.provide(users))
 *   console.log(ada.externalId)
 *   // ada
 * })
 *
 * const oauthClients = [{ client_id, client_secret: "the secret of the bot", redirect_uris: ["https://tea.example/done"] }]
 *
 * const OAuthLayer = OAuth.layerFromConfig().pipe(Layer.provideMerge(Emulator.layerTest({ oauthClients })))
 *
 * Effect.runPromise(program.pipe(Effect.provide(OAuthLayer)))
 * ```
 *
 * @category services
 * @since 0.1.0
 */
export class OAuth extends classOf<OAuth, "@sunco/client/OAuth">("@sunco/client/OAuth") {
  /**
   * Where somebody lets your integration in, for a browser to be sent to, and the `state` that it has to come back with; a state
   * that nobody can guess is made where none is given. No client is needed.
   *
   * **Example** (The beginning of the flow)
   *
   * ```ts
   * import { OAuth } from "@sunco/client"
   * import * as Effect from "effect/Effect"
   *
   * const { state, url } = Effect.runSync(
   *   OAuth.authorizeUrl({ client_id: "tea-bot", redirect_uri: "https://tea.example/done" })
   * )
   *
   * console.log(url.replace(state, "…"))
   * // https://oauth-bridge.zendesk.com/sc/oauth/authorize?response_type=code&client_id=tea-bot&redirect_uri=https%3A%2F%2Ftea.example%2Fdone&state=…
   * ```
   *
   * @since 0.1.0
   */
  static readonly authorizeUrl = (
    authorize: Authorize,
    options?: Pick<OAuthOptions, "bridgeUrl">
  ): Effect.Effect<AuthorizeUrl, SunshineError> =>
    Effect.flatMap(WebCrypto.WebCrypto, (crypto) => Effect.fromResult(authorizeUrlAt(authorize, options, crypto)))

  /**
   * Whether a browser has come back with the state that it was sent with. One that is missing or empty never has. It tells whoever
   * measures time nothing of where the two differ.
   *
   * **Example** (Another browser)
   *
   * ```ts
   * import { OAuth } from "@sunco/client"
   *
   * console.log(OAuth.checkState("kept in the session", "from the query"))
   * // false
   * ```
   *
   * @since 0.1.0
   */
  static readonly checkState = (kept: string | null | undefined, received: unknown): boolean =>
    isSameState(kept, received)
}
