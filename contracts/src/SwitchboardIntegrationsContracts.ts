/**
 * The contracts of the Switchboard Integrations API: its four operations with every documented status.
 *
 * Requests are exact; of a response is asked what the client reads, as in `UsersContracts`.
 *
 * @since 0.1.0
 */
import { SwitchboardIntegrations } from "@sunco/client/SwitchboardIntegrations"
import { EmptyResponse } from "@sunco/schemas/EmptyResponse"
import { SwitchboardIntegration } from "@sunco/schemas/SwitchboardIntegration"
import {
  SwitchboardIntegrationListResponse,
  SwitchboardIntegrationResponse
} from "@sunco/schemas/SwitchboardIntegrationsOperations"
import * as Matcher from "effect-pact/Matcher"
import * as Contract from "./Contract.ts"
import {
  basic,
  exactly,
  failure,
  idOf,
  integrationId,
  lastSwitchboardIntegrationId,
  path,
  response,
  switchboardId,
  switchboardIntegrationId,
  switchboardIntegrationNotFound,
  switchboardNotFound,
  varying
} from "./internal/wire.ts"
import { ProviderStates } from "./ProviderStates.ts"

const { given } = ProviderStates

const noSwitchboard = given("no switchboard exists")

/** One in which nobody takes turns. */
const bare = given("a switchboard exists", {})

/** The id of no switchboard integration. */
const nobody = "5ef21b86e933b7355c11c6ff"

const integration = given("an integration exists", { id: integrationId, type: "custom" })

/** Every field of a switchboard integration that the document has, but for the ids of switchboard integrations. */
const complete = {
  name: "bot",
  integrationId,
  integrationType: "custom",
  deliverStandbyEvents: false,
  messageHistoryCount: 5
}

const agents = {
  name: "zd-agentWorkspace",
  integrationId: "5ef21b86e933b7355c11c607",
  integrationType: "zd:agentWorkspace",
  deliverStandbyEvents: true
}

/** Two who take turns, of whom the first is the default. */
const both = given("a switchboard exists", { switchboardIntegrations: [complete, agents] })

/**
 * `CreateSwitchboardIntegration`: 201, 400, 404.
 *
 * @category contracts
 * @since 0.1.0
 */
