import * as Schema from "effect/Schema"
import { AppId, BrandId, ConversationId, IntegrationId, SwitchboardId, UserIdOrExternalId } from "../Ids.ts"

// What rows of several resources have in common.

/** @internal */
export const appParams = { appId: AppId }

/** @internal */
export const userParams = { appId: AppId, userIdOrExternalId: UserIdOrExternalId }

/** @internal */
export const conversationParams = { appId: AppId, conversationId: ConversationId }

/** @internal */
export const integrationParams = { appId: AppId, integrationId: IntegrationId }

/** @internal */
export const switchboardParams = { appId: AppId, switchboardId: SwitchboardId }

/** @internal */
export const brandQuery = Schema.Struct({ brandId: Schema.optionalKey(BrandId) })

/** @internal */
export const everyScope = ["integration", "app", "account"] as const

/** @internal */
export const appScope = ["app", "account"] as const

/** @internal */
export const accountScope = ["account"] as const

/** @internal */
export const userNotFound = { UserNotFound: { status: 404, codes: ["user_not_found"] } } as const

/** @internal */
export const conversationNotFound = {
  ConversationNotFound: { status: 404, codes: ["conversation_not_found"] }
} as const

/** @internal */
export const integrationNotFound = { IntegrationNotFound: { status: 404, codes: ["integration_not_found"] } } as const

/** @internal */
export const switchboardNotFound = { SwitchboardNotFound: { status: 404, codes: ["switchboard_not_found"] } } as const

/** @internal */
export const switchboardIntegrationNotFound = {
  SwitchboardIntegrationNotFound: { status: 404, codes: ["switchboard_integration_not_found"] }
} as const
