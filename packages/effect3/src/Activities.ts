/**
 * The Activities API of Sunshine Conversations.
 *
 * @since 0.1.0
 */
import { Activities as ClientActivities } from "@sunco/client/Activities"
import type { ActivitiesMethods } from "@sunco/client/ActivitiesMethods"
import type { Effect3Face } from "./Effect3Face.ts"
import * as Resource from "./Resource.ts"

export type * from "@sunco/client/ActivitiesMethods"

/**
 * What happens in a conversation without a message: it was read, somebody types.
 *
 * **Details**
 *
 * A method fails with what its type says: the outcomes of the domain by name, all else as `SunshineError` with a reason.
 *
 * @category services
 * @since 0.1.0
 */
export class Activities
  extends Resource.Service<Activities, ActivitiesMethods<Effect3Face>>()("@sunco/effect3/Activities", ClientActivities)
{}
