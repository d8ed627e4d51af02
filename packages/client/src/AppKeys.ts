/**
 * The App Keys API of Sunshine Conversations.
 *
 * @since 0.1.0
 */
import type { AppKeysMethods } from "./AppKeysMethods.ts"
import type { EffectFace } from "./EffectFace.ts"
import { makeAppKeys } from "./internal/apps/appKeys.ts"
import * as Resource from "./Resource.ts"

/**
 * Create, list, read and delete the keys of apps. It is outside of any app, so that its client needs none.
 *
 * **Details**
 *
 * All of it takes a key of the account. Secrets are `Redacted`, and nothing prints them. A method fails with what its type says: the
 * outcomes of the domain by name, all else as `SunshineError` with a reason.
 *
 * @category services
 * @since 0.1.0
 */
export class AppKeys extends Resource.ServiceOutsideApp<AppKeys, AppKeysMethods<EffectFace>>()(
  "@sunco/client/AppKeys",
  makeAppKeys
) {}
