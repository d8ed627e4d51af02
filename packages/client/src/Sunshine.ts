/**
 * The core that every resource of the client shares: credentials, time limits, retries and errors. It knows nothing of users.
 *
 * @since 0.1.0
 */
import type * as Config from "effect/Config"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import type * as HttpClient from "effect/http/HttpClient"
import * as Layer from "effect/Layer"
import * as Result from "effect/Result"
import type { CallOptions } from "./CallOptions.ts"
import type * as Credentials from "./Credentials.ts"
import { call } from "./internal/call/call.ts"
import type { Core } from "./internal/call/core.ts"
import * as Environment from "./internal/settings/environment.ts"
import { coreFromConfig } from "./internal/settings/coreFromConfig.ts"
import { makeCore, optionNames } from "./internal/settings/makeCore.ts"
import { method } from "./internal/call/method.ts"
import { callChecks } from "./internal/settings/optionChecks.ts"
import { rawPlan } from "./internal/operation/rawPlan.ts"
import { ResponseObserver } from "./internal/call/responseObserver.ts"
import type { ResponseInfo } from "./ResponseInfo.ts"
import type { SettingsError } from "./SettingsError.ts"
import { SunshineError } from "./SunshineError.ts"
import type { Options, OptionsBesideEnvironment, ServerOptions } from "./SunshineOptions.ts"
import type { SunshineRequest, SunshineResponse } from "./SunshineRequest.ts"

export type { Options, OptionsBesideEnvironment, ServerOptions, SunshineRequest, SunshineResponse }

/**
 * The service.
 *
 * **Details**
 *
 * `request` sends what no method covers through the same credentials, time limits, retries and errors. A status of 2xx is a
 * success; everything else, and a body that is not JSON, is a `SunshineError`.
 *
 * What a client does is logged at debug level, attempt by attempt, to the loggers of the calling fiber. With `SUNCO_LOG=debug`,
 * which is read through `ConfigProvider` when the client is made, it is written to stderr too, whatever the minimum level is.
 *
 * **Example** (An operation without a method)
 *
 * ```ts
 * import { Sunshine } from "@sunco/client"
 * import { Emulator } from "@sunco/emulator"
 * import * as Effect from "effect/Effect"
 * import * as Layer from "effect/Layer"
 *
 * const SunshineLayer = Sunshine.layerFromConfig().pipe(Layer.provide(Emulator.layerTest()))
 *
 * const program = Effect.gen(function*() {
 *   const sunshine = yield* Sunshine
 *   const { status } = yield* sunshine.request({
 *     operation: "Users.listByEmail",
 *     method: "GET",
 *     path: ["v2", "apps", sunshine.appId, "users"],
 *     query: { "filter[identities.email]": "ada@example.com" }
 *   })
 *   console.log(status)
 *   // 200
 * })
 *
 * Effect.runPromise(program.pipe(Effect.provide(SunshineLayer)))
 * ```
 *
 * @category services
 * @since 0.1.0
 */
