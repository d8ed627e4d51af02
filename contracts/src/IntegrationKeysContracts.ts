/**
 * The contracts of the keys of custom integrations: their four operations with every documented status.
 *
 * Requests are exact; of a response is asked what the client reads, as in `UsersContracts`.
 *
 * @since 0.1.0
 */
import { IntegrationKeys } from "@sunco/client/IntegrationKeys"
import { EmptyResponse } from "@sunco/schemas/EmptyResponse"
import {
  CreatedIntegrationKeyResponse,
  IntegrationKeyListResponse,
  IntegrationKeyResponse
} from "@sunco/schemas/IntegrationKeysOperations"
import * as Matcher from "effect-pact/Matcher"
import * as Redacted from "effect/Redacted"
import * as Contract from "./Contract.ts"
import { basic, exactly, failure, integrationId, integrationKeyId, path, response } from "./internal/wire.ts"
import { ProviderStates } from "./ProviderStates.ts"

const { given } = ProviderStates

const displayName = "My Test Key"

const secret = "JWSooRf7mjKYQereu5ueIjxKdclNs7cdCDaT7bGHEitHFUbNxFb8C0Cwi0s7SG0v"

/** A key of an integration is known by the prefix of its id. */
const id = Matcher.regex(/^int_/u, integrationKeyId)

const named = given("keys of an integration exist", { keys: [{ displayName }] })

const unnamed = given("keys of an integration exist", { keys: [{ displayName: null }] })

const none = given("keys of an integration exist", { keys: [] })

/**
 * `CreateCustomIntegrationKey`: 201.
 *
 * @category contracts
 * @since 0.1.0
 */
export const create: ReadonlyArray<Contract.Contract> = [
  Contract.make({
    interaction: {
      description: "a request to make a key of an integration",
      states: [none],
      request: {
        method: "POST",
        path: path("/integrations/${integrationId}/keys"),
        headers: basic,
        body: { displayName }
      },
      response: response(201, CreatedIntegrationKeyResponse, { key: { id, ...exactly({ displayName }), secret } })
    },
    call: IntegrationKeys.use((keys) => keys.create(integrationId, { displayName })),
    gives: { id: integrationKeyId, displayName, secret: Redacted.make(secret) }
  })
]

/**
 * `ListCustomIntegrationKeys`: 200, 400.
 *
 * @category contracts
 * @since 0.1.0
 */
export const list: ReadonlyArray<Contract.Contract> = [
  Contract.make({
    interaction: {
      description: "a request to list the keys of an integration",
      states: [named],
      request: { method: "GET", path: path("/integrations/${integrationId}/keys"), headers: basic },
      response: response(200, IntegrationKeyListResponse, {
        keys: [{ id, ...exactly({ displayName }), secret }]
      })
    },
    call: IntegrationKeys.use((keys) => keys.list(integrationId)),
    gives: [{ id: integrationKeyId, displayName, secret: Redacted.make(secret) }]
  }),
  Contract.make({
    interaction: {
      description: "a request to list the keys of an integration that has none",
      states: [none],
      request: { method: "GET", path: path("/integrations/${integrationId}/keys"), headers: basic },
      response: response(200, IntegrationKeyListResponse, { keys: [] })
    },
    call: IntegrationKeys.use((keys) => keys.list(integrationId)),
    gives: []
  }),
  Contract.make({
    interaction: {
      description: "a request to list the keys of an integration that is not custom",
      states: [given("an integration exists", { type: "whatsapp" })],
      request: { method: "GET", path: path("/integrations/${integrationId}/keys"), headers: basic },
      response: failure(400, "bad_request", "API keys are available only for custom integrations")
    },
    call: IntegrationKeys.use((keys) => keys.list(integrationId)),
    failsWith: "SunshineError"
  })
]

/**
 * `GetCustomIntegrationKey`: 200.
 *
 * @category contracts
 * @since 0.1.0
 */
export const get: ReadonlyArray<Contract.Contract> = [
  Contract.make({
    interaction: {
      description: "a request to get a key of an integration",
      states: [named],
      request: {
        method: "GET",
        path: path("/integrations/${integrationId}/keys/${integrationKeyId}"),
        headers: basic
      },
      response: response(200, IntegrationKeyResponse, { key: { id, ...exactly({ displayName }), secret } })
    },
    call: IntegrationKeys.use((keys) => keys.get(integrationId, integrationKeyId)),
    gives: { id: integrationKeyId, displayName, secret: Redacted.make(secret) }
  }),
  Contract.make({
    interaction: {
      description: "a request to get a key of an integration with null for its name, and without its secret",
      states: [unnamed],
      request: {
        method: "GET",
        path: path("/integrations/${integrationId}/keys/${integrationKeyId}"),
        headers: basic
      },
      response: response(200, IntegrationKeyResponse, { key: { id, ...exactly({ displayName: null }) } })
    },
    call: IntegrationKeys.use((keys) => keys.get(integrationId, integrationKeyId)),
    gives: { id: integrationKeyId, displayName: null }
  }),
  Contract.make({
    interaction: {
      description: "a request to get a key of an integration of which nothing is known",
      states: [named],
      request: {
        method: "GET",
        path: path("/integrations/${integrationId}/keys/${integrationKeyId}"),
        headers: basic
      },
      response: response(200, IntegrationKeyResponse, { key: { id } })
    },
    call: IntegrationKeys.use((keys) => keys.get(integrationId, integrationKeyId)),
    gives: { id: integrationKeyId }
  })
]

const deleteIntegrationKey: ReadonlyArray<Contract.Contract> = [
  Contract.make({
    interaction: {
      description: "a request to delete a key of an integration",
      states: [named],
      request: {
        method: "DELETE",
        path: path("/integrations/${integrationId}/keys/${integrationKeyId}"),
        headers: basic
      },
      response: response(200, EmptyResponse, Matcher.like({}))
    },
    call: IntegrationKeys.use((keys) => keys.delete(integrationId, integrationKeyId)),
    gives: undefined
  })
]

export {
  /**
   * `DeleteCustomIntegrationKey`: 200.
   *
   * @category contracts
   * @since 0.1.0
   */
  deleteIntegrationKey as delete
}
