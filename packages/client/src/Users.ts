/**
 * The Users API of Sunshine Conversations.
 *
 * @since 0.1.0
 */
import type { User } from "@sunco/schemas/User"
import type { CreateUser, SyncUser, UpdateUser } from "@sunco/schemas/UserPayloads"
import * as Config from "effect/Config"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import type * as HttpClient from "effect/http/HttpClient"
import * as Layer from "effect/Layer"
import type { BrandCallOptions, CallOptions } from "./CallOptions.ts"
import type { Credentials } from "./Credentials.ts"
import * as Environment from "./internal/environment.ts"
import { makeUsers } from "./internal/users.ts"
import type { SettingsError } from "./SettingsError.ts"
import * as Sunshine_ from "./Sunshine.ts"
import type { SunshineError } from "./SunshineError.ts"
import type { UserAlreadyExists, UserNotFound } from "./UsersError.ts"

/**
 * The options of {@link Sunshine_.Options} and what only users have.
 *
 * @category models
 * @since 0.1.0
 */
export interface Options extends Sunshine_.Options {
  /**
   * `false` sends metadata of any size. How the vendor counts its 4 kB is not documented; the check that is on otherwise
   * counts the bytes of compact UTF-8 JSON.
   */
  readonly metadataLimit?: boolean | undefined
}

/**
 * A create that can be told from others: the externalId is there.
 *
 * @category models
 * @since 0.1.0
 */
export interface CreateUserWithExternalId extends CreateUser {
  readonly externalId: string
}

/**
 * A user and whether this call made it.
 *
 * @category models
 * @since 0.1.0
 */
export interface UserAndCreated {
  readonly user: User
  readonly created: boolean
}

/**
 * Create, read, change, delete, list and sync the users of an app.
 *
 * **Details**
 *
 * `id` is the user's id or externalId. A method fails with what its type says: the outcomes of the domain by name, all else
 * as `SunshineError` with a reason. Input that cannot be right is refused before anything is sent (`InvalidInput`).
 *
 * **Gotchas**
 *
 * After a failure with `applied: "unknown"` nobody knows whether the write happened. An externalId that looks like
 * somebody's id may address either of the two: which one is not documented.
 *
 * **Example** (Create, change, read)
 *
 * ```ts
 * import { Users } from "@sunco/client"
 * import { Emulator } from "@sunco/emulator"
 * import * as Effect from "effect/Effect"
 * import * as Layer from "effect/Layer"
 *
 * const UsersLayer = Users.layerFromConfig.pipe(Layer.provide(Emulator.layerTest()))
 *
 * const program = Effect.gen(function*() {
 *   const users = yield* Users
 *   const ada = yield* users.create({ externalId: "ada", profile: { givenName: "Ada" } })
 *   yield* users.update(ada.id, { metadata: { plan: "pro" } }, { deadline: "5 seconds" })
 *   const { metadata, profile } = yield* users.get("ada")
 *   console.log(profile?.givenName, metadata?.["plan"])
 *   // Ada pro
 * })
 *
 * Effect.runPromise(program.pipe(Effect.provide(UsersLayer)))
 * ```
 *
 * @category services
 * @since 0.1.0
 */
export class Users extends Context.Service<Users, {
  /**
   * Makes a user (`CreateUser`).
   *
   * With an `externalId` it may be retried after any failure and still makes exactly one user: a 409 after an attempt whose
   * answer was lost is compared with the user that is stored, and is a success when every field that was sent is stored
   * equal. An identical payload from another creator cannot be told apart. Without an `externalId` it is sent again only
   * when nothing can have arrived.
   */
  readonly create: (
    payload: CreateUser,
    options?: CallOptions
  ) => Effect.Effect<User, UserAlreadyExists | SunshineError>

  /** Reads a user (`GetUser`). */
  readonly get: (id: string, options?: BrandCallOptions) => Effect.Effect<User, UserNotFound | SunshineError>

  /**
   * Changes a user (`UpdateUser`): a value sets a field, `null` clears it, absent keeps it.
   *
   * It may be retried after any failure; where another writer's change in between must not be overwritten, call it with
   * `retry: "unapplied-only"`.
   */
  readonly update: (
    id: string,
    patch: UpdateUser,
    options?: BrandCallOptions
  ) => Effect.Effect<User, UserNotFound | SunshineError>

