/**
 * What the client's types are in Effect 3, computed from them, against what this package declares: where one of the two
 * changes alone, this fails.
 */
import type * as ClientCallOptions from "@sunco/client/CallOptions"
import type * as ClientCircuit from "@sunco/client/Circuit"
import type * as ClientCredentials from "@sunco/client/Credentials"
import type * as ClientLimiter from "@sunco/client/Limiter"
import type * as ClientRetryPolicy from "@sunco/client/RetryPolicy"
import type * as ClientSettingsError from "@sunco/client/SettingsError"
import type * as ClientSunshine from "@sunco/client/Sunshine"
import type * as ClientSunshineError from "@sunco/client/SunshineError"
import type * as ClientOutcomes from "@sunco/client/Outcomes"
import type * as CallOptions from "@sunco/effect3/CallOptions"
import type * as Circuit from "@sunco/effect3/Circuit"
import type * as Credentials from "@sunco/effect3/Credentials"
import type * as Limiter from "@sunco/effect3/Limiter"
import type * as RetryPolicy from "@sunco/effect3/RetryPolicy"
import type * as SettingsError from "@sunco/effect3/SettingsError"
import type * as Sunshine from "@sunco/effect3/Sunshine"
import type * as SunshineError from "@sunco/effect3/SunshineError"
import type { Integrations } from "@sunco/effect3/Integrations"
import type { User } from "@sunco/effect3/User"
import type { CreateUser } from "@sunco/effect3/UserPayloads"
import * as Users from "@sunco/effect3/Users"
import type * as Outcomes from "@sunco/effect3/Outcomes"
import type * as Duration4 from "effect-4/Duration"
import type * as Effect4 from "effect-4/Effect"
import type * as Redacted4 from "effect-4/Redacted"
import type * as Cause from "effect/Cause"
import type * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import type * as Redacted from "effect/Redacted"
import { describe, expect, it } from "tstyche"

/** Every error and reason of this package by its tag, beside the client's. */
type Errors = typeof Outcomes & typeof SettingsError & typeof SunshineError

type ClientErrors = typeof ClientOutcomes & typeof ClientSettingsError & Pick<typeof ClientSunshineError, Tag>

type Tag = "SunshineError" | ClientSunshineError.SunshineErrorReason["_tag"]

type ErrorOf<T> = T extends { readonly _tag: infer Tag extends keyof Errors } ? InstanceType<Errors[Tag]> : never

/** What is given to the package: every duration as Effect 3 takes it. */
type Input<T> = unknown extends T ? T
  : Duration4.Duration extends T ? Duration.DurationInput | Extract<T, undefined>
  : InputMembers<T>

type InputMembers<T> = T extends Redacted4.Redacted<infer A> ? Redacted.Redacted<A>
  : T extends object ? { [K in keyof T]: Input<T[K]> }
  : T

/** What the package gives. */
type Output<T> = T extends { readonly _tag: string } ? ErrorOf<T>
  : T extends Effect4.Effect<infer A, infer E> ? Effect.Effect<Output<A>, ErrorOf<E>>
  : T extends Duration4.Duration ? Duration.Duration
  : T extends Redacted4.Redacted<infer A> ? Redacted.Redacted<A>
  : T extends object ? { [K in keyof T]: Output<T[K]> }
  : T

type Inputs<T extends ReadonlyArray<unknown>> = { [K in keyof T]: Input<T[K]> }

type Method<T> = T extends (...args: infer Args) => infer Result ? (...args: Inputs<Args>) => Output<Result> : Output<T>

type Service<T> = { readonly [K in keyof T as K extends `~${string}` ? never : K]: Method<T[K]> }

describe("the services", () => {
  it("have the client's methods", () => {
    expect<Omit<Sunshine.Sunshine["Type"], "~client">>().type.toBe<Service<ClientSunshine.Sunshine["Service"]>>()
    expect<Credentials.Credentials["Type"]>().type.toBe<Service<ClientCredentials.Credentials["Service"]>>()
  })
})

describe("a method of a resource", () => {
  it("is an effect of Effect 3 with its error channel written out", () => {
    type Methods = Users.Users["Type"]
    type Failure<Outcome> = Outcome | SunshineError.SunshineError
    expect<Methods["create"]>().type.toBe<
      (
        payload: CreateUser,
        options?: CallOptions.CallOptions
      ) => Effect.Effect<User, Failure<Outcomes.UserAlreadyExists>>
    >()
    expect<Methods["delete"]>().type.toBe<
      (id: string, options?: CallOptions.BrandCallOptions) => Effect.Effect<void, Failure<Outcomes.UserNotFound>>
    >()
    expect<Methods["listByEmail"]>().type.toBe<
      (email: string, options?: CallOptions.BrandCallOptions) => Effect.Effect<ReadonlyArray<User>, Failure<never>>
    >()
  })
})