export const create: ReadonlyArray<Contract.Contract> = [
  Contract.make({
    interaction: {
      description: "a request to create a switchboard integration with every field",
      states: [integration, given("a switchboard exists", { switchboardIntegrations: [agents] })],
      request: {
        method: "POST",
        path: path("/switchboards/${switchboardId}/switchboardIntegrations"),
        headers: basic,
        body: {
          name: "bot",
          integrationId: idOf("integrationId"),
          deliverStandbyEvents: false,
          nextSwitchboardIntegrationId: idOf("lastSwitchboardIntegrationId"),
          messageHistoryCount: 5
        }
      },
      response: response(201, SwitchboardIntegrationResponse, {
        switchboardIntegration: {
          id: switchboardIntegrationId,
          ...exactly(complete),
          nextSwitchboardIntegrationId: lastSwitchboardIntegrationId
        }
      })
    },
    call: SwitchboardIntegrations.use((integrations) =>
      integrations.create(switchboardId, {
        name: "bot",
        integrationId,
        deliverStandbyEvents: false,
        nextSwitchboardIntegrationId: lastSwitchboardIntegrationId,
        messageHistoryCount: 5
      })
    ),
    gives: { id: switchboardIntegrationId, ...complete, nextSwitchboardIntegrationId: lastSwitchboardIntegrationId }
  }),
  Contract.make({
    interaction: {
      description: "a request to create a switchboard integration by its type alone",
      comments: ["It gets events on standby unless it is said."],
      states: [bare],
      request: {
        method: "POST",
        path: path("/switchboards/${switchboardId}/switchboardIntegrations"),
        headers: basic,
        body: { name: agents.name, integrationType: agents.integrationType }
      },
      response: response(201, SwitchboardIntegrationResponse, {
        switchboardIntegration: {
          id: switchboardIntegrationId,
          ...exactly({
            name: agents.name,
            integrationType: agents.integrationType,
            deliverStandbyEvents: true
          })
        }
      })
    },
    call: SwitchboardIntegrations.use((integrations) =>
      integrations.create(switchboardId, { name: agents.name, integrationType: agents.integrationType })
    ),
    gives: {
      id: switchboardIntegrationId,
      name: agents.name,
      integrationType: agents.integrationType,
      deliverStandbyEvents: true
    }
  }),
  Contract.make({
    interaction: {
      description: "a request to create a switchboard integration with null wherever the API takes it",
      states: [bare],
      request: {
        method: "POST",
        path: path("/switchboards/${switchboardId}/switchboardIntegrations"),
        headers: basic,
        body: {
          name: agents.name,
          integrationType: agents.integrationType,
          nextSwitchboardIntegrationId: null,
          messageHistoryCount: null
        }
      },
      response: response(201, SwitchboardIntegrationResponse, {
        switchboardIntegration: { id: switchboardIntegrationId, ...exactly({ name: agents.name }) }
      })
    },
    call: SwitchboardIntegrations.use((integrations) =>
      integrations.create(switchboardId, {
        name: agents.name,
        integrationType: agents.integrationType,
        nextSwitchboardIntegrationId: null,
        messageHistoryCount: null
      })
    ),
    gives: { id: switchboardIntegrationId, name: agents.name }
  }),
  Contract.make({
    interaction: {
      description: "a request to create one more switchboard integration than there can be",
      comments: ["The code tells it from any other 400, so it is exact."],
      states: [given("a switchboard with as many integrations as it can have exists")],
      request: {
        method: "POST",
        path: path("/switchboards/${switchboardId}/switchboardIntegrations"),
        headers: basic,
        body: { name: agents.name, integrationType: agents.integrationType }
      },
      response: failure(
        400,
        Matcher.equal("too_many_switchboard_integrations"),
        "Switchboard has reached the max number of switchboard integrations (10)"
      )
    },
    call: SwitchboardIntegrations.use((integrations) =>
      integrations.create(switchboardId, { name: agents.name, integrationType: agents.integrationType })
    ),
    failsWith: "SwitchboardIntegrationLimitReached"
  }),
  Contract.make({
    interaction: {
      description: "a request to create a switchboard integration of a switchboard that does not exist",
      states: [noSwitchboard],
      request: {
        method: "POST",
        path: path(`/switchboards/${switchboardId}/switchboardIntegrations`),
        headers: basic,
        body: { name: agents.name, integrationType: agents.integrationType }
      },
      response: switchboardNotFound
    },
    call: SwitchboardIntegrations.use((integrations) =>
      integrations.create(switchboardId, { name: agents.name, integrationType: agents.integrationType })
    ),
    failsWith: "SwitchboardNotFound"
  })
]

/**
 * `ListSwitchboardIntegrations`: 200, 404.
 *
 * @category contracts
 * @since 0.1.0
 */
