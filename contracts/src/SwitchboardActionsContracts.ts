/**
 * The contracts of the Switchboard Actions API: its four operations with every documented status.
 *
 * Requests are exact; of a response is asked what the client reads, as in `UsersContracts`.
 *
 * @since 0.1.0
 */
import { SwitchboardActions } from "@sunco/client/SwitchboardActions"
import { EmptyResponse } from "@sunco/schemas/EmptyResponse"
import * as Matcher from "effect-pact/Matcher"
import * as Contract from "./Contract.ts"
import {
  basic,
  bearer,
  conversationId,
  conversationNotFound,
  failure,
  idOf,
  integrationId,
  lastSwitchboardIntegrationId,
  path,
  response
} from "./internal/wire.ts"
import { ProviderStates } from "./ProviderStates.ts"

const { given } = ProviderStates

/** The integration is that of the first. */
const switchboard = given("a switchboard exists", {
  enabled: true,
  switchboardIntegrations: [
    { name: "bot", integrationId, integrationType: "custom" },
    { name: "human", integrationId: "5ef21b86e933b7355c11c607", integrationType: "zd:agentWorkspace" }
  ]
})

/** The bot is in control of it. */
const controlled = given("a conversation exists", { type: "sdkGroup", activeSwitchboardIntegration: { name: "bot" } })

/** The bot is in control of it, and has offered it to the human. */
const offered = given("a conversation exists", {
  type: "sdkGroup",
  activeSwitchboardIntegration: { name: "bot" },
  pendingSwitchboardIntegration: { name: "human" }
})

const noConversation = given("no conversation exists", { conversationId })

/** Whoever calls with it is the bot. */
const asBot = given("the access token is of an integration", { integrationId })

const metadata = { "dataCapture.ticketField.7673928": "a parcel that has not arrived", visits: 7, urgent: true }

const done = response(200, EmptyResponse, Matcher.like({}))

const forbidden = failure(403, "forbidden", "Forbidden")

/**
 * `PassControl`: 200, 404.
 *
 * @category contracts
 * @since 0.1.0
 */
export const passControl: ReadonlyArray<Contract.Contract> = [
  Contract.make({
    interaction: {
      description: "a request to pass control of a conversation to a switchboard integration by its id",
      states: [switchboard, controlled],
      request: {
        method: "POST",
        path: path("/conversations/${conversationId}/passControl"),
        headers: basic,
        body: { switchboardIntegration: idOf("lastSwitchboardIntegrationId"), metadata }
      },
      response: done
    },
    call: SwitchboardActions.use((actions) =>
      actions.passControl(conversationId, { switchboardIntegration: lastSwitchboardIntegrationId, metadata })
    ),
    gives: undefined
  }),
  Contract.make({
    interaction: {
      description: "a request to pass control of a conversation to a switchboard integration by its name",
      states: [switchboard, controlled],
      request: {
        method: "POST",
        path: path("/conversations/${conversationId}/passControl"),
        headers: basic,
        body: { switchboardIntegration: "human" }
      },
      response: done
    },
    call: SwitchboardActions.use((actions) => actions.passControl(conversationId, { switchboardIntegration: "human" })),
    gives: undefined
  }),
  Contract.make({
    interaction: {
      description: "a request to pass control of a conversation to the next one",
      states: [switchboard, controlled],
      request: {
        method: "POST",
        path: path("/conversations/${conversationId}/passControl"),
        headers: basic,
        body: { switchboardIntegration: "next" }
      },
      response: done
    },
    call: SwitchboardActions.use((actions) => actions.passControl(conversationId, { switchboardIntegration: "next" })),
    gives: undefined
  }),
  Contract.make({
    interaction: {
      description: "a request of an integration to pass control of a conversation to the next one",
      states: [switchboard, controlled, asBot],
      request: {
        method: "POST",
        path: path("/conversations/${conversationId}/passControl"),
        headers: bearer,
        body: { switchboardIntegration: "next" }
      },
      response: done
    },
    credentials: "bearer",
    call: SwitchboardActions.use((actions) => actions.passControl(conversationId, { switchboardIntegration: "next" })),
    gives: undefined
  }),
  Contract.make({
    interaction: {
      description: "a request to pass control of a conversation that does not exist",
      states: [noConversation],
      request: {
        method: "POST",
        path: path(`/conversations/${conversationId}/passControl`),
        headers: basic,
        body: { switchboardIntegration: "human" }
      },
      response: conversationNotFound
    },
    call: SwitchboardActions.use((actions) => actions.passControl(conversationId, { switchboardIntegration: "human" })),
    failsWith: "ConversationNotFound"
  })
]

/**
 * `OfferControl`: 200, 404.
 *
 * @category contracts
 * @since 0.1.0
 */