describe("the secrets", () => {
  it("are in Redacted of Effect 3, those that are sent and those of answers", () => {
    type Methods = Integrations["Type"]
    type Sent = Parameters<Methods["create"]>[0]
    type Given = Effect.Effect.Success<ReturnType<Methods["get"]>>
    expect<Extract<Sent, { type: "telegram" }>["token"]>().type.toBe<Redacted.Redacted | null>()
    expect<Extract<Given, { type: "line" }>["channelSecret"]>().type.toBe<Redacted.Redacted | undefined>()
    type Hook = NonNullable<Extract<Given, { type: "custom" }>["webhooks"]>[number]
    expect<Hook["secret"]>().type.toBe<Redacted.Redacted | undefined>()
    expect<{ pageAccessToken: Redacted.Redacted }>().type.toBeAssignableTo<Parameters<Methods["update"]>[1]>()
    expect<{ pageAccessToken: Redacted4.Redacted }>().type.not.toBeAssignableTo<Parameters<Methods["update"]>[1]>()
  })
})

describe("the options", () => {
  it("are the client's, with durations of Effect 3", () => {
    expect<Sunshine.Options>().type.toBe<Input<ClientSunshine.Options>>()
    expect<CallOptions.CallOptions>().type.toBe<Input<ClientCallOptions.CallOptions>>()
    expect<CallOptions.BrandCallOptions>().type.toBe<Input<ClientCallOptions.BrandCallOptions>>()
    expect<RetryPolicy.RetryOptions>().type.toBe<Input<ClientRetryPolicy.RetryOptions>>()
    expect<Circuit.Options>().type.toBe<Input<ClientCircuit.Options>>()
    expect<Limiter.Options>().type.toBe<Input<ClientLimiter.Options>>()
    expect<Credentials.JwtOptions>().type.toBe<Input<ClientCredentials.JwtOptions>>()
  })
})

describe("the errors", () => {
  type Name<T extends keyof Errors> = Exclude<keyof ClientErrors[T]["fields"], "_tag" | "isRetryable">

  type Fields<Instance, Names> = { readonly [K in keyof Instance as K extends Names ? K : never]: Instance[K] }

  it("have the client's tags and fields", () => {
    expect<{ [T in keyof Errors]: Fields<InstanceType<Errors[T]>, Name<T>> }>().type.toBe<
      { [T in keyof Errors]: Output<Fields<InstanceType<ClientErrors[T]>, Name<T>>> }
    >()
    type Own = keyof Cause.YieldableError | "_tag" | "isRetryable" | "retryAfter" | "requestId"
    expect<{ [T in keyof Errors]: Exclude<keyof InstanceType<Errors[T]>, Own | Name<T>> }>().type.toBe<
      { [T in keyof Errors]: never }
    >()
  })

  it("say of a SunshineError what the client's says", () => {
    type Getters = Pick<SunshineError.SunshineError, "isRetryable" | "retryAfter" | "requestId">
    expect<Getters>().type.toBe<Output<Pick<ClientSunshineError.SunshineError, keyof Getters>>>()
  })

  it("have the client's reasons, each with isRetryable", () => {
    expect<SunshineError.SunshineErrorReason["_tag"]>().type.toBe<ClientSunshineError.SunshineErrorReason["_tag"]>()
    expect<SunshineError.SunshineErrorReason["isRetryable"]>().type.toBe<boolean>()
    expect<ClientSunshineError.SunshineErrorReason["isRetryable"]>().type.toBe<boolean>()
  })

  it("say why a call stopped and whether it was applied as the client does", () => {
    expect<SunshineError.RetryStopped>().type.toBe<ClientSunshineError.RetryStopped>()
    expect<SunshineError.Applied>().type.toBe<ClientSunshineError.Applied>()
  })
})

describe("an application", () => {
  it("narrows the errors with Effect.catchTag of Effect 3", () => {
    const call = Effect.flatMap(Users.Users, (users) => users.get("ada"))
    const handled = Effect.catchTag(call, "UserNotFound", (error) => {
      expect(error).type.toBe<Outcomes.UserNotFound>()
      return Effect.succeed(undefined)
    })
    expect(handled).type.toBe<Effect.Effect<User | undefined, SunshineError.SunshineError, Users.Users>>()
  })
})
