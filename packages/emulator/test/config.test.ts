import { assert, describe, it } from "@effect/vitest"
import { Emulator } from "@sunco/emulator/Emulator"
import * as Config from "effect/Config"
import * as ConfigProvider from "effect/ConfigProvider"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"

const machine = ConfigProvider.layer(ConfigProvider.fromUnknown({
  SUNCO_APP_ID: "a-real-app",
  SUNCO_SUBDOMAIN: "a-real-account",
  SUNCO_TOKEN: "a-real-token",
  SUNCO_LOG: "debug",
  DATABASE: { HOST: "localhost" }
}))

const read = Effect.gen(function*() {
  return {
    appId: yield* Config.String("SUNCO_APP_ID"),
    baseUrl: yield* Config.String("SUNCO_BASE_URL"),
    keyId: yield* Config.String("SUNCO_KEY_ID"),
    keySecret: Redacted.value(yield* Config.Redacted("SUNCO_KEY_SECRET")),
    subdomain: yield* Config.option(Config.String("SUNCO_SUBDOMAIN")),
    token: yield* Config.option(Config.String("SUNCO_TOKEN")),
    log: yield* Config.String("SUNCO_LOG"),
    database: yield* Config.nested(Config.String("HOST"), "DATABASE")
  }
})

describe("the settings that a test gets", () => {
  const options = { appId: "app", keyId: "app_key", keySecret: Redacted.make("secret") }

  it.effect("are those of the emulator in memory, none of an account, and all others of the machine, the log's among them", () =>
    Effect.gen(function*() {
      const { subdomain, token, ...settings } = yield* read
      assert.deepStrictEqual(settings, {
        appId: "app",
        baseUrl: "http://localhost",
        keyId: "app_key",
        keySecret: "secret",
        log: "debug",
        database: "localhost"
      })
      assert.deepStrictEqual([subdomain._tag, token._tag], ["None", "None"])
    }).pipe(Effect.provide(Layer.provide(Emulator.layerTest(options), machine))))

  it.effect("are those of an emulator on a socket, too", () =>
    Effect.gen(function*() {
      assert.strictEqual((yield* read).baseUrl, (yield* Emulator).url)
    }).pipe(Effect.provide(
      Emulator.layerConfig.pipe(Layer.provideMerge(Emulator.layer(options)), Layer.provide(machine))
    )))
})
