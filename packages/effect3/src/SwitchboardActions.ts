/**
 * The Switchboard Actions API of Sunshine Conversations.
 *
 * @since 0.1.0
 */
import { SwitchboardActions as ClientSwitchboardActions } from "@sunco/client/SwitchboardActions"
import type { SwitchboardActionsMethods } from "@sunco/client/SwitchboardActionsMethods"
import type { Effect3Face } from "./Effect3Face.ts"
import * as Resource from "./Resource.ts"

export type * from "@sunco/client/SwitchboardActionsMethods"

/**
 * How control of a conversation changes hands: pass, offer, accept and release.
 *
 * **Details**
 *
 * A method fails with what its type says: the outcomes of the domain by name, all else as `SunshineError` with a reason. What cannot
 * be done may be told by an event alone, after a success.
 *
 * @category services
 * @since 0.1.0
 */
export class SwitchboardActions extends Resource.Service<SwitchboardActions, SwitchboardActionsMethods<Effect3Face>>()(
  "@sunco/effect3/SwitchboardActions",
  ClientSwitchboardActions
) {}
