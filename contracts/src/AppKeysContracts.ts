/**
 * The contracts of the App Keys API: its four operations with every documented status.
 *
 * Requests are exact; of a response is asked what the client reads, as in `UsersContracts`. Secrets are in the open here: they are those
 * of the vendor's examples, or of whoever makes them anew.
 *
 * @since 0.1.0
 */
import { AppKeys } from "@sunco/client/AppKeys"
import { AppKeyListResponse, AppKeyResponse, CreatedAppKeyResponse } from "@sunco/schemas/AppKeysOperations"
import { EmptyResponse } from "@sunco/schemas/EmptyResponse"
import * as Matcher from "effect-pact/Matcher"
import * as Redacted from "effect/Redacted"
import * as Contract from "./Contract.ts"
import { appKeyId, appNotFound, basic, exactly, failure, idOf, otherAppId, path, response } from "./internal/wire.ts"
import { ProviderStates } from "./ProviderStates.ts"

const { given } = ProviderStates

const { appId } = Contract

const displayName = "My Test Key"

const secret = "5XJ85yjUtRcaQu_pDINblPZb"

const aKey = given("a key of the app exists", { displayName })

const key = { id: idOf("appKeyId"), ...exactly({ displayName }), secret }

const made = { id: appKeyId, displayName, secret: Redacted.make(secret) }

/**
 * `CreateAppKey`: 201.
 *
 * @category contracts
 * @since 0.1.0
 */
export const create: ReadonlyArray<Contract.Contract> = [
  Contract.make({
    interaction: {
      description: "a request to create a key of an app",
      states: [given("an app exists")],
      request: { method: "POST", path: path("/keys"), headers: basic, body: { displayName } },
      response: response(201, CreatedAppKeyResponse, {
        key: { id: appKeyId, ...exactly({ displayName }), secret }
      })
    },
    call: AppKeys.use((keys) => keys.create(appId, { displayName })),
    gives: made
  }),
  Contract.make({
    interaction: {
      description: "a request to create a key of an app, of which nothing is said but its secret",
      states: [given("an app exists")],
      request: { method: "POST", path: path("/keys"), headers: basic, body: { displayName } },
      response: response(201, CreatedAppKeyResponse, { key: { id: appKeyId, secret } })
    },
    call: AppKeys.use((keys) => keys.create(appId, { displayName })),
    gives: { id: appKeyId, secret: Redacted.make(secret) }
  })
]

/**
 * `ListAppKeys`: 200.
 *
 * @category contracts
 * @since 0.1.0
 */
export const list: ReadonlyArray<Contract.Contract> = [
  Contract.make({
    interaction: {
      description: "a request to list the keys of an app",
      states: [aKey],
      request: { method: "GET", path: path("/keys"), headers: basic },
      response: response(200, AppKeyListResponse, { keys: [{ id: appKeyId, displayName, secret }] })
    },
    call: AppKeys.use((keys) => keys.list(appId)),
    gives: [made]
  }),
  Contract.make({
    interaction: {
      description: "a request to list the keys of an app, of which nothing is known",
      states: [aKey],
      request: { method: "GET", path: path("/keys"), headers: basic },
      response: response(200, AppKeyListResponse, { keys: [{ id: appKeyId }] })
    },
    call: AppKeys.use((keys) => keys.list(appId)),
    gives: [{ id: appKeyId }]
  })
]

/**
 * `GetAppKey`: 200, 404.
 *
 * @category contracts
 * @since 0.1.0
 */
export const get: ReadonlyArray<Contract.Contract> = [
  Contract.make({
    interaction: {
      description: "a request to get a key of an app",
      states: [aKey],
      request: { method: "GET", path: path("/keys/${appKeyId}"), headers: basic },
      response: response(200, AppKeyResponse, { key })
    },
    call: AppKeys.use((keys) => keys.get(appId, appKeyId)),
    gives: made
  }),
  Contract.make({
    interaction: {
      description: "a request to get a key of an app, of which nothing is known",
      states: [aKey],
      request: { method: "GET", path: path("/keys/${appKeyId}"), headers: basic },
      response: response(200, AppKeyResponse, { key: { id: idOf("appKeyId") } })
    },
    call: AppKeys.use((keys) => keys.get(appId, appKeyId)),
    gives: { id: appKeyId }
  }),
  Contract.make({
    interaction: {
      description: "a request to get a key of an app that does not exist",
      comments: ["The code tells it from an app that does not exist, so it is exact."],
      states: [given("no key of the app exists", { appKeyId })],
      request: { method: "GET", path: path(`/keys/${appKeyId}`), headers: basic },
      response: failure(404, Matcher.equal("not_found"), "Resource not found")
    },
    call: AppKeys.use((keys) => keys.get(appId, appKeyId)),
    failsWith: "AppKeyNotFound"
  })
]

const deleteAppKey: ReadonlyArray<Contract.Contract> = [
  Contract.make({
    interaction: {
      description: "a request to delete a key of an app",
      states: [aKey],
      request: { method: "DELETE", path: path("/keys/${appKeyId}"), headers: basic },
      response: response(200, EmptyResponse, Matcher.like({}))
    },
    call: AppKeys.use((keys) => keys.delete(appId, appKeyId)),
    gives: undefined
  }),
  Contract.make({
    interaction: {
      description: "a request to delete a key of an app, where the app does not exist",
      comments: ["What a key gives that does not exist is not documented."],
      states: [given("no app exists", { otherAppId })],
      request: { method: "DELETE", path: `/v2/apps/${otherAppId}/keys/${appKeyId}`, headers: basic },
      response: appNotFound
    },
    call: AppKeys.use((keys) => keys.delete(otherAppId, appKeyId)),
    failsWith: "SunshineError"
  })
]

export {
  /**
   * `DeleteAppKey`: 200, 404.
   *
   * @category contracts
   * @since 0.1.0
   */
  deleteAppKey as delete
}
