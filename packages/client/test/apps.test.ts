/** What apps and their keys do beyond what every operation does, which is tested from their contracts. */
import { assert, describe, it } from "@effect/vitest"
import { AppKeys } from "@sunco/client/AppKeys"
import { Apps } from "@sunco/client/Apps"
import * as Credentials from "@sunco/client/Credentials"
import * as Effect from "effect/Effect"
import * as HttpClient from "effect/http/HttpClient"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import * as Stream from "effect/Stream"
import { inspect } from "node:util"
import * as ScriptedTransport from "./ScriptedTransport.ts"
import { drawing, key, throughTime } from "./TestClient.ts"

const { cut, errors, html, json, reset } = ScriptedTransport

const baseUrl = "https://example.zendesk.com/sc"

/** Runs a call over a transport that answers from a script, and gives what became of it and what was sent. */
const over = <A, E>(
  script: Parameters<typeof ScriptedTransport.make>[0],
  call: Effect.Effect<A, E, Apps | AppKeys>
) => {
  const { httpClient, sent } = ScriptedTransport.make(script)
  const layer = Layer.mergeAll(Apps.layer({ baseUrl }), AppKeys.layer({ baseUrl })).pipe(
    Layer.provide([Credentials.layerBasic(key), Layer.succeed(HttpClient.HttpClient, httpClient)])
  )
  return throughTime(Effect.result(call)).pipe(
    Effect.provide(layer),
    drawing(0),
    Effect.map((result) => ({
      outcome: result._tag === "Success" ? result.success : result.failure,
      sent: sent.map(({ method, url }) => `${method} ${decodeURIComponent(url.slice(`${baseUrl}/v2`.length))}`)
    }))
  )
}

const appNotFound = errors(404, "app_not_found")

describe("Apps.list", () => {
  const page = (id: string, hasMore: boolean) =>
    json(200, { apps: [{ id }], meta: { hasMore, ...(hasMore && { afterCursor: id }) } })

  it.effect("asks for those of a service account, and for a page", () =>
    Effect.gen(function*() {
      const { sent } = yield* over([page("1", false)], Apps.use((apps) => apps.list()))
      assert.deepStrictEqual(sent, ["GET /apps"])
      const filtered = yield* over(
        [page("1", false)],
        Apps.use((apps) => apps.list({ serviceAccountId: "svc&1" }, { size: 5 }))
      )
      assert.deepStrictEqual(filtered.sent, ["GET /apps?filter[serviceAccountId]=svc&1&page[size]=5"])
      const unfiltered = yield* over(
        [page("1", false)],
        Apps.use((apps) => apps.list({ serviceAccountId: undefined }, undefined, { deadline: 1000 }))
      )
      assert.deepStrictEqual(unfiltered.sent, ["GET /apps"])
    }))

  it.effect("gives all of them, page by page, with the filter on each", () =>
    Effect.gen(function*() {
      const [a, b] = ["a".repeat(24), "b".repeat(24)]
      const { outcome, sent } = yield* over(
        [page(a, true), page(b, false)],
        Apps.use((apps) => Stream.runCollect(apps.stream({ serviceAccountId: "1" })))
      )
      assert.deepStrictEqual(sent, [
        "GET /apps?filter[serviceAccountId]=1",
        `GET /apps?filter[serviceAccountId]=1&page[after]=${a}`
      ])
      assert.deepStrictEqual<unknown>(Array.from(outcome as Iterable<unknown>), [{ id: a }, { id: b }])
    }))

  it.effect("sends nothing for a filter that is none", () =>
    Effect.gen(function*() {
      for (const filter of [{ serviceAccount: "1" }, { serviceAccountId: "" }, { serviceAccountId: 1 }]) {
        const { outcome, sent } = yield* over([page("1", false)], Apps.use((apps) => apps.list(filter as never)))
        assert.lengthOf(sent, 0)
        assert.deepInclude(outcome, { _tag: "SunshineError", applied: "no" })
      }
    }))
})

