/** What `Integrations` does beyond what every operation does, which is tested from their contracts. */
import { assert, describe, it } from "@effect/vitest"
import * as Credentials from "@sunco/client/Credentials"
import { Integrations } from "@sunco/client/Integrations"
import type { CreateIntegration } from "@sunco/schemas/IntegrationPayloads"
import * as Effect from "effect/Effect"
import * as HttpClient from "effect/http/HttpClient"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import * as Stream from "effect/Stream"
import { inspect } from "node:util"
import * as ScriptedTransport from "./ScriptedTransport.ts"
import { appId, drawing, key, throughTime } from "./TestClient.ts"

const { errors, json, reset } = ScriptedTransport

const baseUrl = "https://example.zendesk.com/sc"

/** Runs a call over a transport that answers from a script, and gives what became of it and what was sent. */
const over = <A, E>(script: Parameters<typeof ScriptedTransport.make>[0], call: Effect.Effect<A, E, Integrations>) => {
  const { httpClient, sent } = ScriptedTransport.make(script)
  const layer = Integrations.layer({ appId, baseUrl }).pipe(
    Layer.provide([Credentials.layerBasic(key), Layer.succeed(HttpClient.HttpClient, httpClient)])
  )
  return throughTime(Effect.result(call)).pipe(
    Effect.provide(layer),
    drawing(0),
    Effect.map((result) => ({
      outcome: result._tag === "Success" ? result.success : result.failure,
      sent: sent.map(({ method, url }) =>
        `${method} ${decodeURIComponent(url.slice(`${baseUrl}/v2/apps/${appId}`.length))}`
      ),
      bodies: sent.map(({ body }) => body)
    }))
  )
}

const target = "https://shop.example/events"

const custom = { type: "custom", displayName: "Shop", webhooks: [{ target, triggers: ["*"] }] } as const

const telegram = { type: "telegram", displayName: "Bot", token: Redacted.make("planted") } as const

const create = (payload: CreateIntegration, options?: object) =>
  Integrations.use((integrations) => integrations.create(payload, options))

const listOf = (...integrations: ReadonlyArray<object>) => json(200, { integrations, meta: { hasMore: false } })

const made = { id: "i1", type: "custom", displayName: "Shop", webhooks: [{ id: "w1", target, secret: "s" }] }

const post = "POST /integrations"

const listed = (type: string) => `GET /integrations?filter[types]=${type}&page[size]=100`

