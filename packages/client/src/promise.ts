/// <reference lib="esnext.disposable" preserve="true" />
/**
 * The client for programs that do not use Effect: the same names, promises instead of effects, errors to catch.
 *
 * It is a layer over `Users` and `Sunshine` and adds nothing to what they do: retries, deadlines, credentials and errors are
 * theirs.
 *
 * @since 0.1.0
 */
import type { User } from "@sunco/schemas/User"
import type { CreateUser, SyncUser, UpdateUser } from "@sunco/schemas/UserPayloads"
import type * as Config from "effect/Config"
import type * as Duration from "effect/Duration"
import * as FetchHttpClient from "effect/http/FetchHttpClient"
import type * as HttpClient from "effect/http/HttpClient"
import * as Layer from "effect/Layer"
import type * as Redacted from "effect/Redacted"
import type * as EffectCallOptions from "./CallOptions.ts"
import { Logger as LoggerReference } from "./internal/log.ts"
import { credentialsLayer } from "./internal/promiseCredentials.ts"
import { usableParts } from "./internal/promiseParts.ts"
import { promiseUsers } from "./internal/promiseUsers.ts"
import type { ResponseInfo } from "./ResponseInfo.ts"
import type { SettingsError } from "./SettingsError.ts"
import type { Sunshine, SunshineRequest, SunshineResponse } from "./Sunshine.ts"
import * as EffectUsers from "./Users.ts"

export { ClientClosed } from "./ClientClosed.ts"
export { SettingsError } from "./SettingsError.ts"
export { SunshineError } from "./SunshineError.ts"
export { UserAlreadyExists, UserNotFound } from "./UsersError.ts"

/**
 * The last argument of every method: what is left out is as the client has it.
 *
 * @category models
 * @since 0.1.0
 */
export interface CallOptions extends EffectCallOptions.CallOptions {
  /**
   * Ends the call when it is aborted: the promise rejects with the signal's reason, and the request is closed. A write that
   * was sent by then may have been applied.
   */
  readonly signal?: AbortSignal | undefined
}

/**
 * {@link CallOptions} of a method that addresses a user who may be brand-separated.
 *
 * @category models
 * @since 0.1.0
 */
export interface BrandCallOptions extends CallOptions {
  /** The brand of a brand-separated user who is addressed by externalId or identity; an id needs none. */
  readonly brandId?: string | undefined
}

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
  /** When absent, the `fetch` that is global when a call is made, so that a mock may come later. On Node, `UndiciTransport.layer` is faster. */
  readonly transport?: Transport | undefined
  /** What else the client finds: `Limiter.layerMemory`, `Circuit.layer`, a tracer. */
  readonly layers?: ReadonlyArray<Layer.Layer<never>> | undefined
  /** Is told at debug level what the client does. `SUNCO_LOG=debug` writes it to stderr, with a logger or without. */
  readonly logger?: Logger | undefined
}

/**
 * Which app a client talks to, where, as whom, and how patiently.
 *
 * @category models
 * @since 0.1.0
 */
export interface Options extends EffectUsers.Options, Parts {
  readonly credentials: Key | Token
}

/**
 * Create, read, change, delete, list and sync the users of an app.
 *
 * **Details**
 *
 * `id` is the user's id or externalId. A method rejects with the outcomes of the domain by their class ({@link UserNotFound},
 * {@link UserAlreadyExists}) and with {@link SunshineError} otherwise, of which `reason._tag` says what happened. All of them
 * are `Error`s, and their stack has the line that awaits the promise. An aborted call rejects with the reason of its signal, a call of a closed client with {@link ClientClosed}.
 *
 * The methods need no `this`.
 *
 * **Example** (Create, change, read)
 *
 * ```ts
 * import { SunshineError, UserNotFound, Users } from "@sunco/client/promise"
 *
 * await using users = Users.fromEnv()
 *
 * const ada = await users.create({ externalId: "ada", profile: { givenName: "Ada" } })
 * await users.update(ada.id, { metadata: { plan: "pro" } }, { deadline: "5 seconds", signal: AbortSignal.timeout(9000) })
 *
 * try {
 *   await users.get("nobody")
 * } catch (error) {
 *   if (error instanceof UserNotFound) console.log(error.message)
 *   // Users.get: the user does not exist
 *   else if (error instanceof SunshineError && error.reason._tag === "RateLimited") console.log(error.reason.retryAfter)
 *   else throw error
 * }
 * ```
 *
 * @category models
 * @since 0.1.0
 */
