import type { Webhook } from "@sunco/schemas/Webhook"
import type { CreateWebhook, UpdateWebhook } from "@sunco/schemas/WebhookPayloads"
import type { WebhookResponse } from "@sunco/schemas/WebhooksOperations"
import { WebhooksOperations } from "@sunco/schemas/SunshineOperations"
import * as Result from "effect/Result"
import type { CallOptions } from "../../CallOptions.ts"
import type { EffectFace } from "../../EffectFace.ts"
import { IntegrationNotFound, WebhookNotFound } from "../../Outcomes.ts"
import { webhooksRetrySafety } from "../../RetrySafety.ts"
import type { Sunshine } from "../../Sunshine.ts"
import type { WebhooksMethods } from "../../WebhooksMethods.ts"
import { listFirst } from "../operation/listFirst.ts"
import { nothing, resource } from "../operation/resource.ts"
import { sentIn } from "../transport/wire.ts"
import { isMadeOf } from "./storedWebhook.ts"

/** @internal */
export const makeWebhooks = (sunshine: Sunshine["Service"]): WebhooksMethods<EffectFace> => {
  const { call, core, method, operation } = resource(sunshine, "Webhooks", WebhooksOperations, webhooksRetrySafety, {
    IntegrationNotFound,
    WebhookNotFound
  })
  const creating = operation("create", webhookOf)
  const planOfCreate = creating.planWith(creating.row)
  const listing = operation("list", ({ webhooks }) => webhooks)
  const planOfList = listing.planWith(listing.row)

  return {
    create: (integrationId, payload, options) =>
      method("create", options, (method) =>
        listFirst(core, method, options, {
          create: { encoded: creating.encode({ params: { integrationId }, payload }), plan: planOfCreate },
          list: { encoded: listing.encode({ params: { integrationId } }), plan: planOfList },
          isSame: (request, webhook) => isMadeOf(sentIn<CreateWebhook>(request), webhook),
          found: Result.succeed
        })),
    list: call(
      "list",
      (integrationId: string, _options?: CallOptions) => ({ params: { integrationId } }),
      ({ webhooks }) => webhooks
    ),
    get: call("get", addressed, webhookOf),
    update: call(
      "update",
      (integrationId: string, webhookId: string, payload: UpdateWebhook, _options?: CallOptions) => ({
        ...addressed(integrationId, webhookId),
        payload
      }),
      webhookOf
    ),
    delete: call("delete", addressed, nothing)
  }
}

const addressed = (integrationId: string, webhookId: string, _options?: CallOptions) => ({
  params: { integrationId, webhookId }
})

const webhookOf = ({ webhook }: WebhookResponse): Webhook => webhook
