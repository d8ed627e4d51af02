/**
 * The Switchboards API of Sunshine Conversations.
 *
 * @since 0.1.0
 */
import { Switchboards as ClientSwitchboards } from "@sunco/client/Switchboards"
import type { SwitchboardsMethods } from "@sunco/client/SwitchboardsMethods"
import type { Effect3Face } from "./Effect3Face.ts"
import * as Resource from "./Resource.ts"

export type * from "@sunco/client/SwitchboardsMethods"

/**
 * The switchboard of an app: make, list, change and delete it.
 *
 * **Details**
 *
 * An app has one at most. A method fails with what its type says: the outcomes of the domain by name, all else as `SunshineError` with
 * a reason. Its keys are those of an app or an account.
 *
 * @category services
 * @since 0.1.0
 */
export class Switchboards extends Resource.Service<Switchboards, SwitchboardsMethods<Effect3Face>>()(
  "@sunco/effect3/Switchboards",
  ClientSwitchboards
) {}
