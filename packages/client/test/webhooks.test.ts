/** What webhooks do beyond what every operation does, which is tested from their contracts. */
import { assert, describe, it } from "@effect/vitest"
import * as Credentials from "@sunco/client/Credentials"
import { SunshineError } from "@sunco/client/SunshineError"
import { Webhooks } from "@sunco/client/Webhooks"
import type { CreateWebhook } from "@sunco/schemas/WebhookPayloads"
import * as Effect from "effect/Effect"
import * as HttpClient from "effect/http/HttpClient"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import { inspect } from "node:util"
import * as ScriptedTransport from "./ScriptedTransport.ts"
import { appId, drawing, key, throughTime } from "./TestClient.ts"

const { errors, json, refused, reset } = ScriptedTransport

const baseUrl = "https://example.zendesk.com/sc"

/** Runs a call over a transport that answers from a script, and gives what became of it and what was sent. */
const over = <A, E>(script: Parameters<typeof ScriptedTransport.make>[0], call: Effect.Effect<A, E, Webhooks>) => {
  const { httpClient, sent } = ScriptedTransport.make(script)
  const layer = Webhooks.layer({ appId, baseUrl }).pipe(
    Layer.provide([Credentials.layerBasic(key), Layer.succeed(HttpClient.HttpClient, httpClient)])
  )
  return throughTime(Effect.result(call)).pipe(
    Effect.provide(layer),
    drawing(0),
    Effect.map((result) => ({
      result,
      outcome: Result.merge(result),
      sent: sent.map(({ method, url }) => `${method} ${url.slice(`${baseUrl}/v2/apps/${appId}/integrations`.length)}`)
    }))
  )
}

const list = "GET /i1/webhooks"
const post = "POST /i1/webhooks"

const payload: CreateWebhook = {
  target: "https://example.com/hook?token=t0ken",
  triggers: ["conversation:message", "user:update"],
  includeFullUser: true
}

const made = {
  id: "w1",
  version: "v2",
  ...payload,
  triggers: ["user:update", "conversation:message"],
  includeFullSource: false,
  secret: "s3cret"
}

const create = (sent: CreateWebhook = payload) => Webhooks.use((webhooks) => webhooks.create("i1", sent))

const webhooks = (...webhooks: ReadonlyArray<object>) => json(200, { webhooks })

const created = json(201, { webhook: made })

