import { assert, describe, it } from "@effect/vitest"
import { CreateIntegration, updatableFields, UpdateIntegration } from "@sunco/schemas/IntegrationPayloads"
import { CreateWebhook, UpdateWebhook } from "@sunco/schemas/WebhookPayloads"
import * as Writing from "@sunco/schemas/Writing"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import * as SchemaAST from "effect/SchemaAST"
import { issuesOf } from "./Issues.ts"

const secret = Redacted.make("planted")

const webhook = { target: "https://shop.example/events?token=1", triggers: ["conversation:message"] }

/** What each kind is made of at least, and what it is sent as. */
const least: { readonly [type: string]: object } = {
  android: {},
  apple: { businessId: "b", apiSecret: secret, mspId: "m" },
  custom: { webhooks: [webhook] },
  instagram: { pageAccessToken: secret, appId: "a", appSecret: null },
  ios: {},
  line: {},
  mailgun: { apiKey: secret, domain: "Shop.example", incomingAddress: "tea@shop.example" },
  messagebird: { accessKey: secret, signingKey: secret, originator: "12262121021" },
  messenger: { pageAccessToken: null, appId: "a", appSecret: secret },
  telegram: { token: secret },
  twilio: { accountSid: "a", authToken: secret, phoneNumberSid: "p" },
  twitter: {
    tier: "enterprise",
    consumerKey: secret,
    consumerSecret: secret,
    accessTokenKey: secret,
    accessTokenSecret: null
  },
  unity: {},
  viber: { token: null },
  web: {},
  whatsapp: {}
}

const issues = (type: string, more: object = {}) => issuesOf(CreateIntegration, { type, ...least[type], ...more })

describe("an integration to make", () => {
  it.each(Object.entries(least))("of kind %s needs what the vendor asks for, and no more", (type, fields) => {
    assert.deepStrictEqual(issues(type), [])
    for (const name of Object.keys(fields)) {
      const isChoice = type === "twilio" && name === "phoneNumberSid"
      assert.deepStrictEqual(
        issuesOf(CreateIntegration, { type, ...fields, [name]: undefined }).length,
        1,
        `without ${name}`
      )
      if (!isChoice) {
        assert.match(issuesOf(CreateIntegration, { type, ...fields, [name]: 7 })[0]!, new RegExp(`^${name}`))
      }
    }
    assert.deepStrictEqual(issues(type, { displayName: "x".repeat(100) }), [])
    assert.deepStrictEqual(issues(type, { displayName: "" }), [])
    assert.deepStrictEqual(issues(type, { displayName: "x".repeat(101) }), ["displayName: at most 100 characters"])
  })

  it.each(Object.keys(least).filter((type) => type !== "custom"))("of kind %s can have a responder", (type) => {
    assert.deepStrictEqual(issues(type, { defaultResponderId: null, showAIDisclaimer: false }), [])
  })

  it("takes no field that the vendor sets, and none of another kind", () => {
    for (
      const [type, name] of [
        ["web", "attachmentsEnabled"],
        ["web", "status"],
        ["web", "id"],
        ["custom", "showAIDisclaimer"],
        ["line", "lineId"],
        ["messagebird", "webhookSecret"],
        ["telegram", "brandColor"]
      ] as const
    ) {
      assert.lengthOf(issues(type, { [name]: "x" }), 1)
    }
  })

  it("is of a known kind", () => {
    assert.deepStrictEqual(issuesOf(CreateIntegration, { type: "fax" }), [": Invalid integration type"])
    assert.strictEqual(
      SchemaAST.resolve(CreateIntegration.ast)?.["expected"],
      `an integration of type ${Object.keys(least).join(", ")}`
    )
  })

  it("has its rules said", () => {
    assert.deepStrictEqual(issues("twilio", { phoneNumberSid: undefined }), [
      ": one of phoneNumberSid and messagingServiceSid"
    ])
    assert.deepStrictEqual(issues("twilio", { phoneNumberSid: undefined, messagingServiceSid: "m" }), [])
    assert.deepStrictEqual(issues("custom", { webhooks: [] }), ["webhooks: exactly 1 entry"])
    assert.deepStrictEqual(issues("custom", { webhooks: [webhook, webhook] }), ["webhooks: exactly 1 entry"])
    assert.deepStrictEqual(issues("mailgun", { incomingAddress: "tea@other.example" }), [
      ": an incomingAddress of the domain"
    ])
    assert.deepStrictEqual(issues("apple", { authenticationMessageSecret: Redacted.make("x".repeat(88)) }), [])
    for (const colour of ["fff", "0099FF"]) {
      assert.deepStrictEqual(issues("web", { brandColor: colour, conversationColor: colour, actionColor: colour }), [])
    }
    for (const colour of ["#fff", "ffff", "blue", ""]) {
      assert.deepStrictEqual(issues("web", { actionColor: colour }), [
        "actionColor: a colour of 3 or 6 hexadecimal digits"
      ])
    }
    assert.deepStrictEqual(issues("web", { originWhitelist: ["https://shop.example:8080", "http://shop.example"] }), [])
    for (const origin of ["shop.example", "https://shop.example/tea", "ftp://shop.example", "https://"]) {
      assert.deepStrictEqual(issues("web", { originWhitelist: [origin] }), [
        "originWhitelist.0: an origin: http or https, its host, and its port where it has one"
      ])
    }
    assert.deepStrictEqual(issues("web", { displayStyle: "window" }), ["displayStyle: \"button\" | \"tab\""])
  })

  it("has secrets that are Redacted, of which no failure says anything", () => {
    assert.lengthOf(issues("telegram", { token: "planted" }), 1)
    for (
      const found of [
        issues("telegram", { token: "planted" }),
        issues("apple", { authenticationMessageSecret: secret }),
        issues("android", { privateKey: Redacted.make("") }),
        issues("android", { privateKey: Redacted.make({ deep: "planted" }) })
      ]
    ) {
      assert.lengthOf(found, 1)
      assert.notInclude(found[0]!, "planted")
    }
    const sent = Result.getOrThrow(Writing.writer(CreateIntegration)({ type: "telegram", token: secret }))
    assert.deepStrictEqual(sent, { type: "telegram", token: "planted" })
  })
})

