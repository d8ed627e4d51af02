/**
 * The Switchboards API of Sunshine Conversations.
 *
 * @since 0.1.0
 */
import type { EffectFace } from "./EffectFace.ts"
import { makeSwitchboards } from "./internal/switchboards/switchboards.ts"
import * as Resource from "./Resource.ts"
import type { SwitchboardsMethods } from "./SwitchboardsMethods.ts"

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
export class Switchboards extends Resource.Service<Switchboards, SwitchboardsMethods<EffectFace>>()(
  "@sunco/client/Switchboards",
  makeSwitchboards
) {}