describe("Apps.create", () => {
  it.effect("is not repeated after a lost answer", () =>
    Effect.gen(function*() {
      const { outcome, sent } = yield* over([reset], Apps.use((apps) => apps.create({ displayName: "Tea" })))
      assert.lengthOf(sent, 1)
      assert.deepInclude(outcome, { retryStopped: "unsafe", applied: "unknown" })
    }))

  it.effect("is AppPlanExceeded only where the vendor says so", () =>
    Effect.gen(function*() {
      const create = Apps.use((apps) => apps.create({ displayName: "Tea" }))
      const { outcome } = yield* over([errors(402, "payment_required")], create)
      assert.deepInclude(outcome, { _tag: "AppPlanExceeded", operation: "Apps.create" })
      const proxy = yield* over([html(402)], create)
      assert.deepInclude(proxy.outcome, { _tag: "SunshineError" })
    }))

  it.effect("refuses metadata that the vendor would refuse", () =>
    Effect.gen(function*() {
      const { outcome, sent } = yield* over(
        [reset],
        Apps.use((apps) => apps.update("1", { metadata: { note: "x".repeat(4096) } }))
      )
      assert.lengthOf(sent, 0)
      assert.include(String(outcome), "metadata: expected at most 4096 bytes")
    }))
})

describe("Apps.delete", () => {
  const remove = Apps.use((apps) => apps.delete("1"))

  it.effect("takes a missing app for its success after a lost answer, and otherwise for the reason AppNotFound", () =>
    Effect.gen(function*() {
      const { outcome, sent } = yield* over([reset, appNotFound], remove)
      assert.deepStrictEqual(sent, ["DELETE /apps/1", "DELETE /apps/1"])
      assert.isUndefined(outcome)
      const missing = yield* over([appNotFound], remove)
      assert.deepInclude(missing.outcome, { _tag: "SunshineError", applied: "no" })
      assert.include(String(missing.outcome), "the app does not exist (404 app_not_found)")
    }))

  it.effect("leaves it open what another refusal says then", () =>
    Effect.gen(function*() {
      for (
        const answer of [errors(404, "not_found"), html(404), errors(403, "forbidden"), errors(401, "unauthorized")]
      ) {
        const { outcome } = yield* over([reset, answer], remove)
        assert.deepInclude(outcome, { _tag: "SunshineError", applied: "unknown", attempts: 2 })
      }
    }))
})

describe("AppKeys.create", () => {
  const list = "GET /apps/1/keys"
  const post = "POST /apps/1/keys"
  const mine = { id: "app_1", displayName: "CI", secret: "planted" }
  const keys = (...keys: ReadonlyArray<object>) => json(200, { keys })
  const created = json(201, { key: mine })
  const create = (options?: Parameters<AppKeys["Service"]["create"]>[2]) =>
    AppKeys.use((keys) => keys.create("1", { displayName: "CI" }, options))

  it.effect("gives the secret, which nothing prints", () =>
    Effect.gen(function*() {
      const { outcome, sent } = yield* over([created], create())
      assert.deepStrictEqual(sent, [post])
      assert("secret" in outcome)
      assert.strictEqual(Redacted.value(outcome.secret), "planted")
      assert.notInclude(inspect(outcome, { depth: null, showHidden: true }) + JSON.stringify(outcome), "planted")
    }))

  it.effect("is not repeated after a lost answer unless it may look", () =>
    Effect.gen(function*() {
      for (const options of [undefined, {}, { lookUp: false }, { lookUp: undefined }]) {
        const { outcome, sent } = yield* over([reset], create(options))
        assert.deepStrictEqual(sent, [post])
        assert.deepInclude(outcome, { retryStopped: "unsafe", applied: "unknown" })
      }
    }))

  it.effect("finds the key of its name that was not there before", () =>
    Effect.gen(function*() {
      const old = { ...mine, id: "app_0", secret: "old" }
      const { outcome, sent } = yield* over(
        [keys(old), cut(201), keys(old, { id: "app_2", displayName: "other" }, mine)],
        create({ lookUp: true })
      )
      assert.deepStrictEqual(sent, [list, post, list])
      assert("secret" in outcome)
      assert.deepStrictEqual([outcome.id, Redacted.value(outcome.secret)], ["app_1", "planted"])
    }))

  it.effect("is sent again where there is none, and does not know where there are several", () =>
    Effect.gen(function*() {
      const none = yield* over([keys(), reset, keys(), created], create({ lookUp: true }))
      assert.deepStrictEqual(none.sent, [list, post, list, post])
      assert.deepInclude(none.outcome, { id: "app_1" })
      const several = yield* over([keys(), reset, keys(mine, { ...mine, id: "app_2" })], create({ lookUp: true }))
      assert.deepStrictEqual(several.sent, [list, post, list])
      assert.deepInclude(several.outcome, { _tag: "SunshineError", applied: "unknown", retryStopped: "not-retryable" })
    }))

  it.effect("does not give a key whose secret nobody has", () =>
    Effect.gen(function*() {
      const { outcome } = yield* over(
        [keys(), reset, keys({ id: "app_1", displayName: "CI" })],
        create({ lookUp: true })
      )
      assert.deepInclude(outcome, { _tag: "SunshineError", applied: "unknown" })
      assert.include(String(outcome), "keys.secret")
    }))

  it.effect("refuses a lookUp that is neither true nor false, and options of others", () =>
    Effect.gen(function*() {
      for (const options of [{ lookUp: "yes" }, { lookup: true }]) {
        const { outcome, sent } = yield* over([created], create(options as never))
        assert.lengthOf(sent, 0)
        assert.include(String(outcome), "options.")
      }
      const { outcome } = yield* over([created], AppKeys.use((keys) => keys.get("1", "2", { lookUp: true } as never)))
      assert.include(String(outcome), "options.lookUp: expected no such option")
    }))
})