export const offerControl: ReadonlyArray<Contract.Contract> = [
  Contract.make({
    interaction: {
      description: "a request to offer control of a conversation to a switchboard integration by its id",
      states: [switchboard, controlled],
      request: {
        method: "POST",
        path: path("/conversations/${conversationId}/offerControl"),
        headers: basic,
        body: { switchboardIntegration: idOf("lastSwitchboardIntegrationId"), metadata }
      },
      response: done
    },
    call: SwitchboardActions.use((actions) =>
      actions.offerControl(conversationId, { switchboardIntegration: lastSwitchboardIntegrationId, metadata })
    ),
    gives: undefined
  }),
  Contract.make({
    interaction: {
      description: "a request to offer control of a conversation to a switchboard integration by its name",
      states: [switchboard, controlled],
      request: {
        method: "POST",
        path: path("/conversations/${conversationId}/offerControl"),
        headers: basic,
        body: { switchboardIntegration: "human" }
      },
      response: done
    },
    call: SwitchboardActions.use((actions) =>
      actions.offerControl(conversationId, { switchboardIntegration: "human" })
    ),
    gives: undefined
  }),
  Contract.make({
    interaction: {
      description: "a request to offer control of a conversation to the next one",
      states: [switchboard, controlled],
      request: {
        method: "POST",
        path: path("/conversations/${conversationId}/offerControl"),
        headers: basic,
        body: { switchboardIntegration: "next" }
      },
      response: done
    },
    call: SwitchboardActions.use((actions) => actions.offerControl(conversationId, { switchboardIntegration: "next" })),
    gives: undefined
  }),
  Contract.make({
    interaction: {
      description: "a request to offer control of a conversation that does not exist",
      states: [noConversation],
      request: {
        method: "POST",
        path: path(`/conversations/${conversationId}/offerControl`),
        headers: basic,
        body: { switchboardIntegration: "human" }
      },
      response: conversationNotFound
    },
    call: SwitchboardActions.use((actions) =>
      actions.offerControl(conversationId, { switchboardIntegration: "human" })
    ),
    failsWith: "ConversationNotFound"
  })
]

/**
 * `AcceptControl`: 200, 403, 404.
 *
 * @category contracts
 * @since 0.1.0
 */
export const acceptControl: ReadonlyArray<Contract.Contract> = [
  Contract.make({
    interaction: {
      description: "a request to accept control of a conversation with metadata",
      states: [switchboard, offered],
      request: {
        method: "POST",
        path: path("/conversations/${conversationId}/acceptControl"),
        headers: basic,
        body: { metadata }
      },
      response: done
    },
    call: SwitchboardActions.use((actions) => actions.acceptControl(conversationId, { metadata })),
    gives: undefined
  }),
  Contract.make({
    interaction: {
      description: "a request to accept control of a conversation",
      states: [switchboard, offered],
      request: {
        method: "POST",
        path: path("/conversations/${conversationId}/acceptControl"),
        headers: basic,
        body: {}
      },
      response: done
    },
    call: SwitchboardActions.use((actions) => actions.acceptControl(conversationId, {})),
    gives: undefined
  }),
  Contract.make({
    interaction: {
      description: "a request of an integration to accept control of a conversation that was offered to another one",
      states: [switchboard, offered, asBot],
      request: {
        method: "POST",
        path: path("/conversations/${conversationId}/acceptControl"),
        headers: bearer,
        body: {}
      },
      response: forbidden
    },
    credentials: "bearer",
    call: SwitchboardActions.use((actions) => actions.acceptControl(conversationId, {})),
    failsWith: "SunshineError"
  }),
  Contract.make({
    interaction: {
      description: "a request to accept control of a conversation that does not exist",
      states: [noConversation],
      request: {
        method: "POST",
        path: path(`/conversations/${conversationId}/acceptControl`),
        headers: basic,
        body: {}
      },
      response: conversationNotFound
    },
    call: SwitchboardActions.use((actions) => actions.acceptControl(conversationId, {})),
    failsWith: "ConversationNotFound"
  })
]

/**
 * `ReleaseControl`: 200, 403, 404.
 *
 * @category contracts
 * @since 0.1.0
 */
export const releaseControl: ReadonlyArray<Contract.Contract> = [
  Contract.make({
    interaction: {
      description: "a request to release control of a conversation with metadata",
      states: [switchboard, controlled],
      request: {
        method: "POST",
        path: path("/conversations/${conversationId}/releaseControl"),
        headers: basic,
        body: { metadata }
      },
      response: done
    },
    call: SwitchboardActions.use((actions) => actions.releaseControl(conversationId, { metadata })),
    gives: undefined
  }),
  Contract.make({
    interaction: {
      description: "a request to release control of a conversation",
      states: [switchboard, controlled],
      request: {
        method: "POST",
        path: path("/conversations/${conversationId}/releaseControl"),
        headers: basic,
        body: {}
      },
      response: done
    },
    call: SwitchboardActions.use((actions) => actions.releaseControl(conversationId)),
    gives: undefined
  }),
  Contract.make({
    interaction: {
      description: "a request of an integration to release the control that it has of a conversation",
      states: [switchboard, controlled, asBot],
      request: {
        method: "POST",
        path: path("/conversations/${conversationId}/releaseControl"),
        headers: bearer,
        body: {}
      },
      response: done
    },
    credentials: "bearer",
    call: SwitchboardActions.use((actions) => actions.releaseControl(conversationId)),
    gives: undefined
  }),
  Contract.make({
    interaction: {
      description: "a request of an integration to release control of a conversation that another one has",
      states: [
        switchboard,
        given("a conversation exists", { type: "sdkGroup", activeSwitchboardIntegration: { name: "human" } }),
        asBot
      ],
      request: {
        method: "POST",
        path: path("/conversations/${conversationId}/releaseControl"),
        headers: bearer,
        body: {}
      },
      response: forbidden
    },
    credentials: "bearer",
    call: SwitchboardActions.use((actions) => actions.releaseControl(conversationId)),
    failsWith: "SunshineError"
  }),
  Contract.make({
    interaction: {
      description: "a request to release control of a conversation that does not exist",
      states: [noConversation],
      request: {
        method: "POST",
        path: path(`/conversations/${conversationId}/releaseControl`),
        headers: basic,
        body: {}
      },
      response: conversationNotFound
    },
    call: SwitchboardActions.use((actions) => actions.releaseControl(conversationId)),
    failsWith: "ConversationNotFound"
  })
]
