/**
 * What a method is on each face, in the words of its hover: of three methods, for all are of the same text. The face of Effect 3 is in
 * its own package.
 */
import type {
  AppKeyNotFound,
  AppKeys,
  BrandCallOptions,
  CallOptions,
  CreateAppKey,
  CreateAppKeyOptions,
  CreatedAppKey,
  SunshineError,
  UserAlreadyExists,
  UserNotFound,
  Users
} from "@sunco/client"
import type * as Promises from "@sunco/client/promise"
import type { CreateUser, User } from "@sunco/schemas"
import * as Effect from "effect/Effect"
import type * as Redacted from "effect/Redacted"
import { describe, expect, test } from "tstyche"

declare const effects: Users["Service"]

declare const promises: Promises.Users

describe("a method", () => {
  test("is an effect with its error channel written out", () => {
    expect(effects.create).type.toBe<
      (payload: CreateUser, options?: CallOptions) => Effect.Effect<User, UserAlreadyExists | SunshineError>
    >()
    expect(effects.delete).type.toBe<
      (id: string, options?: BrandCallOptions) => Effect.Effect<void, UserNotFound | SunshineError>
    >()
    expect(effects.listByEmail).type.toBe<
      (email: string, options?: BrandCallOptions) => Effect.Effect<ReadonlyArray<User>, SunshineError>
    >()
  })

  test("is a promise of what it gives, whose options have a signal", () => {
    expect(promises.create).type.toBe<(payload: CreateUser, options?: Promises.CallOptions) => Promise<User>>()
    expect(promises.delete).type.toBe<(id: string, options?: Promises.BrandCallOptions) => Promise<void>>()
    expect(promises.listByEmail).type.toBe<
      (email: string, options?: Promises.BrandCallOptions) => Promise<ReadonlyArray<User>>
    >()
    const { signal } = new AbortController()
    expect(promises.get).type.toBeCallableWith("ada", { signal, brandId: "1", deadline: "5 seconds", retry: "never" })
    expect(promises.create).type.not.toBeCallableWith({}, { brandId: "1" })
    expect(promises.get).type.not.toBeCallableWith("ada", { signal: new AbortController() })
  })

  test("is there on both faces", () => {
    expect<Exclude<keyof Users["Service"], keyof Promises.Users>>().type.toBe<never>()
    expect<Exclude<keyof Promises.Users, keyof Users["Service"]>>().type.toBe<
      "appId" | "request" | "withResponse" | "close" | typeof Symbol.asyncDispose
    >()
  })
})

describe("a resource outside of any app", () => {
  test("takes the app as an argument, and gives secrets that nothing prints", () => {
    expect<AppKeys["Service"]["create"]>().type.toBe<
      (
        appId: string,
        payload: CreateAppKey,
        options?: CallOptions & CreateAppKeyOptions
      ) => Effect.Effect<CreatedAppKey, SunshineError>
    >()
    expect<Promises.AppKeys["create"]>().type.toBe<
      (
        appId: string,
        payload: CreateAppKey,
        options?: Promises.CallOptions & CreateAppKeyOptions
      ) => Promise<CreatedAppKey>
    >()
    expect<CreatedAppKey["secret"]>().type.toBe<Redacted.Redacted>()
    expect<Effect.Error<ReturnType<AppKeys["Service"]["get"]>>>().type.toBe<AppKeyNotFound | SunshineError>()
  })

  test("has clients without an app, and no request of its own", () => {
    expect<Extract<keyof Promises.AppKeys, "appId" | "request">>().type.toBe<never>()
    expect<Parameters<typeof Promises.AppKeys.make>>().type.toBe<[options: Promises.ServerOptions]>()
    expect<Promises.AreOutsideApp<{ apps: typeof Promises.Apps; keys: typeof Promises.AppKeys }>>().type.toBe<true>()
    expect<Promises.AreOutsideApp<{ apps: typeof Promises.Apps; users: typeof Promises.Users }>>().type.toBe<false>()
  })
})

test("an outcome is caught by its tag, and leaves the rest", () => {
  const handled = Effect.catchTag(effects.get("ada"), "UserNotFound", (error) => {
    expect(error).type.toBe<UserNotFound>()
    return Effect.succeed(undefined)
  })
  expect(handled).type.toBe<Effect.Effect<User | undefined, SunshineError>>()
})
