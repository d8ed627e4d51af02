/**
 * What can be done with the keys of custom integrations: the text of `IntegrationKeys`, for every face of the client.
 *
 * @since 0.1.0
 */
import type { CreatedIntegrationKey, CreateIntegrationKey, IntegrationKey } from "@sunco/schemas/IntegrationKey"
import type { Call, Face } from "./Face.ts"

/**
 * What the `create` of an integration's key may do after an attempt whose answer was lost.
 *
 * @category models
 * @since 0.1.0
 */
export interface CreateIntegrationKeyOptions {
  /** Reads the list of keys before the first attempt, and again then, to find the key that it may have made. */
  readonly lookUp?: boolean | undefined
}

/**
 * The methods of `IntegrationKeys`, whichever way they are called.
 *
 * @category models
 * @since 0.1.0
 */
export interface IntegrationKeysMethods<F extends Face> {
  /**
   * Makes a key of a custom integration (`CreateCustomIntegrationKey`), and gives it with its secret: who has it calls the API in the
   * name of the integration. An integration has ten at most.
   *
   * A second key would be one that works and that nobody holds, so it is sent again only when nothing can have arrived. `lookUp` goes
   * further: a key of this `displayName` that was not there before the first attempt is the one that it made, it is sent again where
   * there is none, and several are `applied: "unknown"`. So give each key a name of its own. Where the list does not show secrets the
   * call fails, because a key without its secret is of no use: find it by its name, delete it, make another.
   */
  readonly create: (
    integrationId: string,
    payload: CreateIntegrationKey,
    options?: F["options"] & CreateIntegrationKeyOptions
  ) => Call<F, CreatedIntegrationKey<F["secret"]>, "IntegrationNotFound">

  /**
   * Every key of an integration (`ListCustomIntegrationKeys`); whether with its secret is not known for sure. An integration that is
   * not custom is refused with 400.
   */
  readonly list: (
    integrationId: string,
    options?: F["options"]
  ) => Call<F, ReadonlyArray<IntegrationKey<F["secret"]>>, "IntegrationNotFound">

  /**
   * Reads a key (`GetCustomIntegrationKey`); whether with its secret is not known for sure.
   *
   * No failure of it is documented. `not_found` alone may be of the integration as well as of the key: it is neither outcome, but a
   * `SunshineError` of the reason `UnexpectedResponse` and status 404. `list` tells them apart.
   */
  readonly get: (
    integrationId: string,
    keyId: string,
    options?: F["options"]
  ) => Call<F, IntegrationKey<F["secret"]>, "IntegrationNotFound" | "IntegrationKeyNotFound">

  /**
   * Deletes a key (`DeleteCustomIntegrationKey`): what calls with it fails from then on.
   *
   * No failure of it is documented, and a 404 means what it means to `get`. After an attempt whose answer was lost the list of keys
   * says whether it is gone, which is a success.
   */
  readonly delete: (
    integrationId: string,
    keyId: string,
    options?: F["options"]
  ) => Call<F, void, "IntegrationNotFound" | "IntegrationKeyNotFound">
}
