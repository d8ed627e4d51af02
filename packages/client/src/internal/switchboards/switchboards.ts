import type { UpdateSwitchboard } from "@sunco/schemas/SwitchboardPayloads"
import type { SwitchboardResponse } from "@sunco/schemas/SwitchboardsOperations"
import { SwitchboardsOperations } from "@sunco/schemas/SunshineOperations"
import * as Result from "effect/Result"
import type { CallOptions } from "../../CallOptions.ts"
import type { EffectFace } from "../../EffectFace.ts"
import { SwitchboardIntegrationNotFound, SwitchboardNotFound } from "../../Outcomes.ts"
import { switchboardsRetrySafety } from "../../RetrySafety.ts"
import type { Sunshine } from "../../Sunshine.ts"
import type { SwitchboardsMethods } from "../../SwitchboardsMethods.ts"
import { listFirst } from "../operation/listFirst.ts"
import { nothing, resource } from "../operation/resource.ts"

/** @internal */
export const makeSwitchboards = (sunshine: Sunshine["Service"]): SwitchboardsMethods<EffectFace> => {
  const { call, core, method, operation } = resource(
    sunshine,
    "Switchboards",
    SwitchboardsOperations,
    switchboardsRetrySafety,
    { SwitchboardIntegrationNotFound, SwitchboardNotFound }
  )
  const creating = operation("create", switchboardOf)
  const listing = operation("list", ({ switchboards }) => switchboards)
  return {
    create: (options) =>
      method("create", options, (method) =>
        listFirst(core, method, options, {
          create: { encoded: creating.encode({ params: {} }), plan: creating.planWith(creating.row) },
          list: { encoded: listing.encode({ params: {} }), plan: listing.planWith(listing.row) },
          // An app has one at most.
          isSame: () => true,
          found: Result.succeed
        })),
    list: call("list", (_options?: CallOptions) => ({ params: {} }), ({ switchboards }) => switchboards),
    update: call(
      "update",
      (switchboardId: string, payload: UpdateSwitchboard, _options?: CallOptions) => ({
        params: { switchboardId },
        payload
      }),
      switchboardOf
    ),
    delete: call(
      "delete",
      (switchboardId: string, _options?: CallOptions) => ({ params: { switchboardId } }),
      nothing
    )
  }
}

const switchboardOf = ({ switchboard }: SwitchboardResponse) => switchboard
