import { ActivitiesOperations } from "@sunco/schemas/SunshineOperations"
import type { PostActivity } from "@sunco/schemas/ActivityPayloads"
import type { ActivitiesMethods } from "../../ActivitiesMethods.ts"
import type { CallOptions } from "../../CallOptions.ts"
import type { EffectFace } from "../../EffectFace.ts"
import { ConversationNotFound, UserNotFound } from "../../Outcomes.ts"
import { activitiesRetrySafety } from "../../RetrySafety.ts"
import type { Sunshine } from "../../Sunshine.ts"
import { nothing, resource } from "../operation/resource.ts"

/** @internal */
export const makeActivities = (sunshine: Sunshine["Service"]): ActivitiesMethods<EffectFace> => {
  const { call } = resource(sunshine, "Activities", ActivitiesOperations, activitiesRetrySafety, {
    ConversationNotFound,
    UserNotFound
  })
  return {
    post: call(
      "post",
      (conversationId: string, payload: PostActivity, _options?: CallOptions) => ({
        params: { conversationId },
        payload
      }),
      nothing
    )
  }
}
