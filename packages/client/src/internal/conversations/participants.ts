import type { SizedFrom } from "@sunco/schemas/Page"
import type { Participant } from "@sunco/schemas/Participant"
import type { JoinConversation, LeaveConversation } from "@sunco/schemas/ParticipantPayloads"
import type { ParticipantResponse } from "@sunco/schemas/ParticipantsOperations"
import { ParticipantsOperations } from "@sunco/schemas/SunshineOperations"
import * as Result from "effect/Result"
import type { CallOptions } from "../../CallOptions.ts"
import type { EffectFace } from "../../EffectFace.ts"
import { ConversationNotFound, ParticipantNotFound, UserNotFound } from "../../Outcomes.ts"
import type { ParticipantsMethods } from "../../ParticipantsMethods.ts"
import { participantsRetrySafety } from "../../RetrySafety.ts"
import type { Sunshine } from "../../Sunshine.ts"
import type { Plan } from "../call/plan.ts"
import { pageQuery, pagesOf, wholePage } from "../operation/pages.ts"
import { nothing, resource } from "../operation/resource.ts"
import { sentIn, type WireRequest } from "../transport/wire.ts"

type JoinFailure = ConversationNotFound | UserNotFound

/** @internal */
export const makeParticipants = (sunshine: Sunshine["Service"]): ParticipantsMethods<EffectFace> => {
  const { call, method, operation, run } = resource(
    sunshine,
    "Participants",
    ParticipantsOperations,
    participantsRetrySafety,
    { ConversationNotFound, ParticipantNotFound, UserNotFound }
  )
  const joining = operation("join", participantOf)
  const listing = operation("list", ({ participants }) => participants)
  const planOfList = listing.planWith(listing.row)

  /** A join, and the list that is read before it is repeated. */
  const joinPlan = (request: WireRequest, conversationId: string): Plan<Participant, JoinFailure> => {
    const join = joining.planWith(joining.row)(request)
    // A conversation has ten participants at most.
    const list = listing.encode({ params: { conversationId }, query: { "page[size]": 100 } })
    if (Result.isFailure(list)) return join
    const { userExternalId, userId } = sentIn<JoinConversation>(request)
    const reading = planOfList(list.success)
    const lookUp: Plan<Participant, JoinFailure> = {
      ...reading,
      settle: (answer, ambiguous) => {
        const settled = reading.settle(answer, ambiguous)
        if (settled._tag !== "Value") return settled
        const joined = settled.value.find((participant) =>
          userId === undefined ? participant.userExternalId === userExternalId : participant.userId === userId
        )
        return joined === undefined
          ? { _tag: "Continue", plan: joinAgain, when: "now", unfinished: "not-repeated" }
          : { ...settled, value: joined }
      }
    }
    const joinAgain: Plan<Participant, JoinFailure> = { ...join, lookUp }
    return joinAgain
  }

  return {
    join: (conversationId, payload, options) =>
      method("join", options, (method) =>
        run<Participant, JoinFailure>(
          method,
          joining.encode({ params: { conversationId }, payload }),
          (request) => joinPlan(request, conversationId),
          options
        )),
    ...pagesOf(
      call("list", (conversationId: string, from?: SizedFrom, _options?: CallOptions) => ({
        params: { conversationId },
        query: pageQuery(from)
      }), wholePage),
      ({ participants }) => participants
    ),
    leave: call(
      "leave",
      (conversationId: string, payload: LeaveConversation, _options?: CallOptions) => ({
        params: { conversationId },
        payload
      }),
      nothing
    )
  }
}

const participantOf = ({ participant }: ParticipantResponse): Participant => participant
