import { assert, describe, it } from "@effect/vitest"
import * as Reading from "@sunco/schemas/Reading"
import { SunshineSecurity } from "@sunco/schemas/SunshineApi"
import * as OpenApi from "effect/http-api/OpenApi"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import * as SchemaAST from "effect/SchemaAST"
import { apiOf } from "../src/internal/apiOf.ts"
import { compile } from "../src/internal/reading.ts"
import { operations, resources } from "./Operations.ts"

const document = OpenApi.fromApi(apiOf("Every", resources, SunshineSecurity))

const keysOf = (schema: Schema.Top | undefined): ReadonlyArray<string> =>
  schema !== undefined && SchemaAST.isObjects(schema.ast)
    ? schema.ast.propertySignatures.map(({ name, type }) => `${String(name)}${SchemaAST.isOptional(type) ? "?" : ""}`)
    : []

/** With its secrets in the open. */
const revealed = (value: unknown): unknown =>
  Redacted.isRedacted(value)
    ? Redacted.value(value)
    : Array.isArray(value)
    ? value.map(revealed)
    : typeof value === "object" && value !== null
    ? Object.fromEntries(Object.entries(value).map(([name, value]) => [name, revealed(value)]))
    : value

describe.each(operations)("%s", (_, { limits, method, operationId, params, path, payload, query, success }) => {
  it("compiles what it reads, and leaves nothing to the interpreter", () => {
    assert.isDefined(compile(success.schema.ast))
  })

  it("declares every parameter of its path and no others", () => {
    const named = path.split("/").filter((part) => part.startsWith(":")).map((part) => part.slice(1))
    assert.deepStrictEqual(Object.keys(params), named)
  })

  it("is in the OpenAPI document", () => {
    const operation = document.paths[path.replaceAll(/:(\w+)/g, "{$1}")]
      ?.[method.toLowerCase() as OpenApi.OpenAPISpecMethodName]
    assert.strictEqual(operation?.operationId, operationId)
  })

  it("has limits of its own where it gives pages or uploads", () => {
    const expected = keysOf(query).includes("page[after]?")
      ? { responseBytes: 33_554_432 }
      : operationId === "UploadAttachment"
      ? { attemptMillis: "none", idleMillis: 30_000, deadlineMillis: 600_000, requestBytes: 52_428_800 }
      : undefined
    assert.deepStrictEqual(limits, expected as never)
  })

  it.prop("reads what it may be answered with, and puts nothing aside", [success.schema], ([response]) => {
    const json: unknown = JSON.parse(JSON.stringify(Schema.encodeSync(success.schema)(response)))
    const read = Reading.reader(success.schema)(json)
    assert.deepStrictEqual(Result.map(read, ({ value }) => revealed(value)), Result.succeed(json))
    assert.deepStrictEqual(Result.map(read, ({ putAside }) => putAside), Result.succeed([]))
  }, { arbitrary: { runs: 20 } })

  if (payload === undefined || operationId === "UploadAttachment") return

  it.prop("sends what a server reads as it was sent", [payload], ([value]) => {
    const body = JSON.stringify(Schema.encodeSync(payload)(value))
    assert.strictEqual(JSON.stringify(revealed(Schema.decodeUnknownSync(payload)(JSON.parse(body)))), body)
    assert.strictEqual(JSON.stringify(Schema.encodeSync(Schema.toCodecJson(payload))(value)), body)
  }, { arbitrary: { runs: 20 } })
})

