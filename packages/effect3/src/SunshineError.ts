/**
 * Why a call of the Sunshine Conversations API failed.
 *
 * Every failure that is not an outcome of the domain (`UserNotFound`, `UserAlreadyExists`) is one {@link SunshineError}
 * with a `reason`. No user id, e-mail address, credential or text of the vendor is in a message, a field that prints, or a
 * log line: what the vendor said is kept in `Redacted` values.
 *
 * @since 0.1.0
 */
import * as Data from "effect/Data"
import type * as Duration from "effect/Duration"
import type * as Redacted from "effect/Redacted"
import { Reason } from "./internal/reason.ts"
import { toClient } from "./internal/toClient.ts"
import type { ResponseInfo } from "./ResponseInfo.ts"

/**
 * One rule that an input broke: where, and what was expected there. The value itself is not repeated, and neither is a name
 * that no schema has: a key of `metadata` and a field that does not exist are `*`.
 *
 * @category models
 * @since 0.1.0
 */
export interface InputIssue {
  readonly path: ReadonlyArray<string | number>
  readonly expected: string
}

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
export interface VendorError {
  readonly code?: string
  readonly rawCode?: Redacted.Redacted
  readonly title?: Redacted.Redacted
}

/**
 * What an answer said beside its status: at most 20 entries of the vendor's envelope or, where it was none, the beginning of
 * the body, at most 512 characters.
 */
interface Said {
  readonly errors: ReadonlyArray<VendorError>
  readonly snippet?: Redacted.Redacted
}

/**
 * The input cannot be what the vendor documents, or cannot be read; nothing was sent. `issues` has at most 100.
 *
 * @category reasons
 * @since 0.1.0
 */
export class InvalidInput extends Reason("InvalidInput")<{
  readonly issues: ReadonlyArray<InputIssue>
}> {}

/**
 * 400: the vendor refused the request. `errors` has the entries of the envelope, at most 20, and is empty when there was none:
 * then `snippet` has the beginning of the body, at most 512 characters. So it is with every reason of an answer.
 *
 * @category reasons
 * @since 0.1.0
 */
export class BadRequest extends Reason("BadRequest")<Said> {}

/**
 * 401: the credentials are missing, wrong or expired. Where they can be renewed, that was tried once.
 *
 * @category reasons
 * @since 0.1.0
 */
export class Unauthorized extends Reason("Unauthorized")<Said> {}

/**
 * 403: the credentials are valid and their scope does not reach this operation or app. Without `errors` it is no answer of the
 * API, and `snippet` may tell whose it is: a firewall, a proxy.
 *
 * @category reasons
 * @since 0.1.0
 */
export class Forbidden extends Reason("Forbidden")<Said> {}

/**
 * 404 `app_not_found`: there is no app of the configured id.
 *
 * @category reasons
 * @since 0.1.0
 */
export class AppNotFound extends Reason("AppNotFound")<Said> {}

/**
 * 413: the body is larger than the vendor takes (100 kB of JSON).
 *
 * @category reasons
 * @since 0.1.0
 */
export class PayloadTooLarge extends Reason("PayloadTooLarge")<Said> {}

/**
 * 429: too many requests. `retryAfter` is there when the vendor named a time.
 *
 * @category reasons
 * @since 0.1.0
 */
export class RateLimited extends Reason("RateLimited")<
  Said & {
    readonly retryAfter?: Duration.Duration
  }
> {}

/**
 * 5xx: the vendor failed. `retryAfter` is there when it named a time.
 *
 * @category reasons
 * @since 0.1.0
 */
export class ServerError extends Reason("ServerError")<
  Said & {
    readonly status: number
    readonly retryAfter?: Duration.Duration
  }
> {}

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
export class Transport extends Data.TaggedError("Transport")<{
  readonly host: string
  readonly code?: string
  readonly status?: number
  readonly proxy?: { readonly host?: string; readonly status?: number }
  readonly cause: Redacted.Redacted<unknown>
  readonly isRetryable: boolean
}> {
  override get message(): string {
    return toClient(this).message
  }
}

/**
 * Time ran out: that of one attempt, the deadline over the whole call, or (`idle`) that of an upload in which nothing moved.
 *
 * @category reasons
 * @since 0.1.0
 */
