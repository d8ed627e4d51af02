/**
 * What this package exports against what the client exports; the types are compared in typetest/Surface.tst.ts. Where one of
 * the two changes alone, one of these fails.
 */
import * as HttpClient from "@effect/platform/HttpClient"
import * as Client from "@sunco/client"
import * as ClientCredentials from "@sunco/client/Credentials"
import * as ClientSunshineError from "@sunco/client/SunshineError"
import * as ClientUsersError from "@sunco/client/Outcomes"
import * as Package from "@sunco/effect3"
import * as Credentials from "@sunco/effect3/Credentials"
import * as SunshineError from "@sunco/effect3/SunshineError"
import * as UsersError from "@sunco/effect3/Outcomes"
import * as ConfigProvider4 from "effect-4/ConfigProvider"
import * as Effect4 from "effect-4/Effect"
import * as HttpClient4 from "effect-4/http/HttpClient"
import * as Layer4 from "effect-4/Layer"
import * as Redacted4 from "effect-4/Redacted"
import * as ConfigProvider from "effect/ConfigProvider"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { globSync, readFileSync, realpathSync } from "node:fs"
import { assert, describe, it } from "vitest"
import * as ScriptedTransport from "./ScriptedTransport.ts"

const sorted = (names: Iterable<string>): ReadonlyArray<string> => Array.from(new Set(names)).sort()

const without = (names: ReadonlyArray<string>, ...leftOut: ReadonlyArray<string>): ReadonlyArray<string> => {
  assert.includeMembers([...names], [...leftOut])
  return sorted(names.filter((name) => !leftOut.includes(name)))
}

const modulesOf = (name: string) =>
  globSync("*.ts", { cwd: new URL(`../../${name}/src`, import.meta.url) }).map((module) => module.slice(0, -3))

const manifestOf = (name: string) =>
  JSON.parse(readFileSync(new URL(`../../${name}/package.json`, import.meta.url), "utf8"))

const { httpClient } = ScriptedTransport.make([ScriptedTransport.found])

const httpClient4 = HttpClient4.make(() => Effect4.never)

