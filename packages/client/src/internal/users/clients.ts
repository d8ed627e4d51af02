import type { CreateClient } from "@sunco/schemas/ClientPayloads"
import { ClientsOperations } from "@sunco/schemas/SunshineOperations"
import type { SizedFrom } from "@sunco/schemas/Page"
import type { BrandCallOptions } from "../../CallOptions.ts"
import type { ClientsMethods } from "../../ClientsMethods.ts"
import type { EffectFace } from "../../EffectFace.ts"
import { ClientNotFound, ConversationNotFound, IntegrationNotFound, UserNotFound } from "../../Outcomes.ts"
import { clientsRetrySafety } from "../../RetrySafety.ts"
import type { Sunshine } from "../../Sunshine.ts"
import { pageQuery, pagesOf, wholePage } from "../operation/pages.ts"
import { nothing, resource } from "../operation/resource.ts"
import { brandQuery } from "./brandQuery.ts"

/** @internal */
export const makeClients = (sunshine: Sunshine["Service"]): ClientsMethods<EffectFace> => {
  const { call } = resource(sunshine, "Clients", ClientsOperations, clientsRetrySafety, {
    ClientNotFound,
    ConversationNotFound,
    IntegrationNotFound,
    UserNotFound
  })
  return {
    create: call(
      "create",
      (userIdOrExternalId: string, payload: CreateClient, options?: BrandCallOptions) => ({
        params: { userIdOrExternalId },
        query: brandQuery(options),
        payload
      }),
      ({ client }) => client
    ),
    ...pagesOf(
      call("list", (userIdOrExternalId: string, from?: SizedFrom, options?: BrandCallOptions) => ({
        params: { userIdOrExternalId },
        query: { ...brandQuery(options), ...pageQuery(from) }
      }), wholePage),
      ({ clients }) => clients
    ),
    remove: call(
      "remove",
      (userIdOrExternalId: string, clientId: string, options?: BrandCallOptions) => ({
        params: { userIdOrExternalId, clientId },
        query: brandQuery(options)
      }),
      nothing
    )
  }
}