describe("changes to an integration", () => {
  const changes = (patch: object) => issuesOf(UpdateIntegration, patch)

  it("have fields of one kind", () => {
    assert.deepStrictEqual(changes({}), [])
    assert.deepStrictEqual(changes({ displayName: null, defaultResponderId: "r", showAIDisclaimer: true }), [])
    assert.deepStrictEqual(changes({ brandColor: "fff", prechatCapture: { enabled: true }, displayName: "Web" }), [])
    assert.deepStrictEqual(changes({ pageAccessToken: secret }), [])
    assert.deepStrictEqual(changes({ pageAccessToken: secret, storyRepliesEnabled: false }), [])
    assert.deepStrictEqual(changes({ brandColor: "fff", certificate: undefined }), [])
    const several = [": fields that can be changed of one kind of integration, not those of several"]
    assert.deepStrictEqual(changes({ brandColor: "fff", certificate: null }), several)
    assert.deepStrictEqual(changes({ accountId: "a", fromAddress: "f" }), several)
  })

  it("have the limits that the vendor has for changes alone", () => {
    assert.deepStrictEqual(changes({ displayName: "" }), ["displayName: 1 to 100 characters"])
    assert.lengthOf(changes({ pageAccessToken: null }), 1)
  })

  it("cannot be made to what an integration is made with, and to its type", () => {
    for (const name of ["type", "token", "webhooks", "channelSecret", "attachmentsEnabled", "accountSid"]) {
      assert.lengthOf(changes({ [name]: "x" }), 1)
    }
  })

  it("are known by kind", () => {
    assert.sameMembers(Object.keys(updatableFields), Object.keys(least))
    assert.deepStrictEqual(updatableFields.custom, ["displayName"])
    assert.deepStrictEqual(updatableFields.line, ["displayName", "defaultResponderId", "showAIDisclaimer"])
    assert.include(updatableFields.web, "brandColor")
  })
})

describe("a webhook to make, and changes to one", () => {
  it("has a target and triggers", () => {
    assert.deepStrictEqual(issuesOf(CreateWebhook, webhook), [])
    assert.deepStrictEqual(issuesOf(CreateWebhook, { ...webhook, includeFullUser: true, includeFullSource: false }), [])
    assert.lengthOf(issuesOf(CreateWebhook, { triggers: [] }), 1)
    assert.lengthOf(issuesOf(CreateWebhook, { target: webhook.target }), 1)
    assert.deepStrictEqual(issuesOf(CreateWebhook, { ...webhook, target: "/events" }), ["target: an absolute URI"])
    assert.lengthOf(issuesOf(CreateWebhook, { ...webhook, secret: "s" }), 1)
  })

  it("is changed field by field", () => {
    assert.deepStrictEqual(issuesOf(UpdateWebhook, {}), [])
    assert.deepStrictEqual(issuesOf(UpdateWebhook, { triggers: [], target: undefined }), [])
    assert.lengthOf(issuesOf(UpdateWebhook, { target: null }), 1)
  })
})
