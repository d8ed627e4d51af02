import type { AppKey, CreateAppKey, CreatedAppKey } from "@sunco/schemas/AppKey"
import { AppKeysOperations } from "@sunco/schemas/SunshineOperations"
import * as Result from "effect/Result"
import type { AppKeysMethods } from "../../AppKeysMethods.ts"
import type { CallOptions } from "../../CallOptions.ts"
import type { EffectFace } from "../../EffectFace.ts"
import { AppKeyNotFound } from "../../Outcomes.ts"
import type { ClientOutsideApp } from "../../Resource.ts"
import { appKeysRetrySafety } from "../../RetrySafety.ts"
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
export const makeAppKeys = (client: ClientOutsideApp): AppKeysMethods<EffectFace> => {
  const { call, core, method, operation, run } = resource(
    client,
    "AppKeys",
    AppKeysOperations,
    appKeysRetrySafety,
    { AppKeyNotFound }
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
    create: (appId, payload, options) =>
      method("create", options, (method) => {
        const encoded = creation.encode({ params: { appId }, payload })
        return options?.lookUp === true
          ? listFirst(core, method, options, {
            create: { encoded, plan: plans.createAgain },
            list: { encoded: listing.encode({ params: { appId } }), plan: plans.list },
            isSame: (request, { displayName }) => displayName === sentIn<CreateAppKey>(request).displayName,
            found: withSecret
          })
          : run(method, encoded, plans.create, options)
      }, creationChecks),
    list: call("list", (appId: string, _options?: CallOptions) => ({ params: { appId } }), ({ keys }) => keys),
    get: call(
      "get",
      (appId: string, keyId: string, _options?: CallOptions) => ({ params: { appId, keyId } }),
      ({ key }) => key
    ),
    delete: (appId, keyId, options) =>
      method("delete", options, (method) => {
        const list = listing.encode({ params: { appId } })
        return run(
          method,
          deletion.encode({ params: { appId, keyId } }),
          (request) =>
            // What names the app of one names it of the other too.
            Result.isFailure(list)
              ? plans.delete(request)
              : goneFromList(plans.delete(request), plans.list(list.success), keyId),
          options
        )
      })
  }
}

/** A key is of no use to whoever made it where its secret is not shown again. */
const withSecret = (key: AppKey) => hasSecret(key) ? Result.succeed(key) : Result.fail(["keys", "secret"])

const hasSecret = (key: AppKey): key is CreatedAppKey => key.secret !== undefined
