/** The account at the vendor that a run is about: one app of it, reached as the environment says, at a pace. */
import * as Credentials from "@sunco/client/Credentials"
import { Limiter } from "@sunco/client/Limiter"
import type { CredentialsUnavailable } from "@sunco/client/SunshineError"
import * as Config from "effect/Config"
import * as Context from "effect/Context"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as HttpClient from "effect/http/HttpClient"
import * as HttpClientRequest from "effect/http/HttpClientRequest"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import { Observed } from "./Observed.ts"

/** A request as it goes over the wire, but for who sends it. */
export interface WireRequest {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE"
  /** Path and query below the base URL, encoded. */
  readonly target: string
  readonly contentType?: string | undefined
  readonly body: Uint8Array
  /** One of the two ways in which the account's own are shown, or others. */
  readonly credentials: "basic" | "bearer" | Credentials.Authorization
}

export interface WireAnswer {
  readonly status: number
  readonly contentType: string | undefined
  readonly body: Uint8Array
}

/** No whole answer came; nobody knows whether anything was done. */
export class NoAnswer extends Schema.TaggedError<NoAnswer>()("NoAnswer", {}) {
  override get message(): string {
    return "no answer came"
  }
}

/** How often a request is sent again that was refused for there being too many. */
const patience = 5

export class Account extends Context.Service<Account, {
  readonly appId: string
  /** What the account's key is for; nobody knows what a token is. */
  readonly scope: Credentials.JwtOptions["scope"] | undefined
  /** Without a slash at its end. */
  readonly baseUrl: string
  /** Sends it as it is; only a 429 is waited out. */
  readonly send: (request: WireRequest) => Effect.Effect<WireAnswer, NoAnswer>
  /** A token of the account's key that is valid no more. */
  readonly expired: Effect.Effect<Credentials.Authorization, NoKey | CredentialsUnavailable>
}>()("@sunco/contracts/live/Account") {
  /** The settings are those that the client has checked. */
  static readonly layer = Layer.effect(
    Account,
    Effect.gen(function*() {
      const http = yield* HttpClient.HttpClient
      const limiter = yield* Limiter
      const { bodyOfTooMany } = yield* Observed
      const { appId, baseUrl } = yield* place
      const credentials = yield* bothKinds

      const attempt = Effect.fnUntraced(
        function*(request: WireRequest) {
          const { header } = yield* typeof request.credentials === "string"
            ? credentials[request.credentials].current
            : Effect.succeed(request.credentials)
          const admission = yield* limiter === undefined ? Effect.succeed(undefined) : limiter.admit(appId)
          const response = yield* HttpClientRequest.make(request.method)(`${baseUrl}${request.target}`).pipe(
            HttpClientRequest.setHeader("authorization", Redacted.value(header)),
            request.body.length === 0
              ? (_) => _
              : HttpClientRequest.bodyUint8Array(request.body, request.contentType ?? "application/json"),
            (_) => http.execute(_)
          )
          const body = new Uint8Array(yield* response.arrayBuffer)
          const wait = response.status === 429 ? waitOf(response.headers["retry-after"]) : undefined
          if (wait !== undefined) bodyOfTooMany(body)
          if (wait !== undefined && limiter !== undefined && admission !== undefined) {
            yield* limiter.slowDown(appId, admission, wait)
          }
          return { answer: { status: response.status, contentType: response.headers["content-type"], body }, wait }
        },
        Effect.timeout("1 minute"),
        Effect.mapError(() => new NoAnswer())
      )

      const send = (request: WireRequest, times = patience): Effect.Effect<WireAnswer, NoAnswer> =>
        Effect.flatMap(attempt(request), ({ answer, wait }) =>
          wait === undefined || times === 0
            ? Effect.succeed(answer)
            // Nothing was done yet, and so nobody has to wait for it.
            : Effect.andThen(Effect.interruptible(Effect.sleep(wait)), send(request, times - 1)))

      const { expired, scope } = credentials
      return Account.of({ appId, baseUrl, scope, send: (request) => send(request), expired })
    })
  )
}

/** Seconds, where the vendor says any; it documents none. */
const waitOf = (retryAfter: string | undefined): Duration.Duration => {
  const seconds = Number(retryAfter)
  return Duration.seconds(retryAfter !== undefined && Number.isFinite(seconds) ? Math.min(Math.max(seconds, 1), 60) : 5)
}

const text = (name: string) => Config.option(Config.NonEmptyString(name))

const place = Effect.gen(function*() {
  const appId = yield* Config.NonEmptyString("SUNCO_APP_ID")
  const baseUrl = yield* text("SUNCO_BASE_URL")
  const subdomain = yield* text("SUNCO_SUBDOMAIN")
  return {
    appId,
    baseUrl: Option.getOrElse(
      baseUrl,
      () => `https://${Option.getOrElse(subdomain, () => "")}.zendesk.com/sc`
    ).replace(/\/+$/, "")
  }
})

const key = Config.option(Config.all({
  keyId: Config.NonEmptyString("SUNCO_KEY_ID"),
  secret: Config.Redacted("SUNCO_KEY_SECRET")
}))

/** There is a token alone, and nothing to sign another with. */
export class NoKey extends Schema.TaggedError<NoKey>()("NoKey", {}) {
  override get message(): string {
    return "SUNCO_TOKEN is a token already, and without a key there is no other"
  }
}

/** A key signs tokens as well; a token is all that there is where it is set. */
const bothKinds = Effect.gen(function*() {
  const basic = yield* Effect.provide(Credentials.Credentials, Credentials.layerFromConfig)
  const own = yield* key
  if (Option.isNone(own)) return { basic, bearer: basic, scope: undefined, expired: Effect.fail(new NoKey()) }
  const options = { ...own.value, scope: scopeOf(own.value.keyId) }
  return {
    basic,
    scope: options.scope,
    bearer: yield* Credentials.makeJwt(options),
    expired: Credentials.makeJwt({ ...options, lifetime: "1 second" }).pipe(
      Effect.flatMap(({ current }) => current),
      // Its end is a whole second, and clocks differ a little.
      Effect.tap(Effect.sleep("3 seconds"))
    )
  }
})

/** The kind of a key is in its id. */
const scopeOf = (keyId: string): Credentials.JwtOptions["scope"] =>
  keyId.startsWith("int_") ? "integration" : /^(act|svc)_/.test(keyId) ? "account" : "app"