export const list: ReadonlyArray<Contract.Contract> = [
  Contract.make({
    interaction: {
      description: "a request to list the integrations of a switchboard",
      states: [given("a switchboard exists", { switchboardIntegrations: [complete] })],
      request: { method: "GET", path: path("/switchboards/${switchboardId}/switchboardIntegrations"), headers: basic },
      response: response(200, SwitchboardIntegrationListResponse, {
        switchboardIntegrations: [{ id: switchboardIntegrationId, ...complete }]
      })
    },
    call: SwitchboardIntegrations.use((integrations) => integrations.list(switchboardId)),
    gives: [{ id: switchboardIntegrationId, ...complete }]
  }),
  Contract.make({
    interaction: {
      description: "a request to list the integrations of a switchboard with null wherever the API gives it",
      states: [
        given("a switchboard exists", {
          switchboardIntegrations: [{ nextSwitchboardIntegrationId: null, messageHistoryCount: null }]
        })
      ],
      request: { method: "GET", path: path("/switchboards/${switchboardId}/switchboardIntegrations"), headers: basic },
      response: response(
        200,
        SwitchboardIntegrationListResponse,
        varying({ switchboardIntegrations: SwitchboardIntegration }, {
          switchboardIntegrations: [{
            id: switchboardIntegrationId,
            nextSwitchboardIntegrationId: null,
            messageHistoryCount: null
          }]
        })
      )
    },
    call: SwitchboardIntegrations.use((integrations) => integrations.list(switchboardId)),
    gives: [{ id: switchboardIntegrationId, nextSwitchboardIntegrationId: null, messageHistoryCount: null }]
  }),
  Contract.make({
    interaction: {
      description: "a request to list the integrations of a switchboard, of which nothing is known",
      states: [given("a switchboard exists", { switchboardIntegrations: [{}] })],
      request: { method: "GET", path: path("/switchboards/${switchboardId}/switchboardIntegrations"), headers: basic },
      response: response(200, SwitchboardIntegrationListResponse, {
        switchboardIntegrations: [{ id: switchboardIntegrationId }]
      })
    },
    call: SwitchboardIntegrations.use((integrations) => integrations.list(switchboardId)),
    gives: [{ id: switchboardIntegrationId }]
  }),
  Contract.make({
    interaction: {
      description: "a request to list the integrations of a switchboard that has none",
      states: [bare],
      request: { method: "GET", path: path("/switchboards/${switchboardId}/switchboardIntegrations"), headers: basic },
      response: response(200, SwitchboardIntegrationListResponse, exactly({ switchboardIntegrations: [] }))
    },
    call: SwitchboardIntegrations.use((integrations) => integrations.list(switchboardId)),
    gives: []
  }),
  Contract.make({
    interaction: {
      description: "a request to list the integrations of a switchboard that does not exist",
      states: [noSwitchboard],
      request: { method: "GET", path: path(`/switchboards/${switchboardId}/switchboardIntegrations`), headers: basic },
      response: switchboardNotFound
    },
    call: SwitchboardIntegrations.use((integrations) => integrations.list(switchboardId)),
    failsWith: "SwitchboardNotFound"
  })
]

/**
 * `UpdateSwitchboardIntegration`: 200, 404.
 *
 * @category contracts
 * @since 0.1.0
 */
