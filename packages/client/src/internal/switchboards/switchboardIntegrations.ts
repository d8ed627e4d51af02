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
          isSame: (request, { name }) => name === sentIn<CreateSwitchboardIntegration>(request).name,
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

const switchboardIntegrationOf = ({ switchboardIntegration }: SwitchboardIntegrationResponse) => switchboardIntegration
