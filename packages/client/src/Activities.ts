/**
 * The Activities API of Sunshine Conversations.
 *
 * @since 0.1.0
 */
import type { ActivitiesMethods } from "./ActivitiesMethods.ts"
import type { EffectFace } from "./EffectFace.ts"
import { makeActivities } from "./internal/conversations/activities.ts"
import * as Resource from "./Resource.ts"

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
  extends Resource.Service<Activities, ActivitiesMethods<EffectFace>>()("@sunco/client/Activities", makeActivities)
{}
