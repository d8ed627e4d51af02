/**
 * What proves to Sunshine Conversations who is calling: Basic with a key, or a Bearer token.
 *
 * Zendesk recommends Basic for servers. A JWT is signed with the same key; an OAuth access token comes as it is. Browsers
 * are not supported by the vendor: it sends no CORS headers for these credentials.
 *
 * @since 0.1.0
 */
import type * as Config from "effect/Config"
import * as Context from "effect/Context"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import * as Constant from "./internal/credentials/constantCredentials.ts"
import * as Settings from "./internal/credentials/credentialSettings.ts"
import { ofNow } from "./internal/settings/environment.ts"
import { signJwt } from "./internal/credentials/jwt.ts"
import * as Renewable from "./internal/credentials/renewableAuthorization.ts"
import { problemsOf } from "./internal/settings/settingsProblems.ts"
import { SettingsError } from "./SettingsError.ts"
import { CredentialsUnavailable } from "./SunshineError.ts"

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
  /** How long a token is valid (`exp`), 1 second or more; 15 minutes when absent. The vendor documents no maximum. */
  readonly lifetime?: Duration.Input | undefined
}

/**
 * Where the client gets its `Authorization` header from.
 *
 * **Details**
 *
 * What cannot be used (an empty secret, blanks around a token, a key id with a colon, which Basic cannot carry) is a
 * `SettingsError` of the client that is made with it, beside what else is wrong with its settings.
 * *
 * `current` is asked before every attempt. After a 401, `renewed` is asked once with what was refused: it gives another
 * `Authorization`, or the same one when there is no other.
 *
 * **Example** (The layers)
 *
 * ```ts
 * import * as Credentials from "@sunco/client/Credentials"
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
 *   // <redacted:Authorization>
 * })
 *
 * Effect.runPromise(program.pipe(Effect.provide(basic)))
 * ```
 *
 * @category services
 * @since 0.1.0
 */
export class Credentials extends Context.Service<Credentials, {
  readonly current: Effect.Effect<Authorization, CredentialsUnavailable>
  readonly renewed: (refused: Authorization) => Effect.Effect<Authorization, CredentialsUnavailable>
}>()("@sunco/client/Credentials") {}

/** A token that was fetched is checked as one that was given: with a line break at its end it would be a 401. */
const bearer = (token: Redacted.Redacted): Effect.Effect<Authorization, CredentialsUnavailable> => {
  const [wrong] = Settings.tokenFindings(token)
  return wrong === undefined
    ? Effect.succeed(Constant.authorization(`Bearer ${Redacted.value(token)}`))
    : Effect.fail(new CredentialsUnavailable({ cause: Redacted.make(`the token must be ${wrong.expected}`) }))
}

/**
 * Basic authentication; the header is computed once.
 *
 * @see OpenAPI 17.12.1, "Basic Authentication"
 * @category constructors
 * @since 0.1.0
 */
export const makeBasic = (key: Key): Credentials["Service"] => Constant.basic(key)

/**
 * A fixed bearer token: a JWT that you signed, or an OAuth access token.
 *
 * @category constructors
 * @since 0.1.0
 */
export const makeBearer = (token: Redacted.Redacted): Credentials["Service"] => Constant.bearer(token)

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
  options?: { readonly timeToLive?: Duration.Input | undefined }
): Effect.Effect<Credentials["Service"]> => {
  const problems = Settings.renewalProblems(options)
  if (problems.length > 0) return Effect.succeed(Settings.unusable(problems))
  const timeToLive = Duration.fromInputUnsafe(options?.timeToLive ?? "1 minute")
  return Renewable.make(token.pipe(
    Effect.mapError((cause) => new CredentialsUnavailable({ cause: Redacted.make(cause) })),
    Effect.flatMap(bearer),
    Effect.map((authorization) => ({ authorization, timeToLive }))
  ))
}

/**
 * JWTs minted here: HS256, `kid`, `scope` and `exp`. One is used until a tenth of its lifetime is left, or until the vendor
 * refuses it with 401.
 *
 * @see OpenAPI 17.12.1, "JWTs"
 * @category constructors
 * @since 0.1.0
 */
export const makeJwt = (options: JwtOptions): Effect.Effect<Credentials["Service"]> => {
  const problems = Settings.jwtProblems(options)
  if (problems.length > 0) return Effect.succeed(Settings.unusable(problems))
  const lifetime = Duration.toMillis(Duration.fromInputUnsafe(options.lifetime ?? "15 minutes"))
  const timeToLive = Duration.millis(lifetime * 0.9)
  return Renewable.make(
    Effect.clockWith((clock) => signJwt(options, Math.floor((clock.currentTimeMillisUnsafe() + lifetime) / 1000))).pipe(
      Effect.flatMap(bearer),
      Effect.map((authorization) => ({ authorization, timeToLive }))
    )
  )
}

/**
 * No credentials, for a client of what needs none: the exchange of an OAuth code. Whatever needs some fails with
 * `CredentialsUnavailable`, which is not retryable then, and nothing is sent.
 *
 * @category constructors
 * @since 0.1.0
 */
export const makeNone = (): Credentials["Service"] => {
  const none = Effect.fail(
    new CredentialsUnavailable({ problem: "none", cause: Redacted.make("the client was given none") })
  )
  return { current: none, renewed: () => none }
}

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
  options?: { readonly timeToLive?: Duration.Input | undefined }
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
export const layerFromConfig: Layer.Layer<Credentials, Config.ConfigError | SettingsError> = Layer.effect(
  Credentials,
  Effect.flatMap(ofNow(Constant.fromConfig), (credentials) => {
    const problems = problemsOf(credentials)
    return problems.length > 0 ? Effect.fail(new SettingsError({ problems })) : Effect.succeed(credentials)
  })
)
