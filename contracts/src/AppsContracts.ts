/**
 * The contracts of the Apps API: its five operations with every documented status.
 *
 * Requests are exact; of a response is asked what the client reads, as in `UsersContracts`.
 *
 * @since 0.1.0
 */
import { Apps } from "@sunco/client/Apps"
import { AppListResponse, AppResponse } from "@sunco/schemas/AppsOperations"
import { EmptyResponse } from "@sunco/schemas/EmptyResponse"
import * as Matcher from "effect-pact/Matcher"
import * as Contract from "./Contract.ts"
import { complete } from "./internal/apps.ts"
import { appNotFound, basic, exactly, failure, fromProvider, idOf, otherAppId, response } from "./internal/wire.ts"
import { ProviderStates } from "./ProviderStates.ts"

const { given } = ProviderStates

const { appId } = Contract

const serviceAccountId = "5d8d0c2e58590c0010a9b1e7"

/** Null wherever the API gives it, and of the settings none. */
const nulls = { displayName: null, settings: {}, metadata: null }

const withNulls = given("an app with properties exists", nulls)

const anApp = given("an app exists")

const noApp = given("no app exists", { otherAppId })

const others = given("other apps exist", { apps: [complete, { displayName: "The last" }] })

/**
 * `CreateApp`: 201, 400, 402.
 *
 * @category contracts
 * @since 0.1.0
 */
export const create: ReadonlyArray<Contract.Contract> = [
  Contract.make({
    interaction: {
      description: "a request to create an app with settings and metadata",
      states: [anApp],
      request: { method: "POST", path: "/v2/apps", headers: basic, body: complete },
      response: response(201, AppResponse, { app: { id: otherAppId, ...exactly(complete) } })
    },
    call: Apps.use((apps) => apps.create(complete)),
    gives: { id: otherAppId, ...complete }
  }),
  Contract.make({
    interaction: {
      description: "a request to create an app with a name alone",
      states: [anApp],
      request: { method: "POST", path: "/v2/apps", headers: basic, body: { displayName: "My Test App" } },
      response: response(201, AppResponse, { app: { id: otherAppId } })
    },
    call: Apps.use((apps) => apps.create({ displayName: "My Test App" })),
    gives: { id: otherAppId }
  }),
  Contract.make({
    interaction: {
      description: "a request to create an app with a setting that needs another one",
      comments: ["The document asks for it in the description of the setting."],
      states: [anApp],
      request: {
        method: "POST",
        path: "/v2/apps",
        headers: basic,
        body: { displayName: "My Test App", settings: { multiConvoEnabled: false, endSessionEnabled: true } }
      },
      response: failure(400, "bad_request", "settings.endSessionEnabled: Expected multiConvoEnabled")
    },
    call: Apps.use((apps) =>
      apps.create({ displayName: "My Test App", settings: { multiConvoEnabled: false, endSessionEnabled: true } })
    ),
    failsWith: "SunshineError"
  }),
  Contract.make({
    interaction: {
      description: "a request to create an app that the plan of the account does not allow",
      states: [given("the plan of the account allows no other app")],
      request: { method: "POST", path: "/v2/apps", headers: basic, body: { displayName: "My Test App" } },
      response: failure(
        402,
        "payment_required",
        "Your account has reached the maximum number of apps for your subscription plan"
      )
    },
    call: Apps.use((apps) => apps.create({ displayName: "My Test App" })),
    failsWith: "AppPlanExceeded"
  })
]

/**
 * `ListApps`: 200, 400, 403.
 *
 * @category contracts
 * @since 0.1.0
 */
