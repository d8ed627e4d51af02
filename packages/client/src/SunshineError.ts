/**
 * Why a call of the Sunshine Conversations API failed.
 *
 * Every failure that is not an outcome of the domain (`UserNotFound`, `UserAlreadyExists`) is one {@link SunshineError}
 * with a `reason`. No user id, e-mail address, credential or text of the vendor is in a message, a field that prints, or a
 * log line: what the vendor said is kept in `Redacted` values.
 *
 * @since 0.1.0
 */
import type * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import { NodeInspectSymbol } from "effect/Inspectable"
import * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import { duration, formatDuration, redacted } from "./internal/errors/durationAndRedacted.ts"
import { errorJson, type Inspect, inspectError } from "./internal/errors/printedError.ts"
import { ResponseInfo } from "./ResponseInfo.ts"

/**
 * One rule that an input broke: where, and what was expected there. The value itself is not repeated, and neither is a name
 * that no schema has: a key of `metadata` and a field that does not exist are `*`.
 *
 * @category models
 * @since 0.1.0
 */
export const InputIssue = Schema.Struct({
  path: Schema.Array(Schema.Union([Schema.String, Schema.Number])),
  expected: Schema.String
})

/**
 * One entry of the vendor's error envelope, read for what it has.
 *
 * **Details**
 *
 * - `code`: such as `bad_request`; at most 64 letters, digits, `_`, `-` and `.`. A number is its digits.
 * - `rawCode`: what stood there instead, where it does not look like that. It may say anything, so it is `Redacted`.
 * - `title`: may repeat what was sent, so it is `Redacted`.
 *
 * @category models
 * @since 0.1.0
 */
export const VendorError = Schema.Struct({
  code: Schema.optionalKey(Schema.String),
  rawCode: Schema.optionalKey(redacted(Schema.String)),
  title: Schema.optionalKey(redacted(Schema.String))
})

/**
 * What an answer said beside its status: at most 20 entries of the vendor's envelope or, where it was none, the beginning of
 * the body, at most 512 characters.
 */
const said = {
  errors: Schema.Array(VendorError).pipe(Schema.withConstructorDefault(Effect.succeed([]))),
  snippet: Schema.optionalKey(redacted(Schema.String))
}

/** A status and the codes of the vendor, as messages say them: `400 bad_request`. */
const coded = (status: number, errors: ReadonlyArray<typeof VendorError.Type>): string => {
  const codes = new Set(errors.flatMap(({ code }) => code ?? []))
  return [status, ...Array.from(codes).slice(0, 3)].join(" ")
}

const dotted = (path: ReadonlyArray<string | number>, whole: string): string => path.join(".") || whole

/** How many issues a message says. */
const issuesInMessage = 10

/**
 * The input cannot be what the vendor documents, or cannot be read; nothing was sent. `issues` has at most 100.
 *
 * @category reasons
 * @since 0.1.0
 */
export class InvalidInput extends Schema.TaggedError<InvalidInput>()("InvalidInput", {
  issues: Schema.Array(InputIssue)
}) {
  readonly isRetryable: boolean = false
  override get message(): string {
    const more = this.issues.length - issuesInMessage
    return this.issues.slice(0, issuesInMessage).map(({ expected, path }) =>
      `${dotted(path, "the input")}: expected ${expected}`
    ).join("; ") + (more > 0 ? `; and ${more} more` : "")
  }
}

/**
 * 400: the vendor refused the request. `errors` has the entries of the envelope, at most 20, and is empty when there was none:
 * then `snippet` has the beginning of the body, at most 512 characters. So it is with every reason of an answer.
 *
 * @category reasons
 * @since 0.1.0
 */
export class BadRequest extends Schema.TaggedError<BadRequest>()("BadRequest", said) {
  readonly isRetryable: boolean = false
  override get message(): string {
    return `the request was refused (${coded(400, this.errors)})`
  }
}

/**
 * 401: the credentials are missing, wrong or expired. Where they can be renewed, that was tried once.
 *
 * @category reasons
 * @since 0.1.0
 */
