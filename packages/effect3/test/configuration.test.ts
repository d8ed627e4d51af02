import * as HttpClient from "@effect/platform/HttpClient"
import * as Credentials from "@sunco/effect3/Credentials"
import { Users } from "@sunco/effect3/Users"
import * as Cause from "effect/Cause"
import * as Config from "effect/Config"
import * as ConfigError from "effect/ConfigError"
import * as ConfigProvider from "effect/ConfigProvider"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { assert, describe, it } from "vitest"
import * as ScriptedTransport from "./ScriptedTransport.ts"

const environment = {
  SUNCO_APP_ID: "app1",
  SUNCO_SUBDOMAIN: "example",
  SUNCO_KEY_ID: "app_1",
  SUNCO_KEY_SECRET: "a secret, with a comma"
}

const sentWith = async (
  layer: Layer.Layer<Users, unknown, HttpClient.HttpClient>,
  variables: Record<string, string>
) => {
  const { httpClient, sent } = ScriptedTransport.make([ScriptedTransport.found])
  await Effect.runPromise(
    Effect.flatMap(Users, (users) => users.get("ada")).pipe(
      Effect.provide(Layer.provide(layer, Layer.succeed(HttpClient.HttpClient, httpClient))),
      Effect.withConfigProvider(ConfigProvider.fromMap(new Map(Object.entries(variables))))
    )
  )
  const { headers, url } = sent[0]!.request
  return [url, headers["authorization"]]
}

const failureWith = <A, E>(layer: Layer.Layer<A, E>, variables: Record<string, string>): Promise<E> =>
  Effect.runPromise(
    Layer.build(layer).pipe(
      Effect.scoped,
      Effect.flip,
      Effect.withConfigProvider(ConfigProvider.fromMap(new Map(Object.entries(variables))))
    )
  )

const transport = Layer.succeed(HttpClient.HttpClient, ScriptedTransport.make([ScriptedTransport.found]).httpClient)

describe("layerFromConfig", () => {
  it("reads everything from the application's ConfigProvider", async () => {
    assert.deepStrictEqual(await sentWith(Users.layerFromConfig(), environment), [
      "https://example.zendesk.com/sc/v2/apps/app1/users/ada",
      `Basic ${btoa("app_1:a secret, with a comma")}`
    ])
  })

  it("takes another base URL and a token, and an empty variable for one that is not set", async () => {
    assert.deepStrictEqual(
      await sentWith(Users.layerFromConfig(), {
        SUNCO_APP_ID: "app1",
        SUNCO_BASE_URL: "https://api.smooch.io",
        SUNCO_SUBDOMAIN: "",
        SUNCO_TOKEN: "token",
        SUNCO_KEY_ID: "",
        SUNCO_KEY_SECRET: ""
      }),
      ["https://api.smooch.io/v2/apps/app1/users/ada", "Bearer token"]
    )
  })

  it.each([
    ["SUNCO_APP_ID", { ...environment, SUNCO_APP_ID: "" }],
    ["SUNCO_SUBDOMAIN", { ...environment, SUNCO_SUBDOMAIN: "" }],
    ["SUNCO_KEY_SECRET", { ...environment, SUNCO_KEY_SECRET: "" }],
    ["SUNCO_TOKEN", { ...environment, SUNCO_TOKEN: "token" }]
  ])("names the variable that is missing or too much: %s", async (setting, variables) => {
    const error = await failureWith(Layer.provide(Users.layerFromConfig(), transport), variables)
    assert(error._tag === "SettingsError")
    assert.deepStrictEqual(error.problems.map((problem) => problem.setting), [setting])
  })

  it("fails with the ConfigError of the application's provider", async () => {
    const unavailable = ConfigError.SourceUnavailable([], "the vault is sealed", Cause.empty)
    const sealed = ConfigProvider.make({
      load: () => Effect.fail(unavailable),
      flattened: ConfigProvider.fromMap(new Map()).flattened
    })
    assert.strictEqual(
      await Effect.runPromise(
        Layer.build(Credentials.layerFromConfig).pipe(Effect.scoped, Effect.flip, Effect.withConfigProvider(sealed))
      ),
      unavailable
    )
  })
})

describe("layerConfig", () => {
  it("takes the names that the application chooses", async () => {
    const layer = Users.layerConfig({
      appId: Config.string("APP"),
      subdomain: Config.succeed("example"),
      deadline: Config.duration("DEADLINE")
    })
    const [url] = await sentWith(Layer.provide(layer, Credentials.layerBasic(ScriptedTransport.key)), {
      APP: "app2",
      DEADLINE: "5 seconds"
    })
    assert.strictEqual(url, "https://example.zendesk.com/sc/v2/apps/app2/users/ada")
  })
})