describe("Integrations.create", () => {
  it.effect("is not sent again after a lost answer", () =>
    Effect.gen(function*() {
      for (const options of [undefined, { lookUp: false }]) {
        const { outcome, sent } = yield* over([reset, json(201, { integration: made })], create(custom, options))
        assert.deepStrictEqual(sent, [post])
        assert.deepInclude(outcome, { _tag: "SunshineError", retryStopped: "unsafe", applied: "unknown" })
      }
    }))

  it.effect("sends secrets as text, and shows none of them, nor of the answer", () =>
    Effect.gen(function*() {
      const answer = { id: "i2", type: "telegram", botId: "7", token: "planted", more: { deep: "planted" } }
      const { bodies, outcome } = yield* over([json(201, { integration: answer })], create(telegram))
      assert.deepStrictEqual(JSON.parse(String(bodies[0])), { type: "telegram", displayName: "Bot", token: "planted" })
      assert.notInclude(inspect(outcome, { depth: Infinity, showHidden: true }) + JSON.stringify(outcome), "planted")
      const failed = yield* over([errors(400, "bad_request")], create(telegram))
      assert.notInclude(inspect(failed.outcome, { depth: Infinity, showHidden: true }), "planted")
    }))

  describe("that looks up", () => {
    const lookUp = { lookUp: true }

    it.effect("finds what it has made, which was not there before", () =>
      Effect.gen(function*() {
        const before = [
          { ...made, id: "i0" },
          { id: "i9", type: "custom", displayName: "Another" }
        ]
        const { outcome, sent } = yield* over(
          [listOf(...before), reset, listOf(...before, made)],
          create(custom, lookUp)
        )
        assert.deepStrictEqual(sent, [listed("custom"), post, listed("custom")])
        assert.deepInclude(outcome, { id: "i1" })
      }))

    it.effect("is not misled by another name, type or target", () =>
      Effect.gen(function*() {
        const others = [
          { ...made, id: "i2", displayName: "Shop 2" },
          { ...made, id: "i3", type: "web" },
          { ...made, id: "i4", webhooks: [{ id: "w", target: `${target}/2` }] }
        ]
        const { outcome, sent } = yield* over(
          [listOf(), reset, listOf(...others), json(201, { integration: made })],
          create(custom, lookUp)
        )
        assert.deepStrictEqual(sent, [listed("custom"), post, listed("custom"), post])
        assert.deepInclude(outcome, { id: "i1" })
      }))

    it.effect("knows a target that the vendor writes in another form", () =>
      Effect.gen(function*() {
        const sent = { ...custom, webhooks: [{ target: "https://Shop.example:443", triggers: ["*"] }] } as const
        const stored = { ...made, webhooks: [{ id: "w1", target: "https://shop.example/", secret: "s" }] }
        const { outcome, sent: requests } = yield* over([listOf(), reset, listOf(stored)], create(sent, lookUp))
        assert.deepStrictEqual(requests, [listed("custom"), post, listed("custom")])
        assert.deepInclude(outcome, { id: "i1" })
      }))

    it.effect("takes one of the name where the list shows no webhooks", () =>
      Effect.gen(function*() {
        const { webhooks: _, ...bare } = made
        const { outcome } = yield* over([listOf(), reset, listOf(bare)], create(custom, lookUp))
        assert.deepStrictEqual(outcome, bare as never)
      }))

    it.effect("does not choose between two", () =>
      Effect.gen(function*() {
        const { outcome } = yield* over([listOf(), reset, listOf(made, { ...made, id: "i2" })], create(custom, lookUp))
        assert.deepInclude(outcome, { _tag: "SunshineError", applied: "unknown" })
      }))

    it.effect("cannot tell where there are more than a page", () =>
      Effect.gen(function*() {
        const afterCursor = "5e1606762556d93e9c176f69"
        // Where it is not said whether there are more, a cursor says so.
        for (const meta of [{ hasMore: true, afterCursor }, { hasMore: true }, { afterCursor }]) {
          const page = json(200, { integrations: [], meta })
          const { outcome, sent } = yield* over([page, reset], create(telegram, lookUp))
          assert.deepStrictEqual(sent, [listed("telegram"), post])
          assert.deepInclude(outcome, { _tag: "SunshineError", applied: "unknown" })
        }
        for (const meta of [{ hasMore: false, afterCursor }, { afterCursor: null }, {}]) {
          const page = json(200, { integrations: [], meta })
          const { sent } = yield* over([page, reset, page, json(201, { integration: made })], create(telegram, lookUp))
          assert.deepStrictEqual(sent, [listed("telegram"), post, listed("telegram"), post])
        }
      }))

    it.effect("needs a name, and sends nothing without", () =>
      Effect.gen(function*() {
        for (const displayName of [undefined, null, ""]) {
          const { outcome, sent } = yield* over([listOf()], create({ ...custom, displayName }, lookUp))
          assert.isEmpty(sent)
          assert.deepInclude(outcome, { _tag: "SunshineError", applied: "no" })
          assert.include(String(outcome), "displayName: expected a name of its own, by which lookUp finds it")
        }
        const { outcome, sent } = yield* over([listOf()], create(custom, { lookUp: "yes" }))
        assert.isEmpty(sent)
        assert.include(String(outcome), "lookUp: expected true or false")
      }))
  })
})

