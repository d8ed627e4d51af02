import { assert, describe, it } from "@effect/vitest"
import { Integration } from "@sunco/schemas/Integration"
import * as Reading from "@sunco/schemas/Reading"
import * as UnknownFields from "@sunco/schemas/UnknownFields"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import { compile } from "../src/internal/reading.ts"

const read = Reading.reader(Integration)

const readOf = (json: unknown) => Result.getOrThrow(read(json))

const id = "5e4af71a81966cfff3ef6550"

const types = [
  "android",
  "apple",
  "custom",
  "instagram",
  "ios",
  "line",
  "mailgun",
  "messagebird",
  "messenger",
  "telegram",
  "twilio",
  "twitter",
  "unity",
  "viber",
  "web",
  "whatsapp"
] as const

describe("an integration that was read", () => {
  it("is compiled, in all its kinds", () => {
    assert.isDefined(compile(Integration.ast))
  })

  it.each(types)("of kind %s has what every integration has, and needs nothing that it was made with", (type) => {
    const json = { id, type, status: "active", displayName: null }
    assert.deepStrictEqual(readOf(json), { value: json, putAside: [] } as never)
    assert.deepStrictEqual(read({ type }), Result.fail({ path: ["id"] }) as never)
  })

  it("hides the secrets that answers have", () => {
    const secrets: { readonly [type: string]: ReadonlyArray<string> } = {
      android: ["senderId"],
      apple: ["authenticationMessageSecret"],
      line: ["channelSecret", "channelAccessToken", "switcherSecret"],
      mailgun: ["signingKey"],
      messagebird: ["webhookSecret"],
      messenger: ["pageAccessToken"],
      whatsapp: ["accountManagementAccessToken"]
    }
    for (const [type, names] of Object.entries(secrets)) {
      const { putAside, value } = readOf({ id, type, ...Object.fromEntries(names.map((name) => [name, `of ${name}`])) })
      assert.isEmpty(putAside)
      for (const name of names) {
        assert.strictEqual(Redacted.value(Reflect.get(value, name)), `of ${name}`)
      }
    }
  })

  it("hides whatever is not declared, what is only sent among it", () => {
    const { value } = readOf({ id, type: "telegram", botId: "1", token: "planted", brandId: "7" })
    assert.strictEqual(
      JSON.stringify(value),
      `{"id":"${id}","type":"telegram","botId":"1","token":"<redacted>","brandId":"<redacted>"}`
    )
    assert.strictEqual(Redacted.value(UnknownFields.get(value, "token") as Redacted.Redacted), "planted")
  })

  it("has one webhook where it is custom, with its secret", () => {
    const { value } = readOf({ id, type: "custom", webhooks: [{ id: "w", target: "https://a.example", secret: "s" }] })
    assert.isTrue(value.type === "custom" && Redacted.value(value.webhooks![0]!.secret!) === "s")
    assert.include(JSON.stringify(value), "\"secret\":\"<redacted>\"")
  })

  it("has a page of Facebook by its digits, however it comes", () => {
    for (const pageId of [106731941223392, "106731941223392"]) {
      const { putAside, value } = readOf({ id, type: "messenger", pageId })
      assert.isEmpty(putAside)
      assert.isTrue(value.type === "messenger" && value.pageId === "106731941223392")
    }
  })

  it("keeps a kind that is not known, and hides what is in it but the base", () => {
    const json = {
      id,
      type: "slackconnect",
      status: "error",
      displayName: "Slack",
      token: "planted",
      team: { id: "x" }
    }
    const { putAside, value } = readOf(json)
    assert.isEmpty(putAside)
    assert.strictEqual(
      JSON.stringify(value),
      JSON.stringify({ ...json, token: "<redacted>", team: "<redacted>" })
    )
  })
})
