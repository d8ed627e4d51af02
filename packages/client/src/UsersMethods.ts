/**
 * What can be done with users: the text of `Users`, for every face of the client.
 *
 * @since 0.1.0
 */
import type { User } from "@sunco/schemas/User"
import type { CreateUser, SyncUser, UpdateUser } from "@sunco/schemas/UserPayloads"
import type { Call, Face } from "./Face.ts"

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
 * The methods of `Users`, whichever way they are called.
 *
 * @category models
 * @since 0.1.0
 */
export interface UsersMethods<F extends Face> {
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
    options?: F["options"]
  ) => Call<F, User, "UserAlreadyExists">

  /** Reads a user (`GetUser`). */
  readonly get: (id: string, options?: F["brandOptions"]) => Call<F, User, "UserNotFound">

  /**
   * Changes a user (`UpdateUser`): a value sets a field, `null` clears it, absent keeps it.
   *
   * It may be retried after any failure; where another writer's change in between must not be overwritten, call it with
   * `retry: "unapplied-only"`.
   */
  readonly update: (
    id: string,
    patch: UpdateUser,
    options?: F["brandOptions"]
  ) => Call<F, User, "UserNotFound">

  /**
   * Deletes a user with clients and conversations (`DeleteUser`); the vendor is done when it sends `user:remove`.
   *
   * A 404 after an attempt whose answer was lost is a success. Prefer the id: by externalId a retry may hit a user who was
   * created anew meanwhile.
   */
  readonly delete: (id: string, options?: F["brandOptions"]) => Call<F, void, "UserNotFound">

  /**
   * Deletes givenName, surname, email, avatarUrl and all metadata of a user, and what clients tell of the user, and keeps
   * the conversations (`DeleteUserPersonalInformation`). It cannot be undone.
   */
  readonly deletePersonalInformation: (
    id: string,
    options?: F["brandOptions"]
  ) => Call<F, User, "UserNotFound">

  /**
   * Finds the users who have the e-mail address among their identities (`ListUsers`); `profile.email` is not searched, and
   * there is no way to list all users. The vendor pages nothing here.
   */
  readonly listByEmail: (
    email: string,
    options?: F["brandOptions"]
  ) => Call<F, ReadonlyArray<User>>

  /**
   * Copies name, externalId and primary e-mail address from the core Zendesk user (`SyncUser`). Other users may be merged
   * into this one or lose a conflicting externalId, so ids that you keep may go stale.
   *
   * It is sent again only when nothing can have arrived.
   */
  readonly sync: (
    zendeskId: string,
    payload?: SyncUser,
    options?: F["options"]
  ) => Call<F, User, "UserNotFound">

  /**
   * Gives the user of the externalId, and makes it where there is none. A user that exists is not changed.
   *
   * Fails with `UserAlreadyExists` only when others delete and create the user again and again meanwhile.
   */
  readonly getOrCreate: (
    payload: CreateUserWithExternalId,
    options?: F["options"]
  ) => Call<F, UserAndCreated, "UserAlreadyExists">

  /**
   * Makes the user, or updates the user of the externalId with the fields of the payload.
   *
   * Fails with `UserAlreadyExists` only when others delete and create the user again and again meanwhile.
   */
  readonly upsert: (
    payload: CreateUserWithExternalId,
    options?: F["options"]
  ) => Call<F, UserAndCreated, "UserAlreadyExists">
}
