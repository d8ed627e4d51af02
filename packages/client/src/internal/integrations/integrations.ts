import type { Integration } from "@sunco/schemas/Integration"
import type { CreateIntegration, UpdateIntegration } from "@sunco/schemas/IntegrationPayloads"
import type { IntegrationResponse } from "@sunco/schemas/IntegrationsOperations"
import { IntegrationsOperations } from "@sunco/schemas/SunshineOperations"
import type { SizedFrom } from "@sunco/schemas/Page"
import * as Result from "effect/Result"
import type { CallOptions } from "../../CallOptions.ts"
import type { EffectFace } from "../../EffectFace.ts"
import type { IntegrationsFilter, IntegrationsMethods } from "../../IntegrationsMethods.ts"
import { IntegrationNotFound } from "../../Outcomes.ts"
import { integrationsRetrySafety } from "../../RetrySafety.ts"
import type { Sunshine } from "../../Sunshine.ts"
import { InvalidInput } from "../../SunshineError.ts"
import { listFirst } from "../operation/listFirst.ts"
import { hasMoreThan, pageQuery, pagesOf, wholePage } from "../operation/pages.ts"
import { nothing, refuse, resource } from "../operation/resource.ts"
import { must, object, optionsOfCalls } from "../settings/optionChecks.ts"
import { sentIn, type WireRequest } from "../transport/wire.ts"
import { hasTarget } from "./storedWebhook.ts"

const creationChecks = object({
  ...optionsOfCalls,
  lookUp: must("true or false", (value) => typeof value === "boolean")
})

/** @internal */
export const makeIntegrations = (sunshine: Sunshine["Service"]): IntegrationsMethods<EffectFace> => {
  const { call, core, method, operation, run } = resource(
    sunshine,
    "Integrations",
    IntegrationsOperations,
    integrationsRetrySafety,
    { IntegrationNotFound }
  )
  const creation = operation("create", integrationOf)
  const listing = operation("list", (page) => hasMoreThan(page) ? undefined : page.integrations)
  const plans = {
    create: creation.planWith(creation.row.otherwise),
    createAgain: creation.planWith(creation.row.met),
    list: listing.planWith(listing.row)
  }

  return {
    create: (payload, options) =>
      method("create", options, (method) => {
        const encoded = creation.encode({ params: {}, payload })
        if (options?.lookUp !== true || Result.isFailure(encoded)) return run(method, encoded, plans.create, options)
        const { displayName, type } = sentIn<CreateIntegration>(encoded.success)
        if (!displayName) return refuse(method, new InvalidInput({ issues: [withoutName] }))
        const input = { params: {}, query: { "filter[types]": type, "page[size]": 100 } }
        return listFirst(core, method, options, {
          create: { encoded, plan: plans.createAgain },
          list: { encoded: listing.encode(input), plan: plans.list },
          isSame,
          found: Result.succeed
        })
      }, creationChecks),
    ...pagesOf(
      call("list", (filter?: IntegrationsFilter, from?: SizedFrom, _options?: CallOptions) => ({
        params: {},
        query: { ...filterQuery(filter), ...pageQuery(from) }
      }), wholePage),
      ({ integrations }) => integrations
    ),
    get: call("get", addressed, integrationOf),
    update: call(
      "update",
      (integrationId: string, payload: UpdateIntegration, _options?: CallOptions) => ({
        params: { integrationId },
        payload
      }),
      integrationOf
    ),
    delete: call("delete", addressed, nothing)
  }
}

const addressed = (integrationId: string, _options?: CallOptions) => ({ params: { integrationId } })

const integrationOf = ({ integration }: IntegrationResponse): Integration => integration

const withoutName = { path: ["displayName"], expected: "a name of its own, by which lookUp finds it" }

const isSame = (request: WireRequest, listed: Integration): boolean => {
  const sent = sentIn<CreateIntegration>(request)
  if (listed.type !== sent.type || listed.displayName !== sent.displayName) return false
  // A list that does not show webhooks says nothing of them.
  if (sent.type !== "custom" || listed.type !== "custom" || listed.webhooks === undefined) return true
  return listed.webhooks.some((webhook) => sent.webhooks.some(({ target }) => hasTarget(webhook, target)))
}

/** What is no filter is none in a query either, and is refused with it. */
const filterQuery = (filter: IntegrationsFilter | undefined): { readonly [name: string]: never } =>
  Object.fromEntries(
    Object.entries(filter ?? {}).filter(([, value]) => value !== undefined).map(([name, value]) => [
      `filter[${name}]`,
      Array.isArray(value) ? value.join() : value
    ])
  ) as never
