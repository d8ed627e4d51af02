import { assert, describe, it } from "@effect/vitest"
import { App } from "@sunco/schemas/App"
import { AppKey, CreateAppKey, CreatedAppKey } from "@sunco/schemas/AppKey"
import { CreateApp, UpdateApp } from "@sunco/schemas/AppPayloads"
import { AppsOperations } from "@sunco/schemas/AppsOperations"
import * as Reading from "@sunco/schemas/Reading"
import * as UnknownFields from "@sunco/schemas/UnknownFields"
import * as Writing from "@sunco/schemas/Writing"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import type * as Schema from "effect/Schema"
import { inspect } from "node:util"

const written = <A>(schema: Schema.Codec<A, unknown>, value: unknown): unknown =>
  Result.getOrElse(Writing.writer(schema)(value as A), () => "refused")

describe("an app to make", () => {
  it.each<readonly [what: string, value: unknown, sent: unknown]>([
    ["a name of one character", { displayName: "x" }, { displayName: "x" }],
    ["a name of 100 characters, of two units each", { displayName: "🫖".repeat(100) }, {
      displayName: "🫖".repeat(100)
    }],
    ["a name of 101", { displayName: "x".repeat(101) }, "refused"],
    ["an empty name", { displayName: "" }, "refused"],
    ["null for a name", { displayName: null }, "refused"],
    ["no name", {}, "refused"],
    ["settings without anything in them", { displayName: "x", settings: {} }, { displayName: "x", settings: {} }],
    [
      "settings, of which one is undefined",
      { displayName: "x", settings: { multiConvoEnabled: true, echoPostback: undefined } },
      { displayName: "x", settings: { multiConvoEnabled: true } }
    ],
    ["null for settings", { displayName: "x", settings: null }, "refused"],
    ["a setting that is none", { displayName: "x", settings: { multiConvo: true } }, "refused"],
    ["a setting of another type", { displayName: "x", settings: { echoPostback: "yes" } }, "refused"],
    ["no seconds of retention", { displayName: "x", settings: { conversationRetentionSeconds: 0 } }, {
      displayName: "x",
      settings: { conversationRetentionSeconds: 0 }
    }],
    ["fewer seconds than none", { displayName: "x", settings: { conversationRetentionSeconds: -1 } }, "refused"],
    ["half a second", { displayName: "x", settings: { conversationRetentionSeconds: 0.5 } }, "refused"],
    ["endless seconds", { displayName: "x", settings: { conversationRetentionSeconds: Infinity } }, "refused"],
    ["null for metadata", { displayName: "x", metadata: null }, { displayName: "x", metadata: null }],
    ["metadata that is not flat", { displayName: "x", metadata: { a: { b: 1 } } }, "refused"]
  ])("may have %s, or may not", (_, value, sent) => {
    assert.deepStrictEqual(written(CreateApp, value), sent)
  })

  it("is changed without a name, and without anything", () => {
    assert.deepStrictEqual(written(UpdateApp, {}), {})
    assert.deepStrictEqual(written(UpdateApp, { displayName: undefined, metadata: null }), { metadata: null })
    assert.deepStrictEqual(written(UpdateApp, { displayName: null }), "refused")
    assert.deepStrictEqual(written(UpdateApp, { subdomain: "tea" }), "refused")
  })
})

describe("an app of an answer", () => {
  const read = Reading.reader(AppsOperations.get.success.schema)

  it("has at least an id, and may have what nobody knows yet", () => {
    const app = { id: "1", displayName: null, settings: { multiConvoEnabled: true, later: 5 }, later: "x" }
    const { putAside, value } = Result.getOrThrow(read({ app }))
    assert.deepStrictEqual<unknown>(value.app, app)
    assert.deepStrictEqual(putAside, [])
    assert.isTrue(Result.isFailure(read({ app: { displayName: "x" } })))
  })

  it("puts aside a setting that is odd", () => {
    const app = { id: "1", settings: { echoPostback: "yes", useAnimalNames: true, conversationRetentionSeconds: -5 } }
    const { putAside, value } = Result.getOrThrow(read({ app }))
    assert.deepStrictEqual(value.app, { id: "1", settings: { useAnimalNames: true, conversationRetentionSeconds: -5 } })
    assert.deepStrictEqual(putAside.map(({ field }) => field), ["app.settings.echoPostback"])
  })

  it("is what its schema says", () => assert.isTrue(Reading.is(App)({ id: "1", metadata: null })))
})

describe("a key", () => {
  const printed = (key: object) =>
    [inspect(key, { depth: null, showHidden: true }), JSON.stringify(key), inspect(UnknownFields.toJson(key))].join()

  it("shows its secret to whoever asks for it, and to nobody else", () => {
    const { value } = Result.getOrThrow(
      Reading.reader(CreatedAppKey)({ id: "app_1", displayName: "CI", secret: "planted", token: "planted too" })
    )
    assert.strictEqual(Redacted.value(value.secret), "planted")
    assert.notInclude(printed(value), "planted")
    assert.include(printed(value), "CI")
  })

  it("may be without a secret where it was not just made", () => {
    assert.deepStrictEqual(Result.getOrThrow(Reading.reader(AppKey)({ id: "app_1" })).value, { id: "app_1" })
    assert.isTrue(Result.isFailure(Reading.reader(CreatedAppKey)({ id: "app_1" })))
  })

  it("has a name", () => {
    assert.deepStrictEqual(written(CreateAppKey, { displayName: "CI" }), { displayName: "CI" })
    for (const displayName of ["", "x".repeat(101), null, undefined]) {
      assert.deepStrictEqual(written(CreateAppKey, { displayName }), "refused")
    }
  })
})
