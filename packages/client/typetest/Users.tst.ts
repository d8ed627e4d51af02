import type { Credentials, SettingsError, Sunshine } from "@sunco/client"
import { Users } from "@sunco/client"
import * as Config from "effect/Config"
import type * as Effect from "effect/Effect"
import type * as HttpClient from "effect/http/HttpClient"
import type * as Layer from "effect/Layer"
import { describe, expect, test } from "tstyche"

declare const users: Users["Service"]

describe("a patch", () => {
  test("tells null, absent and present apart", () => {
    expect(users.update).type.toBeCallableWith("ada", {})
    expect(users.update).type.toBeCallableWith("ada", { metadata: null })
    expect(users.update).type.toBeCallableWith("ada", { metadata: undefined })
    expect(users.update).type.toBeCallableWith("ada", { metadata: { plan: "pro", seats: 3, trial: false } })
    expect(users.update).type.toBeCallableWith("ada", {
      profile: { givenName: null, surname: undefined, locale: "en" }
    })
  })

  test("takes null only where the vendor clears by it", () => {
    expect(users.update).type.not.toBeCallableWith("ada", { signedUpAt: null })
    expect(users.update).type.not.toBeCallableWith("ada", { toBeRetained: null })
    expect(users.update).type.not.toBeCallableWith("ada", { profile: null })
    expect(users.update).type.not.toBeCallableWith("ada", { metadata: { plan: null } })
  })

  test("takes nothing that the vendor cannot change", () => {
    expect(users.update).type.not.toBeCallableWith("ada", { externalId: "bob" })
    expect(users.update).type.not.toBeCallableWith("ada", { brandId: "1" })
    expect(users.update).type.not.toBeCallableWith("ada", { profile: { givenNmae: "Ada" } })
  })
})

describe("a payload", () => {
  test("of create may have an externalId, and of getOrCreate and upsert must", () => {
    expect(users.create).type.toBeCallableWith({})
    expect(users.create).type.toBeCallableWith({ externalId: undefined })
    expect(users.create).type.not.toBeCallableWith({ externalId: null })
    for (const method of [users.getOrCreate, users.upsert]) {
      expect(method).type.toBeCallableWith({ externalId: "ada" })
      expect(method).type.not.toBeCallableWith({})
      expect(method).type.not.toBeCallableWith({ externalId: undefined })
    }
  })

  test("of sync may be left out", () => {
    expect(users.sync).type.toBeCallableWith("35436")
    expect(users.sync).type.toBeCallableWith("35436", undefined, { deadline: "5 seconds" })
    expect(users.sync).type.toBeCallableWith("35436", { survivingZendeskId: "2" })
  })
})

describe("the options of a call", () => {
  test("are times, retries, and a brand where the vendor takes one", () => {
    expect(users.get).type.toBeCallableWith("ada", {
      brandId: "1",
      attemptTimeout: "500 millis",
      deadline: 5000,
      retry: { attempts: 2, baseDelay: "1 second", afterAmbiguous: "never" }
    })
    expect(users.get).type.toBeCallableWith("ada", { retry: "never" })
    expect(users.get).type.toBeCallableWith("ada", { retry: "unapplied-only" })
    expect(users.get).type.not.toBeCallableWith("ada", { retry: "always" })
    expect(users.get).type.not.toBeCallableWith("ada", { deadline: "soon" })
    expect(users.create).type.not.toBeCallableWith({}, { brandId: "1" })
    expect(users.sync).type.not.toBeCallableWith("35436", {}, { brandId: "1" })
  })

  test("may be undefined, each of them", () => {
    expect(users.get).type.toBeCallableWith("ada", undefined)
    expect(users.get).type.toBeCallableWith("ada", {
      brandId: undefined,
      attemptTimeout: undefined,
      deadline: undefined,
      retry: undefined
    })
  })
})

describe("Users", () => {
  test("is made of options, a transport and credentials", () => {
    expect(Users.make({ appId: "1", subdomain: "acme" })).type.toBe<
      Effect.Effect<Users["Service"], SettingsError, HttpClient.HttpClient | Credentials.Credentials>
    >()
    expect(Users.layer({ appId: "1", baseUrl: "https://api.smooch.io" })).type.toBe<
      Layer.Layer<Users | Sunshine, SettingsError, HttpClient.HttpClient | Credentials.Credentials>
    >()
    expect(Users.layerNoDeps).type.toBe<Layer.Layer<Users, never, Sunshine>>()
  })

  test("is made of Config", () => {
    expect(Users.layerConfig({ appId: Config.String("APP"), deadline: Config.Duration("DEADLINE") })).type.toBe<
      Layer.Layer<
        Users | Sunshine,
        Config.ConfigError | SettingsError,
        HttpClient.HttpClient | Credentials.Credentials
      >
    >()
    expect(Users.layerFromConfig()).type.toBe<
      Layer.Layer<Users | Sunshine, Config.ConfigError | SettingsError, HttpClient.HttpClient>
    >()
    expect(Users.layerFromConfig).type.toBeCallableWith({ retry: "never", deadline: "20 seconds", userAgent: "a" })
    expect(Users.layerFromConfig).type.not.toBeCallableWith({ appId: "1" })
  })

  test("takes these options and no others", () => {
    expect(Users.layer).type.toBeCallableWith({
      appId: "1",
      subdomain: undefined,
      baseUrl: "https://api.smooch.io",
      attemptTimeout: "1 second",
      deadline: "10 seconds",
      retry: { budget: "unlimited" },
      maxResponseBytes: 1000,
      userAgent: "support-bot/2.0",
      propagateTrace: true,
      metadataLimit: false
    })
    expect(Users.layer).type.not.toBeCallableWith({ subdomain: "acme" })
    expect(Users.layer).type.not.toBeCallableWith({ appId: "1", subdomian: "acme" })
    expect(Users.layer).type.not.toBeCallableWith({ appId: "1", metadataLimit: 5000 })
  })
})