describe("this package and the client have the same", () => {
  it("modules, but for those of one of the two alone", () => {
    assert.deepStrictEqual(
      // The data types that an application of Effect 4 has from @sunco/schemas.
      without(modulesOf("effect3"), "UnknownFields", "User", "UserPayloads", "Models", "Effect3Face"),
      // The transport is the application's; promises need no Effect; the text of the methods is the client's.
      without(
        modulesOf("client"),
        "UndiciTransport",
        "FetchTransport",
        "BufferedResponse",
        "SecretWrapper",
        "promise",
        "everything",
        "PromiseFace",
        "PromiseOptions",
        "ClientClosed",
        "EffectFace",
        "Face",
        "SunshineRequest",
        ...modulesOf("client").filter((module) => module.endsWith("Methods"))
      )
    )
  })

  /** What an index exports by name, types included. */
  const namesOf = (index: string): ReadonlyArray<string> =>
    Array.from(
      readFileSync(new URL(index, import.meta.url), "utf8").matchAll(/^export (?:type )?(?:\* as (\w+)|\{([^}]+)\})/gm),
      ([, namespace, names = ""]) => namespace ?? names.split(",").map((name) => name.trim().replace(/^type /, ""))
    ).flat()

  it("names in the index, of types too", () => {
    assert.deepStrictEqual(
      without(namesOf("../src/index.ts"), "UnknownFields"),
      // Of the policy an application of Effect 3 has the options alone.
      without(namesOf("../../client/src/index.ts"), "RetryPolicy")
    )
  })

  it("exports", () => {
    assert.deepStrictEqual(
      without(Object.keys(Package), "UnknownFields"),
      // Of the policy an application of Effect 3 has the options alone.
      without(Object.keys(Client), "RetryPolicy")
    )
    assert.deepStrictEqual(sorted(Object.keys(Credentials)), sorted(Object.keys(ClientCredentials)))
    assert.deepStrictEqual(sorted(Object.keys(UsersError)), sorted(Object.keys(ClientUsersError)))
    assert.deepStrictEqual(
      sorted(Object.keys(Package.Limiter)),
      // A store that is the application's would have to be one of Effect 4.
      without(Object.keys(Client.Limiter), "make", "layerRedis")
    )
    assert.deepStrictEqual(sorted(Object.keys(Package.Circuit)), sorted(Object.keys(Client.Circuit)))
    assert.deepStrictEqual(
      sorted(Object.keys(SunshineError)),
      // Types here, and schemas there.
      without(
        Object.keys(ClientSunshineError),
        "Applied",
        "InputIssue",
        "RetryStopped",
        "SunshineErrorReason",
        "VendorError"
      )
    )
    assert.strictEqual(Package.usersRetrySafety, Client.usersRetrySafety)
  })

  it("ways to make a service", () => {
    const own = (service: object) => without(Object.getOwnPropertyNames(service), "length", "name", "prototype")
    const resource = ["make", "layerNoDeps", "layer", "layerConfig", "layerFromConfig"]
    assert.containsAllKeys(Object.getPrototypeOf(Package.Users), resource)
    assert.containsAllKeys(Object.getPrototypeOf(Client.Users), resource)
    assert.deepStrictEqual(own(Package.Sunshine), own(Client.Sunshine))
  })

  it("methods", async () => {
    const users = await Effect.runPromise(Effect.provide(Package.Users, ScriptedTransport.users(httpClient)))
    const clientUsers = await Effect4.runPromise(
      Client.Users.make({ appId: "app", subdomain: "example" }).pipe(
        Effect4.provideService(HttpClient4.HttpClient, httpClient4),
        Effect4.provide(ClientCredentials.layerBearer(Redacted4.make("token")))
      )
    )
    assert.deepStrictEqual(sorted(Object.keys(users)), sorted(Object.keys(clientUsers)))
  })

  it("names in the environment", async () => {
    const environment: Record<string, string> = {
      SUNCO_APP_ID: "app",
      SUNCO_SUBDOMAIN: "example",
      SUNCO_KEY_ID: "app_1",
      SUNCO_KEY_SECRET: "secret"
    }
    const asked = new Set<string>()
    const flat = ConfigProvider.fromMap(new Map(Object.entries(environment))).flattened
    const provider = ConfigProvider.fromFlat({
      ...flat,
      load: (path, config, split) => {
        asked.add(path.join("."))
        return flat.load(path, config, split)
      }
    })
    await Effect.runPromise(
      Layer.build(Package.Users.layerFromConfig()).pipe(
        Effect.scoped,
        Effect.withConfigProvider(provider),
        Effect.provideService(HttpClient.HttpClient, httpClient)
      )
    )

    const clientAsked = new Set<string>()
    const clientProvider = ConfigProvider4.make((path) => {
      const name = path.join(".")
      clientAsked.add(name)
      return Effect4.succeed(name in environment ? ConfigProvider4.makeValue(environment[name]!) : undefined)
    })
    await Effect4.runPromise(
      Layer4.build(Client.Users.layerFromConfig()).pipe(
        Effect4.scoped,
        Effect4.provideService(ConfigProvider4.ConfigProvider, clientProvider),
        Effect4.provideService(HttpClient4.HttpClient, httpClient4)
      )
    )
    assert.deepStrictEqual(sorted(asked), sorted(clientAsked))
  })

  it("version, and the Effect 4 that the client is tested with", () => {
    assert.strictEqual(manifestOf("effect3").version, manifestOf("client").version)
    const directoryOf = (path: string) => realpathSync(new URL(`../../${path}`, import.meta.url))
    assert.strictEqual(directoryOf("effect3/node_modules/effect-4"), directoryOf("client/node_modules/effect"))
  })
})