export interface Users extends AsyncDisposable {
  /** The app whose users these are. */
  readonly appId: string

  /**
   * Makes a user (`CreateUser`). Rejects with {@link UserAlreadyExists} or {@link SunshineError}.
   *
   * With an `externalId` it may be retried after any failure and still makes exactly one user. Without one it is sent again
   * only when nothing can have arrived.
   */
  readonly create: (payload: CreateUser, options?: CallOptions) => Promise<User>

  /** Reads a user (`GetUser`). Rejects with {@link UserNotFound} or {@link SunshineError}. */
  readonly get: (id: string, options?: BrandCallOptions) => Promise<User>

  /**
   * Changes a user (`UpdateUser`): a value sets a field, `null` clears it, absent keeps it. Rejects with {@link UserNotFound}
   * or {@link SunshineError}.
   *
   * It may be retried after any failure; where another writer's change in between must not be overwritten, call it with
   * `retry: "unapplied-only"`.
   */
  readonly update: (id: string, patch: UpdateUser, options?: BrandCallOptions) => Promise<User>

  /**
   * Deletes a user with clients and conversations (`DeleteUser`). Rejects with {@link UserNotFound} or {@link SunshineError}.
   *
   * A 404 after an attempt whose answer was lost is a success. Prefer the id: by externalId a retry may hit a user who was
   * created anew meanwhile.
   */
  readonly delete: (id: string, options?: BrandCallOptions) => Promise<void>

  /**
   * Deletes givenName, surname, email, avatarUrl and all metadata of a user, and what clients tell of the user, and keeps
   * the conversations (`DeleteUserPersonalInformation`). It cannot be undone. Rejects with {@link UserNotFound} or
   * {@link SunshineError}.
   */
  readonly deletePersonalInformation: (id: string, options?: BrandCallOptions) => Promise<User>

  /**
   * Finds the users who have the e-mail address among their identities (`ListUsers`); `profile.email` is not searched.
   * Rejects with {@link SunshineError}.
   */
  readonly listByEmail: (email: string, options?: BrandCallOptions) => Promise<ReadonlyArray<User>>

  /**
   * Copies name, externalId and primary e-mail address from the core Zendesk user (`SyncUser`). Other users may be merged
   * into this one, so ids that you keep may go stale. Rejects with {@link UserNotFound} or {@link SunshineError}.
   */
  readonly sync: (zendeskId: string, payload?: SyncUser, options?: CallOptions) => Promise<User>

  /**
   * Gives the user of the externalId, and makes it where there is none. A user that exists is not changed.
   *
   * Rejects with {@link SunshineError}, and with {@link UserAlreadyExists} only when others delete and create the user again
   * and again meanwhile.
   */
  readonly getOrCreate: (
    payload: EffectUsers.CreateUserWithExternalId,
    options?: CallOptions
  ) => Promise<EffectUsers.UserAndCreated>

  /**
   * Makes the user, or updates the user of the externalId with the fields of the payload.
   *
   * Rejects with {@link SunshineError}, and with {@link UserAlreadyExists} only when others delete and create the user again
   * and again meanwhile.
   */
  readonly upsert: (
    payload: EffectUsers.CreateUserWithExternalId,
    options?: CallOptions
  ) => Promise<EffectUsers.UserAndCreated>

  /**
   * Sends what no method covers, of any resource of the app, through the same credentials, time limits, retries and errors.
   * Rejects with {@link SunshineError}.
   */
  readonly request: (request: SunshineRequest, options?: CallOptions) => Promise<SunshineResponse>

  /**
   * Gives status and headers beside the value of what `call` does with the client that it is handed; of the last answer,
   * where it took several.
   *
   * **Example** (Reading the status of a success)
   *
   * ```ts
   * import { Users } from "@sunco/client/promise"
   *
   * await using users = Users.fromEnv()
   *
   * const { response, value } = await users.withResponse((users) => users.create({ externalId: "ada" }))
   * console.log(response?.status, value.externalId)
   * // 201 ada
   * ```
   */
  readonly withResponse: <A>(
    call: (users: Users) => Promise<A>
  ) => Promise<{ readonly value: A; readonly response: ResponseInfo | undefined }>