  /**
   * Deletes a user with clients and conversations (`DeleteUser`); the vendor is done when it sends `user:remove`.
   *
   * A 404 after an attempt whose answer was lost is a success. Prefer the id: by externalId a retry may hit a user who was
   * created anew meanwhile.
   */
  readonly delete: (id: string, options?: BrandCallOptions) => Effect.Effect<void, UserNotFound | SunshineError>

  /**
   * Deletes givenName, surname, email, avatarUrl and all metadata of a user, and what clients tell of the user, and keeps
   * the conversations (`DeleteUserPersonalInformation`). It cannot be undone.
   */
  readonly deletePersonalInformation: (
    id: string,
    options?: BrandCallOptions
  ) => Effect.Effect<User, UserNotFound | SunshineError>

  /**
   * Finds the users who have the e-mail address among their identities (`ListUsers`); `profile.email` is not searched, and
   * there is no way to list all users. The vendor pages nothing here.
   */
  readonly listByEmail: (
    email: string,
    options?: BrandCallOptions
  ) => Effect.Effect<ReadonlyArray<User>, SunshineError>

  /**
   * Copies name, externalId and primary e-mail address from the core Zendesk user (`SyncUser`). Other users may be merged
   * into this one or lose a conflicting externalId, so ids that you keep may go stale.
   *
   * It is sent again only when nothing can have arrived.
   */
  readonly sync: (
    zendeskId: string,
    payload?: SyncUser,
    options?: CallOptions
  ) => Effect.Effect<User, UserNotFound | SunshineError>

  /**
   * Gives the user of the externalId, and makes it where there is none. A user that exists is not changed.
   *
   * Fails with `UserAlreadyExists` only when others delete and create the user again and again meanwhile.
   */
  readonly getOrCreate: (
    payload: CreateUserWithExternalId,
    options?: CallOptions
  ) => Effect.Effect<UserAndCreated, UserAlreadyExists | SunshineError>

  /**
   * Makes the user, or updates the user of the externalId with the fields of the payload.
   *
   * Fails with `UserAlreadyExists` only when others delete and create the user again and again meanwhile.
   */
  readonly upsert: (
    payload: CreateUserWithExternalId,
    options?: CallOptions
  ) => Effect.Effect<UserAndCreated, UserAlreadyExists | SunshineError>
}>()("@sunco/client/Users") {
  /**
   * Builds the service and a {@link Sunshine_.Sunshine} of its own.
   *
   * @since 0.1.0
   */
  static readonly make = (
    options: Options
  ): Effect.Effect<Users["Service"], SettingsError, HttpClient.HttpClient | Credentials> =>
    Effect.map(Sunshine_.Sunshine.make(options), (sunshine) => makeUsers(sunshine, options))

  /**
   * The service over a `Sunshine` that is there already, as several resources of one app share it.
   *
   * @since 0.1.0
   */
  static readonly layerNoDeps = (
    options?: Pick<Options, "metadataLimit">
  ): Layer.Layer<Users, never, Sunshine_.Sunshine> =>
    Layer.effect(Users, Effect.map(Sunshine_.Sunshine, (sunshine) => makeUsers(sunshine, options)))

  /**
   * `Users`, and the `Sunshine` under it for whatever has no method.
   *
   * @since 0.1.0
   */
  static readonly layer = (
    options: Options
  ): Layer.Layer<Users | Sunshine_.Sunshine, SettingsError, HttpClient.HttpClient | Credentials> =>
    Users.layerNoDeps(options).pipe(Layer.provideMerge(Sunshine_.Sunshine.layer(options)))

  /**
   * {@link Users.layer} of options that come from `Config`.
   *
   * @since 0.1.0
   */
  static readonly layerConfig = (
    options: Config.Wrap<Options>
  ): Layer.Layer<
    Users | Sunshine_.Sunshine,
    Config.ConfigError | SettingsError,
    HttpClient.HttpClient | Credentials
  > => Layer.unwrap(Effect.map(Environment.ofNow(Config.unwrap(options)), Users.layer))

  /**
   * Everything from the environment, credentials included: `SUNCO_APP_ID`, `SUNCO_SUBDOMAIN` or `SUNCO_BASE_URL`, and
   * `SUNCO_KEY_ID` with `SUNCO_KEY_SECRET` or `SUNCO_TOKEN`.
   *
   * @since 0.1.0
   */
  static readonly layerFromConfig: Layer.Layer<
    Users | Sunshine_.Sunshine,
    Config.ConfigError | SettingsError,
    HttpClient.HttpClient
  > = Users.layerNoDeps().pipe(Layer.provideMerge(Sunshine_.Sunshine.layerFromConfig))
}
