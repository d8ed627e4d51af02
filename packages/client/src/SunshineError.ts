/**
 * Why a call of the Sunshine Conversations API failed.
 *
 * Every failure that is not an outcome of the domain (`UserNotFound`, `UserAlreadyExists`) is one {@link SunshineError}
 * with a `reason`. No user id, e-mail address, credential or text of the vendor is in a message, a field that prints, or a
 * log line: what the vendor said is kept in `Redacted` values.
 *
 * @since 0.1.0
 */
import * as Duration from "effect/Duration"
import * as Schema from "effect/Schema"
import { ResponseInfo } from "./ResponseInfo.ts"

/**
 * One rule that an input broke: where, and what was expected there. The value itself is not repeated.
 *
 * @category models
 * @since 0.1.0
 */
export const InputIssue = Schema.Struct({
  path: Schema.Array(Schema.Union([Schema.String, Schema.Number])),
  expected: Schema.String
})

/**
 * One entry of the vendor's error envelope; its title may repeat what was sent, so it is `Redacted`.
 *
 * @category models
 * @since 0.1.0
 */
export const VendorError = Schema.Struct({
  code: Schema.optionalKey(Schema.String),
  title: Schema.optionalKey(Schema.Redacted(Schema.String))
})

/**
 * The input cannot be what the vendor documents; nothing was sent.
 *
 * @category reasons
 * @since 0.1.0
 */
export class InvalidInput extends Schema.TaggedError<InvalidInput>()("InvalidInput", {
  issues: Schema.Array(InputIssue)
}) {
  readonly isRetryable: boolean = false
  override get message(): string {
    return this.issues.map(({ expected, path }) => `${path.join(".") || "the input"}: expected ${expected}`).join("; ")
  }
}

/**
 * 400: the vendor refused the request. `errors` has every entry of the envelope, and is empty when there was none.
 *
 * @category reasons
 * @since 0.1.0
 */
export class BadRequest extends Schema.TaggedError<BadRequest>()("BadRequest", {
  errors: Schema.Array(VendorError)
}) {
  readonly isRetryable: boolean = false
  override get message(): string {
    return "the request was refused (400)"
  }
}

/**
 * 401: the credentials are missing, wrong or expired. Where they can be renewed, that was tried once.
 *
 * @category reasons
 * @since 0.1.0
 */
export class Unauthorized extends Schema.TaggedError<Unauthorized>()("Unauthorized", {}) {
  readonly isRetryable: boolean = false
  override get message(): string {
    return "the credentials were refused (401)"
  }
}

/**
 * 403: the credentials are valid and their scope does not reach this operation or app.
 *
 * @category reasons
 * @since 0.1.0
 */
export class Forbidden extends Schema.TaggedError<Forbidden>()("Forbidden", {}) {
  readonly isRetryable: boolean = false
  override get message(): string {
    return "the credentials do not reach this operation (403)"
  }
}

/**
 * 404 `app_not_found`: there is no app of the configured id.
 *
 * @category reasons
 * @since 0.1.0
 */
export class AppNotFound extends Schema.TaggedError<AppNotFound>()("AppNotFound", {}) {
  readonly isRetryable: boolean = false
  override get message(): string {
    return "the app does not exist (404)"
  }
}

/**
 * 413: the body is larger than the vendor takes (100 kB of JSON).
 *
 * @category reasons
 * @since 0.1.0
 */
export class PayloadTooLarge extends Schema.TaggedError<PayloadTooLarge>()("PayloadTooLarge", {}) {
  readonly isRetryable: boolean = false
  override get message(): string {
    return "the body is too large (413)"
  }
}

/**
 * 429: too many requests. `retryAfter` is there when the vendor named a time.
 *
 * @category reasons
 * @since 0.1.0
 */
export class RateLimited extends Schema.TaggedError<RateLimited>()("RateLimited", {
  retryAfter: Schema.optionalKey(Schema.Duration)
}) {
  readonly isRetryable: boolean = true
  override get message(): string {
    return this.retryAfter === undefined
      ? "too many requests (429)"
      : `too many requests (429), retry after ${Duration.format(this.retryAfter)}`
  }
}

/**
 * 5xx: the vendor failed. `retryAfter` is there when it named a time.
 *
 * @category reasons
 * @since 0.1.0
 */
export class ServerError extends Schema.TaggedError<ServerError>()("ServerError", {
  status: Schema.Int,
  retryAfter: Schema.optionalKey(Schema.Duration)
}) {
  readonly isRetryable: boolean = true
  override get message(): string {
    return `the vendor failed (${this.status})`
  }
}

