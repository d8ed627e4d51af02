import { assert, describe, it } from "@effect/vitest"
import * as Secrets from "@sunco/webhooks/Secrets"
import * as ConfigProvider from "effect/ConfigProvider"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import * as TestClock from "effect/testing/TestClock"
import { inspect } from "node:util"

const callers = (key: string) => Effect.flatMap(Secrets.Secrets, ({ callers }) => callers(key))

const built = <E, R>(layer: Layer.Layer<Secrets.Secrets, E, R>) => Effect.flip(Effect.scoped(Layer.build(layer)))

describe("secrets that stay the same", () => {
  it.effect("stand for what they name, and for everybody where they name nobody", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual(yield* callers("old"), [{ appId: undefined, webhookId: undefined }])
      assert.deepStrictEqual(yield* callers("of-an-app"), [{ appId: "app", webhookId: undefined }])
      assert.deepStrictEqual(yield* callers("shared"), [
        { appId: "one", webhookId: undefined },
        { appId: "other", webhookId: "hook" }
      ])
    }).pipe(Effect.provide(Secrets.layer(
      Redacted.make("old"),
      { secret: Redacted.make("of-an-app"), appId: "app" },
      { secret: Redacted.make("shared"), appId: "one" },
      { secret: Redacted.make("shared"), appId: "other", webhookId: "hook" }
    ))))

  it.effect.each(["", "ol", "oldd", "OLD", "old ", "öld", "undefined", "__proto__"])(
    "are not %s",
    (key) =>
      Effect.gen(function*() {
        assert.deepStrictEqual(yield* callers(key), [])
      }).pipe(Effect.provide(Secrets.layer(Redacted.make("old"))))
  )

  it.effect.each(
    [
      [[], "secrets must have one secret at least"],
      [[""], "secrets.0 must be a secret, and is empty"],
      [["good", "with blank "], "secrets.1 must have no blanks or line breaks"],
      [["\"quoted\""], "secrets.0 must be without quotes around it"],
      [["line\n"], "secrets.0 must have no blanks or line breaks"],
      [[undefined], "secrets.0 must be a secret, and is empty"]
    ] as const
  )("that mean nothing are a SettingsError: %j", ([secrets, message]) =>
    Effect.gen(function*() {
      const error = yield* built(Secrets.layer(...secrets.map((secret) => Redacted.make(secret as string))))
      assert.deepStrictEqual([error._tag, error.message], ["SettingsError", message])
      assert.notInclude(inspect(error, { depth: 9 }), "with blank")
    }))
})

it.effect("ids that mean nothing are a SettingsError: nobody's deliveries would be let in", () =>
  Effect.gen(function*() {
    const secret = Redacted.make("s3cret")
    const { message } = yield* built(
      Secrets.layer({ secret, appId: "" }, { secret, webhookId: "5f4eaef8 " }, { secret, appId: undefined })
    )
    assert.strictEqual(message, "secrets.0.appId must be an id; secrets.1.webhookId must be an id")
  }))

const withEnvironment = (env: Record<string, string>) => ConfigProvider.layer(ConfigProvider.fromEnv({ env }))

describe("secrets of the environment", () => {
  it.effect("are several with commas between them", () =>
    Effect.gen(function*() {
      assert.lengthOf(yield* callers("one"), 1)
      assert.lengthOf(yield* callers("other"), 1)
      assert.lengthOf(yield* callers("one, other"), 0)
    }).pipe(
      Effect.provide(Secrets.layerFromConfig),
      Effect.provide(withEnvironment({ SUNCO_WEBHOOK_SECRET: "one, other" }))
    ))

  it.effect.each([{}, { SUNCO_WEBHOOK_SECRET: "a,,b" }, { SUNCO_WEBHOOK_SECRET: "a b" }, {
    SUNCO_WEBHOOK_SECRET: `"a"`
  }])(
    "that mean nothing are named by the variable: %j",
    (env) =>
      Effect.gen(function*() {
        const error = yield* built(Secrets.layerFromConfig).pipe(Effect.provide(withEnvironment(env)))
        assert.strictEqual(error._tag, "SettingsError")
        assert.include(error.message, "SUNCO_WEBHOOK_SECRET")
      })
  )
})

/** A source that gives what it is told to, and counts how often it is asked. */
const source = () => {
  const state = { asked: 0, secrets: ["first"], fails: false }
  const layer = Secrets.layerEffect(Effect.suspend(() => {
    state.asked++
    return state.fails ? Effect.fail("down") : Effect.succeed(state.secrets.map((secret) => Redacted.make(secret)))
  }))
  return { state, layer }
}

describe("secrets of a source", () => {
  it.effect("are asked for when the first delivery comes, and again when they are too old", () => {
    const { layer, state } = source()
    return Effect.gen(function*() {
      assert.strictEqual(state.asked, 0)
      yield* Effect.repeat(callers("first"), { times: 9 })
      assert.strictEqual(state.asked, 1)
      yield* TestClock.adjust("5 minutes")
      assert.lengthOf(yield* callers("first"), 1)
      assert.strictEqual(state.asked, 2)
    }).pipe(Effect.provide(layer))
  })

  it.effect("are asked for again before a key is refused, so that a new one counts at once", () => {
    const { layer, state } = source()
    return Effect.gen(function*() {
      assert.lengthOf(yield* callers("first"), 1)
      state.secrets = ["first", "second"]
      yield* TestClock.adjust("1 second")
      assert.lengthOf(yield* callers("second"), 1)
    }).pipe(Effect.provide(layer))
  })

  it.effect("are asked for once a second at most, for however many keys that are not known", () => {
    const { layer, state } = source()
    return Effect.gen(function*() {
      yield* callers("first")
      const guessing = yield* Effect.forkChild(
        Effect.forEach(Array.from({ length: 500 }, (_, n) => `guess-${n}`), callers, { concurrency: "unbounded" })
      )
      yield* TestClock.adjust("1 second")
      assert.lengthOf((yield* Fiber.join(guessing)).flat(), 0)
      assert.strictEqual(state.asked, 2)
    }).pipe(Effect.provide(layer))
  })

  it.effect("that fails leaves what it gave last, and refuses nobody", () => {
    const { layer, state } = source()
    return Effect.gen(function*() {
      yield* callers("first")
      state.fails = true
      yield* TestClock.adjust("10 minutes")
      assert.lengthOf(yield* callers("first"), 1)
      yield* TestClock.adjust("1 second")
      const error = yield* Effect.flip(callers("second"))
      assert.strictEqual(error._tag, "SecretsUnavailable")
      state.fails = false
      yield* TestClock.adjust("1 second")
      assert.lengthOf(yield* callers("second"), 0)
    }).pipe(Effect.provide(layer))
  })

  it.effect("that does not answer is given up after 5 seconds", () =>
    Effect.gen(function*() {
      const asking = yield* Effect.forkChild(Effect.flip(callers("first")))
      yield* TestClock.adjust("5 seconds")
      assert.strictEqual((yield* Fiber.join(asking))._tag, "SecretsUnavailable")
    }).pipe(Effect.provide(Secrets.layerEffect(Effect.never))))
})