export const list: ReadonlyArray<Contract.Contract> = [
  Contract.make({
    interaction: {
      description: "a request to list a page of the apps, from one of them on",
      states: [others],
      request: {
        method: "GET",
        path: "/v2/apps",
        query: { "page[after]": idOf("appId"), "page[size]": "1" },
        headers: basic
      },
      response: response(200, AppListResponse, {
        apps: [{ id: otherAppId, ...complete }],
        meta: { hasMore: Matcher.equal(true), afterCursor: otherAppId, beforeCursor: otherAppId }
      })
    },
    call: Apps.use((apps) => apps.list({}, { after: appId, size: 1 })),
    gives: { items: [{ id: otherAppId, ...complete }], hasMore: true, after: otherAppId, before: otherAppId }
  }),
  Contract.make({
    interaction: {
      description: "a request to list the apps, up to one of them",
      states: [others],
      request: { method: "GET", path: "/v2/apps", query: { "page[before]": idOf("appId") }, headers: basic },
      response: response(200, AppListResponse, { apps: [], meta: { hasMore: Matcher.equal(false) } })
    },
    call: Apps.use((apps) => apps.list({}, { before: appId })),
    gives: { items: [], hasMore: false }
  }),
  Contract.make({
    interaction: {
      description: "a request to list the apps of a service account",
      states: [given("other apps exist", { apps: [{ serviceAccountIds: [serviceAccountId] }] })],
      request: {
        method: "GET",
        path: "/v2/apps",
        query: { "filter[serviceAccountId]": serviceAccountId },
        headers: basic
      },
      response: response(200, AppListResponse, { apps: [{ id: otherAppId }] })
    },
    call: Apps.use((apps) => apps.list({ serviceAccountId })),
    gives: { items: [{ id: otherAppId }], hasMore: false }
  }),
  Contract.make({
    interaction: {
      description: "a request to list the apps with null wherever the API gives it",
      states: [withNulls],
      request: { method: "GET", path: "/v2/apps", headers: basic },
      response: response(200, AppListResponse, { apps: [{ id: otherAppId, ...nulls }] })
    },
    call: Apps.use((apps) => apps.list()),
    gives: { items: [{ id: otherAppId, ...nulls }], hasMore: false }
  }),
  Contract.make({
    interaction: {
      description: "a request to list the apps from what is no cursor on",
      states: [anApp],
      request: {
        method: "GET",
        path: "/v2/apps",
        query: { "page[after]": "no cursor, but as long.." },
        headers: basic
      },
      response: failure(400, "bad_request", "Invalid page query parameters")
    },
    call: Apps.use((apps) => apps.list({}, { after: "no cursor, but as long.." })),
    failsWith: "SunshineError"
  }),
  Contract.make({
    interaction: {
      description: "a request to list the apps of a service account of somebody else",
      states: [anApp, given("no service account exists", { serviceAccountId })],
      request: {
        method: "GET",
        path: "/v2/apps",
        query: { "filter[serviceAccountId]": serviceAccountId },
        headers: basic
      },
      response: failure(403, "forbidden", "The serviceAccountId provided does not match supplied credentials")
    },
    call: Apps.use((apps) => apps.list({ serviceAccountId })),
    failsWith: "SunshineError"
  })
]

/**
 * `GetApp`: 200, 404.
 *
 * @category contracts
 * @since 0.1.0
 */
export const get: ReadonlyArray<Contract.Contract> = [
  Contract.make({
    interaction: {
      description: "a request to get an app",
      states: [given("an app with properties exists", { ...complete, subdomain: "test-domain" })],
      request: { method: "GET", path: fromProvider("/v2/apps/${appId}"), headers: basic },
      response: response(200, AppResponse, { app: { id: idOf("appId"), ...complete, subdomain: "test-domain" } })
    },
    call: Apps.use((apps) => apps.get(appId)),
    gives: { id: appId, ...complete, subdomain: "test-domain" }
  }),
  Contract.make({
    interaction: {
      description: "a request to get an app with null wherever the API gives it",
      states: [withNulls],
      request: { method: "GET", path: fromProvider("/v2/apps/${appId}"), headers: basic },
      response: response(200, AppResponse, { app: { id: idOf("appId"), ...nulls } })
    },
    call: Apps.use((apps) => apps.get(appId)),
    gives: { id: appId, ...nulls }
  }),
  Contract.make({
    interaction: {
      description: "a request to get an app about which nothing is known",
      states: [anApp],
      request: { method: "GET", path: fromProvider("/v2/apps/${appId}"), headers: basic },
      response: response(200, AppResponse, { app: { id: idOf("appId") } })
    },
    call: Apps.use((apps) => apps.get(appId)),
    gives: { id: appId }
  }),
  Contract.make({
    interaction: {
      description: "a request to get an app that does not exist",
      states: [noApp],
      request: { method: "GET", path: `/v2/apps/${otherAppId}`, headers: basic },
      response: appNotFound
    },
    call: Apps.use((apps) => apps.get(otherAppId)),
    failsWith: "SunshineError"
  })
]