export class Unauthorized extends Schema.TaggedError<Unauthorized>()("Unauthorized", said) {
  readonly isRetryable: boolean = false
  override get message(): string {
    return `the credentials were refused (${coded(401, this.errors)})`
  }
}

/**
 * 403: the credentials are valid and their scope does not reach this operation or app. Without `errors` it is no answer of the
 * API, and `snippet` may tell whose it is: a firewall, a proxy.
 *
 * @category reasons
 * @since 0.1.0
 */
export class Forbidden extends Schema.TaggedError<Forbidden>()("Forbidden", said) {
  readonly isRetryable: boolean = false
  override get message(): string {
    return this.snippet === undefined
      ? `the credentials do not reach this operation (${coded(403, this.errors)})`
      : "something in front of the API refused the request (403): the answer is not one of the API"
  }
}

/**
 * 404 `app_not_found`: there is no app of the configured id.
 *
 * @category reasons
 * @since 0.1.0
 */
export class AppNotFound extends Schema.TaggedError<AppNotFound>()("AppNotFound", said) {
  readonly isRetryable: boolean = false
  override get message(): string {
    return `the app does not exist (${coded(404, this.errors)})`
  }
}

/**
 * 413: the body is larger than the vendor takes (100 kB of JSON).
 *
 * @category reasons
 * @since 0.1.0
 */
export class PayloadTooLarge extends Schema.TaggedError<PayloadTooLarge>()("PayloadTooLarge", said) {
  readonly isRetryable: boolean = false
  override get message(): string {
    return `the body is too large (${coded(413, this.errors)})`
  }
}

/**
 * 429: too many requests. `retryAfter` is there when the vendor named a time.
 *
 * @category reasons
 * @since 0.1.0
 */
