/**
 * The contracts of the Webhooks API: its five operations with every documented status.
 *
 * Requests are exact; of a response is asked what the client reads, as in `UsersContracts`.
 *
 * @since 0.1.0
 */
import { Webhooks } from "@sunco/client/Webhooks"
import { EmptyResponse } from "@sunco/schemas/EmptyResponse"
import { WebhookListResponse, WebhookResponse } from "@sunco/schemas/WebhooksOperations"
import * as Matcher from "effect-pact/Matcher"
import * as Redacted from "effect/Redacted"
import * as Contract from "./Contract.ts"
import {
  basic,
  bearer,
  exactly,
  failure,
  integrationId,
  integrationNotFound,
  path,
  response,
  webhookId
} from "./internal/wire.ts"
import { ProviderStates } from "./ProviderStates.ts"

const { given } = ProviderStates

const secret = "8564b3e6a8b20a4bdb68b05ce9bc5936"

/** All that can be said of a webhook; the address may have a token of whoever chose it. */
const complete = {
  target: "https://example.com/callback?token=7f3c0d9e5b",
  triggers: ["conversation:read", "conversation:message"],
  includeFullUser: true,
  includeFullSource: true
} as const

const made = { version: "v2", ...complete } as const

/** The least that a webhook takes. */
const least = { target: "https://example.com/callback", triggers: [] } as const

const custom = given("an integration exists", { type: "custom", webhooks: [complete] })

const bare = given("an integration exists", { type: "custom", webhooks: [] })

const noIntegration = given("no integration exists", { integrationId })

const noWebhook = given("no webhook exists", { webhookId })

/** The caller is an integration of its own, whose id is the one that every contract has. */
const caller = given("the access token is of an integration", { integrationId })

const own = given("an integration exists", { id: integrationId, type: "custom", webhooks: [complete] })

const forbidden = failure(403, "forbidden", "Forbidden")

/** The code tells it from an integration that does not exist, so it is exact. */
const webhookNotFound = failure(404, Matcher.equal("not_found"), "Resource not found")

/**
 * `CreateWebhook`: 201, 400, 403, 404.
 *
 * @category contracts
 * @since 0.1.0
 */
export const create: ReadonlyArray<Contract.Contract> = [
  Contract.make({
    interaction: {
      description: "a request to make a webhook, with every field",
      states: [bare],
      request: {
        method: "POST",
        path: path("/integrations/${integrationId}/webhooks"),
        headers: basic,
        body: complete
      },
      response: response(201, WebhookResponse, {
        webhook: { id: webhookId, version: "v2", ...exactly(complete), secret }
      })
    },
    call: Webhooks.use((webhooks) => webhooks.create(integrationId, complete)),
    gives: { id: webhookId, ...made, secret: Redacted.make(secret) }
  }),
  Contract.make({
    interaction: {
      description: "a request to make a webhook with no more than it takes",
      states: [bare],
      request: {
        method: "POST",
        path: path("/integrations/${integrationId}/webhooks"),
        headers: basic,
        body: least
      },
      response: response(201, WebhookResponse, {
        webhook: { id: webhookId, ...exactly({ target: least.target, triggers: [] }) }
      })
    },
    call: Webhooks.use((webhooks) => webhooks.create(integrationId, least)),
    gives: { id: webhookId, ...least }
  }),
  Contract.make({
    interaction: {
      description: "a request of an integration to make a webhook of its own",
      states: [given("an integration exists", { id: integrationId, type: "custom", webhooks: [] }), caller],
      request: { method: "POST", path: path("/integrations/me/webhooks"), headers: bearer, body: least },
      response: response(201, WebhookResponse, { webhook: { id: webhookId } })
    },
    credentials: "bearer",
    call: Webhooks.use((webhooks) => webhooks.create("me", least)),
    gives: { id: webhookId }
  }),
  Contract.make({
    interaction: {
      description: "a request to make a second webhook of a custom integration",
      states: [custom],
      request: {
        method: "POST",
        path: path("/integrations/${integrationId}/webhooks"),
        headers: basic,
        body: least
      },
      response: failure(400, "bad_request", "Bad request")
    },
    call: Webhooks.use((webhooks) => webhooks.create(integrationId, least)),
    failsWith: "SunshineError"
  }),
  Contract.make({
    interaction: {
      description: "a request of an integration to make a webhook of another one",
      states: [own, caller, bare],
      request: {
        method: "POST",
        path: path("/integrations/${integrationId}/webhooks"),
        headers: bearer,
        body: least
      },
      response: forbidden
    },
    credentials: "bearer",
    call: Webhooks.use((webhooks) => webhooks.create(integrationId, least)),
    failsWith: "SunshineError"
  }),
  Contract.make({
    interaction: {
      description: "a request to make a webhook of an integration that does not exist",
      states: [noIntegration],
      request: {
        method: "POST",
        path: path(`/integrations/${integrationId}/webhooks`),
        headers: basic,
        body: least
      },
      response: integrationNotFound
    },
    call: Webhooks.use((webhooks) => webhooks.create(integrationId, least)),
    failsWith: "IntegrationNotFound"
  })
]

