import type { CreateApp, UpdateApp } from "@sunco/schemas/AppPayloads"
import type { AppResponse } from "@sunco/schemas/AppsOperations"
import { AppsOperations } from "@sunco/schemas/SunshineOperations"
import type { SizedFrom } from "@sunco/schemas/Page"
import type { AppsFilter, AppsMethods } from "../../AppsMethods.ts"
import type { CallOptions } from "../../CallOptions.ts"
import type { EffectFace } from "../../EffectFace.ts"
import { AppPlanExceeded } from "../../Outcomes.ts"
import type { ClientOutsideApp } from "../../Resource.ts"
import { appsRetrySafety } from "../../RetrySafety.ts"
import type { Plan } from "../call/plan.ts"
import { pageQuery, pagesOf, wholePage } from "../operation/pages.ts"
import { nothing, resource } from "../operation/resource.ts"
import { vendorCodes } from "../operation/vendorErrors.ts"
import type { WireRequest } from "../transport/wire.ts"

/** @internal */
export const makeApps = (client: ClientOutsideApp): AppsMethods<EffectFace> => {
  const { call, method, operation, run } = resource(client, "Apps", AppsOperations, appsRetrySafety, {
    AppPlanExceeded
  })
  const deletion = operation("delete", nothing)
  const planOfDeletion = deletion.planWith(deletion.row)

  /** A missing app is no outcome, so that the row alone cannot know it. */
  const deletionPlan = (request: WireRequest): Plan<void, never> => {
    const deleting = planOfDeletion(request)
    return {
      ...deleting,
      settle: (answer, ambiguous) =>
        ambiguous && answer.status === 404 && vendorCodes(answer.body).includes("app_not_found")
          ? { _tag: "Value", value: undefined, putAside: [] }
          : deleting.settle(answer, ambiguous)
    }
  }

  return {
    create: call("create", (payload: CreateApp, _options?: CallOptions) => ({ params: {}, payload }), appOf),
    ...pagesOf(
      call("list", (filter?: AppsFilter, from?: SizedFrom, _options?: CallOptions) => ({
        params: {},
        query: { ...filterQuery(filter), ...pageQuery(from) }
      }), wholePage),
      ({ apps }) => apps
    ),
    get: call("get", (appId: string, _options?: CallOptions) => ({ params: { appId } }), appOf),
    update: call(
      "update",
      (appId: string, payload: UpdateApp, _options?: CallOptions) => ({ params: { appId }, payload }),
      appOf
    ),
    delete: (appId, options) =>
      method(
        "delete",
        options,
        (method) => run(method, deletion.encode({ params: { appId } }), deletionPlan, options)
      )
  }
}

const appOf = ({ app }: AppResponse) => app

/** What is no filter is none in a query either, and is refused with it. */
const filterQuery = (filter: AppsFilter | undefined): { readonly [name: string]: never } =>
  Object.fromEntries(
    Object.entries(filter ?? {}).filter(([, value]) => value !== undefined).map(
      ([name, value]) => [`filter[${name}]`, value]
    )
  ) as never
