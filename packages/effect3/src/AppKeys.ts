/**
 * The App Keys API of Sunshine Conversations.
 *
 * @since 0.1.0
 */
import { AppKeys as ClientAppKeys } from "@sunco/client/AppKeys"
import type { AppKeysMethods } from "@sunco/client/AppKeysMethods"
import type { Effect3Face } from "./Effect3Face.ts"
import * as Resource from "./Resource.ts"

export type * from "@sunco/client/AppKeysMethods"

/**
 * Create, list, read and delete the keys of apps. It is outside of any app, so that its client needs none.
 *
 * **Details**
 *
 * All of it takes a key of the account. Secrets are `Redacted` of Effect 3, and nothing prints them. A method fails with what its type
 * says: the outcomes of the domain by name, all else as `SunshineError` with a reason.
 *
 * @category services
 * @since 0.1.0
 */
export class AppKeys extends Resource.ServiceOutsideApp<AppKeys, AppKeysMethods<Effect3Face>>()(
  "@sunco/effect3/AppKeys",
  ClientAppKeys
) {}