export class Timeout extends Reason("Timeout")<{
  readonly limit: "attempt" | "deadline" | "idle"
  readonly after: Duration.Duration
}> {}

/**
 * The credentials could not be had: the token's effect failed, or the key does not sign. Nothing was sent with them. Where the client was
 * given none, as by `Credentials.layerNone`, `problem` is `none`, and no later call of it will have any either.
 *
 * @category reasons
 * @since 0.1.0
 */
export class CredentialsUnavailable extends Reason("CredentialsUnavailable")<{
  readonly problem?: "none"
  readonly cause: Redacted.Redacted<unknown>
}> {}

/**
 * The rate limiter could not be asked, or did not answer in time; the client was told to fail then. Nothing was sent.
 *
 * @category reasons
 * @since 0.1.0
 */
export class LimiterUnavailable extends Reason("LimiterUnavailable")<{
  readonly cause: Redacted.Redacted<unknown>
}> {}

/**
 * The circuit breaker is open after too many failures, so nothing was sent; `retryAfter` is when it lets a call try.
 *
 * @category reasons
 * @since 0.1.0
 */
export class CircuitOpen extends Reason("CircuitOpen")<{
  readonly retryAfter: Duration.Duration
}> {}

/**
 * An answer that is documented nowhere for this operation: a status, or a body that does not decode.
 *
 * `path` is where a body of JSON could not be read: names of fields and indices of lists, `*` for a key of `metadata`, and
 * nothing for the whole of it. `snippet` is the beginning of the body, at most 512 characters; `errors` has the entries, at most
 * 20, where it was an error envelope.
 *
 * @category reasons
 * @since 0.1.0
 */
export class UnexpectedResponse extends Reason("UnexpectedResponse")<{
  readonly status: number
  readonly problem: "status" | "body" | "too-large" | "not-looked-up" | "not-repeated" | "not-told-apart"
  readonly path?: ReadonlyArray<string | number>
  readonly errors: ReadonlyArray<VendorError>
  readonly snippet: Redacted.Redacted
}> {}

/**
 * Every reason of a {@link SunshineError}; each has `isRetryable`, whether the same call may do better later.
 *
 * @category reasons
 * @since 0.1.0
 */
export type SunshineErrorReason =
  | InvalidInput
  | BadRequest
  | Unauthorized
  | Forbidden
  | AppNotFound
  | PayloadTooLarge
  | RateLimited
  | ServerError
  | Transport
  | Timeout
  | CredentialsUnavailable
  | LimiterUnavailable
  | CircuitOpen
  | UnexpectedResponse

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
export type RetryStopped =
  | "not-retryable"
  | "unsafe"
  | "attempts"
  | "budget"
  | "deadline"
  | "retry-after"
  | "circuit"

/**
 * Whether a write may have happened. A read is always `"no"`.
 *
 * @category models
 * @since 0.1.0
 */
export type Applied = "no" | "yes" | "unknown"

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
 * import { RateLimited, SunshineError } from "@sunco/effect3/SunshineError"
 * import * as Duration from "effect/Duration"
 * import * as Effect from "effect/Effect"
 *
 * const failure = new SunshineError({
 *   operation: "Users.get",
 *   reason: new RateLimited({ errors: [], retryAfter: Duration.seconds(90) }),
 *   attempts: 1,
 *   retryStopped: "retry-after",
 *   applied: "no"
 * })
 *
 * const program = Effect.fail(failure).pipe(
 *   Effect.catchTag("SunshineError", (error) =>
 *     error.reason._tag === "RateLimited" ? Effect.succeed(error.reason.retryAfter) : Effect.fail(error))
 * )
 *
 * console.log(failure.message)
 * // Users.get: too many requests (429), retry after 1m 30s; 1 attempt, stopped: retry-after
 * console.log(String(Effect.runSync(program)))
 * // Duration(1m 30s)
 * ```
 *
 * @category errors
 * @since 0.1.0
 */
export class SunshineError extends Data.TaggedError("SunshineError")<{
  readonly operation: string
  readonly reason: SunshineErrorReason
  readonly attempts: number
  readonly retryStopped?: RetryStopped
  readonly applied: Applied
  readonly response?: Redacted.Redacted<ResponseInfo>
}> {
  override get message(): string {
    return toClient(this).message
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
    return toClient(this).requestId
  }
}
