/**
 * What a client of `@sunco/client/promise` is made of.
 *
 * @since 0.1.0
 */
import type * as Duration from "effect/Duration"
import type * as HttpClient from "effect/http/HttpClient"
import type * as Layer from "effect/Layer"
import type * as Redacted from "effect/Redacted"
import type * as OAuth from "./OAuthOptions.ts"
import type * as Sunshine from "./Sunshine.ts"

/**
 * A text that nothing prints. It is wrapped at once where it is given plain.
 *
 * @category models
 * @since 0.1.0
 */
export type Secret = string | Redacted.Redacted

/**
 * A key of the vendor. It is sent as it is (Basic), or signs JWTs where a `scope` says what they are for.
 *
 * @category models
 * @since 0.1.0
 */
export interface Key {
  /** Such as `app_5d8cff3cd55b040010928b5b`. */
  readonly keyId: string
  readonly secret: Secret
  /** Signs JWTs for this scope. It must match the kind of key: `app_`, `int_` or `act_` and `svc_`. */
  readonly scope?: "app" | "integration" | "account" | undefined
  /** How long a JWT is valid; 15 minutes when absent. */
  readonly lifetime?: Duration.Input | undefined
  readonly token?: never
}

/**
 * A bearer token that you have, or a function that gets one where tokens rotate.
 *
 * The function is asked once for all calls that wait for the token, again after `timeToLive`, and after a 401. What it rejects
 * with becomes `CredentialsUnavailable`. Its signal is aborted when nobody waits for the token any more.
 *
 * @category models
 * @since 0.1.0
 */
export interface Token {
  readonly token: Secret | ((signal: AbortSignal) => PromiseLike<Secret>)
  /** How long a token of the function is used; 1 minute when absent. */
  readonly timeToLive?: Duration.Input | undefined
}

/**
 * How requests are sent: a `fetch`, or a layer of an `HttpClient` of Effect, such as those of `UndiciTransport`.
 *
 * @category models
 * @since 0.1.0
 */
export type Transport = typeof globalThis.fetch | Layer.Layer<HttpClient.HttpClient>

/**
 * Takes the log of a client: `console`, or a logger that is called in the same way.
 *
 * **Details**
 *
 * There is one message for each attempt, when it is known what follows from it, one for each wait for the limiter, and one where
 * a call ends outside an attempt (interrupted, without credentials, at an open circuit). It is short and repeats what matters most; the fields are `operation`, `attempt`, `request` (the method and the
 * template of the path), `status` or `error`, `durationMillis`, `waitMillis` with `waitFor`, `outcome`, `reason`, `stopped` and
 * `applied`, where there is something to say. No id, address, body or credential is among them.
 *
 * What `debug` throws, or rejects with, is ignored.
 *
 * **Example** (One that takes the fields first, as pino does)
 *
 * ```ts
 * import { type Logger, Users } from "@sunco/client/promise"
 *
 * const pino = { debug: (fields: object, message: string) => console.log(message, Object.keys(fields).join(" ")) }
 *
 * const logger: Logger = { debug: (message, fields) => pino.debug(fields, message) }
 *
 * await using users = Users.fromEnv({ logger })
 *
 * await users.create({ externalId: "ada" })
 * console.log("done")
 * // Users.create: 201 operation attempt request status durationMillis
 * // done
 * ```
 *
 * @category models
 * @since 0.1.0
 */
export interface Logger {
  readonly debug: (
    message: string,
    fields: { readonly [name: string]: string | number | ReadonlyArray<string> }
  ) => void
}

/**
 * What a client is made of beside its settings. All of it is made with the client, without waiting.
 *
 * @category models
 * @since 0.1.0
 */
export interface Parts {
  /** When absent `FetchTransport.layer`: the `fetch` that is global when a call is made, so that a mock may come later. On Node, `UndiciTransport.layer` is faster. */
  readonly transport?: Transport | undefined
  /** What else the client finds: `Limiter.layerMemory`, `Circuit.layer`, a tracer. */
  readonly layers?: ReadonlyArray<Layer.Layer<never>> | undefined
  /** Is told at debug level what the client does. `SUNCO_LOG=debug` writes it to stderr, with a logger or without. */
  readonly logger?: Logger | undefined
}

/**
 * Where a client sends to, as whom, and how patiently: all that is to be said of one whose operations are outside of any app.
 *
 * @category models
 * @since 0.1.0
 */
export interface ServerOptions extends Sunshine.ServerOptions, Parts {
  readonly credentials: Key | Token
}

/**
 * Which app a client talks to, where, as whom, and how patiently.
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
export interface OptionsBesideEnvironment extends Sunshine.OptionsBesideEnvironment, Parts {}

/**
 * Where OAuth is, where the account is whose access is revoked, and how patiently. Nothing has to be said.
 *
 * @category models
 * @since 0.1.0
 */
export interface OAuthOptions extends OAuth.OAuthOptions, Parts {
  /** The access token, for `tokenInfo` and `revokeAccess`. */
  readonly credentials?: Key | Token | undefined
}

/**
 * What the environment does not say.
 *
 * @category models
 * @since 0.1.0
 */
export interface OAuthOptionsBesideEnvironment extends OAuth.OAuthOptionsBesideEnvironment, Parts {}
