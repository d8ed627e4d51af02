import type { Conversation } from "@sunco/schemas/Conversation"
import { ConversationsOperations } from "@sunco/schemas/SunshineOperations"
import type { OfferControl, PassControl } from "@sunco/schemas/SwitchboardActionPayloads"
import { SwitchboardActionsOperations } from "@sunco/schemas/SunshineOperations"
import * as Result from "effect/Result"
import type { CallOptions } from "../../CallOptions.ts"
import type { EffectFace } from "../../EffectFace.ts"
import { ConversationNotFound, SwitchboardIntegrationNotFound } from "../../Outcomes.ts"
import * as RetryPolicy from "../../RetryPolicy.ts"
import { conversationsRetrySafety, switchboardActionsRetrySafety } from "../../RetrySafety.ts"
import type { Sunshine } from "../../Sunshine.ts"
import type { SunshineError } from "../../SunshineError.ts"
import type { SwitchboardActionsMethods } from "../../SwitchboardActionsMethods.ts"
import { reasonOf, unexpected } from "../call/lift.ts"
import type { Method } from "../call/method.ts"
import type { Ended, Plan } from "../call/plan.ts"
import { failing } from "../operation/failing.ts"
import { nothing, resource } from "../operation/resource.ts"
import { vendorCodes } from "../operation/vendorErrors.ts"
import { type Answer, sentIn, type WireRequest } from "../transport/wire.ts"
import { isOfIntegration } from "./isOfIntegration.ts"

type ActionPlan = Plan<void, ConversationNotFound | SunshineError>

/** @internal */
export const makeSwitchboardActions = (sunshine: Sunshine["Service"]): SwitchboardActionsMethods<EffectFace> => {
  const { call, core, method, operation, run } = resource(
    sunshine,
    "SwitchboardActions",
    SwitchboardActionsOperations,
    switchboardActionsRetrySafety,
    { ConversationNotFound, SwitchboardIntegrationNotFound }
  )
  const passing = operation("passControl", nothing)
  const accepting = operation("acceptControl", nothing)
  const releasing = operation("releaseControl", nothing)

  // What a conversation says of who is in control of it.
  const { operation: ofConversations } = resource(
    sunshine,
    "SwitchboardActions",
    { get: ConversationsOperations.get },
    { get: conversationsRetrySafety.get },
    { ConversationNotFound }
  )
  const reading = ofConversations("get", ({ conversation }) => conversation)
  const planOfRead = reading.planWith(reading.row)

  /** Of credentials that are not at hand, nobody knows whose they are. */
  const isByIntegration = ({ clock }: Method): boolean => {
    const authorization = core.authorization(clock.currentTimeMillisUnsafe())
    return authorization !== undefined && isOfIntegration(authorization)
  }

  const passPlan = (request: WireRequest, method: Method) => {
    const { met, otherwise, when } = passing.row
    const { switchboardIntegration } = sentIn<PassControl>(request)
    return switchboardIntegration !== when.switchboardIntegration ? passing.planWith(otherwise)(request) : {
      ...passing.planWith(met)(request),
      // Asked after an attempt, when the credentials have been at hand.
      get repeatable() {
        return isByIntegration(method)
      }
    }
  }

  /** An accept, and behind it the look-up that tells whether a repetition found nothing to accept any more. */
  const acceptPlan = (request: WireRequest, conversationId: string): ActionPlan => {
    const accept = accepting.planWith(accepting.row)(request)
    const read = reading.encode({ params: { conversationId } })
    if (Result.isFailure(read)) return accept
    const lookingUp = (refused: Answer): ActionPlan => {
      const reading = planOfRead(read.success)
      return {
        ...reading,
        settle: (answer, ambiguous) => {
          const settled = reading.settle(answer, ambiguous)
          if (settled._tag !== "Value") return settled
          return isAccepted(settled.value)
            ? { ...settled, value: undefined }
            : failing(reasonOf(refused, undefined, core.server), refused, ambiguous)
        }
      }
    }
    return {
      ...accept,
      settle: (answer, ambiguous) => {
        if (!ambiguous || !saysNothingIsPending(answer)) return accept.settle(answer, ambiguous)
        return ambiguous === "yes"
          ? done
          : { _tag: "Continue", plan: lookingUp(answer), when: "now", unfinished: "not-looked-up" }
      }
    }
  }

  /** A release, and the look-up that tells before a repetition whether anybody is in control. */
  const releasePlan = (
    request: WireRequest,
    conversationId: string,
    method: Method,
    options: CallOptions | undefined
  ): ActionPlan => {
    const release = releasing.planWith(releasing.row)(request)
    const read = reading.encode({ params: { conversationId } })
    if (Result.isFailure(read)) return release
    const { afterAmbiguous } = RetryPolicy.override(core.policy, options?.retry ?? {})
    const reader = planOfRead(read.success)
    const lookUp: ActionPlan = {
      ...reader,
      settle: (answer, ambiguous) => {
        const settled = reader.settle(answer, ambiguous)
        if (settled._tag !== "Value") return settled
        if (ambiguous === "yes" || !isInSomebodysControl(settled.value)) return { ...settled, value: undefined }
        return isByIntegration(method) || afterAmbiguous === "always"
          ? { _tag: "Continue", plan: releaseAgain, when: "now", unfinished: "not-repeated" }
          : failing(unexpected(answer, "not-told-apart", undefined), answer, ambiguous, "unsafe")
      }
    }
    const releaseAgain: ActionPlan = {
      ...release,
      lookUp,
      settle: (answer, ambiguous) =>
        // An integration is refused where it is not in control, or not any more.
        ambiguous && isForbidden(answer) && isByIntegration(method) ? done : release.settle(answer, ambiguous)
    }
    return releaseAgain
  }

  return {
    passControl: (conversationId, payload, options) =>
      method("passControl", options, (method) =>
        run(
          method,
          passing.encode({ params: { conversationId }, payload }),
          (request) => passPlan(request, method),
          options
        )),
    offerControl: call(
      "offerControl",
      (conversationId: string, payload: OfferControl, _options?: CallOptions) => ({
        params: { conversationId },
        payload
      }),
      nothing
    ),
    acceptControl: (conversationId, payload, options) =>
      method("acceptControl", options, (method) =>
        run(
          method,
          accepting.encode({ params: { conversationId }, payload }),
          (request) => acceptPlan(request, conversationId),
          options
        )),
    releaseControl: (conversationId, payload, options) =>
      method("releaseControl", options, (method) =>
        run(
          method,
          releasing.encode({ params: { conversationId }, payload: payload ?? {} }),
          (request) => releasePlan(request, conversationId, method, options),
          options
        ))
  }
}

const done: Ended<void, never> = { _tag: "Value", value: undefined, putAside: [] }

const isForbidden = ({ body, status }: Answer): boolean => status === 403 && vendorCodes(body).includes("forbidden")

const saysNothingIsPending = (answer: Answer): boolean =>
  isForbidden(answer) || answer.status === 400 && vendorCodes(answer.body).includes("switchboard_invalid_action")

const isInSomebodysControl = ({ activeSwitchboardIntegration }: Conversation): boolean => !!activeSwitchboardIntegration

const isAccepted = (conversation: Conversation): boolean =>
  isInSomebodysControl(conversation) && !conversation.pendingSwitchboardIntegration
