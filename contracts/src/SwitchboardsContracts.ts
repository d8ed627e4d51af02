/**
 * The contracts of the Switchboards API: its four operations with every documented status.
 *
 * Requests are exact; of a response is asked what the client reads, as in `UsersContracts`.
 *
 * @since 0.1.0
 */
import { Switchboards } from "@sunco/client/Switchboards"
import { EmptyResponse } from "@sunco/schemas/EmptyResponse"
import { SwitchboardListResponse, SwitchboardResponse } from "@sunco/schemas/SwitchboardsOperations"
import * as Matcher from "effect-pact/Matcher"
import * as Contract from "./Contract.ts"
import {
  appNotFound,
  basic,
  exactly,
  failure,
  idOf,
  path,
  response,
  switchboardId,
  switchboardIntegrationId,
  switchboardNotFound
} from "./internal/wire.ts"
import { ProviderStates } from "./ProviderStates.ts"

const { given } = ProviderStates

const noApp = given("the app does not exist")

const noSwitchboard = given("no switchboard exists")

/** One in which nobody takes turns. */
const bare = given("a switchboard exists", {})

/** One that is enabled, with a default. */
const complete = given("a switchboard exists", { enabled: true, switchboardIntegrations: [{ name: "bot" }] })

/**
 * `CreateSwitchboard`: 201, 400, 404.
 *
 * @category contracts
 * @since 0.1.0
 */
export const create: ReadonlyArray<Contract.Contract> = [
  Contract.make({
    interaction: {
      description: "a request to create a switchboard",
      states: [noSwitchboard],
      request: { method: "POST", path: path("/switchboards"), headers: basic },
      response: response(201, SwitchboardResponse, {
        switchboard: { id: switchboardId, ...exactly({ enabled: false }) }
      })
    },
    call: Switchboards.use((switchboards) => switchboards.create()),
    gives: { id: switchboardId, enabled: false }
  }),
  Contract.make({
    interaction: {
      description: "a request to create a second switchboard",
      states: [bare],
      request: { method: "POST", path: path("/switchboards"), headers: basic },
      response: failure(400, "bad_request", "Only one switchboard can be created per app")
    },
    call: Switchboards.use((switchboards) => switchboards.create()),
    failsWith: "SunshineError"
  }),
  Contract.make({
    interaction: {
      description: "a request to create a switchboard of an app that does not exist",
      comments: ["That it is the app that is missing decides what the client says, so the code is exact."],
      states: [noApp],
      request: { method: "POST", path: path("/switchboards"), headers: basic },
      response: appNotFound
    },
    call: Switchboards.use((switchboards) => switchboards.create()),
    failsWith: "SunshineError"
  })
]

/**
 * `ListSwitchboards`: 200, 404.
 *
 * @category contracts
 * @since 0.1.0
 */
export const list: ReadonlyArray<Contract.Contract> = [
  Contract.make({
    interaction: {
      description: "a request to list the switchboards of an app that has one",
      states: [complete],
      request: { method: "GET", path: path("/switchboards"), headers: basic },
      response: response(200, SwitchboardListResponse, {
        switchboards: [{ id: switchboardId, enabled: true, defaultSwitchboardIntegrationId: switchboardIntegrationId }]
      })
    },
    call: Switchboards.use((switchboards) => switchboards.list()),
    gives: [{ id: switchboardId, enabled: true, defaultSwitchboardIntegrationId: switchboardIntegrationId }]
  }),
  Contract.make({
    interaction: {
      description: "a request to list the switchboards of an app, of which nothing is known",
      states: [bare],
      request: { method: "GET", path: path("/switchboards"), headers: basic },
      response: response(200, SwitchboardListResponse, { switchboards: [{ id: switchboardId }] })
    },
    call: Switchboards.use((switchboards) => switchboards.list()),
    gives: [{ id: switchboardId }]
  }),
  Contract.make({
    interaction: {
      description: "a request to list the switchboards of an app that has none",
      states: [noSwitchboard],
      request: { method: "GET", path: path("/switchboards"), headers: basic },
      response: response(200, SwitchboardListResponse, exactly({ switchboards: [] }))
    },
    call: Switchboards.use((switchboards) => switchboards.list()),
    gives: []
  }),
  Contract.make({
    interaction: {
      description: "a request to list the switchboards of an app that does not exist",
      states: [noApp],
      request: { method: "GET", path: path("/switchboards"), headers: basic },
      response: appNotFound
    },
    call: Switchboards.use((switchboards) => switchboards.list()),
    failsWith: "SunshineError"
  })
]