/**
 * `UpdateApp`: 200, 400, 404.
 *
 * @category contracts
 * @since 0.1.0
 */
export const update: ReadonlyArray<Contract.Contract> = [
  Contract.make({
    interaction: {
      description: "a request to update the name, the settings and the metadata of an app",
      states: [anApp],
      request: { method: "PATCH", path: fromProvider("/v2/apps/${appId}"), headers: basic, body: complete },
      response: response(200, AppResponse, { app: { id: idOf("appId"), ...exactly(complete) } })
    },
    call: Apps.use((apps) => apps.update(appId, complete)),
    gives: { id: appId, ...complete }
  }),
  Contract.make({
    interaction: {
      description: "a request to clear the metadata of an app",
      states: [given("an app with properties exists", complete)],
      request: { method: "PATCH", path: fromProvider("/v2/apps/${appId}"), headers: basic, body: { metadata: null } },
      response: response(200, AppResponse, { app: { id: idOf("appId"), ...exactly({ displayName: "My Test App" }) } })
    },
    call: Apps.use((apps) => apps.update(appId, { metadata: null })),
    gives: { id: appId, displayName: "My Test App" }
  }),
  Contract.make({
    interaction: {
      description: "a request to update an app that has as much metadata as it can have",
      states: [given("an app with properties exists", { metadata: { note: "x".repeat(4084) } })],
      request: {
        method: "PATCH",
        path: fromProvider("/v2/apps/${appId}"),
        headers: basic,
        body: { metadata: { shop: "tea" } }
      },
      response: failure(400, "bad_request", "App metadata is limited to 4096 bytes in size.")
    },
    call: Apps.use((apps) => apps.update(appId, { metadata: { shop: "tea" } })),
    failsWith: "SunshineError"
  }),
  Contract.make({
    interaction: {
      description: "a request to update an app that does not exist",
      states: [noApp],
      request: { method: "PATCH", path: `/v2/apps/${otherAppId}`, headers: basic, body: { displayName: "Tea" } },
      response: appNotFound
    },
    call: Apps.use((apps) => apps.update(otherAppId, { displayName: "Tea" })),
    failsWith: "SunshineError"
  })
]

const deleteApp: ReadonlyArray<Contract.Contract> = [
  Contract.make({
    interaction: {
      description: "a request to delete an app",
      states: [others],
      request: { method: "DELETE", path: fromProvider("/v2/apps/${otherAppId}"), headers: basic },
      response: response(200, EmptyResponse, Matcher.like({}))
    },
    call: Apps.use((apps) => apps.delete(otherAppId)),
    gives: undefined
  }),
  Contract.make({
    interaction: {
      description: "a request to delete an app that does not exist",
      states: [noApp],
      request: { method: "DELETE", path: `/v2/apps/${otherAppId}`, headers: basic },
      response: appNotFound
    },
    call: Apps.use((apps) => apps.delete(otherAppId)),
    failsWith: "SunshineError"
  })
]

export {
  /**
   * `DeleteApp`: 200, 404.
   *
   * @category contracts
   * @since 0.1.0
   */
  deleteApp as delete
}