/**
 * `ListWebhooks`: 200, 403, 404.
 *
 * @category contracts
 * @since 0.1.0
 */
export const list: ReadonlyArray<Contract.Contract> = [
  Contract.make({
    interaction: {
      description: "a request to list the webhooks of an integration",
      states: [custom],
      request: { method: "GET", path: path("/integrations/${integrationId}/webhooks"), headers: basic },
      response: response(200, WebhookListResponse, { webhooks: [{ id: webhookId, ...made, secret }] })
    },
    call: Webhooks.use((webhooks) => webhooks.list(integrationId)),
    gives: [{ id: webhookId, ...made, secret: Redacted.make(secret) }]
  }),
  Contract.make({
    interaction: {
      description: "a request of an integration to list its own webhooks, of which nothing is known",
      states: [own, caller],
      request: { method: "GET", path: path("/integrations/me/webhooks"), headers: bearer },
      response: response(200, WebhookListResponse, { webhooks: [{ id: webhookId }] })
    },
    credentials: "bearer",
    call: Webhooks.use((webhooks) => webhooks.list("me")),
    gives: [{ id: webhookId }]
  }),
  Contract.make({
    interaction: {
      description: "a request to list the webhooks of an integration that has none",
      states: [bare],
      request: { method: "GET", path: path("/integrations/${integrationId}/webhooks"), headers: basic },
      response: response(200, WebhookListResponse, { webhooks: [] })
    },
    call: Webhooks.use((webhooks) => webhooks.list(integrationId)),
    gives: []
  }),
  Contract.make({
    interaction: {
      description: "a request of an integration to list the webhooks of another one",
      states: [own, caller, custom],
      request: { method: "GET", path: path("/integrations/${integrationId}/webhooks"), headers: bearer },
      response: forbidden
    },
    credentials: "bearer",
    call: Webhooks.use((webhooks) => webhooks.list(integrationId)),
    failsWith: "SunshineError"
  }),
  Contract.make({
    interaction: {
      description: "a request to list the webhooks of an integration that does not exist",
      states: [noIntegration],
      request: { method: "GET", path: path(`/integrations/${integrationId}/webhooks`), headers: basic },
      response: integrationNotFound
    },
    call: Webhooks.use((webhooks) => webhooks.list(integrationId)),
    failsWith: "IntegrationNotFound"
  })
]

/**
 * `GetWebhook`: 200, 404.
 *
 * @category contracts
 * @since 0.1.0
 */
export const get: ReadonlyArray<Contract.Contract> = [
  Contract.make({
    interaction: {
      description: "a request to get a webhook",
      states: [custom],
      request: { method: "GET", path: path("/integrations/${integrationId}/webhooks/${webhookId}"), headers: basic },
      response: response(200, WebhookResponse, { webhook: { id: webhookId, ...made, secret } })
    },
    call: Webhooks.use((webhooks) => webhooks.get(integrationId, webhookId)),
    gives: { id: webhookId, ...made, secret: Redacted.make(secret) }
  }),
  Contract.make({
    interaction: {
      description: "a request of an integration to get a webhook of its own",
      states: [own, caller],
      request: { method: "GET", path: path("/integrations/me/webhooks/${webhookId}"), headers: bearer },
      response: response(200, WebhookResponse, { webhook: { id: webhookId } })
    },
    credentials: "bearer",
    call: Webhooks.use((webhooks) => webhooks.get("me", webhookId)),
    gives: { id: webhookId }
  }),
  Contract.make({
    interaction: {
      description: "a request to get a webhook that does not exist",
      states: [bare, noWebhook],
      request: {
        method: "GET",
        path: path(`/integrations/\${integrationId}/webhooks/${webhookId}`),
        headers: basic
      },
      response: webhookNotFound
    },
    call: Webhooks.use((webhooks) => webhooks.get(integrationId, webhookId)),
    failsWith: "WebhookNotFound"
  })
]

/**
 * `UpdateWebhook`: 200, 400, 404.
 *
 * @category contracts
 * @since 0.1.0
 */