describe("Webhooks.create", () => {
  it.effect("reads what there is before it is sent", () =>
    Effect.gen(function*() {
      const { outcome, sent } = yield* over([webhooks(), created], create())
      assert.deepStrictEqual(sent, [list, post])
      assert.deepInclude(outcome, { id: "w1", target: payload.target })
    }))

  it.effect("takes for its own what was not there before and is what was sent, with its secret", () =>
    Effect.gen(function*() {
      const { outcome, sent } = yield* over([webhooks(), reset, webhooks({ id: "w0" }, made)], create())
      assert.deepStrictEqual(sent, [list, post, list])
      assert(!(outcome instanceof Error))
      assert.strictEqual(outcome.id, "w1")
      assert.strictEqual(outcome.secret && Redacted.value(outcome.secret), "s3cret")
    }))

  it.effect("takes nothing for its own that was there before, though it is the same", () =>
    Effect.gen(function*() {
      const { outcome, sent } = yield* over(
        [webhooks({ ...made, id: "w0" }), reset, webhooks({ ...made, id: "w0" }), created],
        create()
      )
      assert.deepStrictEqual(sent, [list, post, list, post])
      assert.deepInclude(outcome, { id: "w1" })
    }))

  it.effect.each<readonly [what: string, change: object]>([
    ["a target", { target: "https://example.com/hook?token=another" }],
    ["a path in another case", { target: "https://example.com/HOOK?token=t0ken" }],
    ["no target", { target: undefined }],
    ["a trigger less", { triggers: ["user:update"] }],
    ["a trigger more", { triggers: [...made.triggers, "conversation:read"] }],
    ["a trigger in another case", { triggers: ["User:update", "conversation:message"] }],
    ["no triggers", { triggers: undefined }],
    ["one flag", { includeFullUser: false }],
    ["the other flag", { includeFullSource: true }]
  ])("takes nothing for its own that differs in %s", ([, change]) =>
    Effect.gen(function*() {
      const { sent } = yield* over([webhooks(), reset, webhooks({ ...made, id: "w0", ...change }), created], create())
      assert.deepStrictEqual(sent, [list, post, list, post])
    }))

  it.effect.each<readonly [what: string, sent: CreateWebhook, stored: object]>([
    ["with the path that the vendor may add", { ...payload, target: "https://EXAMPLE.com" }, {
      target: "https://example.com/"
    }],
    ["of no URL, as it stands", { ...payload, target: "urn:x-hook" }, { target: "urn:x-hook" }],
    ["with a trigger that was named twice", { ...payload, triggers: [...payload.triggers, "user:update"] }, {}],
    ["whose flags are not said", { target: "https://example.com/", triggers: [] }, {
      target: "https://example.com/",
      triggers: [],
      includeFullUser: false,
      includeFullSource: undefined
    }]
  ])("finds its own %s", ([, payload, stored]) =>
    Effect.gen(function*() {
      const { outcome, sent } = yield* over([webhooks(), reset, webhooks({ ...made, ...stored })], create(payload))
      assert.deepStrictEqual(sent, [list, post, list])
      assert.deepInclude(outcome, { id: "w1" })
    }))

  it.effect("says that it does not know which of several is its own, and deletes none", () =>
    Effect.gen(function*() {
      const { outcome, sent } = yield* over([webhooks(), reset, webhooks(made, { ...made, id: "w2" })], create())
      assert.deepStrictEqual(sent, [list, post, list])
      assert(outcome instanceof SunshineError)
      assert.deepInclude(outcome, { operation: "Webhooks.create", applied: "unknown" })
      assert.deepInclude(outcome.reason, { problem: "not-told-apart" })
    }))

  it.effect("finds its own where a custom integration, which has one webhook, refuses another", () =>
    Effect.gen(function*() {
      const { outcome, sent } = yield* over(
        // The first list after the lost answer came too early.
        [webhooks(), reset, webhooks(), errors(400, "bad_request"), webhooks(made)],
        create()
      )
      assert.deepStrictEqual(sent, [list, post, list, post, list])
      assert.deepInclude(outcome, { id: "w1" })
    }))

  it.effect("is refused at once where the integration has one already", () =>
    Effect.gen(function*() {
      const { outcome, sent } = yield* over([webhooks({ id: "w0" }), errors(400, "bad_request")], create())
      assert.deepStrictEqual(sent, [list, post])
      assert(outcome instanceof SunshineError)
      assert.deepInclude(outcome, { applied: "no" })
      assert.strictEqual(outcome.reason._tag, "BadRequest")
    }))

  it.effect("is sent again without a look where it was certainly not applied", () =>
    Effect.gen(function*() {
      const { sent } = yield* over([webhooks(), refused, created], create())
      assert.deepStrictEqual(sent, [list, post, post])
    }))

  it.effect("of an integration that does not exist fails before anything is made", () =>
    Effect.gen(function*() {
      const { outcome, sent } = yield* over([errors(404, "integration_not_found")], create())
      assert.deepStrictEqual(sent, [list])
      assert.deepInclude(outcome, { _tag: "IntegrationNotFound", operation: "Webhooks.create" })
    }))

  it.effect("tells where a target is none, and never what it is", () =>
    Effect.gen(function*() {
      const { outcome, sent } = yield* over([webhooks()], create({ ...payload, target: "example.com?token=t0ken" }))
      assert.lengthOf(sent, 0)
      assert.include(String(outcome), "target: expected an absolute URI")
      assert.notInclude(inspect(outcome, { depth: null, showHidden: true }), "t0ken")
    }))
})

describe("a 404", () => {
  const get = Webhooks.use((webhooks) => webhooks.get("i1", "w1"))

  it.effect.each<readonly [code: string, tag: "IntegrationNotFound" | "SunshineError" | "WebhookNotFound"]>([
    ["not_found", "WebhookNotFound"],
    ["webhook_not_found", "WebhookNotFound"],
    ["integration_not_found", "IntegrationNotFound"],
    ["app_not_found", "SunshineError"]
  ])("%s of a webhook is %s", ([code, tag]) =>
    Effect.gen(function*() {
      const { outcome } = yield* over([errors(404, code)], get)
      assert.deepInclude(outcome, { _tag: tag })
    }))

  it.effect("of a deletion whose answer was lost before is its success, but not that of the app or the integration", () =>
    Effect.gen(function*() {
      const remove = Webhooks.use((webhooks) => webhooks.delete("i1", "w1"))
      const done = yield* over([reset, errors(404, "not_found")], remove)
      assert.isTrue(Result.isSuccess(done.result))
      const integration = yield* over([reset, errors(404, "integration_not_found")], remove)
      assert.deepInclude(integration.outcome, { _tag: "IntegrationNotFound" })
      const app = yield* over([reset, errors(404, "app_not_found")], remove)
      assert.deepInclude(app.outcome, { _tag: "SunshineError", applied: "unknown" })
      const first = yield* over([errors(404, "not_found")], remove)
      assert.deepInclude(first.outcome, { _tag: "WebhookNotFound" })
    }))
})

it.effect("nothing prints the secret of a webhook, or what is not known of it", () =>
  Effect.gen(function*() {
    const odd = { ...made, rotatedSecret: "s3cret-2", version: { key: "s3cret-3" } }
    const { outcome } = yield* over([webhooks(odd)], Webhooks.use((webhooks) => webhooks.list("me")))
    for (
      const text of [inspect(outcome, { depth: null, showHidden: true }), JSON.stringify(outcome), String(outcome)]
    ) {
      assert.notInclude(text, "s3cret")
    }
    // It is no secret of the vendor's, and shown.
    assert.include(JSON.stringify(outcome), payload.target)
  }))