export const update: ReadonlyArray<Contract.Contract> = [
  Contract.make({
    interaction: {
      description: "a request to update every field of a switchboard integration, and of which integration it is",
      states: [integration, given("a switchboard exists", { switchboardIntegrations: [{ name: "old" }, agents] })],
      request: {
        method: "PATCH",
        path: path("/switchboards/${switchboardId}/switchboardIntegrations/${switchboardIntegrationId}"),
        headers: basic,
        body: {
          name: "bot",
          integrationId: idOf("integrationId"),
          deliverStandbyEvents: false,
          nextSwitchboardIntegrationId: idOf("lastSwitchboardIntegrationId"),
          messageHistoryCount: 5
        }
      },
      response: response(200, SwitchboardIntegrationResponse, {
        switchboardIntegration: {
          id: switchboardIntegrationId,
          ...exactly(complete),
          nextSwitchboardIntegrationId: lastSwitchboardIntegrationId
        }
      })
    },
    call: SwitchboardIntegrations.use((integrations) =>
      integrations.update(switchboardId, switchboardIntegrationId, {
        name: "bot",
        integrationId,
        deliverStandbyEvents: false,
        nextSwitchboardIntegrationId: lastSwitchboardIntegrationId,
        messageHistoryCount: 5
      })
    ),
    gives: { id: switchboardIntegrationId, ...complete, nextSwitchboardIntegrationId: lastSwitchboardIntegrationId }
  }),
  Contract.make({
    interaction: {
      description: "a request to update the type of a switchboard integration",
      comments: ["What a patch leaves out stays."],
      states: [both],
      request: {
        method: "PATCH",
        path: path("/switchboards/${switchboardId}/switchboardIntegrations/${switchboardIntegrationId}"),
        headers: basic,
        body: { integrationType: "ultimate" }
      },
      response: response(200, SwitchboardIntegrationResponse, {
        switchboardIntegration: {
          id: switchboardIntegrationId,
          ...exactly({ name: "bot", integrationType: "ultimate" })
        }
      })
    },
    call: SwitchboardIntegrations.use((integrations) =>
      integrations.update(switchboardId, switchboardIntegrationId, { integrationType: "ultimate" })
    ),
    gives: { id: switchboardIntegrationId, name: "bot", integrationType: "ultimate" }
  }),
  Contract.make({
    interaction: {
      description: "a request to update a switchboard integration with null for what can be cleared",
      states: [both],
      request: {
        method: "PATCH",
        path: path("/switchboards/${switchboardId}/switchboardIntegrations/${switchboardIntegrationId}"),
        headers: basic,
        body: { nextSwitchboardIntegrationId: null, messageHistoryCount: null }
      },
      response: response(200, SwitchboardIntegrationResponse, {
        switchboardIntegration: { id: switchboardIntegrationId, ...exactly({ name: "bot" }) }
      })
    },
    call: SwitchboardIntegrations.use((integrations) =>
      integrations.update(switchboardId, switchboardIntegrationId, {
        nextSwitchboardIntegrationId: null,
        messageHistoryCount: null
      })
    ),
    gives: { id: switchboardIntegrationId, name: "bot" }
  }),
  Contract.make({
    interaction: {
      description: "a request to update no field of a switchboard integration",
      states: [both],
      request: {
        method: "PATCH",
        path: path("/switchboards/${switchboardId}/switchboardIntegrations/${switchboardIntegrationId}"),
        headers: basic,
        body: {}
      },
      response: response(200, SwitchboardIntegrationResponse, {
        switchboardIntegration: { id: switchboardIntegrationId }
      })
    },
    call: SwitchboardIntegrations.use((integrations) =>
      integrations.update(switchboardId, switchboardIntegrationId, {})
    ),
    gives: { id: switchboardIntegrationId }
  }),
  Contract.make({
    interaction: {
      description: "a request to update a switchboard integration that does not exist",
      states: [both],
      request: {
        method: "PATCH",
        path: path(`/switchboards/\${switchboardId}/switchboardIntegrations/${nobody}`),
        headers: basic,
        body: { deliverStandbyEvents: true }
      },
      response: switchboardIntegrationNotFound
    },
    call: SwitchboardIntegrations.use((integrations) =>
      integrations.update(switchboardId, nobody, { deliverStandbyEvents: true })
    ),
    failsWith: "SwitchboardIntegrationNotFound"
  })
]

const deleteSwitchboardIntegration: ReadonlyArray<Contract.Contract> = [
  Contract.make({
    interaction: {
      description: "a request to delete a switchboard integration",
      comments: ["The default one cannot be deleted."],
      states: [both],
      request: {
        method: "DELETE",
        path: path("/switchboards/${switchboardId}/switchboardIntegrations/${lastSwitchboardIntegrationId}"),
        headers: basic
      },
      response: response(200, EmptyResponse, Matcher.like({}))
    },
    call: SwitchboardIntegrations.use((integrations) =>
      integrations.delete(switchboardId, lastSwitchboardIntegrationId)
    ),
    gives: undefined
  }),
  Contract.make({
    interaction: {
      description: "a request to delete a switchboard integration that does not exist",
      states: [both],
      request: {
        method: "DELETE",
        path: path(`/switchboards/\${switchboardId}/switchboardIntegrations/${nobody}`),
        headers: basic
      },
      response: switchboardIntegrationNotFound
    },
    call: SwitchboardIntegrations.use((integrations) => integrations.delete(switchboardId, nobody)),
    failsWith: "SwitchboardIntegrationNotFound"
  })
]

export {
  /**
   * `DeleteSwitchboardIntegration`: 200, 404.
   *
   * @category contracts
   * @since 0.1.0
   */
  deleteSwitchboardIntegration as delete
}