/**
 * No whole answer arrived: refused, reset, cut, a name that does not resolve, a certificate that does not verify.
 *
 * `host` is where it was sent, or to be sent. `code` is the platform's, such as `ECONNRESET`, where it has one; `status` is
 * there when the answer was lost after its headers. `proxy` is there when it was a proxy that failed: its host where the
 * transport tells, and the status with which it refused. `cause` may name more, so it is `Redacted`.
 *
 * @category reasons
 * @since 0.1.0
 */
export class Transport extends Schema.TaggedError<Transport>()("Transport", {
  host: Schema.String,
  code: Schema.optionalKey(Schema.String),
  status: Schema.optionalKey(Schema.Int),
  proxy: Schema.optionalKey(
    Schema.Struct({ host: Schema.optionalKey(Schema.String), status: Schema.optionalKey(Schema.Int) })
  ),
  cause: Schema.Redacted(Schema.Unknown),
  isRetryable: Schema.Boolean
}) {
  override get message(): string {
    const code = this.code === undefined ? "" : ` (${this.code})`
    if (this.proxy !== undefined) {
      const proxy = this.proxy.host === undefined ? "the proxy" : `the proxy ${this.proxy.host}`
      return this.proxy.status === undefined
        ? `no answer from ${this.host} through ${proxy}${code}`
        : `${proxy} refused the way to ${this.host} (${this.proxy.status})`
    }
    return this.status === undefined
      ? `no answer from ${this.host}${code}`
      : `the answer (${this.status}) was lost on its way from ${this.host}${code}`
  }
}

/**
 * Time ran out: that of one attempt, or the deadline over the whole call.
 *
 * @category reasons
 * @since 0.1.0
 */
export class Timeout extends Schema.TaggedError<Timeout>()("Timeout", {
  limit: Schema.Literals(["attempt", "deadline"]),
  after: Schema.Duration
}) {
  readonly isRetryable: boolean = true
  override get message(): string {
    return `no answer within ${Duration.format(this.after)} (${this.limit})`
  }
}

/**
 * The credentials could not be had: the token's effect failed, or the key does not sign. Nothing was sent with them.
 *
 * @category reasons
 * @since 0.1.0
 */
export class CredentialsUnavailable extends Schema.TaggedError<CredentialsUnavailable>()("CredentialsUnavailable", {
  cause: Schema.Redacted(Schema.Unknown)
}) {
  readonly isRetryable: boolean = true
  override get message(): string {
    return "the credentials could not be had"
  }
}

/**
 * The rate limiter could not be asked, or did not answer in time; the client was told to fail then. Nothing was sent.
 *
 * @category reasons
 * @since 0.1.0
 */
export class LimiterUnavailable extends Schema.TaggedError<LimiterUnavailable>()("LimiterUnavailable", {
  cause: Schema.Redacted(Schema.Unknown)
}) {
  readonly isRetryable: boolean = true
  override get message(): string {
    return "the rate limiter could not be asked"
  }
}

/**
 * The circuit breaker is open after too many failures, so nothing was sent; `retryAfter` is when it lets a call try.
 *
 * @category reasons
 * @since 0.1.0
 */
export class CircuitOpen extends Schema.TaggedError<CircuitOpen>()("CircuitOpen", {
  retryAfter: Schema.Duration
}) {
  readonly isRetryable: boolean = true
  override get message(): string {
    return "the circuit breaker is open"
  }
}

/**
 * An answer that is documented nowhere for this operation: a status, or a body that does not decode.
 *
 * Two problems are of a create whose earlier attempt may have been applied, and whose attempts or time ended too early:
 * `not-looked-up` is a conflict (409) with a user who may be the one that it made itself, `not-repeated` a look-up that found
 * nobody (404) so far.
 *
 * `snippet` is the beginning of the body, at most 512 characters; `errors` has the entries where it was an error envelope.
 *
 * @category reasons
 * @since 0.1.0
 */
export class UnexpectedResponse extends Schema.TaggedError<UnexpectedResponse>()("UnexpectedResponse", {
  status: Schema.Int,
  problem: Schema.Literals(["status", "body", "too-large", "not-looked-up", "not-repeated"]),
  errors: Schema.Array(VendorError),
  snippet: Schema.Redacted(Schema.String)
}) {
  /** 408 alone says that the same request may do better. */
  get isRetryable(): boolean {
    return this.status === 408
  }
  override get message(): string {
    switch (this.problem) {
      case "status":
        return `an answer that is not documented (${this.status})`
      case "body":
        return `an answer (${this.status}) whose body cannot be read as documented`
      case "too-large":
        return `an answer (${this.status}) larger than the limit`
      case "not-looked-up":
        return `a conflict (${this.status}) that may be with this call's own earlier attempt, which it ended too early to look up`
      case "not-repeated":
        return `nothing found (${this.status}) of this call's earlier attempt, which it ended too early to repeat`
    }
  }
}

