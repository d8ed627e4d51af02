/** Apps and keys whose answers are lost: no second one is made, and what was deleted is gone. */
import { assert, describe, it } from "@effect/vitest"
import { AppKeys, Apps, Credentials, Users } from "@sunco/client"
import { Emulator, type EmulatorOptions, Fault } from "@sunco/emulator"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import { inspect } from "node:util"

/** No wait takes time. */
const options = { baseUrl: "http://localhost", retry: { baseDelay: 0 } } as const

/** The services over a key of the account. */
const account = Layer.unwrap(
  Effect.map(
    Effect.flatMap(Emulator, ({ addKey }) => addKey({ scope: "account" })),
    ({ keyId, keySecret }) =>
      Layer.mergeAll(Apps.layer(options), AppKeys.layer(options)).pipe(
        Layer.provide(Credentials.layerBasic({ keyId, secret: keySecret }))
      )
  )
)

const inEmulator = (options?: EmulatorOptions) =>
  Effect.provide(account.pipe(Layer.orDie, Layer.provideMerge(Emulator.layerMemory(options))))

/** How a call ends, and what it sent. */
const ended = Effect.fnUntraced(function*<A, E, R>(call: Effect.Effect<A, E, R>) {
  const { requests } = yield* Emulator
  const before = (yield* requests).length
  const result = yield* Effect.result(call)
  return {
    outcome: result._tag === "Success" ? result.success : result.failure,
    sent: (yield* requests).slice(before).map(({ operation }) => operation)
  }
})

const losing = (fault: Fault.Fault, operation: "AppKeys.create" | "AppKeys.delete" | "Apps.create" | "Apps.delete") =>
  Effect.flatMap(Emulator, ({ faults }) => faults.add(fault, { times: 1, when: { operation } }))

const create = Effect.flatMap(
  Emulator,
  ({ appId }) => ended(AppKeys.use((keys) => keys.create(appId, { displayName: "Shop" }, { lookUp: true })))
)

/** The keys beside the one that there is from the beginning. */
const made = Effect.map(Effect.flatMap(Emulator, ({ stored }) => stored("AppKeys")), (keys) => keys.slice(1))

describe("a key that is made with lookUp", () => {
  it.live("is the one of the attempt whose answer was lost, and calls the app", () =>
    Effect.gen(function*() {
      const { appId } = yield* Emulator
      yield* losing(Fault.cutAfterApplied, "AppKeys.create")
      const { outcome, sent } = yield* create
      assert.deepStrictEqual(sent, ["AppKeys.list", "AppKeys.create", "AppKeys.list"])
      assert("secret" in outcome)
      assert.deepStrictEqual((yield* made).map(({ id, secret }) => [id, secret]), [
        [outcome.id, Redacted.value(outcome.secret)]
      ])
      assert.notInclude(inspect(outcome, { depth: null, showHidden: true }), Redacted.value(outcome.secret))
      const users = Users.layer({ ...options, appId }).pipe(
        Layer.provide(Credentials.layerBasic({ keyId: outcome.id, secret: outcome.secret }))
      )
      const ada = yield* Users.use((users) => users.create({ externalId: "ada" })).pipe(Effect.provide(users))
      assert.strictEqual(ada.externalId, "ada")
    }).pipe(inEmulator()))

  it.live("is made once where the request was lost", () =>
    Effect.gen(function*() {
      yield* losing(Fault.cutBeforeApplied, "AppKeys.create")
      const { outcome, sent } = yield* create
      assert.deepStrictEqual(sent, ["AppKeys.list", "AppKeys.create", "AppKeys.list", "AppKeys.create"])
      assert.deepStrictEqual((yield* made).map(({ id }) => id), ["secret" in outcome ? outcome.id : undefined])
    }).pipe(inEmulator()))

  it.live("is not one of the same name that was there before", () =>
    Effect.gen(function*() {
      const [before] = yield* made
      yield* losing(Fault.cutAfterApplied, "AppKeys.create")
      const { outcome } = yield* create
      const [, after, ...others] = yield* made
      assert.deepStrictEqual(others, [])
      assert("secret" in outcome)
      assert.deepStrictEqual([outcome.id, outcome.id === before?.id], [after?.id, false])
    }).pipe(inEmulator({ appKeys: [{ displayName: "Shop" }] })))

  it.live("is found where the app has room for no other then", () =>
    Effect.gen(function*() {
      yield* losing(Fault.cutAfterApplied, "AppKeys.create")
      const { outcome } = yield* create
      assert("secret" in outcome)
      assert.lengthOf(yield* made, 9)
    }).pipe(inEmulator({ appKeys: Array.from({ length: 8 }, () => ({ displayName: "Till" })) })))

  it.live("is of no use where its secret is not shown again, which is said", () =>
    Effect.gen(function*() {
      yield* losing(Fault.cutAfterApplied, "AppKeys.create")
      const { outcome, sent } = yield* create
      assert.deepStrictEqual(sent, ["AppKeys.list", "AppKeys.create", "AppKeys.list"])
      assert.deepInclude(outcome, { _tag: "SunshineError", applied: "unknown" })
      assert.lengthOf(yield* made, 1)
    }).pipe(inEmulator({ assume: { keySecrets: "onceOnly" } })))
})

describe.each(["appNotFound", "notFound"] as const)(
  "a key that is deleted, where a missing one is %s",
  (missingAppKey) => {
    it.live.each(
      [
        [Fault.cutAfterApplied, ["AppKeys.delete", "AppKeys.delete", "AppKeys.list"]],
        [Fault.cutBeforeApplied, ["AppKeys.delete", "AppKeys.delete"]]
      ] as const
    )("is gone after %j", ([fault, requests]) =>
      Effect.gen(function*() {
        const { appId } = yield* Emulator
        yield* losing(fault, "AppKeys.delete")
        const { outcome, sent } = yield* ended(AppKeys.use((keys) => keys.delete(appId, "app_1")))
        assert.isUndefined(outcome)
        assert.deepStrictEqual<unknown>(sent, requests)
        assert.deepStrictEqual(yield* made, [])
      }).pipe(inEmulator({ appKeys: [{ id: "app_1" }], assume: { missingAppKey } })))
  }
)

describe("an app", () => {
  it.live("is not made a second time after an answer that was lost", () =>
    Effect.gen(function*() {
      yield* losing(Fault.cutAfterApplied, "Apps.create")
      const { outcome, sent } = yield* ended(Apps.use((apps) => apps.create({ displayName: "Tea" })))
      assert.deepStrictEqual(sent, ["Apps.create"])
      assert.deepInclude(outcome, { _tag: "SunshineError", retryStopped: "unsafe", applied: "unknown" })
      assert.lengthOf((yield* Apps.use((apps) => apps.list())).items, 2)
    }).pipe(inEmulator()))

  it.live("is gone after a deletion whose answer was lost", () =>
    Effect.gen(function*() {
      const { id } = yield* Apps.use((apps) => apps.create({ displayName: "Tea" }))
      yield* losing(Fault.cutAfterApplied, "Apps.delete")
      const { outcome, sent } = yield* ended(Apps.use((apps) => apps.delete(id)))
      assert.isUndefined(outcome)
      assert.deepStrictEqual(sent, ["Apps.delete", "Apps.delete"])
      assert.deepInclude(yield* Effect.flip(Apps.use((apps) => apps.get(id))), { _tag: "SunshineError", applied: "no" })
    }).pipe(inEmulator()))
})
