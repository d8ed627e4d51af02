import type { ResponseInfo } from "@sunco/client"
import * as Circuit from "@sunco/client/Circuit"
import * as Everything from "@sunco/client/everything"
import * as Limiter from "@sunco/client/Limiter"
import {
  type AuthorizeUrl,
  type BrandCallOptions,
  type CallOptions,
  type ClientClosed,
  OAuth,
  type Options,
  type OptionsBesideEnvironment,
  Sunshine,
  SunshineError,
  UserAlreadyExists,
  UserNotFound,
  Users
} from "@sunco/client/promise"
import type { SunshineRequest, SunshineResponse } from "@sunco/client/Sunshine"
import type { SunshineErrorReason } from "@sunco/client/SunshineError"
import * as UndiciTransport from "@sunco/client/UndiciTransport"
import { Users as EffectUsers } from "@sunco/client/Users"
import type { User } from "@sunco/schemas"
import type * as Duration from "effect/Duration"
import * as Redacted from "effect/Redacted"
import { describe, expect, test } from "tstyche"

declare const users: Users

const address = { appId: "1", subdomain: "acme" }

const key = { keyId: "app_1", secret: "secret" }

test("withResponse keeps the value's type", () => {
  expect(users.withResponse((users) => users.get("ada"))).type.toBe<
    Promise<{ readonly value: User; readonly response: ResponseInfo | undefined }>
  >()
})

test("an error is narrowed by its class, its tag and the tag of its reason", () => {
  const error: unknown = new Error()
  if (error instanceof UserNotFound) expect(error._tag).type.toBe<"UserNotFound">()
  if (error instanceof UserAlreadyExists) expect(error._tag).type.toBe<"UserAlreadyExists">()
  if (error instanceof SunshineError) {
    expect(error.reason).type.toBe<SunshineErrorReason>()
    if (error.reason._tag === "RateLimited") {
      expect(error.reason.retryAfter).type.toBe<Duration.Duration | undefined>()
    }
  }
  expect<ClientClosed>().type.toBeAssignableTo<Error>()
})

describe("Users", () => {
  test("is made at once", () => {
    expect(Users.make).type.toBe<(options: Options) => Users>()
    expect(Users.fromEnv).type.toBe<(options?: OptionsBesideEnvironment) => Users>()
    expect<Users>().type.toBeAssignableTo<AsyncDisposable>()
  })

  test("takes a key or a token, plain or Redacted, and not both", () => {
    const secret = Redacted.make("secret")
    for (
      const credentials of [
        key,
        { keyId: "app_1", secret },
        { ...key, scope: "app" as const, lifetime: "15 minutes" as const },
        { token: "token" },
        { token: secret },
        { token: () => Promise.resolve("token"), timeToLive: "5 minutes" as const },
        { token: (signal: AbortSignal) => Promise.resolve(signal.aborted ? secret : "token") }
      ]
    ) {
      expect(Users.make).type.toBeCallableWith({ ...address, credentials })
    }
    expect(Users.make).type.toBeCallableWith({ ...address, credentials: { ...key, scope: "account" } })
    expect(Users.make).type.not.toBeCallableWith(address)
    expect(Users.make).type.not.toBeCallableWith({ ...address, credentials: {} })
    expect(Users.make).type.not.toBeCallableWith({ ...address, credentials: { keyId: "app_1" } })
    expect(Users.make).type.not.toBeCallableWith({ ...address, credentials: { ...key, scope: "user" } })
    expect(Users.make).type.not.toBeCallableWith({
      ...address,
      credentials: { keyId: "app_1", secret: "secret", token: "token" }
    })
    expect(Users.make).type.not.toBeCallableWith({ ...address, credentials: { token: () => Promise.resolve(1) } })
  })

  test("takes a fetch or a layer for its transport, and layers beside it", () => {
    expect(Users.fromEnv).type.toBeCallableWith({ transport: fetch })
    expect(Users.fromEnv).type.toBeCallableWith({
      transport: UndiciTransport.layer,
      layers: [Circuit.layer(), Limiter.layerMemory({ limit: 100, window: "1 minute" })]
    })
    expect(Users.fromEnv).type.not.toBeCallableWith({ transport: UndiciTransport })
    expect(Users.fromEnv).type.not.toBeCallableWith({ layers: [Limiter.layerRedis({ limit: 1, window: "1 minute" })] })
    expect(Users.fromEnv).type.toBeCallableWith({
      retry: "never",
      deadline: "20 seconds",
      userAgent: "support-bot/2.0"
    })
    expect(Users.fromEnv).type.not.toBeCallableWith({ appId: "1" })
  })

  test("takes the options of the Effect face", () => {
    expect(Users.make).type.toBeCallableWith({
      appId: "1",
      baseUrl: "https://api.smooch.io",
      credentials: key,
      attemptTimeout: "1 second",
      deadline: 10_000,
      retry: { budget: "unlimited" },
      maxResponseBytes: 1000,
      userAgent: "support-bot/2.0",
      propagateTrace: true,
      metadataLimit: false
    })
    expect(Users.make).type.not.toBeCallableWith({ subdomain: "acme", credentials: key })
    expect(Users.make).type.not.toBeCallableWith({ appId: "1", subdomian: "acme", credentials: key })
  })
})

