/**
 * What proves to Sunshine Conversations who is calling: Basic with a key, or a Bearer token.
 *
 * Zendesk recommends Basic for servers. A JWT is signed with the same key; an OAuth access token comes as it is. Browsers
 * are not supported by the vendor: it sends no CORS headers for these credentials.
 *
 * @since 0.1.0
 */
import * as Client from "@sunco/client/Credentials"
import type { ConfigError } from "effect/ConfigError"
import * as Context from "effect/Context"
import type * as Duration from "effect/Duration"
import type * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type * as Redacted from "effect/Redacted"
import {
  clientKey,
  clientSecret,
  clientSecretEffect,
  credentialsFromConfig,
  fromClientCredentials,
  makeCredentials
} from "./internal/credentials.ts"
import { optionalDuration } from "./internal/options.ts"
import type { SettingsError } from "./SettingsError.ts"
import type { CredentialsUnavailable } from "./SunshineError.ts"

/**
 * The value of one `Authorization` header. Two are the same credential only when they are the same object.
 *
 * @category models
 * @since 0.1.0
 */
export interface Authorization {
  readonly header: Redacted.Redacted
}

/**
 * A key of the vendor: made in Admin Center > Apps and integrations > APIs > Conversations API.
 *
 * @category models
 * @since 0.1.0
 */
export interface Key {
  /** Such as `app_5d8cff3cd55b040010928b5b`. */
  readonly keyId: string
  readonly secret: Redacted.Redacted
}

/**
 * A key and what the JWTs signed with it say.
 *
 * @category models
 * @since 0.1.0
 */
export interface JwtOptions extends Key {
  /** Must match the kind of key: `app_`, `int_` or `act_` and `svc_`. */
  readonly scope: "app" | "integration" | "account"
  /** How long a token is valid (`exp`); 15 minutes when absent. The vendor documents no maximum. */
  readonly lifetime?: Duration.DurationInput | undefined
}

/**
 * Where the client gets its `Authorization` header from.
 *
 * **Details**
 *
 * `current` is asked before every attempt. After a 401, `renewed` is asked once with what was refused: it gives another
 * `Authorization`, or the same one when there is no other.
 *
 * **Example** (The layers)
 *
 * ```ts
 * import * as Credentials from "@sunco/effect3/Credentials"
 * import * as Effect from "effect/Effect"
 * import * as Redacted from "effect/Redacted"
 *
 * const keyId = "app_5d8cff3cd55b040010928b5b"
 * const secret = Redacted.make("a secret")
 *
 * export const basic = Credentials.layerBasic({ keyId, secret })
 * export const jwt = Credentials.layerJwt({ keyId, secret, scope: "app" })
 * export const oauth = Credentials.layerBearer(Redacted.make("an access token"))
 *
 * const program = Effect.gen(function*() {
 *   const credentials = yield* Credentials.Credentials
 *   const { header } = yield* credentials.current
 *   console.log(String(header))
 *   // <redacted>
 * })
 *
 * Effect.runPromise(program.pipe(Effect.provide(basic)))
 * ```
 *
 * @category services
 * @since 0.1.0
 */
export class Credentials extends Context.Tag("@sunco/effect3/Credentials")<Credentials, {
  readonly current: Effect.Effect<Authorization, CredentialsUnavailable>
  readonly renewed: (refused: Authorization) => Effect.Effect<Authorization, CredentialsUnavailable>
}>() {}

/**
 * Basic authentication; the header is computed once.
 *
 * @see OpenAPI 17.12.1, "Basic Authentication"
 * @category constructors
 * @since 0.1.0
 */
export const makeBasic = (key: Key): Credentials["Type"] => fromClientCredentials(Client.makeBasic(clientKey(key)))

/**
 * A fixed bearer token: a JWT that you signed, or an OAuth access token.
 *
 * @category constructors
 * @since 0.1.0
 */
export const makeBearer = (token: Redacted.Redacted): Credentials["Type"] =>
  fromClientCredentials(Client.makeBearer(clientSecret(token)))

/**
 * A bearer token from an effect, for tokens that rotate.
 *
 * **Details**
 *
 * The effect runs once for all calls that wait for it, and its token is used for `timeToLive` (1 minute when absent) or
 * until the vendor refuses it with 401. A failure becomes `CredentialsUnavailable`, and the next call tries again.
 *
 * @category constructors
 * @since 0.1.0
 */
export const makeBearerEffect = <E>(
  token: Effect.Effect<Redacted.Redacted, E>,
  options?: { readonly timeToLive?: Duration.DurationInput | undefined }
): Effect.Effect<Credentials["Type"]> =>
  makeCredentials(() =>
    Client.makeBearerEffect(clientSecretEffect(token), { timeToLive: optionalDuration(options?.timeToLive) })
  )

/**
 * JWTs minted here: HS256, `kid`, `scope` and `exp`. One is used until a tenth of its lifetime is left, or until the vendor
 * refuses it with 401.
 *
 * @see OpenAPI 17.12.1, "JWTs"
 * @category constructors
 * @since 0.1.0
 */
export const makeJwt = (options: JwtOptions): Effect.Effect<Credentials["Type"]> =>
  makeCredentials(() =>
    Client.makeJwt({ ...clientKey(options), scope: options.scope, lifetime: optionalDuration(options.lifetime) })
  )

/**
 * No credentials, for a client of what needs none: the exchange of an OAuth code. Whatever needs some fails with
 * `CredentialsUnavailable`, which is not retryable then, and nothing is sent.
 *
 * @category constructors
 * @since 0.1.0
 */
export const makeNone = (): Credentials["Type"] => fromClientCredentials(Client.makeNone())

/**
 * {@link makeBasic} as a layer.
 *
 * @category layers
 * @since 0.1.0
 */
export const layerBasic = (key: Key): Layer.Layer<Credentials> => Layer.sync(Credentials, () => makeBasic(key))

/**
 * {@link makeBearer} as a layer.
 *
 * @category layers
 * @since 0.1.0
 */
export const layerBearer = (token: Redacted.Redacted): Layer.Layer<Credentials> =>
  Layer.sync(Credentials, () => makeBearer(token))

/**
 * {@link makeBearerEffect} as a layer.
 *
 * @category layers
 * @since 0.1.0
 */
export const layerBearerEffect = <E>(
  token: Effect.Effect<Redacted.Redacted, E>,
  options?: { readonly timeToLive?: Duration.DurationInput | undefined }
): Layer.Layer<Credentials> => Layer.effect(Credentials, makeBearerEffect(token, options))

/**
 * {@link makeJwt} as a layer.
 *
 * @category layers
 * @since 0.1.0
 */
export const layerJwt = (options: JwtOptions): Layer.Layer<Credentials> => Layer.effect(Credentials, makeJwt(options))

/**
 * {@link makeNone} as a layer.
 *
 * @category layers
 * @since 0.1.0
 */
export const layerNone: Layer.Layer<Credentials> = /* @__PURE__ */ Layer.sync(Credentials, makeNone)

/**
 * Credentials from the environment: Basic from `SUNCO_KEY_ID` and `SUNCO_KEY_SECRET`, or the bearer token `SUNCO_TOKEN`.
 *
 * A setting that is empty counts as not set. Fails with `SettingsError` when neither is there, both are, or half a key is.
 *
 * @category layers
 * @since 0.1.0
 */
export const layerFromConfig: Layer.Layer<Credentials, ConfigError | SettingsError> = Layer.scoped(
  Credentials,
  credentialsFromConfig
)
