import { assert, describe, it } from "@effect/vitest"
import * as Credentials from "@sunco/client/Credentials"
import * as UndiciTransport from "@sunco/client/UndiciTransport"
import { Users } from "@sunco/client/Users"
import { Emulator } from "@sunco/emulator/Emulator"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as LayerMap from "effect/LayerMap"

/** The users of each app, built when they are first asked for. */
class UsersOf extends LayerMap.Service<UsersOf>()("sunco-test/endToEnd/UsersOf", {
  lookup: (appId: string) =>
    Layer.unwrap(Effect.gen(function*() {
      const { apps, url } = yield* Emulator
      const app = yield* Effect.fromNullishOr(apps.find((app) => app.appId === appId))
      return Users.layer({ appId, baseUrl: url }).pipe(
        Layer.provide(Credentials.layerBasic({ keyId: app.keyId, secret: app.keySecret }))
      )
    }))
}) {}

const threeApps = Layer.merge(
  Emulator.layer({ appId: "eu", apps: [{ appId: "us" }, { appId: "asia" }] }),
  UndiciTransport.layer
)

describe("several apps in one process", () => {
  it.live("by a LayerMap: each call goes to its app with its key", () =>
    Effect.gen(function*() {
      const { apps, requests } = yield* Emulator
      const create = (appId: string) =>
        Users.use((users) => users.create({ externalId: "ada", metadata: { appId } })).pipe(
          Effect.provide(UsersOf.get(appId))
        )
      yield* Effect.forEach(["eu", "us", "asia", "us"], (appId) => Effect.result(create(appId)))

      for (const { appId, stored } of apps) {
        assert.deepStrictEqual((yield* stored("Users")).map(({ metadata }) => metadata), [{ appId }])
      }
      assert.deepStrictEqual((yield* requests).map(({ keyId, status }) => [keyId, status]), [
        ["app_eu", 201],
        ["app_us", 201],
        ["app_asia", 201],
        ["app_us", 409]
      ])
    }).pipe(Effect.provide(UsersOf.layer.pipe(Layer.provideMerge(threeApps)))))

  it.live("by make: as many clients as there are apps, side by side", () =>
    Effect.gen(function*() {
      const { apps, url } = yield* Emulator
      const clients = yield* Effect.forEach(apps, ({ appId, keyId, keySecret }) =>
        Users.make({ appId, baseUrl: `${url}/sc` }).pipe(
          Effect.provideService(Credentials.Credentials, Credentials.makeBasic({ keyId, secret: keySecret }))
        ))
      yield* Effect.forEach(clients, (users, i) =>
        users.create({ externalId: "ada", metadata: { i } }), {
        concurrency: "unbounded"
      })
      const stored = yield* Effect.forEach(apps, ({ stored }) =>
        stored("Users"))
      assert.deepStrictEqual(stored.map((users) => users.map(({ metadata }) => metadata)), [
        [{ i: 0 }],
        [{ i: 1 }],
        [{ i: 2 }]
      ])
    }).pipe(Effect.provide(threeApps)))
})