describe("Integrations.list", () => {
  it.effect("asks for types with commas between them, and for a page", () =>
    Effect.gen(function*() {
      const list = (...args: Parameters<Integrations["Service"]["list"]>) =>
        Integrations.use((integrations) => integrations.list(...args))
      const asked = [
        [list(), ""],
        [list({}), ""],
        [list({ types: undefined }, { size: 10 }), "?page[size]=10"],
        [list({ types: ["custom"] }), "?filter[types]=custom"],
        [
          list({ types: ["custom", "web"] }, { after: "5e1606762556d93e9c176f69", size: 10 }),
          "?filter[types]=custom,web&page[after]=5e1606762556d93e9c176f69&page[size]=10"
        ]
      ] as const
      for (const [call, query] of asked) {
        const { sent } = yield* over([listOf()], call)
        assert.deepStrictEqual(sent, [`GET /integrations${query}`])
      }
      for (const filter of [{ types: [] }, { types: "" }, { type: ["web"] }, { types: [""] }]) {
        const { outcome, sent } = yield* over([listOf()], list(filter as never))
        assert.isEmpty(sent)
        assert.deepInclude(outcome, { _tag: "SunshineError", applied: "no" })
      }
    }))

  it.effect("goes on with the same types, page by page", () =>
    Effect.gen(function*() {
      const after = "5e1606762556d93e9c176f69"
      const { outcome, sent } = yield* over(
        [
          json(200, { integrations: [made], meta: { hasMore: true, afterCursor: after } }),
          listOf({ ...made, id: "i2", type: "slackconnect" })
        ],
        Integrations.use((integrations) =>
          Stream.runCollect(integrations.stream({ types: ["custom", "slackconnect"] }))
        )
      )
      assert.deepStrictEqual(sent, [
        "GET /integrations?filter[types]=custom,slackconnect",
        `GET /integrations?filter[types]=custom,slackconnect&page[after]=${after}`
      ])
      assert.lengthOf(outcome as ReadonlyArray<unknown>, 2)
    }))
})

describe("Integrations.update", () => {
  const update = (patch: object) => Integrations.use((integrations) => integrations.update("i1", patch as never))

  it.effect("sends what is to change, and null where it is to be cleared", () =>
    Effect.gen(function*() {
      const { bodies, sent } = yield* over(
        [json(200, { integration: made })],
        update({ displayName: null, privateKey: Redacted.make("planted"), projectId: undefined })
      )
      assert.deepStrictEqual(sent, ["PATCH /integrations/i1"])
      assert.deepStrictEqual(JSON.parse(String(bodies[0])), { displayName: null, privateKey: "planted" })
    }))

  it.effect("has fields of one type, and no others", () =>
    Effect.gen(function*() {
      const refusals = [
        [{ brandColor: "fff", fromAddress: "a@shop.example" }, "fields that can be changed of one kind of integration"],
        [{ type: "web" }, "expected no other field than displayName"],
        [{ brandColor: "red" }, "brandColor: expected a colour of 3 or 6 hexadecimal digits"],
        [{ privateKey: "planted" }, "privateKey: expected"]
      ] as const
      for (const [patch, said] of refusals) {
        const { outcome, sent } = yield* over([json(200, { integration: made })], update(patch))
        assert.isEmpty(sent)
        assert.include(String(outcome), said)
        assert.notInclude(String(outcome), "planted")
      }
    }))
})

it.effect("what is mistyped of a page is told in the words of the call, not in those of the wire", () =>
  Effect.gen(function*() {
    const refusals = [
      [{ sice: 1 }, undefined, "*: expected no other field than types, after, before, size: did you mean size?"],
      [undefined, { page: 1 }, "*: expected no other field than types, after, before, size;"],
      [undefined, { size: 0 }, "size: expected "]
    ] as const
    for (const [filter, from, said] of refusals) {
      const { outcome, sent } = yield* over(
        [json(200, { integrations: [] })],
        Integrations.use((integrations) => integrations.list(filter as never, from as never))
      )
      assert.isEmpty(sent)
      assert.include(String(outcome), said)
    }
  }))

describe("Integrations.delete", () => {
  it.effect("is done where the integration is missing after a lost answer", () =>
    Effect.gen(function*() {
      const { outcome, sent } = yield* over(
        [reset, errors(404, "integration_not_found")],
        Integrations.use((integrations) => integrations.delete("i1"))
      )
      assert.lengthOf(sent, 2)
      assert.isUndefined(outcome)
    }))
})
