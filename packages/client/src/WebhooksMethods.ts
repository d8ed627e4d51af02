/**
 * What can be done with the webhooks of an integration: the text of `Webhooks`, for every face of the client.
 *
 * @since 0.1.0
 */
import type { Webhook } from "@sunco/schemas/Webhook"
import type { CreateWebhook, UpdateWebhook } from "@sunco/schemas/WebhookPayloads"
import type { Call, Face } from "./Face.ts"

/**
 * The methods of `Webhooks`, whichever way they are called. `"me"` in the place of `integrationId` is the integration of the
 * credentials themselves.
 *
 * @category models
 * @since 0.1.0
 */
export interface WebhooksMethods<F extends Face> {
  /**
   * Makes a webhook (`CreateWebhook`). The vendor makes its secret, which nothing prints. A custom integration has one webhook, an
   * app ten.
   *
   * The webhooks that there are are read first. After an attempt whose answer was lost they are read again: one of the same
   * target, triggers and flags that was not among them is the one of this call, and only where there is none it is sent again.
   */
  readonly create: (
    integrationId: string,
    payload: CreateWebhook,
    options?: F["options"]
  ) => Call<F, Webhook<F["secret"]>, "IntegrationNotFound">

  /** The webhooks of an integration, with their secrets (`ListWebhooks`); their order is not documented. */
  readonly list: (
    integrationId: string,
    options?: F["options"]
  ) => Call<F, ReadonlyArray<Webhook<F["secret"]>>, "IntegrationNotFound">

  /**
   * Reads a webhook (`GetWebhook`).
   *
   * `WebhookNotFound`: there is no such webhook, or no such integration: the vendor says the same of both.
   */
  readonly get: (
    integrationId: string,
    webhookId: string,
    options?: F["options"]
  ) => Call<F, Webhook<F["secret"]>, "IntegrationNotFound" | "WebhookNotFound">

  /**
   * Changes a webhook (`UpdateWebhook`): a value sets a field, absent keeps it. Triggers are replaced as a whole; the secret
   * stays.
   */
  readonly update: (
    integrationId: string,
    webhookId: string,
    patch: UpdateWebhook,
    options?: F["options"]
  ) => Call<F, Webhook<F["secret"]>, "IntegrationNotFound" | "WebhookNotFound">

  /**
   * Deletes a webhook (`DeleteWebhook`).
   *
   * A 404 after an attempt whose answer was lost is a success.
   */
  readonly delete: (
    integrationId: string,
    webhookId: string,
    options?: F["options"]
  ) => Call<F, void, "IntegrationNotFound" | "WebhookNotFound">
}
