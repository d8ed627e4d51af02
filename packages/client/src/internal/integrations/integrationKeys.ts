import type { CreatedIntegrationKey, CreateIntegrationKey, IntegrationKey } from "@sunco/schemas/IntegrationKey"
import { IntegrationKeysOperations } from "@sunco/schemas/SunshineOperations"
import * as Result from "effect/Result"
import type { CallOptions } from "../../CallOptions.ts"
import type { EffectFace } from "../../EffectFace.ts"
import type { IntegrationKeysMethods } from "../../IntegrationKeysMethods.ts"
import { IntegrationKeyNotFound, IntegrationNotFound } from "../../Outcomes.ts"
import { integrationKeysRetrySafety } from "../../RetrySafety.ts"
import type { Sunshine } from "../../Sunshine.ts"
import { goneFromList } from "../operation/goneFromList.ts"
import { listFirst } from "../operation/listFirst.ts"
import { nothing, resource } from "../operation/resource.ts"
import { must, object, optionsOfCalls } from "../settings/optionChecks.ts"
import { sentIn } from "../transport/wire.ts"

const creationChecks = object({
  ...optionsOfCalls,
  lookUp: must("true or false", (value) => typeof value === "boolean")
})

/** @internal */
export const makeIntegrationKeys = (sunshine: Sunshine["Service"]): IntegrationKeysMethods<EffectFace> => {
  const { call, core, method, operation, run } = resource(
    sunshine,
    "IntegrationKeys",
    IntegrationKeysOperations,
    integrationKeysRetrySafety,
    { IntegrationKeyNotFound, IntegrationNotFound }
  )
  const creation = operation("create", ({ key }) => key)
  const deletion = operation("delete", nothing)
  const listing = operation("list", ({ keys }) => keys)
  const plans = {
    create: creation.planWith(creation.row.otherwise),
    createAgain: creation.planWith(creation.row.met),
    delete: deletion.planWith(deletion.row),
    list: listing.planWith(listing.row)
  }

  return {
    create: (integrationId, payload, options) =>
      method("create", options, (method) => {
        const encoded = creation.encode({ params: { integrationId }, payload })
        return options?.lookUp === true
          ? listFirst(core, method, options, {
            create: { encoded, plan: plans.createAgain },
            list: { encoded: listing.encode({ params: { integrationId } }), plan: plans.list },
            isSame: (request, { displayName }) => displayName === sentIn<CreateIntegrationKey>(request).displayName,
            found: withSecret
          })
          : run(method, encoded, plans.create, options)
      }, creationChecks),
    list: call(
      "list",
      (integrationId: string, _options?: CallOptions) => ({ params: { integrationId } }),
      ({ keys }) => keys
    ),
    get: call(
      "get",
      (integrationId: string, keyId: string, _options?: CallOptions) => ({ params: { integrationId, keyId } }),
      ({ key }) => key
    ),
    delete: (integrationId, keyId, options) =>
      method("delete", options, (method) => {
        const list = listing.encode({ params: { integrationId } })
        return run(
          method,
          deletion.encode({ params: { integrationId, keyId } }),
          (request) =>
            // What names the integration of one names it of the other too.
            Result.isFailure(list)
              ? plans.delete(request)
              : goneFromList(plans.delete(request), plans.list(list.success), keyId),
          options
        )
      })
  }
}

/** A key that has been made before is of no use to whoever made it where its secret is not shown again. */
const withSecret = (key: IntegrationKey): Result.Result<CreatedIntegrationKey, ReadonlyArray<string>> =>
  hasSecret(key) ? Result.succeed(key) : Result.fail(["keys", "secret"])

const hasSecret = (key: IntegrationKey): key is CreatedIntegrationKey => key.secret !== undefined
