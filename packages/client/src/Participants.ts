/**
 * The Participants API of Sunshine Conversations.
 *
 * @since 0.1.0
 */
import type { ParticipantsMethods } from "./ParticipantsMethods.ts"
import type { EffectFace } from "./EffectFace.ts"
import { makeParticipants } from "./internal/conversations/participants.ts"
import * as Resource from "./Resource.ts"

/**
 * Who takes part in a conversation: join, list and leave.
 *
 * **Details**
 *
 * The one user of a conversation of type `personal` takes part from its beginning, and stays. A method fails with what its type says:
 * the outcomes of the domain by name, all else as `SunshineError` with a reason.
 *
 * @category services
 * @since 0.1.0
 */
export class Participants extends Resource.Service<Participants, ParticipantsMethods<EffectFace>>()(
  "@sunco/client/Participants",
  makeParticipants
) {}