/**
 * Every reason of a {@link SunshineError}; each has `isRetryable`, whether the same call may do better later.
 *
 * @category reasons
 * @since 0.1.0
 */
export const SunshineErrorReason = Schema.Union([
  InvalidInput,
  BadRequest,
  Unauthorized,
  Forbidden,
  AppNotFound,
  PayloadTooLarge,
  RateLimited,
  ServerError,
  Transport,
  Timeout,
  CredentialsUnavailable,
  LimiterUnavailable,
  CircuitOpen,
  UnexpectedResponse
])

/**
 * Any of the reasons of a {@link SunshineError}.
 *
 * @category reasons
 * @since 0.1.0
 */
export type SunshineErrorReason = typeof SunshineErrorReason.Type

/**
 * Why a call was not tried again.
 *
 * - `not-retryable`: the same request would fail again
 * - `unsafe`: it may have been applied, and repeating it could apply it twice
 * - `attempts`: as many as the policy allows were made
 * - `budget`: too many calls of this client are being retried already
 * - `deadline`: the next attempt would start after it, or it passed
 * - `retry-after`: the vendor asked for a longer wait than the policy or the deadline allows
 * - `circuit`: the circuit breaker is open
 *
 * @category models
 * @since 0.1.0
 */
export const RetryStopped = Schema.Literals([
  "not-retryable",
  "unsafe",
  "attempts",
  "budget",
  "deadline",
  "retry-after",
  "circuit"
])

/**
 * One of the reasons why a call was not tried again.
 *
 * @category models
 * @since 0.1.0
 */
export type RetryStopped = typeof RetryStopped.Type

/**
 * Whether a write may have happened: `"yes"` where a status of 2xx said so, whatever became of the answer behind it, and `"no"`
 * where nothing was sent. A read is always `"no"`.
 *
 * @category models
 * @since 0.1.0
 */
export const Applied = Schema.Literals(["no", "yes", "unknown"])

/**
 * Whether a write may have happened: `"no"`, `"yes"` or `"unknown"`.
 *
 * @category models
 * @since 0.1.0
 */
export type Applied = typeof Applied.Type

/**
 * A call failed.
 *
 * **Details**
 *
 * `operation` names the method, `attempts` counts the requests that were sent (look-ups included), `retryStopped` says why
 * there was not another, and `applied` whether a write may have happened. `response` has status and headers of the last
 * answer, `Redacted` so that it is not printed by accident.
 *
 * **Example** (Handling one reason)
 *
 * ```ts
 * import { RateLimited, SunshineError } from "@sunco/client/SunshineError"
 * import * as Duration from "effect/Duration"
 * import * as Effect from "effect/Effect"
 *
 * const failure = new SunshineError({
 *   operation: "Users.get",
 *   reason: new RateLimited({ retryAfter: Duration.seconds(90) }),
 *   attempts: 1,
 *   retryStopped: "retry-after",
 *   applied: "no"
 * })
 *
 * const program = Effect.fail(failure).pipe(
 *   Effect.catchReason("SunshineError", "RateLimited", (reason) => Effect.succeed(reason.retryAfter))
 * )
 *
 * console.log(failure.message)
 * // Users.get: too many requests (429), retry after 1m 30s; 1 attempt, stopped: retry-after
 * console.log(Effect.runSync(program)?.pipe(Duration.toSeconds))
 * // 90
 * ```
 *
 * @category errors
 * @since 0.1.0
 */
export class SunshineError extends Schema.TaggedError<SunshineError>()("SunshineError", {
  operation: Schema.String,
  reason: SunshineErrorReason,
  attempts: Schema.Int,
  retryStopped: Schema.optionalKey(RetryStopped),
  applied: Applied,
  response: Schema.optionalKey(Schema.Redacted(ResponseInfo))
}) {
  override get message(): string {
    const attempts = `${this.attempts} ${this.attempts === 1 ? "attempt" : "attempts"}`
    const stopped = this.retryStopped === undefined ? "" : `, stopped: ${this.retryStopped}`
    const applied = this.applied === "no" ? "" : `, applied: ${this.applied}`
    return `${this.operation}: ${this.reason.message}; ${attempts}${stopped}${applied}`
  }
}