export class RateLimited extends Schema.TaggedError<RateLimited>()("RateLimited", {
  ...said,
  retryAfter: Schema.optionalKey(duration)
}) {
  readonly isRetryable: boolean = true
  override get message(): string {
    const limited = `too many requests (${coded(429, this.errors)})`
    return this.retryAfter === undefined ? limited : `${limited}, retry after ${formatDuration(this.retryAfter)}`
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
  ...said,
  retryAfter: Schema.optionalKey(duration)
}) {
  readonly isRetryable: boolean = true
  override get message(): string {
    return `the vendor failed (${coded(this.status, this.errors)})`
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
  cause: redacted(Schema.Unknown),
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
 * Time ran out: that of one attempt, the deadline over the whole call, or (`idle`) that of an upload in which nothing moved.
 *
 * @category reasons
 * @since 0.1.0
 */
export class Timeout extends Schema.TaggedError<Timeout>()("Timeout", {
  limit: Schema.Literals(["attempt", "deadline", "idle"]),
  after: duration
}) {
  readonly isRetryable: boolean = true
  override get message(): string {
    return `no answer within ${formatDuration(this.after)} (${this.limit})`
  }
}

/**
 * The credentials could not be had: the token's effect failed, or the key does not sign. Nothing was sent with them. Where the client was
 * given none, as by `Credentials.layerNone`, `problem` is `none`, and no later call of it will have any either.
 *
 * @category reasons
 * @since 0.1.0
 */
export class CredentialsUnavailable extends Schema.TaggedError<CredentialsUnavailable>()("CredentialsUnavailable", {
  problem: Schema.optionalKey(Schema.Literal("none")),
  cause: redacted(Schema.Unknown)
}) {
  get isRetryable(): boolean {
    return this.problem !== "none"
  }
  override get message(): string {
    return this.problem === "none" ? "the client was given no credentials" : "the credentials could not be had"
  }
}

/**
 * The rate limiter could not be asked, or did not answer in time; the client was told to fail then. Nothing was sent.
 *
 * @category reasons
 * @since 0.1.0
 */
export class LimiterUnavailable extends Schema.TaggedError<LimiterUnavailable>()("LimiterUnavailable", {
  cause: redacted(Schema.Unknown)
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
  retryAfter: duration
}) {
  readonly isRetryable: boolean = true
  override get message(): string {
    return "the circuit breaker is open"
  }
}

/**
 * An answer that is documented nowhere for this operation: a status, or a body that does not decode.
 *
 * `path` is where a body of JSON could not be read: names of fields and indices of lists, `*` for a key of `metadata`, and
 * nothing for the whole of it. `snippet` is the beginning of the body, at most 512 characters; `errors` has the entries, at most
 * 20, where it was an error envelope.
 *
 * Three problems are of a write whose earlier attempt may have been applied. Its attempts or its time ended too early with
 * `not-looked-up`, a refusal that may be due to what it made itself (such as a conflict, 409), and with `not-repeated`, a look-up that
 * found nothing so far. `not-told-apart` is a look-up of whose answer nobody can tell: it found several things which it may have made, or a
 * list that is too long, or somebody in control who may have come after it.
 *
 * @category reasons
 * @since 0.1.0
 */
export class UnexpectedResponse extends Schema.TaggedError<UnexpectedResponse>()("UnexpectedResponse", {
  status: Schema.Int,
  problem: Schema.Literals(["status", "body", "too-large", "not-looked-up", "not-repeated", "not-told-apart"]),
  path: Schema.optionalKey(Schema.Array(Schema.Union([Schema.String, Schema.Number]))),
  errors: said.errors,
  snippet: redacted(Schema.String)
}) {
  /** 408 alone says that the same request may do better. */
  get isRetryable(): boolean {
    return this.status === 408
  }
  override get message(): string {
    switch (this.problem) {
      case "status":
        return `an answer that is not documented (${coded(this.status, this.errors)})`
      case "body":
        return this.path === undefined
          ? `an answer (${this.status}) whose body is not JSON`
          : `an answer (${this.status}) that cannot be read as documented: ${dotted(this.path, "the whole body")}`
      case "too-large":
        return `an answer (${this.status}) larger than the limit`
      case "not-looked-up":
        return `a refusal (${this.status}) that may be of this call's earlier attempt, which it ended too early to look up`
      case "not-repeated":
        return `nothing found (${this.status}) of this call's earlier attempt, which it ended too early to repeat`
      case "not-told-apart":
        return `what was found (${this.status}) may not be of this call's earlier attempt`
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

/** Documented by nobody; those of Zendesk and of the network in front of it, the most telling first. */
const requestIdHeaders = ["x-request-id", "x-zendesk-request-id", "cf-ray"]

/**
 * A call failed.
 *
 * **Details**
 *
 * `operation` names the method, `attempts` counts the requests that were sent (look-ups included), `retryStopped` says why
 * there was not another, and `applied` whether a write may have happened. `response` has status and headers of the last
 * answer, `Redacted` so that it is not printed by accident.
 *
 * `isRetryable` and `retryAfter` are those of the reason. `requestId` is what an answer is found by at the vendor, where a
 * header of it has one.
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
  response: Schema.optionalKey(redacted(ResponseInfo))
}) {
  override get message(): string {
    const attempts = `${this.attempts} ${this.attempts === 1 ? "attempt" : "attempts"}`
    const stopped = this.retryStopped === undefined ? "" : `, stopped: ${this.retryStopped}`
    const applied = this.applied === "no" ? "" : `, applied: ${this.applied}`
    return `${this.operation}: ${this.reason.message}; ${attempts}${stopped}${applied}`
  }

  /** Whether the same call may do better later; `applied` says whether it may then happen a second time. */
  get isRetryable(): boolean {
    return this.reason.isRetryable
  }

  /** How long to wait before that, where the vendor or the circuit breaker said so. */
  get retryAfter(): Duration.Duration | undefined {
    return "retryAfter" in this.reason ? this.reason.retryAfter : undefined
  }

  /** The id that the vendor, or who stands in front of it, gave the last request. */
  get requestId(): string | undefined {
    const headers = this.response === undefined ? {} : Redacted.value(this.response).headers
    return requestIdHeaders.map((name) => headers[name]).find((id) => id !== undefined && /^[\w.-]{1,64}$/.test(id))
  }

  override toJSON(): unknown {
    return errorJson(this)
  }

  /** @internal */
  override [NodeInspectSymbol](depth?: number, options?: object, inspect?: Inspect): string {
    return inspectError(this, depth, options, inspect)
  }
}
