/**
 * What the writing operations of the Participants API send.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import { exactlyOne } from "./internal/exactlyOne.ts"
import { omittable } from "./internal/omittable.ts"

/**
 * A user who is to take part, by one of two ids. A brand-separated user takes the `userId`.
 *
 * @see OpenAPI 17.12.1, `participantJoinBody` and `participantSubSchema`
 * @category models
 * @since 0.1.0
 */
export type JoinConversation =
  & (
    | { readonly userId: string; readonly userExternalId?: undefined }
    | { readonly userExternalId: string; readonly userId?: undefined }
  )
  & {
    /** Whether the user's SDK follows at once, with push notifications. A conversation of type `sdkGroup` has to say it. */
    readonly subscribeSDKClient?: boolean | undefined
  }

/**
 * Who is to leave, by one of three ids.
 *
 * @see OpenAPI 17.12.1, `participantLeaveBody`
 * @category models
 * @since 0.1.0
 */
export type LeaveConversation =
  | { readonly userId: string; readonly userExternalId?: undefined; readonly participantId?: undefined }
  | { readonly userExternalId: string; readonly userId?: undefined; readonly participantId?: undefined }
  | { readonly participantId: string; readonly userId?: undefined; readonly userExternalId?: undefined }

const id = omittable(Schema.String)

/**
 * Schema of {@link JoinConversation}.
 *
 * @category schemas
 * @since 0.1.0
 */
export const JoinConversation: Schema.Codec<JoinConversation> = exactlyOne<JoinConversation>(
  { userId: id, userExternalId: id },
  { subscribeSDKClient: omittable(Schema.Boolean) }
).annotate({ identifier: "JoinConversation" })

/**
 * Schema of {@link LeaveConversation}.
 *
 * @category schemas
 * @since 0.1.0
 */
export const LeaveConversation: Schema.Codec<LeaveConversation> = exactlyOne<LeaveConversation>({
  userId: id,
  userExternalId: id,
  participantId: id
}).annotate({ identifier: "LeaveConversation" })