describe("AppKeys.delete", () => {
  const list = "GET /apps/1/keys"
  const post = "DELETE /apps/1/keys/app_1"
  const remove = AppKeys.use((keys) => keys.delete("1", "app_1"))
  const keys = (...ids: ReadonlyArray<string>) => json(200, { keys: ids.map((id) => ({ id })) })
  const done = json(200, {})

  it.effect("takes app_not_found for the app where no answer was lost", () =>
    Effect.gen(function*() {
      const { outcome, sent } = yield* over([appNotFound], remove)
      assert.deepStrictEqual(sent, [post])
      assert.deepInclude(outcome, { _tag: "SunshineError", applied: "no" })
      assert.include(String(outcome), "the app does not exist")
    }))

  it.effect.each(["app_not_found", "not_found", "key_not_found"])(
    "asks the list after a lost answer whether the key is gone, whatever a 404 says: %s",
    (code) =>
      Effect.gen(function*() {
        const { outcome, sent } = yield* over([reset, errors(404, code), keys("app_2")], remove)
        assert.deepStrictEqual(sent, [post, post, list])
        assert.isUndefined(outcome)
      })
  )

  it.effect("is sent again where the list still has the key", () =>
    Effect.gen(function*() {
      const { outcome, sent } = yield* over([reset, appNotFound, keys("app_1"), done], remove)
      assert.deepStrictEqual(sent, [post, post, list, post])
      assert.isUndefined(outcome)
      const ended = yield* over(
        [reset, appNotFound, keys("app_1")],
        AppKeys.use((keys) => keys.delete("1", "app_1", { retry: { attempts: 3 } }))
      )
      assert.deepInclude(ended.outcome, { applied: "unknown", retryStopped: "attempts" })
    }))

  it.effect("leaves it open where the app is gone by then", () =>
    Effect.gen(function*() {
      const { outcome, sent } = yield* over([reset, appNotFound, appNotFound], remove)
      assert.deepStrictEqual(sent, [post, post, list])
      assert.deepInclude(outcome, { _tag: "SunshineError", applied: "unknown" })
      assert.include(String(outcome), "the app does not exist")
    }))

  it.effect("needs no list where the repetition succeeds", () =>
    Effect.gen(function*() {
      const { outcome, sent } = yield* over([reset, done], remove)
      assert.deepStrictEqual(sent, [post, post])
      assert.isUndefined(outcome)
    }))
})

describe("AppKeys.get", () => {
  const get = AppKeys.use((keys) => keys.get("1", "app_1"))

  it.effect("tells a missing key from a missing app", () =>
    Effect.gen(function*() {
      const key = yield* over([errors(404, "not_found")], get)
      assert.deepInclude(key.outcome, { _tag: "AppKeyNotFound", operation: "AppKeys.get" })
      const app = yield* over([appNotFound], get)
      assert.include(String(app.outcome), "AppKeys.get: the app does not exist")
    }))

  it.effect("hides what it does not know of a key", () =>
    Effect.gen(function*() {
      const { outcome } = yield* over([json(200, { key: { id: "app_1", token: "planted" } })], get)
      assert.notInclude(inspect(outcome, { depth: null, showHidden: true }), "planted")
    }))
})
