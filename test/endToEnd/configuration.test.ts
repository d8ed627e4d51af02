import { assert, describe, it } from "@effect/vitest"
import * as UndiciTransport from "@sunco/client/UndiciTransport"
import { Users } from "@sunco/client/Users"
import { Emulator } from "@sunco/emulator/Emulator"
import * as Config from "effect/Config"
import * as ConfigProvider from "effect/ConfigProvider"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import * as EmulatedClient from "./EmulatedClient.ts"

const token = "an access token"

const emulatorAndTransport = Layer.merge(
  Emulator.layer({ accessTokens: [Redacted.make(token)] }),
  UndiciTransport.layer
)

describe("a client from the environment", () => {
  const withEnvironment = (env: Record<string, string>) =>
    Effect.provide(ConfigProvider.layer(ConfigProvider.fromEnv({ env })))

  const createFrom = <E, R>(client: Layer.Layer<Users, E, R>) =>
    Users.use((users) => users.create({ externalId: "ada" })).pipe(Effect.provide(client))

  const settings = Effect.map(Emulator, ({ appId, keyId, keySecret, url }) => ({
    place: { SUNCO_APP_ID: appId, SUNCO_BASE_URL: url },
    key: { SUNCO_KEY_ID: keyId, SUNCO_KEY_SECRET: Redacted.value(keySecret) }
  }))

  it.live("with a key", () =>
    Effect.gen(function*() {
      const { key, place } = yield* settings
      const { requests } = yield* Emulator
      yield* createFrom(Users.layerFromConfig()).pipe(withEnvironment({ ...place, ...key, SUNCO_SUBDOMAIN: "" }))
      assert.deepInclude((yield* requests)[0], { authentication: "basic", status: 201 })
    }).pipe(Effect.provide(emulatorAndTransport)))

  it.live("with a token, below a path as the vendor's hosts have it", () =>
    Effect.gen(function*() {
      const { place } = yield* settings
      const { appId, requests } = yield* Emulator
      yield* createFrom(Users.layerFromConfig()).pipe(
        withEnvironment({ ...place, SUNCO_BASE_URL: `${place.SUNCO_BASE_URL}/sc/`, SUNCO_TOKEN: token })
      )
      assert.deepInclude((yield* requests)[0], {
        authentication: "accessToken",
        path: `/sc/v2/apps/${appId}/users`,
        status: 201
      })
    }).pipe(Effect.provide(emulatorAndTransport)))

  it.live("under names of your own, with the credentials by value", () =>
    Effect.gen(function*() {
      const emulator = yield* Emulator
      const client = Users.layerConfig({
        appId: Config.String("MY_APP"),
        baseUrl: Config.String("MY_API"),
        deadline: Config.Duration("MY_PATIENCE")
      }).pipe(Layer.provide(EmulatedClient.basic(emulator)))
      const user = yield* createFrom(client).pipe(
        withEnvironment({ MY_APP: emulator.appId, MY_API: emulator.url, MY_PATIENCE: "5 seconds" })
      )
      assert.strictEqual(user.externalId, "ada")
    }).pipe(Effect.provide(emulatorAndTransport)))

  it.live("is not built when a setting is missing or contradicts another, and the error names it in one line", () =>
    Effect.gen(function*() {
      const { key, place } = yield* settings
      const { requests } = yield* Emulator
      const problem = (env: Record<string, string>) =>
        createFrom(Users.layerFromConfig()).pipe(
          withEnvironment(env),
          Effect.flip,
          Effect.map(({ message }) => message)
        )

      assert.deepStrictEqual(
        yield* Effect.all([
          problem({}),
          problem(key),
          problem({ ...key, SUNCO_APP_ID: place.SUNCO_APP_ID }),
          problem({ ...place, SUNCO_KEY_ID: key.SUNCO_KEY_ID }),
          problem({ ...place, ...key, SUNCO_TOKEN: token }),
          problem({ ...place, ...key, SUNCO_SUBDOMAIN: "example" }),
          problem({ ...place, ...key, SUNCO_BASE_URL: "http://api.smooch.io" })
        ]),
        [
          "SUNCO_APP_ID must be set; SUNCO_SUBDOMAIN or SUNCO_BASE_URL must be set; " +
          "SUNCO_KEY_ID and SUNCO_KEY_SECRET, or SUNCO_TOKEN, must be set",
          "SUNCO_APP_ID must be set; SUNCO_SUBDOMAIN or SUNCO_BASE_URL must be set",
          "SUNCO_SUBDOMAIN or SUNCO_BASE_URL must be set",
          "SUNCO_KEY_SECRET is not set, and SUNCO_KEY_ID is",
          "SUNCO_TOKEN and SUNCO_KEY_ID are both set: keep one of them",
          "SUNCO_BASE_URL and SUNCO_SUBDOMAIN are both set: keep one of them",
          "SUNCO_BASE_URL must begin with https:// (http:// is for loopback only)"
        ]
      )
      assert.deepStrictEqual(yield* requests, [])
    }).pipe(Effect.provide(emulatorAndTransport)))
})