describe("Sunshine", () => {
  test("has each resource under the name that it was given, and what every client has", () => {
    const sunshine = Sunshine.fromEnv({ people: Users }, { retry: "never" })
    expect(sunshine.people.get).type.toBe<(id: string, options?: BrandCallOptions) => Promise<User>>()
    expect(sunshine.request).type.toBe<(request: SunshineRequest, options?: CallOptions) => Promise<SunshineResponse>>()
    expect(sunshine.withResponse(({ people }) => people.get("ada"))).type.toBe<
      Promise<{ readonly value: User; readonly response: ResponseInfo | undefined }>
    >()
    expect(sunshine).type.toBeAssignableTo<AsyncDisposable>()
    expect(sunshine.people).type.not.toHaveProperty("close")
    expect(Sunshine.make).type.toBeCallableWith({ ...address, credentials: key }, { users: Users })
    expect(Sunshine.make).type.not.toBeCallableWith({ ...address }, { users: Users })
    expect(Sunshine.make).type.not.toBeCallableWith({ ...address, credentials: key }, { users: EffectUsers })
  })
})

describe("everything", () => {
  test("is a client with every resource, made without a list", () => {
    const sunshine = Everything.Sunshine.fromEnv()
    expect(sunshine).type.toBe<Everything.Sunshine>()
    expect(sunshine.users.get).type.toBe<(id: string, options?: BrandCallOptions) => Promise<User>>()
    expect(sunshine.appId).type.toBe<string>()
    expect(sunshine).type.toHaveProperty("oauth")
    expect(Everything.Sunshine.make).type.toBeCallableWith({ ...address, credentials: key })
    expect(Everything.Sunshine.make).type.not.toBeCallableWith({ ...address })
    expect(Sunshine.fromEnv).type.not.toBeCallableWith()
  })
})

describe("OAuth", () => {
  test("needs no settings, and no client for what begins the flow", () => {
    expect(OAuth.make).type.toBeCallableWith()
    expect(OAuth.make).type.toBeCallableWith({ bridgeUrl: "https://bridge.example", credentials: { token: "token" } })
    expect(OAuth.make).type.not.toBeCallableWith({ appId: "1" })
    expect(OAuth.authorizeUrl({ client_id: "a" })).type.toBe<AuthorizeUrl>()
    expect(OAuth.checkState).type.toBeCallableWith(undefined, ["a"])
    expect(Sunshine.make).type.toBeCallableWith({ subdomain: "acme", credentials: key }, { oauth: OAuth })
  })
})