export class Sunshine extends Context.Service<Sunshine, {
  readonly appId: string
  readonly request: (
    request: SunshineRequest,
    options?: CallOptions
  ) => Effect.Effect<SunshineResponse, SunshineError>
  /**
   * For the resources of this package.
   *
   * @internal
   */
  readonly "~core": Core
}>()("@sunco/client/Sunshine") {
  /**
   * Builds a client. Fails with one `SettingsError` that names all settings that are missing, wrong, contradictory or unknown,
   * those of credentials, limiter, breaker and transport too.
   *
   * @since 0.1.0
   */
  static readonly make = (
    options: Options
  ): Effect.Effect<Sunshine["Service"], SettingsError, HttpClient.HttpClient | Credentials.Credentials> =>
    Effect.map(makeCore(options, optionNames), (core) => fromCore(options.appId, core))

  /**
   * {@link Sunshine.make} as a layer.
   *
   * @since 0.1.0
   */
  static readonly layer = (
    options: Options
  ): Layer.Layer<Sunshine, SettingsError, HttpClient.HttpClient | Credentials.Credentials> =>
    Layer.effect(Sunshine, Sunshine.make(options))

  /**
   * The layer of options that come from `Config`.
   *
   * @since 0.1.0
   */
  static readonly layerConfig = (
    options: Config.Wrap<Options>
  ): Layer.Layer<
    Sunshine,
    Config.ConfigError | SettingsError,
    HttpClient.HttpClient | Credentials.Credentials
  > => Layer.effect(Sunshine, makeConfig(options))

  /**
   * Everything from the environment: `SUNCO_APP_ID`, `SUNCO_SUBDOMAIN` or `SUNCO_BASE_URL`, and the credentials of
   * `Credentials.layerFromConfig`; the options are what the environment does not say.
   *
   * @since 0.1.0
   */
  static readonly layerFromConfig = (
    options?: OptionsBesideEnvironment
  ): Layer.Layer<Sunshine, Config.ConfigError | SettingsError, HttpClient.HttpClient> =>
    Layer.effect(Sunshine, makeFromConfig(options))

  /**
   * Gives status and headers beside the value of any call of this client; of the last answer, where it took several.
   *
   * **Example** (Reading a header of a success)
   *
   * ```ts
   * import { Sunshine, Users } from "@sunco/client"
   * import * as Effect from "effect/Effect"
   *
   * export const dateOf = (id: string) =>
   *   Effect.gen(function*() {
   *     const users = yield* Users
   *     const { response } = yield* Sunshine.withResponse(users.get(id))
   *     return response?.headers["date"]
   *   })
   * ```
   *
   * @since 0.1.0
   */
  static readonly withResponse = <A, E, R>(
    self: Effect.Effect<A, E, R>
  ): Effect.Effect<{ readonly value: A; readonly response: ResponseInfo | undefined }, E, R> =>
    Effect.suspend(() => {
      let response: ResponseInfo | undefined
      return self.pipe(
        Effect.provideService(ResponseObserver, (observed) => {
          response = observed
        }),
        Effect.map((value) => ({ value, response }))
      )
    })
}

/**
 * What `Sunshine.layerConfig` is made of, for the layers of resources.
 *
 * @category constructors
 * @since 0.1.0
 */
export const makeConfig = (
  options: Config.Wrap<Options>
): Effect.Effect<
  Sunshine["Service"],
  Config.ConfigError | SettingsError,
  HttpClient.HttpClient | Credentials.Credentials
> => Effect.flatMap(Environment.ofNow(Environment.unwrapped(options)), Sunshine.make)

/**
 * What `Sunshine.layerFromConfig` is made of, for the layers of resources.
 *
 * @category constructors
 * @since 0.1.0
 */
export const makeFromConfig = (
  options: OptionsBesideEnvironment | undefined
): Effect.Effect<Sunshine["Service"], Config.ConfigError | SettingsError, HttpClient.HttpClient> =>
  Environment.ofNow(Effect.gen(function*() {
    const appId = (yield* Environment.text("SUNCO_APP_ID")) ?? ""
    return fromCore(appId, yield* coreFromConfig(options, appId))
  }))

/** Not every caller has a compiler that asks for a name. */
const operationOf = (request: Partial<SunshineRequest> | null | undefined): string =>
  typeof request?.operation === "string" && request.operation !== "" ? request.operation : "Sunshine.request"

const fromCore = (appId: string, core: Core): Sunshine["Service"] =>
  Sunshine.of({
    appId,
    "~core": core,
    request: (request, options) =>
      method(operationOf(request), callChecks, options, (method) => {
        const plan = rawPlan(request)
        return Result.isFailure(plan)
          ? Effect.fail(
            new SunshineError({ operation: method.operation, reason: plan.failure, attempts: 0, applied: "no" })
          )
          : call(core, method, plan.success, options)
      })
  })
