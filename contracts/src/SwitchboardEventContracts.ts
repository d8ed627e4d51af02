/**
 * The contracts of the events of switchboards. What is asked of a delivery is said in `UserEventContracts`.
 *
 * @since 0.1.0
 */
import { SwitchboardActions } from "@sunco/client/SwitchboardActions"
import * as Effect from "effect/Effect"
import * as EventContract from "./EventContract.ts"
import { bot, human, metadata, switchboard } from "./internal/events.ts"
import { conversationId } from "./internal/wire.ts"
import { ProviderStates } from "./ProviderStates.ts"

const { given } = ProviderStates

/** The bot is in control of it. */
const controlled = given("a conversation exists", {
  type: "sdkGroup",
  metadata,
  activeSwitchboardIntegration: { name: "bot" }
})

/** The bot is in control of it, and has offered it to the human. */
const offered = given("a conversation exists", {
  type: "sdkGroup",
  metadata,
  activeSwitchboardIntegration: { name: "bot" },
  pendingSwitchboardIntegration: { name: "human" }
})

const conversation = { id: conversationId, type: "sdkGroup", metadata } as const

const nobody = {
  ...conversation,
  metadata: null,
  activeSwitchboardIntegration: null,
  pendingSwitchboardIntegration: null
}

/** What the caller sends with it. */
const sent = { "dataCapture.ticketField.7673928": "a parcel that has not arrived", visits: 7, urgent: true }

const invalidTarget = { code: "switchboard_invalid_target", message: "Switchboard invalid target" }

const invalidAction = { code: "switchboard_invalid_action", message: "There is no pendingSwitchboardIntegration" }

/**
 * `switchboard:acceptControl`.
 *
 * @category contracts
 * @since 0.1.0
 */
export const acceptControl: ReadonlyArray<EventContract.EventContract> = [
  EventContract.make({
    type: "switchboard:acceptControl",
    description: "control of a conversation was accepted",
    states: [switchboard, offered],
    cause: ({ conversationId }) =>
      SwitchboardActions.use((actions) => actions.acceptControl(conversationId, { metadata: sent })),
    payload: { conversation: { ...conversation, activeSwitchboardIntegration: human }, metadata: sent }
  }),
  EventContract.make({
    type: "switchboard:acceptControl",
    description: "control of a conversation was accepted, with null wherever the API gives it",
    states: [switchboard, offered],
    happens: ({ conversationId }) => ({ conversation: { ...nobody, id: conversationId }, metadata: null }),
    payload: { conversation: nobody, metadata: null }
  })
]

/**
 * `switchboard:acceptControl:failure`.
 *
 * @category contracts
 * @since 0.1.0
 */
export const acceptControlFailure: ReadonlyArray<EventContract.EventContract> = [
  EventContract.make({
    type: "switchboard:acceptControl:failure",
    description: "control of a conversation was accepted that nobody had offered",
    states: [switchboard, controlled],
    // Whether whoever asks is told, too, no document says.
    cause: ({ conversationId }) =>
      Effect.ignore(SwitchboardActions.use((actions) => actions.acceptControl(conversationId, { metadata: sent }))),
    payload: {
      conversation: { ...conversation, activeSwitchboardIntegration: bot },
      error: invalidAction,
      metadata: sent
    }
  })
]

/**
 * `switchboard:offerControl`.
 *
 * @category contracts
 * @since 0.1.0
 */
export const offerControl: ReadonlyArray<EventContract.EventContract> = [
  EventContract.make({
    type: "switchboard:offerControl",
    description: "control of a conversation was offered",
    states: [switchboard, controlled],
    cause: ({ conversationId }) =>
      SwitchboardActions.use((actions) =>
        actions.offerControl(conversationId, { switchboardIntegration: "human", metadata: sent })
      ),
    payload: {
      conversation: {
        ...conversation,
        activeSwitchboardIntegration: bot,
        pendingSwitchboardIntegration: human
      },
      metadata: sent
    }
  })
]

/**
 * `switchboard:offerControl:failure`.
 *
 * @category contracts
 * @since 0.1.0
 */
export const offerControlFailure: ReadonlyArray<EventContract.EventContract> = [
  EventContract.make({
    type: "switchboard:offerControl:failure",
    description: "control of a conversation was offered to nobody that there is",
    states: [switchboard, offered],
    cause: ({ conversationId }) =>
      Effect.ignore(
        SwitchboardActions.use((actions) =>
          actions.offerControl(conversationId, { switchboardIntegration: "nobody", metadata: sent })
        )
      ),
    payload: {
      conversation: { ...conversation, activeSwitchboardIntegration: bot, pendingSwitchboardIntegration: human },
      error: invalidTarget,
      metadata: sent
    }
  })
]

/**
 * `switchboard:passControl`.
 *
 * @category contracts
 * @since 0.1.0
 */
export const passControl: ReadonlyArray<EventContract.EventContract> = [
  EventContract.make({
    type: "switchboard:passControl",
    description: "control of a conversation was passed on",
    states: [switchboard, controlled],
    cause: ({ conversationId }) =>
      SwitchboardActions.use((actions) =>
        actions.passControl(conversationId, { switchboardIntegration: "human", metadata: sent })
      ),
    payload: { conversation: { ...conversation, activeSwitchboardIntegration: human }, metadata: sent }
  }),
  EventContract.make({
    type: "switchboard:passControl",
    description: "control of a conversation was passed on because its ticket was closed",
    states: [switchboard, controlled],
    happens: ({ conversationId }) => ({
      conversation: { ...conversation, id: conversationId, activeSwitchboardIntegration: human },
      reason: "ticketClosed"
    }),
    payload: { conversation: { ...conversation, activeSwitchboardIntegration: human }, reason: "ticketClosed" }
  })
]

/**
 * `switchboard:passControl:failure`.
 *
 * @category contracts
 * @since 0.1.0
 */
export const passControlFailure: ReadonlyArray<EventContract.EventContract> = [
  EventContract.make({
    type: "switchboard:passControl:failure",
    description: "control of a conversation was passed on to nobody that there is",
    states: [switchboard, offered],
    cause: ({ conversationId }) =>
      Effect.ignore(
        SwitchboardActions.use((actions) =>
          actions.passControl(conversationId, { switchboardIntegration: "nobody", metadata: sent })
        )
      ),
    payload: {
      conversation: { ...conversation, activeSwitchboardIntegration: bot, pendingSwitchboardIntegration: human },
      error: invalidTarget,
      metadata: sent
    }
  })
]

/**
 * `switchboard:releaseControl`.
 *
 * @category contracts
 * @since 0.1.0
 */
export const releaseControl: ReadonlyArray<EventContract.EventContract> = [
  EventContract.make({
    type: "switchboard:releaseControl",
    description: "control of a conversation was released",
    states: [switchboard, controlled],
    cause: ({ conversationId }) =>
      SwitchboardActions.use((actions) => actions.releaseControl(conversationId, { metadata: sent })),
    payload: { conversation, metadata: sent }
  }),
  EventContract.make({
    type: "switchboard:releaseControl",
    description: "control of a conversation was released because its ticket was closed",
    states: [switchboard, controlled],
    happens: ({ conversationId }) => ({
      conversation: { ...conversation, id: conversationId },
      reason: "ticketClosed"
    }),
    payload: { conversation, reason: "ticketClosed" }
  })
]
