/**
 * The Participants API of Sunshine Conversations.
 *
 * @since 0.1.0
 */
import { Participants as ClientParticipants } from "@sunco/client/Participants"
import type { ParticipantsMethods } from "@sunco/client/ParticipantsMethods"
import type { Effect3Face } from "./Effect3Face.ts"
import * as Resource from "./Resource.ts"

export type * from "@sunco/client/ParticipantsMethods"

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
export class Participants extends Resource.Service<Participants, ParticipantsMethods<Effect3Face>>()(
  "@sunco/effect3/Participants",
  ClientParticipants
) {}
