/**
 * The Apps API of Sunshine Conversations.
 *
 * @since 0.1.0
 */
import { Apps as ClientApps } from "@sunco/client/Apps"
import type { AppsMethods } from "@sunco/client/AppsMethods"
import type { Effect3Face } from "./Effect3Face.ts"
import * as Resource from "./Resource.ts"

export type * from "@sunco/client/AppsMethods"

/**
 * Create, list, read, change and delete apps. It is outside of any app, so that its client needs none.
 *
 * **Details**
 *
 * All of it takes a key of the account; a key of an app can read and change its own app. A method fails with what its type says: the
 * outcomes of the domain by name, all else as `SunshineError` with a reason.
 *
 * @category services
 * @since 0.1.0
 */
export class Apps extends Resource.ServiceOutsideApp<Apps, AppsMethods<Effect3Face>>()(
  "@sunco/effect3/Apps",
  ClientApps
) {}
