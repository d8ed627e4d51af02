import * as Context from "effect/Context"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import { constTrue } from "effect/Function"
import * as FetchHttpClient from "effect/http/FetchHttpClient"
import * as Headers from "effect/http/Headers"
import * as HttpClient from "effect/http/HttpClient"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import { type Authorization, Credentials } from "../../Credentials.ts"
import * as RetryPolicy from "../../RetryPolicy.ts"
import { SecretWrapper } from "../../SecretWrapper.ts"
import { SettingsError } from "../../SettingsError.ts"
import type { Options, ServerOptions } from "../../SunshineOptions.ts"
import { authorizationAtHand } from "../credentials/authorizationAtHand.ts"
import { baseUrl } from "./baseUrl.ts"
import { Circuit, Limiter } from "../call/provided.ts"
import { anonymous, type Core, type RequestHeaders, withMaxBodySize } from "../call/core.ts"
import { directTransport } from "../transport/directTransport.ts"
import { listeners } from "../telemetry/log.ts"
import { clientOptions, findingsOf, serverOptions } from "./optionChecks.ts"
import { RetryBudget } from "../call/retryBudget.ts"
import { problemsIn, problemsOf } from "./settingsProblems.ts"
import { TimerList } from "../call/timerList.ts"
import { version } from "../version.ts"
import type { Server } from "../transport/wire.ts"

/** How a setting is called where the caller wrote it: as an option, or as an environment variable. */
export interface SettingNames {
  /** Absent for a client without an app. */
  readonly appId?: string
  readonly baseUrl: string
  readonly subdomain: string
}

/** @internal */
export const serverOptionNames: SettingNames = { baseUrl: "baseUrl", subdomain: "subdomain" }

/** @internal */
export const optionNames: SettingNames = { ...serverOptionNames, appId: "appId" }

/**
 * Checks the settings and computes what every call of the client shares.
 *
 * @internal
 */
export const makeCore = (
  options: ServerOptions & Partial<Options>,
  names: SettingNames
): Effect.Effect<Core, SettingsError, HttpClient.HttpClient | Credentials> =>
  Effect.gen(function*() {
    const httpClient = yield* HttpClient.HttpClient
    const credentials = yield* Credentials
    const limiter = yield* Limiter
    const circuit = yield* Circuit
    const wrapSecret = yield* SecretWrapper
    const problems = [
      ...problemsIn(findingsOf(names.appId === undefined ? serverOptions : clientOptions, options), (option) =>
        nameOf(names, option)),
      ...[httpClient, credentials, limiter, circuit].flatMap(problemsOf)
    ]
    const address = addressOf(options, names)
    if (Result.isFailure(address)) {
      const isOfApp = problems[0] !== undefined && problems[0].setting === names.appId
      problems.splice(isOfApp ? 1 : 0, 0, ...address.failure)
    }
    const listening = yield* listeners
    if (Result.isFailure(listening)) {
      problems.push(listening.failure)
    }
    if (Result.isFailure(address) || Result.isFailure(listening) || problems.length > 0) {
      return yield* new SettingsError({ problems })
    }
    const url = address.success
    const policy = RetryPolicy.override(RetryPolicy.defaults, options.retry ?? {})
    const maxResponseBytes = options.maxResponseBytes ?? defaultMaxResponseBytes
    const attemptTimeoutMillis = Duration.toMillis(Duration.fromInputUnsafe(options.attemptTimeout ?? "10 seconds"))
    return {
      httpClient,
      direct: directTransport(httpClient),
      credentials,
      authorization: authorizationAtHand(credentials),
      server: serverOf(url),
      headers: requestHeaders(
        options.userAgent === undefined ? `sunco-client/${version}` : `${options.userAgent} sunco-client/${version}`
      ),
      limiter,
      circuit,
      appKey: appKeyOf(url, options.appId),
      policy,
      budget: new RetryBudget(policy.budget),
      attemptTimeoutMillis,
      attemptTimers: new TimerList(attemptTimeoutMillis),
      deadlineMillis: Duration.toMillis(Duration.fromInputUnsafe(options.deadline ?? "1 minute")),
      maxResponseBytes,
      ownMaxResponseBytes: options.maxResponseBytes !== undefined,
      listeners: listening.success,
      propagateTrace: options.propagateTrace ?? false,
      strictResponses: options.strictResponses ?? false,
      wrapSecret,
      metadataLimit: options.metadataLimit ?? true,
      transportContext: Context.empty().pipe(
        // Effect's client spans name the whole URL, and user ids are in it; the spans of this client do not.
        Context.add(HttpClient.TracerDisabledWhen, constTrue),
        // A transport that was told to trace by itself tells the vendor nothing of it all the same: `propagateTrace` does that.
        Context.add(HttpClient.TracerPropagationEnabled, false),
        // No operation is documented to redirect, and a redirect followed would carry the credentials along.
        Context.add(FetchHttpClient.RequestInit, { redirect: "manual" }),
        (context) =>
          withMaxBodySize(context, maxResponseBytes)
      )
    }
  })

/**
 * A base URL may have a path (`https://x.zendesk.com/sc`) that `new URL("/v2/…", base)` would lose: paths are concatenated.
 *
 * @internal
 */
export const serverOf = (url: URL): Server => ({
  // An IPv6 address without the brackets that a URL needs, as OpenTelemetry has it.
  address: url.hostname.replace(/^\[|\]$/g, ""),
  port: url.port === "" ? (url.protocol === "https:" ? 443 : 80) : Number(url.port),
  origin: url.origin,
  path: url.pathname.replace(/\/+$/, "")
})

/**
 * Names the app where several clients share a limiter or a breaker. Stores append to it what they keep, so nothing of an app
 * or a host may look like an end of it: neither has a brace here, or a colon behind the last slash. In braces, Redis keeps all
 * keys of an app in one slot of a cluster.
 *
 * @internal
 */
export const appKeyOf = (url: URL, appId = ""): string =>
  `{${url.host}${url.pathname.replace(/\/+$/, "")}/${encodeURIComponent(appId)}}`

const nameOf = (names: SettingNames, option: string): string =>
  option === "" ? "options" : option === "appId" ? names.appId ?? option : option

/** Beside a `findingsOf` that tells of options that cannot be read. */
const addressOf = (options: ServerOptions, names: SettingNames) => {
  try {
    return baseUrl(options ?? {}, names)
  } catch {
    return Result.fail([])
  }
}

const defaultMaxResponseBytes = 1024 * 1024

/** Of the last authorization only: it changes when a token is renewed, and then the old one is of no use. */
const requestHeaders = (userAgent: string): Core["headers"] => {
  let latest: Authorization | typeof anonymous | undefined
  let headers: RequestHeaders | undefined
  return (authorization) => {
    if (headers !== undefined && latest === authorization) return headers
    const withoutBody = {
      ...(authorization !== anonymous && { authorization: Redacted.value(authorization.header) }),
      accept: "application/json",
      "user-agent": userAgent
    }
    latest = authorization
    headers = {
      withoutBody: Headers.fromInput(withoutBody),
      withJson: Headers.fromInput({ ...withoutBody, "content-type": "application/json" })
    }
    return headers
  }
}
