/**
 * The Switchboard Integrations API of Sunshine Conversations.
 *
 * @since 0.1.0
 */
import { SwitchboardIntegrations as ClientSwitchboardIntegrations } from "@sunco/client/SwitchboardIntegrations"
import type { SwitchboardIntegrationsMethods } from "@sunco/client/SwitchboardIntegrationsMethods"
import type { Effect3Face } from "./Effect3Face.ts"
import * as Resource from "./Resource.ts"

export type * from "@sunco/client/SwitchboardIntegrationsMethods"

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
  extends Resource.Service<SwitchboardIntegrations, SwitchboardIntegrationsMethods<Effect3Face>>()(
    "@sunco/effect3/SwitchboardIntegrations",
    ClientSwitchboardIntegrations
  )
{}
