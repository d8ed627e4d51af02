/**
 * What can be done with the keys of an app: the text of `AppKeys`, for every face of the client.
 *
 * @since 0.1.0
 */
import type { AppKey, CreateAppKey, CreatedAppKey } from "@sunco/schemas/AppKey"
import type { Call, Face } from "./Face.ts"

/**
 * What a key's `create` may do after an attempt whose answer was lost.
 *
 * @category models
 * @since 0.1.0
 */
export interface CreateAppKeyOptions {
  /** Reads the list of keys before the first attempt, and again then, to find the key that it may have made. */
  readonly lookUp?: boolean | undefined
}

/**
 * The methods of `AppKeys`, whichever way they are called. An app that does not exist is the reason `AppNotFound` of a `SunshineError`.
 *
 * @category models
 * @since 0.1.0
 */
export interface AppKeysMethods<F extends Face> {
  /**
   * Makes a key (`CreateAppKey`), and gives it with its secret. An app has ten at most.
   *
   * A second key would be one that works and that nobody holds, so it is sent again only when nothing can have arrived. `lookUp` goes
   * further: a key of this `displayName` that was not there before the first attempt is the one that it made, it is sent again where there
   * is none, and several are `applied: "unknown"`. So give each key a name of its own. Where the list does not show secrets the call
   * fails, because a key without its secret is of no use: find it by its name, delete it, make another.
   */
  readonly create: (
    appId: string,
    payload: CreateAppKey,
    options?: F["options"] & CreateAppKeyOptions
  ) => Call<F, CreatedAppKey<F["secret"]>>

  /** Every key of an app (`ListAppKeys`); whether with its secret is not known for sure. */
  readonly list: (appId: string, options?: F["options"]) => Call<F, ReadonlyArray<AppKey<F["secret"]>>>

  /** Reads a key (`GetAppKey`); whether with its secret is not known for sure. */
  readonly get: (
    appId: string,
    keyId: string,
    options?: F["options"]
  ) => Call<F, AppKey<F["secret"]>, "AppKeyNotFound">

  /**
   * Deletes a key (`DeleteAppKey`): what calls with it fails from then on, so never the key that it is done with.
   *
   * What a key gives that does not exist is not documented but for `app_not_found`, which is taken for the app. After an attempt whose
   * answer was lost the list of keys says whether it is gone, which is a success.
   */
  readonly delete: (appId: string, keyId: string, options?: F["options"]) => Call<F, void, "AppKeyNotFound">
}
