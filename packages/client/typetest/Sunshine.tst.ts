import { Credentials, Limiter, type SettingsError, Sunshine, type SunshineError, type Users } from "@sunco/client"
import type { UserNotFound } from "@sunco/client"
import * as Circuit from "@sunco/client/Circuit"
import type { ResponseInfo } from "@sunco/client/ResponseInfo"
import type { SunshineRequest, SunshineResponse } from "@sunco/client/Sunshine"
import type { CredentialsUnavailable } from "@sunco/client/SunshineError"
import * as UndiciTransport from "@sunco/client/UndiciTransport"
import type { User } from "@sunco/schemas"
import type * as Config from "effect/Config"
import * as Effect from "effect/Effect"
import type * as HttpClient from "effect/http/HttpClient"
import type * as Layer from "effect/Layer"
import type * as RateLimiter from "effect/persistence/RateLimiter"
import type { Redis } from "effect/persistence/Redis"
import * as Redacted from "effect/Redacted"
import type * as Scope from "effect/Scope"
import { describe, expect, test } from "tstyche"

declare const sunshine: Sunshine["Service"]
declare const users: Users["Service"]

describe("Sunshine", () => {
  test("is made of options, a transport and credentials, or of the environment", () => {
    expect(Sunshine.make({ appId: "1" })).type.toBe<
      Effect.Effect<Sunshine["Service"], SettingsError, HttpClient.HttpClient | Credentials.Credentials>
    >()
    expect(Sunshine.layer({ appId: "1" })).type.toBe<
      Layer.Layer<Sunshine, SettingsError, HttpClient.HttpClient | Credentials.Credentials>
    >()
    expect(Sunshine.layerFromConfig()).type.toBe<
      Layer.Layer<Sunshine, Config.ConfigError | SettingsError, HttpClient.HttpClient>
    >()
  })

  test("request gives any 2xx, and everything else as one error", () => {
    expect<ReturnType<typeof sunshine.request>>().type.toBe<Effect.Effect<SunshineResponse, SunshineError>>()
    expect<SunshineResponse["body"]>().type.toBe<unknown>()
    expect<{ operation: string; method: "GET"; path: ReadonlyArray<string> }>().type.toBeAssignableTo<
      SunshineRequest
    >()
    expect<{ operation: string; method: "GET"; path: string }>().type.not.toBeAssignableTo<SunshineRequest>()
    expect<{ operation: string; method: "HEAD"; path: ReadonlyArray<string> }>().type.not.toBeAssignableTo<
      SunshineRequest
    >()
  })

  test("withResponse keeps value, errors and services", () => {
    expect(Sunshine.withResponse(users.get("ada"))).type.toBe<
      Effect.Effect<
        { readonly value: User; readonly response: ResponseInfo | undefined },
        UserNotFound | SunshineError
      >
    >()
    expect(Sunshine.withResponse(Effect.flatMap(Sunshine, (sunshine) => Effect.succeed(sunshine.appId)))).type.toBe<
      Effect.Effect<{ readonly value: string; readonly response: ResponseInfo | undefined }, never, Sunshine>
    >()
  })
})

describe("layers", () => {
  const secret = Redacted.make("secret")

  test("of credentials need nothing, and fail only from the environment", () => {
    expect(Credentials.layerBasic({ keyId: "app_1", secret })).type.toBe<Layer.Layer<Credentials.Credentials>>()
    expect(Credentials.layerBearer(secret)).type.toBe<Layer.Layer<Credentials.Credentials>>()
    expect(Credentials.layerBearerEffect(Effect.fail("no token"))).type.toBe<Layer.Layer<Credentials.Credentials>>()
    expect(Credentials.layerJwt({ keyId: "app_1", secret, scope: "app" })).type.toBe<
      Layer.Layer<Credentials.Credentials>
    >()
    expect(Credentials.layerFromConfig).type.toBe<
      Layer.Layer<Credentials.Credentials, Config.ConfigError | SettingsError>
    >()
    expect<Effect.Error<Credentials.Credentials["Service"]["current"]>>().type.toBe<CredentialsUnavailable>()
  })

  test("of credentials take no secret that is a plain string", () => {
    expect(Credentials.layerBasic).type.not.toBeCallableWith({ keyId: "app_1", secret: "secret" })
    expect(Credentials.layerBearer).type.not.toBeCallableWith("token")
    expect(Credentials.layerJwt).type.not.toBeCallableWith({ keyId: "app_1", secret, scope: "user" })
  })

  test("of the transport give Effect's HttpClient", () => {
    expect(UndiciTransport.layer).type.toBe<Layer.Layer<HttpClient.HttpClient>>()
    expect(UndiciTransport.layerAgent({ connections: 8 })).type.toBe<Layer.Layer<HttpClient.HttpClient>>()
    expect(UndiciTransport.makeAgent()).type.toBe<Effect.Effect<HttpClient.HttpClient, never, Scope.Scope>>()
  })

  test("of the limiter and the breaker add nothing to the types of a client", () => {
    expect(Limiter.layerMemory({ limit: 100, window: "1 minute" })).type.toBe<Layer.Layer<never>>()
    expect(Limiter.layerRedis({ limit: 100, window: "1 minute" })).type.toBe<Layer.Layer<never, never, Redis>>()
    expect(Limiter.make({ limit: 100, window: "1 minute" })).type.toBe<
      Effect.Effect<Limiter.Limiter, never, RateLimiter.RateLimiter>
    >()
    expect(Circuit.layer({ failures: 5 })).type.toBe<Layer.Layer<never>>()
  })
})