  /**
   * Ends what is pending, which rejects with {@link ClientClosed}, and closes what the client opened. Further calls send
   * nothing. `await using` does it at the end of a block.
   */
  readonly close: () => Promise<void>
}

/**
 * Makes clients.
 *
 * **Details**
 *
 * A client is there at once and opens nothing before its first call. Settings that are missing, wrong, contradictory
 * or unknown are thrown as one {@link SettingsError} that names them all, where the client is made and not at its first call.
 *
 * Several apps are several clients; each has a retry budget of its own, and connections of its own unless they are given the
 * same `fetch` or dispatcher.
 *
 * **Example** (The credentials)
 *
 * ```ts
 * import { type Options, Users } from "@sunco/client/promise"
 *
 * const key = { keyId: "app_5d8cff3cd55b040010928b5b", secret: "the secret of the key" }
 *
 * // What your secret store answers, where tokens rotate.
 * const token = () => Promise.resolve("an access token")
 *
 * const withCredentials = (credentials: Options["credentials"]) =>
 *   Users.make({ appId: "5d8cff3cd55b040010928b5b", subdomain: "example", credentials })
 *
 * export const basic = withCredentials(key)
 * export const jwt = withCredentials({ ...key, scope: "app", lifetime: "15 minutes" })
 * export const fixed = withCredentials({ token: "an access token" })
 * export const rotating = withCredentials({ token, timeToLive: "5 minutes" })
 * ```
 *
 * **Example** (With undici, a rate limiter and a circuit breaker)
 *
 * ```ts
 * import * as Circuit from "@sunco/client/Circuit"
 * import * as Limiter from "@sunco/client/Limiter"
 * import { Users } from "@sunco/client/promise"
 * import * as UndiciTransport from "@sunco/client/UndiciTransport"
 *
 * await using users = Users.fromEnv({
 *   transport: UndiciTransport.layerAgent({ connections: 32 }),
 *   layers: [Limiter.layerMemory({ limit: 600, window: "1 minute" }), Circuit.layer({ failures: 10 })]
 * })
 *
 * console.log(await users.listByEmail("ada@example.com"))
 * // []
 * ```
 *
 * @category constructors
 * @since 0.1.0
 */
export const Users: {
  /** A client of these options. Throws {@link SettingsError}. */
  readonly make: (options: Options) => Users

  /**
   * A client of the environment, credentials included: `SUNCO_APP_ID`, `SUNCO_SUBDOMAIN` or `SUNCO_BASE_URL`, and
   * `SUNCO_KEY_ID` with `SUNCO_KEY_SECRET` or `SUNCO_TOKEN`, as they are now. Throws {@link SettingsError}.
   */
  readonly fromEnv: (parts?: Parts) => Users
} = {
  make: (options) => {
    const { credentials, layers, logger, transport, ...settings } = options ?? {}
    const users = EffectUsers.Users.layer(settings).pipe(Layer.provide(credentialsLayer(credentials)))
    return withParts(users, { layers, logger, transport }, Users.make)
  },
  fromEnv: (parts = {}) => withParts(EffectUsers.Users.layerFromConfig, parts, Users.fromEnv)
}

const withParts = (
  users: Layer.Layer<EffectUsers.Users | Sunshine, Config.ConfigError | SettingsError, HttpClient.HttpClient>,
  parts: Parts,
  caller: (...args: never) => Users
): Users => {
  const { layers = [], logger, transport = globalFetch } = usableParts(parts)
  return promiseUsers(
    Layer.provide(users, Layer.succeed(LoggerReference, logger)),
    { layers, transport: typeof transport === "function" ? fetchTransport(transport) : transport },
    caller
  )
}

/** The one that is there when a request is sent: a test may have put another one in its place meanwhile. */
const globalFetch: typeof globalThis.fetch = (input, init) => globalThis.fetch(input, init)

const fetchTransport = (fetch: typeof globalThis.fetch): Layer.Layer<HttpClient.HttpClient> =>
  Layer.provide(FetchHttpClient.layer, Layer.succeed(FetchHttpClient.Fetch, fetch))