describe("the vendor's document, as it was read by hand", () => {
  const scopesOf = (name: string): ReadonlyArray<string> =>
    name === "OAuth.getToken"
      ? []
      : name.startsWith("OAuth.")
      ? ["integration"]
      : name.startsWith("Webhooks.")
      ? ["app", "integration"]
      : name.startsWith("IntegrationKeys.")
      ? ["account", "app"]
      : name.startsWith("AppKeys.") || ["Apps.create", "Apps.list", "Apps.delete"].includes(name)
      ? ["account"]
      : /^(Apps|Integrations|Switchboards|SwitchboardIntegrations)\./.test(name)
      ? ["account", "app"]
      : ["account", "app", "integration"]

  const app = "/v2/apps/:appId"
  const integration = `${app}/integrations/:integrationId`
  const users = "/v2/apps/:appId/users/:userIdOrExternalId"
  const conversation = "/v2/apps/:appId/conversations/:conversationId"
  const switchboards = "/v2/apps/:appId/switchboards"
  const switchboard = `${switchboards}/:switchboardId`
  const taker = `${switchboard}/switchboardIntegrations/:switchboardIntegrationId`
  const page = ["page[after]?", "page[before]?"]
  const sized = [...page, "page[size]?"]

  it.each<
    readonly [name: string, method: string, path: string, query: ReadonlyArray<string>, ...statuses: Array<number>]
  >([
    ["Conversations.create", "POST", "/v2/apps/:appId/conversations", [], 201, 404],
    [
      "Conversations.list",
      "GET",
      "/v2/apps/:appId/conversations",
      ["filter[userId]?", "filter[userExternalId]?", ...sized],
      200,
      400,
      404
    ],
    ["Conversations.get", "GET", conversation, [], 200, 404],
    ["Conversations.update", "PATCH", conversation, [], 200, 404],
    ["Conversations.delete", "DELETE", conversation, [], 200, 400, 404],
    ["Conversations.downloadMessageRef", "POST", `${conversation}/download`, [], 200],
    ["Conversations.postConversionEvents", "POST", `${conversation}/conversionEvents`, [], 200],
    ["Participants.join", "POST", `${conversation}/join`, [], 201, 400, 404],
    ["Participants.list", "GET", `${conversation}/participants`, sized, 200, 400, 404],
    ["Participants.leave", "POST", `${conversation}/leave`, [], 200, 404],
    ["Messages.post", "POST", `${conversation}/messages`, [], 201, 423],
    ["Messages.list", "GET", `${conversation}/messages`, page, 200, 404],
    ["Messages.delete", "DELETE", `${conversation}/messages/:messageId`, [], 200, 404],
    ["Messages.deleteAll", "DELETE", `${conversation}/messages`, [], 200, 404],
    ["Activities.post", "POST", `${conversation}/activity`, [], 200],
    [
      "Attachments.upload",
      "POST",
      "/v2/apps/:appId/attachments",
      ["access", "for?", "conversationId?"],
      201,
      400
    ],
    ["Attachments.delete", "POST", "/v2/apps/:appId/attachments/remove", [], 200, 400, 404],
    ["Clients.create", "POST", `${users}/clients`, ["brandId?"], 201],
    ["Clients.list", "GET", `${users}/clients`, ["brandId?", ...sized], 200, 400],
    ["Clients.remove", "DELETE", `${users}/clients/:clientId`, ["brandId?"], 200, 400, 404],
    ["Apps.create", "POST", "/v2/apps", [], 201, 400, 402],
    ["Apps.list", "GET", "/v2/apps", ["filter[serviceAccountId]?", ...sized], 200, 400, 403],
    ["Apps.get", "GET", app, [], 200, 404],
    ["Apps.update", "PATCH", app, [], 200, 400, 404],
    ["Apps.delete", "DELETE", app, [], 200, 404],
    ["AppKeys.create", "POST", `${app}/keys`, [], 201],
    ["AppKeys.list", "GET", `${app}/keys`, [], 200],
    ["AppKeys.get", "GET", `${app}/keys/:keyId`, [], 200, 404],
    ["AppKeys.delete", "DELETE", `${app}/keys/:keyId`, [], 200, 404],
    ["Webhooks.create", "POST", `${integration}/webhooks`, [], 201, 400, 403, 404],
    ["Webhooks.list", "GET", `${integration}/webhooks`, [], 200, 403, 404],
    ["Webhooks.get", "GET", `${integration}/webhooks/:webhookId`, [], 200, 404],
    ["Webhooks.update", "PATCH", `${integration}/webhooks/:webhookId`, [], 200, 400, 404],
    ["Webhooks.delete", "DELETE", `${integration}/webhooks/:webhookId`, [], 200, 404],
    ["IntegrationKeys.create", "POST", `${integration}/keys`, [], 201],
    ["IntegrationKeys.list", "GET", `${integration}/keys`, [], 200, 400],
    ["IntegrationKeys.get", "GET", `${integration}/keys/:keyId`, [], 200],
    ["IntegrationKeys.delete", "DELETE", `${integration}/keys/:keyId`, [], 200],
    ["Devices.list", "GET", `${users}/devices`, ["brandId?"], 200],
    ["Devices.get", "GET", `${users}/devices/:deviceId`, ["brandId?"], 200, 404],
    ["Integrations.create", "POST", "/v2/apps/:appId/integrations", [], 201, 400],
    ["Integrations.list", "GET", "/v2/apps/:appId/integrations", ["filter[types]?", ...sized], 200, 400],
    ["Integrations.get", "GET", integration, [], 200, 404],
    ["Integrations.update", "PATCH", integration, [], 200, 404],
    ["Integrations.delete", "DELETE", integration, [], 200, 400, 404],
    ["Switchboards.create", "POST", switchboards, [], 201, 400, 404],
    ["Switchboards.list", "GET", switchboards, [], 200, 404],
    ["Switchboards.update", "PATCH", switchboard, [], 200, 404],
    ["Switchboards.delete", "DELETE", switchboard, [], 200, 404],
    ["SwitchboardIntegrations.create", "POST", `${switchboard}/switchboardIntegrations`, [], 201, 400, 404],
    ["SwitchboardIntegrations.list", "GET", `${switchboard}/switchboardIntegrations`, [], 200, 404],
    ["SwitchboardIntegrations.update", "PATCH", taker, [], 200, 404],
    ["SwitchboardIntegrations.delete", "DELETE", taker, [], 200, 404],
    ["SwitchboardActions.passControl", "POST", `${conversation}/passControl`, [], 200, 404],
    ["SwitchboardActions.offerControl", "POST", `${conversation}/offerControl`, [], 200, 404],
    ["SwitchboardActions.acceptControl", "POST", `${conversation}/acceptControl`, [], 200, 403, 404],
    ["SwitchboardActions.releaseControl", "POST", `${conversation}/releaseControl`, [], 200, 403, 404],
    ["OAuth.getToken", "POST", "/oauth/token", [], 200],
    ["OAuth.tokenInfo", "GET", "/v2/tokenInfo", [], 200],
    ["OAuth.revokeAccess", "DELETE", "/oauth/authorization", [], 200]
  ])("has %s", (name, method, path, query, ...statuses) => {
    const operation = operations.find(([found]) => found === name)?.[1]
    assert(operation !== undefined)
    assert.deepStrictEqual(
      [
        operation.method,
        operation.path,
        keysOf(operation.query),
        operation.success.status,
        ...operation.statuses ?? []
      ],
      [method, path, query, ...statuses]
    )
    assert.deepStrictEqual([...operation.scopes].sort(), scopesOf(`${name}`))
  })
})

