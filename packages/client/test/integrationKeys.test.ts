/** What the keys of integrations do beyond what every operation does, which is tested from their contracts. */
import { assert, describe, it } from "@effect/vitest"
import * as Credentials from "@sunco/client/Credentials"
import { IntegrationKeys } from "@sunco/client/IntegrationKeys"
import type { CreateIntegrationKeyOptions } from "@sunco/client/IntegrationKeysMethods"
import { SunshineError } from "@sunco/client/SunshineError"
import * as UnknownFields from "@sunco/schemas/UnknownFields"
import * as Effect from "effect/Effect"
import * as HttpClient from "effect/http/HttpClient"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import { inspect } from "node:util"
import * as ScriptedTransport from "./ScriptedTransport.ts"
import { appId, drawing, key, throughTime } from "./TestClient.ts"

const { errors, json, reset } = ScriptedTransport

const baseUrl = "https://example.zendesk.com/sc"

/** Runs a call over a transport that answers from a script, and gives what became of it and what was sent. */
const over = <A, E>(
  script: Parameters<typeof ScriptedTransport.make>[0],
  call: Effect.Effect<A, E, IntegrationKeys>
) => {
  const { httpClient, sent } = ScriptedTransport.make(script)
  const layer = IntegrationKeys.layer({ appId, baseUrl }).pipe(
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

const list = "GET /i1/keys"
const post = "POST /i1/keys"
const remove = "DELETE /i1/keys/int_1"

const made = { id: "int_1", displayName: "ci", secret: "s3cret" }

const keys = (...keys: ReadonlyArray<object>) => json(200, { keys })

const created = json(201, { key: made })

const create = (options?: CreateIntegrationKeyOptions) =>
  IntegrationKeys.use((keys) => keys.create("i1", { displayName: "ci" }, options))

describe("IntegrationKeys.create", () => {
  it.effect("gives the key with its secret, which nothing prints", () =>
    Effect.gen(function*() {
      const { outcome, sent } = yield* over([json(201, { key: { ...made, token: "s3cret-too" } })], create())
      assert.deepStrictEqual(sent, [post])
      assert(!(outcome instanceof Error))
      assert.strictEqual(Redacted.value(outcome.secret), "s3cret")
      const shown = [inspect(outcome, { depth: null, showHidden: true }), JSON.stringify(outcome), `${outcome}`]
      for (const text of shown) assert.notInclude(text, "s3cret")
      assert.isTrue(Redacted.isRedacted(UnknownFields.get(outcome, "token")))
    }))

  it.effect("has made a key nobody knows of where the answer has no secret", () =>
    Effect.gen(function*() {
      const { outcome } = yield* over([json(201, { key: { id: "int_1" } })], create())
      assert(outcome instanceof SunshineError)
      assert.deepInclude(outcome, { applied: "yes", retryStopped: "not-retryable" })
      assert.deepInclude(outcome.reason, { problem: "body", path: ["key", "secret"] })
    }))

  it.effect("is not sent again after a lost answer", () =>
    Effect.gen(function*() {
      for (const options of [undefined, {}, { lookUp: false }]) {
        const { outcome, sent } = yield* over([reset, created], create(options))
        assert.deepStrictEqual(sent, [post])
        assert.deepInclude(outcome, { retryStopped: "unsafe", applied: "unknown" })
      }
    }))

  it.effect("is looked for by its name where that is asked for", () =>
    Effect.gen(function*() {
      const before = { id: "int_0", displayName: "ci", secret: "another" }
      const other = { id: "int_2", displayName: "CI", secret: "another" }
      const { outcome, sent } = yield* over(
        [keys(before), reset, keys(before, other, made)],
        create({ lookUp: true })
      )
      assert.deepStrictEqual(sent, [list, post, list])
      assert(!(outcome instanceof Error))
      assert.strictEqual(outcome.id, "int_1")
      assert.strictEqual(Redacted.value(outcome.secret), "s3cret")
    }))

  it.effect("is sent again where it is not found", () =>
    Effect.gen(function*() {
      const { outcome, sent } = yield* over([keys(), reset, keys(), created], create({ lookUp: true }))
      assert.deepStrictEqual(sent, [list, post, list, post])
      assert.deepInclude(outcome, { id: "int_1" })
    }))

  it.effect("does not know which of several it has made, and deletes none", () =>
    Effect.gen(function*() {
      const { outcome, sent } = yield* over(
        [keys(), reset, keys(made, { ...made, id: "int_2" })],
        create({ lookUp: true })
      )
      assert.deepStrictEqual(sent, [list, post, list])
      assert(outcome instanceof SunshineError)
      assert.deepInclude(outcome, { applied: "unknown" })
      assert.deepInclude(outcome.reason, { problem: "not-told-apart" })
    }))

  it.effect("fails where the list does not show the secret of what it has found, and makes no other", () =>
    Effect.gen(function*() {
      const { outcome, sent } = yield* over(
        [keys(), reset, keys({ id: "int_1", displayName: "ci" })],
        create({ lookUp: true })
      )
      assert.deepStrictEqual(sent, [list, post, list])
      assert(outcome instanceof SunshineError)
      assert.deepInclude(outcome, { applied: "unknown" })
      assert.deepInclude(outcome.reason, { problem: "body", path: ["keys", "secret"] })
    }))

  it.effect("refuses an option that is none, and a value that it cannot have, before anything is sent", () =>
    Effect.gen(function*() {
      for (const options of [{ lookup: true }, { lookUp: "yes" }]) {
        const { outcome, sent } = yield* over([created], create(options as never))
        assert.lengthOf(sent, 0)
        assert.deepInclude(outcome, { _tag: "SunshineError", applied: "no" })
      }
    }))
})

describe("a 404 of a key", () => {
  const calls = {
    get: IntegrationKeys.use((keys) => keys.get("i1", "int_1")),
    delete: IntegrationKeys.use((keys) => keys.delete("i1", "int_1"))
  }

  it.effect.each<
    readonly [call: keyof typeof calls, code: string, tag: "IntegrationKeyNotFound" | "IntegrationNotFound"]
  >(
    [
      ["get", "key_not_found", "IntegrationKeyNotFound"],
      ["get", "integration_not_found", "IntegrationNotFound"],
      ["delete", "key_not_found", "IntegrationKeyNotFound"],
      ["delete", "integration_not_found", "IntegrationNotFound"]
    ]
  )("that %s gets as %s is %s", ([call, code, tag]) =>
    Effect.gen(function*() {
      const { outcome, sent } = yield* over([errors(404, code)], calls[call])
      assert.lengthOf(sent, 1)
      assert.deepInclude(outcome, { _tag: tag })
    }))

  it.effect.each<readonly [call: keyof typeof calls, code: string, reason: "AppNotFound" | "UnexpectedResponse"]>([
    ["get", "not_found", "UnexpectedResponse"],
    ["get", "app_not_found", "AppNotFound"],
    ["delete", "not_found", "UnexpectedResponse"],
    ["delete", "app_not_found", "AppNotFound"]
  ])("that %s gets as %s is of nobody knows what, or of the app", ([call, code, reason]) =>
    Effect.gen(function*() {
      const { outcome, sent } = yield* over([errors(404, code)], calls[call])
      // Without a lost answer before it, it is final.
      assert.lengthOf(sent, 1)
      assert(outcome instanceof SunshineError)
      assert.strictEqual(outcome.reason._tag, reason)
      assert.deepInclude(outcome, { applied: "no" })
    }))

  it.effect.each(["not_found", "app_not_found", "key_not_found"])(
    "that a deletion gets as %s after a lost answer is settled by the list",
    (code) =>
      Effect.gen(function*() {
        const gone = yield* over([reset, errors(404, code!), keys({ id: "int_2" })], calls.delete)
        assert.deepStrictEqual(gone.sent, [remove, remove, list])
        assert.isTrue(Result.isSuccess(gone.result))
        const there = yield* over([reset, errors(404, code!), keys(made), json(200, {})], calls.delete)
        assert.deepStrictEqual(there.sent, [remove, remove, list, remove])
        assert.isTrue(Result.isSuccess(there.result))
      })
  )

  it.effect("that the list gets too is of what that names", () =>
    Effect.gen(function*() {
      const integration = yield* over(
        [reset, errors(404, "not_found"), errors(404, "integration_not_found")],
        calls.delete
      )
      assert.deepInclude(integration.outcome, { _tag: "IntegrationNotFound", attempts: 3 })
      const app = yield* over([reset, errors(404, "app_not_found"), errors(404, "app_not_found")], calls.delete)
      assert(app.outcome instanceof SunshineError)
      assert.strictEqual(app.outcome.reason._tag, "AppNotFound")
      assert.deepInclude(app.outcome, { applied: "unknown" })
    }))
})
