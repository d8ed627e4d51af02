import * as HttpClient from "@effect/platform/HttpClient"
import * as Credentials from "@sunco/effect3/Credentials"
import { Integrations } from "@sunco/effect3/Integrations"
import * as UnknownFields from "@sunco/schemas/UnknownFields"
import * as Cause from "effect/Cause"
import * as Effect from "effect/Effect"
import * as Inspectable from "effect/Inspectable"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import { inspect } from "node:util"
import { assert, it } from "vitest"
import * as ScriptedTransport from "./ScriptedTransport.ts"

const planted = "planted"

const line = {
  id: "i1",
  type: "line",
  channelSecret: planted,
  qrCodeUrl: { of: planted },
  defaultResponder: { name: "Bot", more: planted },
  more: [planted]
}

const custom = { id: "i2", type: "custom", webhooks: [{ id: "w1", secret: planted }] }

const later = { id: "i3", type: "later", displayName: "Later", token: planted }

const seen = (value: unknown): string =>
  [
    inspect(value, { depth: null, showHidden: true, getters: true }),
    JSON.stringify(value),
    String(value),
    Inspectable.toStringUnknown(value),
    JSON.stringify(Inspectable.toJSON(value)),
    Cause.pretty(Cause.fail(value))
  ].join()

it("a secret of an answer is in Redacted of Effect 3, and nothing prints it", async () => {
  const { httpClient } = ScriptedTransport.make([
    ScriptedTransport.json(200, { integrations: [line, custom, later], meta: { hasMore: false } })
  ])
  const { items } = await Effect.runPromise(
    Effect.flatMap(Integrations, (integrations) => integrations.list()).pipe(
      Effect.provide(Integrations.layer({ appId: "app", baseUrl: "https://example.zendesk.com/sc" })),
      Effect.provide([
        Credentials.layerBasic(ScriptedTransport.key),
        Layer.succeed(HttpClient.HttpClient, httpClient)
      ])
    )
  )
  assert.notInclude(seen([items, items.map(UnknownFields.toJson)]), planted)

  const [first, second, third] = items
  assert.isTrue(first?.type === "line" && Redacted.value(first.channelSecret!) === planted)
  assert.isTrue(second?.type === "custom" && Redacted.value(second.webhooks![0]!.secret!) === planted)
  const hidden = (model: object, name: string) => Redacted.value(UnknownFields.get(model, name) as Redacted.Redacted)
  assert.deepStrictEqual([hidden(first!, "more"), hidden(first!, "qrCodeUrl"), hidden(third!, "token")] as unknown, [
    [planted],
    { of: planted },
    planted
  ])
})