export const update: ReadonlyArray<Contract.Contract> = [
  Contract.make({
    interaction: {
      description: "a request to change every field of a webhook",
      states: [given("an integration exists", { type: "custom", webhooks: [least] })],
      request: {
        method: "PATCH",
        path: path("/integrations/${integrationId}/webhooks/${webhookId}"),
        headers: basic,
        body: complete
      },
      response: response(200, WebhookResponse, {
        webhook: { id: webhookId, version: "v2", ...exactly(complete), secret }
      })
    },
    call: Webhooks.use((webhooks) => webhooks.update(integrationId, webhookId, complete)),
    gives: { id: webhookId, ...made, secret: Redacted.make(secret) }
  }),
  Contract.make({
    interaction: {
      description: "a request to unsubscribe a webhook from everything, and to keep the rest of it",
      states: [custom],
      request: {
        method: "PATCH",
        path: path("/integrations/${integrationId}/webhooks/${webhookId}"),
        headers: basic,
        body: { triggers: [], includeFullUser: false }
      },
      response: response(200, WebhookResponse, {
        webhook: {
          id: webhookId,
          ...exactly({ target: complete.target, triggers: [], includeFullUser: false, includeFullSource: true })
        }
      })
    },
    call: Webhooks.use((webhooks) =>
      webhooks.update(integrationId, webhookId, { target: undefined, triggers: [], includeFullUser: false })
    ),
    gives: {
      id: webhookId,
      target: complete.target,
      triggers: [],
      includeFullUser: false,
      includeFullSource: true
    }
  }),
  Contract.make({
    interaction: {
      description: "a request of an integration to keep a webhook of its own as it is",
      states: [own, caller],
      request: {
        method: "PATCH",
        path: path("/integrations/me/webhooks/${webhookId}"),
        headers: bearer,
        body: {}
      },
      response: response(200, WebhookResponse, { webhook: { id: webhookId, ...exactly(complete) } })
    },
    credentials: "bearer",
    call: Webhooks.use((webhooks) => webhooks.update("me", webhookId, {})),
    gives: { id: webhookId, ...complete }
  }),
  Contract.make({
    interaction: {
      description: "a request to let a webhook call what is nowhere in the web",
      states: [custom],
      request: {
        method: "PATCH",
        path: path("/integrations/${integrationId}/webhooks/${webhookId}"),
        headers: basic,
        body: { target: "mailto:ada@example.com" }
      },
      response: failure(400, "bad_request", "Bad request")
    },
    call: Webhooks.use((webhooks) => webhooks.update(integrationId, webhookId, { target: "mailto:ada@example.com" })),
    failsWith: "SunshineError"
  }),
  Contract.make({
    interaction: {
      description: "a request to change a webhook that does not exist",
      states: [bare, noWebhook],
      request: {
        method: "PATCH",
        path: path(`/integrations/\${integrationId}/webhooks/${webhookId}`),
        headers: basic,
        body: { includeFullUser: true }
      },
      response: webhookNotFound
    },
    call: Webhooks.use((webhooks) => webhooks.update(integrationId, webhookId, { includeFullUser: true })),
    failsWith: "WebhookNotFound"
  })
]

const deleteWebhook: ReadonlyArray<Contract.Contract> = [
  Contract.make({
    interaction: {
      description: "a request to delete a webhook",
      states: [custom],
      request: {
        method: "DELETE",
        path: path("/integrations/${integrationId}/webhooks/${webhookId}"),
        headers: basic
      },
      response: response(200, EmptyResponse, Matcher.like({}))
    },
    call: Webhooks.use((webhooks) => webhooks.delete(integrationId, webhookId)),
    gives: undefined
  }),
  Contract.make({
    interaction: {
      description: "a request of an integration to delete a webhook of its own",
      states: [own, caller],
      request: { method: "DELETE", path: path("/integrations/me/webhooks/${webhookId}"), headers: bearer },
      response: response(200, EmptyResponse, Matcher.like({}))
    },
    credentials: "bearer",
    call: Webhooks.use((webhooks) => webhooks.delete("me", webhookId)),
    gives: undefined
  }),
  Contract.make({
    interaction: {
      description: "a request to delete a webhook that does not exist",
      states: [bare, noWebhook],
      request: {
        method: "DELETE",
        path: path(`/integrations/\${integrationId}/webhooks/${webhookId}`),
        headers: basic
      },
      response: webhookNotFound
    },
    call: Webhooks.use((webhooks) => webhooks.delete(integrationId, webhookId)),
    failsWith: "WebhookNotFound"
  })
]

export {
  /**
   * `DeleteWebhook`: 200, 404.
   *
   * @category contracts
   * @since 0.1.0
   */
  deleteWebhook as delete
}