/**
 * `UpdateSwitchboard`: 200, 404.
 *
 * @category contracts
 * @since 0.1.0
 */
export const update: ReadonlyArray<Contract.Contract> = [
  Contract.make({
    interaction: {
      description: "a request to update every field of a switchboard that can be changed",
      states: [given("a switchboard exists", { enabled: false, switchboardIntegrations: [{ name: "bot" }] })],
      request: {
        method: "PATCH",
        path: path("/switchboards/${switchboardId}"),
        headers: basic,
        body: { enabled: true, defaultSwitchboardIntegrationId: idOf("switchboardIntegrationId") }
      },
      response: response(200, SwitchboardResponse, {
        switchboard: {
          id: switchboardId,
          ...exactly({ enabled: true }),
          defaultSwitchboardIntegrationId: switchboardIntegrationId
        }
      })
    },
    call: Switchboards.use((switchboards) =>
      switchboards.update(switchboardId, { enabled: true, defaultSwitchboardIntegrationId: switchboardIntegrationId })
    ),
    gives: { id: switchboardId, enabled: true, defaultSwitchboardIntegrationId: switchboardIntegrationId }
  }),
  Contract.make({
    interaction: {
      description: "a request to update one field of a switchboard",
      comments: ["What a patch leaves out stays."],
      states: [complete],
      request: {
        method: "PATCH",
        path: path("/switchboards/${switchboardId}"),
        headers: basic,
        body: { enabled: false }
      },
      response: response(200, SwitchboardResponse, {
        switchboard: {
          id: switchboardId,
          ...exactly({ enabled: false }),
          defaultSwitchboardIntegrationId: switchboardIntegrationId
        }
      })
    },
    call: Switchboards.use((switchboards) => switchboards.update(switchboardId, { enabled: false })),
    gives: { id: switchboardId, enabled: false, defaultSwitchboardIntegrationId: switchboardIntegrationId }
  }),
  Contract.make({
    interaction: {
      description: "a request to update no field of a switchboard",
      states: [bare],
      request: { method: "PATCH", path: path("/switchboards/${switchboardId}"), headers: basic, body: {} },
      response: response(200, SwitchboardResponse, { switchboard: { id: switchboardId } })
    },
    call: Switchboards.use((switchboards) => switchboards.update(switchboardId, {})),
    gives: { id: switchboardId }
  }),
  Contract.make({
    interaction: {
      description: "a request to update a switchboard that does not exist",
      states: [noSwitchboard],
      request: {
        method: "PATCH",
        path: path(`/switchboards/${switchboardId}`),
        headers: basic,
        body: { enabled: false }
      },
      response: switchboardNotFound
    },
    call: Switchboards.use((switchboards) => switchboards.update(switchboardId, { enabled: false })),
    failsWith: "SwitchboardNotFound"
  })
]

const deleteSwitchboard: ReadonlyArray<Contract.Contract> = [
  Contract.make({
    interaction: {
      description: "a request to delete a switchboard",
      states: [complete],
      request: { method: "DELETE", path: path("/switchboards/${switchboardId}"), headers: basic },
      response: response(200, EmptyResponse, Matcher.like({}))
    },
    call: Switchboards.use((switchboards) => switchboards.delete(switchboardId)),
    gives: undefined
  }),
  Contract.make({
    interaction: {
      description: "a request to delete a switchboard that does not exist",
      states: [noSwitchboard],
      request: { method: "DELETE", path: path(`/switchboards/${switchboardId}`), headers: basic },
      response: switchboardNotFound
    },
    call: Switchboards.use((switchboards) => switchboards.delete(switchboardId)),
    failsWith: "SwitchboardNotFound"
  })
]

export {
  /**
   * `DeleteSwitchboard`: 200, 404.
   *
   * @category contracts
   * @since 0.1.0
   */
  deleteSwitchboard as delete
}
