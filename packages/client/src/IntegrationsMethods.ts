/**
 * What can be done with the integrations of an app: the text of `Integrations`, for every face of the client.
 *
 * @since 0.1.0
 */
import type { Integration } from "@sunco/schemas/Integration"
import type { CreateIntegration, UpdateIntegration } from "@sunco/schemas/IntegrationPayloads"
import type { Page, SizedFrom } from "@sunco/schemas/Page"
import type { Call, Face, Many } from "./Face.ts"

/**
 * Which integrations are listed.
 *
 * @category models
 * @since 0.1.0
 */
export interface IntegrationsFilter {
  /** Those of these types, such as `custom` and `web`; all where nothing is said. */
  readonly types?: ReadonlyArray<string> | undefined
}

/**
 * What the `create` of an integration may do after an attempt whose answer was lost.
 *
 * @category models
 * @since 0.1.0
 */
export interface CreateIntegrationOptions {
  /**
   * Reads the list of integrations of the type before the first attempt, and again then, to find the one that it may have made: by its
   * `displayName`, which has to be there, and where it is custom by the target of its webhook too.
   */
  readonly lookUp?: boolean | undefined
}

/**
 * The methods of `Integrations`, whichever way they are called.
 *
 * @category models
 * @since 0.1.0
 */
export interface IntegrationsMethods<F extends Face> {
  /**
   * Makes an integration (`CreateIntegration`). The answer has none of the secrets that the vendor never gives back; of one that is
   * `custom` it has the webhook with its secret.
   *
   * A second one would be told of everything once more, so it is sent again only when nothing can have arrived. `lookUp` goes
   * further: one of this type and `displayName` that was not there before the first attempt is the one that it made, it is sent again
   * where there is none, and several are `applied: "unknown"`. So give each integration a name of its own.
   */
  readonly create: (
    payload: CreateIntegration<F["secret"]>,
    options?: F["options"] & CreateIntegrationOptions
  ) => Call<F, Integration<F["secret"]>>

  /** A page of the integrations of the app (`ListIntegrations`); their order is not documented. */
  readonly list: (
    filter?: IntegrationsFilter,
    from?: SizedFrom,
    options?: F["options"]
  ) => Call<F, Page<Integration<F["secret"]>>>

  /** All integrations of the app, a page when it is needed; each page is a call of `list`. */
  readonly stream: (
    filter?: IntegrationsFilter,
    from?: SizedFrom,
    options?: F["options"]
  ) => Many<F, Integration<F["secret"]>>

  /** Reads an integration (`GetIntegration`). */
  readonly get: (
    integrationId: string,
    options?: F["options"]
  ) => Call<F, Integration<F["secret"]>, "IntegrationNotFound">

  /**
   * Changes an integration (`UpdateIntegration`): a value sets a field, `null` clears it, absent keeps it. A patch has fields of one
   * type of integration; what cannot be changed of a type needs another integration, and the webhook of one that is custom has methods of
   * its own.
   */
  readonly update: (
    integrationId: string,
    patch: UpdateIntegration<F["secret"]>,
    options?: F["options"]
  ) => Call<F, Integration<F["secret"]>, "IntegrationNotFound">

  /**
   * Deletes an integration (`DeleteIntegration`). An SDK that was configured in Admin Center is refused with 400.
   *
   * A 404 after an attempt whose answer was lost is a success.
   */
  readonly delete: (integrationId: string, options?: F["options"]) => Call<F, void, "IntegrationNotFound">
}
