/**
 * The Switchboard Integrations API of Sunshine Conversations.
 *
 * @since 0.1.0
 */
import type { EffectFace } from "./EffectFace.ts"
import { makeSwitchboardIntegrations } from "./internal/switchboards/switchboardIntegrations.ts"
import * as Resource from "./Resource.ts"
import type { SwitchboardIntegrationsMethods } from "./SwitchboardIntegrationsMethods.ts"

/**
 * Who takes turns in a switchboard: create, list, change and delete.
 *
 * **Details**
 *
 * A method fails with what its type says: the outcomes of the domain by name, all else as `SunshineError` with a reason. Its keys are
 * those of an app or an account.
 *
 * @category services
 * @since 0.1.0
 */
export class SwitchboardIntegrations
  extends Resource.Service<SwitchboardIntegrations, SwitchboardIntegrationsMethods<EffectFace>>()(
    "@sunco/client/SwitchboardIntegrations",
    makeSwitchboardIntegrations
  )
{}
