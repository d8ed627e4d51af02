import type { SwitchboardIntegration } from "@sunco/schemas/SwitchboardIntegration"
import type {
  CreateSwitchboardIntegration,
  UpdateSwitchboardIntegration
} from "@sunco/schemas/SwitchboardIntegrationPayloads"
import type { SwitchboardIntegrationResponse } from "@sunco/schemas/SwitchboardIntegrationsOperations"
import { SwitchboardIntegrationsOperations } from "@sunco/schemas/SunshineOperations"
import * as Result from "effect/Result"
import type { CallOptions } from "../../CallOptions.ts"
import type { EffectFace } from "../../EffectFace.ts"
import {
  IntegrationNotFound,
  SwitchboardIntegrationLimitReached,
  SwitchboardIntegrationNotFound,
  SwitchboardNotFound
} from "../../Outcomes.ts"
import { switchboardIntegrationsRetrySafety } from "../../RetrySafety.ts"
import type { Sunshine } from "../../Sunshine.ts"
import type { SwitchboardIntegrationsMethods } from "../../SwitchboardIntegrationsMethods.ts"
import { listFirst } from "../operation/listFirst.ts"
import { nothing, resource } from "../operation/resource.ts"
import { sentIn } from "../transport/wire.ts"

/** @internal */
export const makeSwitchboardIntegrations = (
  sunshine: Sunshine["Service"]
): SwitchboardIntegrationsMethods<EffectFace> => {
  const { call, core, method, operation } = resource(
    sunshine,
    "SwitchboardIntegrations",
    SwitchboardIntegrationsOperations,
    switchboardIntegrationsRetrySafety,
    { IntegrationNotFound, SwitchboardIntegrationLimitReached, SwitchboardIntegrationNotFound, SwitchboardNotFound }
  )
  const creating = operation("create", switchboardIntegrationOf)
  const listing = operation("list", ({ switchboardIntegrations }) => switchboardIntegrations)
  return {
    create: (switchboardId, payload, options) =>
      method("create", options, (method) =>
        listFirst(core, method, options, {
          create: {
            encoded: creating.encode({ params: { switchboardId }, payload }),
            plan: creating.planWith(creating.row)
          },
          list: { encoded: listing.encode({ params: { switchboardId } }), plan: listing.planWith(listing.row) },
          isSame: (request, listed) => isMadeOf(sentIn<CreateSwitchboardIntegration>(request), listed),
          found: Result.succeed
        })),
    list: call(
      "list",
      (switchboardId: string, _options?: CallOptions) => ({ params: { switchboardId } }),
      ({ switchboardIntegrations }) => switchboardIntegrations
    ),
    update: call(
      "update",
      (
        switchboardId: string,
        switchboardIntegrationId: string,
        payload: UpdateSwitchboardIntegration,
        _options?: CallOptions
      ) => ({ params: { switchboardId, switchboardIntegrationId }, payload }),
      switchboardIntegrationOf
    ),
    delete: call(
      "delete",
      (switchboardId: string, switchboardIntegrationId: string, _options?: CallOptions) => ({
        params: { switchboardId, switchboardIntegrationId }
      }),
      nothing
    )
  }
}

/**
 * Its name alone would be that of whoever took it for another integration in the meantime. What the list does not show says nothing,
 * and the type of an integration may be called otherwise in a list than in a request.
 */
const isMadeOf = (sent: CreateSwitchboardIntegration, listed: SwitchboardIntegration): boolean | "perhaps" => {
  if (listed.name !== sent.name || !isSameIfShown(sent.integrationId, listed.integrationId)) return false
  return isSameIfShown(sent.integrationType, listed.integrationType) || "perhaps"
}

const isSameIfShown = (sent: string | undefined, listed: string | undefined): boolean =>
  sent === undefined || listed === undefined || sent === listed

const switchboardIntegrationOf = ({ switchboardIntegration }: SwitchboardIntegrationResponse) => switchboardIntegration