describe("a 404", () => {
  it.each<readonly [name: string, codes: { readonly [code: string]: string }]>([
    ["Conversations.create", { user_not_found: "UserNotFound" }],
    ["Participants.leave", {
      conversation_not_found: "ConversationNotFound",
      user_not_found: "UserNotFound",
      participant_not_found: "ParticipantNotFound",
      not_found: "ParticipantNotFound"
    }],
    ["Messages.list", { conversation_not_found: "ConversationNotFound", not_found: "ConversationNotFound" }],
    ["Messages.delete", { conversation_not_found: "ConversationNotFound", message_not_found: "MessageNotFound" }],
    ["Attachments.delete", { attachment_not_found: "AttachmentNotFound", not_found: "AttachmentNotFound" }],
    ["Clients.remove", { user_not_found: "UserNotFound", client_not_found: "ClientNotFound" }],
    ["Webhooks.create", { integration_not_found: "IntegrationNotFound" }],
    ["Webhooks.delete", {
      integration_not_found: "IntegrationNotFound",
      webhook_not_found: "WebhookNotFound",
      not_found: "WebhookNotFound"
    }],
    ["IntegrationKeys.get", { integration_not_found: "IntegrationNotFound", key_not_found: "IntegrationKeyNotFound" }],
    ["AppKeys.get", { key_not_found: "AppKeyNotFound", not_found: "AppKeyNotFound" }],
    ["AppKeys.delete", { key_not_found: "AppKeyNotFound" }],
    ["Devices.get", { user_not_found: "UserNotFound", device_not_found: "DeviceNotFound" }],
    ["Devices.get", { user_not_found: "UserNotFound", device_not_found: "DeviceNotFound" }],
    ["Integrations.delete", { integration_not_found: "IntegrationNotFound" }],
    ["Switchboards.update", {
      switchboard_not_found: "SwitchboardNotFound",
      switchboard_integration_not_found: "SwitchboardIntegrationNotFound"
    }],
    ["SwitchboardIntegrations.create", {
      switchboard_not_found: "SwitchboardNotFound",
      switchboard_integration_not_found: "SwitchboardIntegrationNotFound",
      integration_not_found: "IntegrationNotFound"
    }],
    ["SwitchboardActions.passControl", {
      conversation_not_found: "ConversationNotFound",
      switchboard_integration_not_found: "SwitchboardIntegrationNotFound"
    }]
  ])("of %s is of what its code names, and not_found of what the document says", (name, codes) => {
    const { failures = {} } = Object.fromEntries(operations)[name]!
    const found = Object.entries(failures).flatMap(([tag, { codes = [], status }]) =>
      status === 404 ? codes.map((code) => [code, tag]) : []
    )
    assert.deepStrictEqual(Object.fromEntries(found), codes)
  })
})

describe("the query of a list of conversations", () => {
  const { query } = Object.fromEntries(operations)["Conversations.list"]!
  const accepts = Schema.is(query!)

  it("takes exactly one of two filters, and one cursor at most", () => {
    const cursor = "5e1606762556d93e9c176f69"
    assert.isTrue(accepts({ "filter[userId]": "1", "page[size]": 100, "page[after]": cursor }))
    assert.isTrue(accepts({ "filter[userExternalId]": "ada" }))
    assert.isFalse(accepts({}))
    assert.isFalse(accepts({ "filter[userId]": "1", "filter[userExternalId]": "ada" }))
    assert.isFalse(accepts({ "filter[userId]": "" }))
    assert.isFalse(accepts({ "filter[userId]": "1", "page[after]": cursor, "page[before]": cursor }))
  })
})
