import { assert, describe, it } from "@effect/vitest"
import { AllResources, Credentials } from "@sunco/client"
import * as Client from "@sunco/client"
import * as Everything from "@sunco/client/everything"
import * as Promises from "@sunco/client/promise"
import { Emulator } from "@sunco/emulator"
import { SunshineOperations } from "@sunco/schemas/SunshineOperations"
import * as Config from "effect/Config"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import { build } from "esbuild"
import { basename } from "node:path"
import { lowerCased } from "./Faces.ts"

const declared = Object.keys(SunshineOperations)

describe("AllResources", () => {
  const credentials = Credentials.layerBearer(Redacted.make("token"))
  const appId = "5d8cff3cd55b040010928b5b"
  const options = { appId, baseUrl: "http://localhost" }

  it.effect.each([
    { name: "layer", layer: Layer.provide(AllResources.layer(options), credentials) },
    {
      name: "layerConfig",
      layer: Layer.provide(AllResources.layerConfig(Config.succeed(options)), credentials)
    },
    { name: "layerFromConfig", layer: AllResources.layerFromConfig() },
    {
      name: "layerNoDeps",
      layer: Layer.provideMerge(AllResources.layerNoDeps, Client.Sunshine.layerFromConfig())
    }
  ])("$name has every declared resource, and what they share", ({ layer }) =>
    Effect.gen(function*() {
      const { mapUnsafe } = yield* Layer.build(Layer.provide(layer, Emulator.layerTest()))
      assert.includeMembers(Array.from(mapUnsafe.keys()), [
        "@sunco/client/Sunshine",
        ...declared.map((name) => `@sunco/client/${name}`)
      ])
    }))

  it("of the promise face has every declared resource", async () => {
    assert.sameMembers(Object.keys(Promises.AllResources), declared.map(lowerCased))
    await using sunshine = Promises.Sunshine.make(
      { ...options, credentials: { token: "token" } },
      Promises.AllResources
    )
    assert.includeMembers(Object.keys(sunshine), declared.map(lowerCased))
  })

  /** The modules of which something is in a bundle, by their names. */
  const modulesOf = async (contents: string) => {
    const { metafile } = await build({
      stdin: { contents, resolveDir: import.meta.dirname },
      bundle: true,
      format: "esm",
      platform: "browser",
      metafile: true,
      write: false
    })
    return Object.values(metafile.outputs).flatMap(({ inputs }) =>
      Object.entries(inputs).flatMap(([path, { bytesInOutput }]) =>
        bytesInOutput > 0 && path.includes("client/src/") ? [basename(path, ".ts")] : []
      )
    )
  }

  it("needs no list where everything is wanted", async () => {
    const settings = { ...options, credentials: { token: "token" } }
    await using sunshine = Everything.Sunshine.make(settings)
    assert.includeMembers(Object.keys(sunshine), declared.map(lowerCased))
    assert.throws(
      () => Everything.Sunshine.make({ ...settings, appId: "" }),
      Promises.SettingsError,
      "appId must be set"
    )
    assert.throws(() => Everything.Sunshine.fromEnv({ deadline: 0 }), Promises.SettingsError, "deadline must be")
    // As in JavaScript.
    const withoutList: { readonly fromEnv: Function } = Promises.Sunshine
    assert.throws(() => withoutList.fromEnv(), Promises.SettingsError, "@sunco/client/everything")
  })

  it("is in the bundle of whoever wants everything", async () => {
    assert.includeMembers(await modulesOf("export { Sunshine } from \"@sunco/client/everything\""), declared)
  })

  it.each(["@sunco/client", "@sunco/client/promise"])(
    "is in no bundle that does not name it, nor is a resource: of %s",
    async (module) => {
      const all = await modulesOf(`export { AllResources, Sunshine } from "${module}"`)
      assert.includeMembers(all, declared)
      const none = await modulesOf(`export { Sunshine } from "${module}"`)
      assert.include(none, "call")
      assert.deepStrictEqual(none.filter((name) => [...declared, "AllResources", "allResources"].includes(name)), [])
    }
  )
})
